"""Keeping the cells fresh: the log of acts says which case changed, a page at a time is counted anew.

Safe to repeat and safe to kill: a page is one transaction, and what it writes is the difference to what its
cases gave before. New or changed counts are filled in by reading every case once more, with progress.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import QuerySet

from mingjing.services.bulk_writing import update
from mingjing.services.figures.asked import counting_of
from mingjing.services.figures.cells import Changes, Given
from mingjing.services.figures.counting import Counting
from mingjing.services.figures.rows import Row, rows_of
from mingjing.services.installation import now, today
from mingjing.services.marking import mark
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import Followed, Share, StaleCase, Tally
from mingjing.storage.people.models import Court

PAGE = 2000
ACTS = 5000
"""Entries of the log followed in one step."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the counting of new definitions has come at a court, in cases; ``total`` 0: it is done."""

    done: int
    total: int


def step() -> bool:
    """Do one piece of counting; whether there was any."""
    if follow_log() or follow_days():
        return True
    for court in Court.objects.order_by("pk"):
        counting = counting_of(court)
        if count_stale(court, counting) or count_further(court, counting):
            return True
    return False


def settle() -> None:
    """Count until nothing waits."""
    while step():
        pass


def follow_log() -> int:
    """Mark the cases named by new entries of the log; how many entries were followed."""
    with transaction.atomic():
        followed, _ = Followed.objects.select_for_update().get_or_create(pk=1)
        acts = list(
            Act.objects.filter(seq__gt=followed.seen)
            .order_by("seq")
            .values_list("seq", "subject_kind", "subject_id")[:ACTS]
        )
        if not acts:
            return 0
        named = {int(subject) for _, kind, subject in acts if kind == "案件" and subject.isdecimal()}
        mark(sorted(named))
        followed.seen = acts[-1][0]
        followed.save()
    return len(acts)


def follow_days() -> int:
    """Mark the cases that give something else since a day has come; how many."""
    with transaction.atomic():
        due = Share.objects.filter(next_on__lte=today()).order_by("next_on", "pk")
        ids = list(due.values_list("case_id", flat=True)[:PAGE])
        mark(ids)
        Share.objects.filter(case_id__in=ids).update(next_on=None)
    return len(ids)


def count_stale(court: Court, counting: Counting) -> int:
    """Count one page of marked cases anew; how many. When none is left, the court's figures are fresh."""
    with transaction.atomic():
        marked = StaleCase.objects.filter(case__court=court).order_by("case_id")
        ids = list(marked.values_list("case_id", flat=True)[:PAGE])
        if not ids:
            _tally(court)
            Tally.objects.filter(pk=court.pk).update(fresh_at=now())
            return 0
        # The lock waits for whoever is changing one of them, so that no change is read too early.
        locked = list(_locked(Case.objects.filter(pk__in=ids)))
        StaleCase.objects.filter(case_id__in=locked).delete()
        _count(court, counting, locked)
    return len(ids)


def count_further(court: Court, counting: Counting) -> int:
    """Read the next page of a court's cases for counts that not every case was read for; how many."""
    with transaction.atomic():
        tally = _tally(court)
        wanted = _digest(counting.keys)
        if tally.definitions != wanted:
            tally.definitions, tally.last_case, tally.done = wanted, 0, 0
            tally.ready = [key for key in tally.ready if key in counting.keys]
            tally.total = Case.objects.filter(court=court).count()
            tally.save()
        if not tally.total and set(tally.ready) == set(counting.keys):
            return 0
        rows = Case.objects.filter(court=court, pk__gt=tally.last_case).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:PAGE])
        if ids:
            _count(court, counting, list(_locked(Case.objects.filter(pk__in=ids))))
            tally.last_case, tally.done = ids[-1], tally.done + len(ids)
        else:
            tally.ready, tally.total = sorted(counting.keys), 0
        tally.save()
    return max(len(ids), 1)


def progress(court: Court) -> Progress:
    """How far the counting of new definitions has come."""
    tally = Tally.objects.filter(pk=court.pk).first()
    return Progress(tally.done, tally.total) if tally else Progress(0, 0)


def _tally(court: Court) -> Tally:
    return Tally.objects.select_for_update().get_or_create(court=court)[0]


def _locked(cases: QuerySet[Case]) -> QuerySet[Case, int]:
    """The keys of ``cases``, locked in their order; whoever comes to change one of them waits."""
    rows = cases.order_by("pk")
    if connection.vendor == "postgresql":
        rows = rows.select_for_update(of=("self",), no_key=True)
    return rows.values_list("pk", flat=True)


def _digest(keys: Sequence[str] | frozenset[str]) -> str:
    return hashlib.sha256("\n".join(sorted(keys)).encode()).hexdigest()


def _count(court: Court, counting: Counting, ids: Sequence[int]) -> None:
    """Bring the cells up to what these cases are now."""
    before = {
        pk: (given, next_on)
        for pk, given, next_on in Share.objects.filter(case_id__in=ids).values_list(
            "case_id", "given", "next_on"
        )
    }
    changes, read_at, day = Changes(court.pk), now(), today(court)
    fresh, changed = [], []
    for row in rows_of(court, ids):
        given, next_on = _given(row, counting, day)
        text, (old, was) = given.dump(), before.get(row.case_id, ("", None))
        if text == old and next_on == was:
            continue
        if text != old:
            changes.replace(Given.load(old) if old else None, given)
        if old:
            changed.append((text, read_at, next_on, row.case_id))
        else:
            fresh.append(Share(case_id=row.case_id, given=text, read_at=read_at, next_on=next_on))
    changes.write()
    Share.objects.bulk_create(fresh, 200)
    update(Share, ("given", "read_at", "next_on"), changed)


def _given(row: Row, counting: Counting, day: date) -> tuple[Given, date | None]:
    """What a case gives up to ``day``, and the first day after it on which it gives something else."""
    parts = counting.parts(row.fields)
    ahead = min((part.day for part in parts if part.day > day), default=None)
    return Given(row.places, tuple(part for part in parts if part.day <= day)), ahead


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the figures of some courts are: cases that wait to be counted, progress of new definitions,
    and the moment at which none waited (None: never yet)."""

    waiting: int
    progress: Progress
    at: datetime | None


def freshness(courts: Sequence[int]) -> Freshness:
    """How new the figures of ``courts`` are."""
    tallies = list(Tally.objects.filter(pk__in=courts))
    moments = [tally.fresh_at for tally in tallies if tally.fresh_at is not None]
    waiting = StaleCase.objects.filter(case__court_id__in=courts).count()
    done, total = sum(tally.done for tally in tallies), sum(tally.total for tally in tallies)
    whole = len(moments) == len(set(courts))
    return Freshness(waiting, Progress(done, total), min(moments) if whole and moments else None)
