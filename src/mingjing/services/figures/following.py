"""Keeping the cells fresh: the log of acts says which case or record changed, a page is counted anew.

Safe to repeat and safe to kill: a page is one transaction, and what it writes is the difference to what its
cases gave before. New or changed counts are filled in by reading every case once more, with progress.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db import connection, transaction
from django.db.models import QuerySet

from mingjing.services.figures.asked import Countings, countings_of
from mingjing.services.figures.following_records import count_records, mark_about, mark_days
from mingjing.services.figures.rows import Row, events_of, rows_of
from mingjing.services.figures.sharing import AXES_KEY, Fresh, digest, renew
from mingjing.services.installation import now, today
from mingjing.services.marking import mark, mark_records
from mingjing.services.records.verbs import KIND as RECORDS
from mingjing.storage.among import among
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import (
    Cell,
    Followed,
    RecordTally,
    Share,
    StaleCase,
    StaleRecord,
    Tally,
)
from mingjing.storage.people.models import Court

PAGE = 2000
FURTHER = 10_000
"""Cases read on in one step for new counts: the more, the fewer cells are written twice."""
ACTS = 5000
"""Entries of the log followed in one step."""
MANY = 10_000
"""After so many cases of a court the database has to look at its tables anew to choose its ways well."""


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
        countings = countings_of(court)
        # records first: a team that was formed marks the cases of its judge
        if count_records(court, countings) or count_stale(court, countings):
            return True
        if count_further(court, countings):
            return True
    return False


def settle() -> None:
    """Count until nothing waits."""
    while step():
        pass


def follow_log() -> int:
    """Mark the cases and records named by new entries of the log; how many entries were followed."""
    with transaction.atomic():
        followed, _ = Followed.objects.select_for_update().get_or_create(pk=1)
        acts = list(
            Act.objects.filter(seq__gt=followed.seen)
            .order_by("seq")
            .values_list("seq", "subject_kind", "subject_id")[:ACTS]
        )
        if not acts:
            return 0
        cases = sorted({int(one) for _, kind, one in acts if kind == "案件" and one.isdecimal()})
        mark(cases)
        mark_about(cases)
        mark_records(sorted({int(one) for _, kind, one in acts if kind == RECORDS and one.isdecimal()}))
        followed.seen = acts[-1][0]
        followed.save()
    return len(acts)


def follow_days() -> int:
    """Mark the cases and records that give something else since a day has come; how many."""
    with transaction.atomic():
        due = Share.objects.filter(next_on__lte=today()).order_by("next_on", "pk")
        ids = list(due.values_list("case_id", flat=True)[:PAGE])
        mark(ids)
        Share.objects.filter(case_id__in=ids).update(next_on=None)
        return len(ids) + mark_days()


def count_stale(court: Court, countings: Countings) -> int:
    """Count one page of marked cases anew; how many. When none is left, the court's figures are fresh."""
    with transaction.atomic():
        marked = StaleCase.objects.filter(case__court=court).order_by("case_id")
        ids = list(marked.values_list("case_id", flat=True)[:PAGE])
        if not ids:
            _tally(court)
            Tally.objects.filter(pk=court.pk).update(fresh_at=now())
            return 0
        # The lock waits for whoever is changing one of them, so that no change is read too early.
        locked = list(_locked(Case.objects.filter(pk__in=among(ids))))
        StaleCase.objects.filter(case_id__in=among(locked)).delete()
        _count(court, countings, locked)
    return len(ids)


def count_further(court: Court, countings: Countings) -> int:
    """Read the next page of a court's cases for counts that not every case was read for; how many."""
    with transaction.atomic():
        tally = _tally(court)
        keys = countings.keys | {AXES_KEY, countings.words}
        wanted = digest(keys)
        if tally.definitions != wanted:
            tally.definitions, tally.last_case, tally.done = wanted, 0, 0
            tally.ready = [key for key in tally.ready if key in keys]
            tally.total = Case.objects.filter(court=court).count()
            tally.save()
        if not tally.total and set(tally.ready) == keys:
            return 0
        rows = Case.objects.filter(court=court, pk__gt=tally.last_case).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:FURTHER])
        if ids:
            _count(court, countings, list(_locked(Case.objects.filter(pk__in=among(ids)))))
            tally.last_case, tally.done = ids[-1], tally.done + len(ids)
        else:
            _look_anew(tally.done)
            tally.ready, tally.total = sorted(keys), 0
        tally.save(update_fields=["last_case", "done", "ready", "total"])
    return max(len(ids), 1)


def _look_anew(read: int) -> None:
    """Have PostgreSQL take its statistics of what was just filled, which nobody should have to do by hand: a
    page asked before its own round came, or where that is switched off, took minutes."""
    if connection.vendor != "postgresql" or read < MANY:
        return
    with connection.cursor() as cursor:
        for model in (Share, Cell):
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


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


def _count(court: Court, countings: Countings, ids: Sequence[int]) -> None:
    """Bring the cells up to what these cases are now."""
    rows, read_at = rows_of(court, ids), now()
    renew(Share, court.pk, _given(court, countings, rows), read_at)
    _note_registered(court, rows)


def _given(court: Court, countings: Countings, rows: Sequence[Row]) -> Iterator[Fresh]:
    """What each case gives with its events."""
    day = today(court)
    events = events_of(court, rows) if countings.events.keys else {}
    for row in rows:
        parts = countings.cases.parts(row.fields)
        more = [countings.events.parts(event.fields) for event in events.get(row.case_id, ())]
        if any(more):
            parts = tuple(sorted((*parts, *chain.from_iterable(more))))
        yield Fresh.of(row.case_id, row.places, parts, day)


def _note_registered(court: Court, rows: Iterable[Row]) -> None:
    """Note which dates some case of the court has; it never forgets one."""
    found = {name for row in rows for name, value in row.fields.items() if isinstance(value, date)}
    tally = _tally(court)
    if more := found.difference(tally.registered):
        Tally.objects.filter(pk=court.pk).update(registered=sorted(more.union(tally.registered)))


@dataclass(frozen=True, slots=True)
class Freshness:
    """How new the figures of some courts are: cases and records that wait to be counted, progress of new
    definitions, and the moment at which none waited (None: never yet)."""

    waiting: int
    progress: Progress
    at: datetime | None


def freshness(courts: Sequence[int]) -> Freshness:
    """How new the figures of ``courts`` are."""
    tallies = list(Tally.objects.filter(pk__in=courts))
    moments = [tally.fresh_at for tally in tallies if tally.fresh_at is not None]
    waiting = StaleCase.objects.filter(case__court_id__in=courts).count()
    waiting += StaleRecord.objects.filter(record__court_id__in=courts).count()
    both: list[Tally | RecordTally] = [*tallies, *RecordTally.objects.filter(pk__in=courts)]
    done, total = sum(tally.done for tally in both), sum(tally.total for tally in both)
    whole = len(moments) == len(set(courts))
    return Freshness(waiting, Progress(done, total), min(moments) if whole and moments else None)
