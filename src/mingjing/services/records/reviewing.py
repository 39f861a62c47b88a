"""Approvals under way when posts change hands: whoever came to a post is asked, whoever left it no more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import Q

from mingjing.domain.approvals.approval import REVIEW, RUNNING, Approval
from mingjing.domain.approvals.chain import Claim, Level, Origin, from_plain
from mingjing.domain.approvals.moving import take_seats
from mingjing.domain.ledgers.matters import Deed, Who
from mingjing.services.acts import CLOCK
from mingjing.services.records.applying import apply
from mingjing.services.records.gates import decided
from mingjing.services.records.holders import holders_for
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import registers_on, value_at
from mingjing.storage.people.models import Court, Oversight, Posting
from mingjing.storage.records.models import Record

LATELY = timedelta(days=31)
"""How far back a change of posts is looked for: changes are entered some days after they happen."""
SYSTEM = Who(0, "系统", frozenset({"系统"}))


def review(on: date) -> int:
    """Seat today's holders in every approval under way whose step has other people now. How many changed.

    Each is one transaction with its log entry; a second pass of the same day changes nothing.
    """
    changed = 0
    for key in _running(on):
        record = Record.objects.select_related("court").get(pk=key)
        value = value_at(record)
        if isinstance(value, Approval) and _has_changed(record, value, on):
            with verb(CLOCK, REVIEW, record.court, subject_id=key, needs="") as work:
                locked = Record.objects.select_for_update(of=("self",)).select_related("court").get(pk=key)
                apply(work, locked, value, Deed(REVIEW, SYSTEM, work.at.replace(tzinfo=None)))
                decided(work, locked)
            changed += 1
    return changed


def _running(on: date) -> Iterator[int]:
    """Approvals under way at courts where somebody came to a post or left one of late: elsewhere nothing can
    have changed, and every act on an approval looks at the posts of its day anyway."""
    since, until = on - LATELY, on
    posts = Q(since__range=(since, until)) | Q(until__range=(since, until))
    courts = {
        *Posting.objects.filter(posts).order_by().values_list("person__court", flat=True).distinct(),
        *Oversight.objects.filter(posts).order_by().values_list("leader__court", flat=True).distinct(),
    }
    for court in Court.objects.filter(pk__in=courts).order_by("pk"):
        ids = [one.id for one in registers_on(court, on) if one.kind == "approval"]
        if ids:
            rows = Record.objects.filter(court=court, register__in=ids, state=RUNNING).order_by("pk")
            yield from list(rows.values_list("pk", flat=True))


def _has_changed(record: Record, value: Approval, on: date) -> bool:
    """Whether today's holders would sit differently in the step under way."""
    chain = from_plain(record.inner)
    level = chain.current
    if level is None or level.origin is not Origin.RULE:
        return False
    before = _seated(level)
    take_seats(value, chain, level, holders_for(value, record, on))
    return _seated(level) != before


def _seated(level: Level) -> tuple[list[int], list[str]]:
    return [seat.key for seat in level.seats if seat.claim is Claim.POST], list(level.unheld)
