"""Rungs of records' clocks: each speaks once, on its true day, to whom it means on that day (G5)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, cast

from django.db.models import QuerySet

from mingjing.domain.ladders.rungs import RungDue
from mingjing.domain.ledgers.register import Register
from mingjing.services.clock_rows import COLOURS
from mingjing.services.installation import now
from mingjing.services.recipients import Roster, Rosters
from mingjing.services.records.capacities import told_for
from mingjing.services.records.parties import add_told
from mingjing.services.records.sight import SECRET
from mingjing.storage.kept import Given, ask
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record, RecordAlert, RecordClock

DONE, MOVED = "已办结", "期限已变更"
RosterOn = Callable[[date], Roster]


def rosters_of(record: Record, known: Rosters | None = None) -> RosterOn:
    """The roster of the record's court by day, read once."""
    rosters = known or Rosters()
    return lambda on: rosters.of(record.court, on)


def speak(
    record: Record, register: Register, clock: RecordClock, said: Sequence[RungDue], roster: RosterOn
) -> int:
    """Raise what has not been raised for this clock and last day; settle what no longer asks. New alerts."""
    known = ask("alerts of a clock", _raised, {"clock": clock.pk})
    raised = {(due_on, rung) for _, due_on, rung, _ in known}
    fresh = [rung for rung in said if (clock.due_on, rung.order) not in raised]
    rows = [row for rung in fresh for row in _alerts(record, clock, rung, roster)]
    RecordAlert.objects.bulk_create(rows)
    told = {row.person_id for row in rows if row.person_id is not None}
    if told and register.secrecy != SECRET:
        add_told(record, told)
    moved = [pk for pk, due_on, _, settled in known if not settled and due_on != clock.due_on]
    if moved:
        RecordAlert.objects.filter(pk__in=moved).update(
            settled=MOVED, settled_on=clock.done_on or now().date()
        )
    if clock.done_on is not None and (known or rows):
        clock.alerts.filter(settled="").update(settled=DONE, settled_on=clock.done_on)
    return len(rows)


def _raised() -> QuerySet[RecordAlert, Any]:
    """What a given clock has said."""
    rows = RecordAlert.objects.filter(clock=cast(RecordClock, Given("clock"))).order_by()
    return rows.values_list("pk", "due_on", "rung", "settled")


def _alerts(record: Record, clock: RecordClock, rung: RungDue, roster: RosterOn) -> list[RecordAlert]:
    """One alert for each person the rung means on its day; one to nobody where there is none."""
    people: list[Person | None] = list(told_for(record, rung.tell, rung.on, roster(rung.on)))
    due_on = clock.due_on
    assert due_on is not None
    return [
        RecordAlert(
            clock=clock,
            record=record,
            court=record.court,
            rung=rung.order,
            colour=COLOURS[rung.colour],
            tell=rung.tell[:40],
            person=person,
            on=rung.on,
            due_on=due_on,
            raised_at=now(),
        )
        for person in (people or [None])
    ]
