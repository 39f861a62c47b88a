"""Two months of the demonstration's “三个规定” reports: nearly all nil, one excused, one missing."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mingjing.domain.dates.periods import Every, Period, period_of
from mingjing.services.actors import actor_for
from mingjing.services.acts import CLOCK
from mingjing.services.demo.offices import Offices
from mingjing.services.records.acting import do
from mingjing.services.records.obligations import OPEN_PERIOD, Duty, duties, write_period
from mingjing.services.records.rosters import roster
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Obligation, Record

REGISTER, NIL, EXCUSE = "filing.three_rules", "无事项", "准予免报"
SILENT, AWAY = -1, -2
"""Who of the roster, from its end, did not report in the older month, and who was away in both."""


def fill(offices: Offices, on: date) -> None:
    """The two months before that of ``on``, each opened and reported when it was."""
    court = offices.staff.court
    (duty,) = duties(value_of(court, REGISTER, on))
    newer = period_of(Every.MONTH, on.replace(day=1) - timedelta(days=1))
    older = period_of(Every.MONTH, newer.first - timedelta(days=1))
    for period, silent in ((older, True), (newer, False)):
        if duty.due_day(period, court) < on:
            _report(offices, _opened(offices, duty, period), silent)


def _at(offices: Offices, day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), ZoneInfo(offices.staff.court.time_zone))


def _opened(offices: Offices, duty: Duty, period: Period) -> Obligation:
    court = offices.staff.court
    at = _at(offices, duty.opens_on(period, court), 1)
    with verb(CLOCK, OPEN_PERIOD, court, needs="", subject_id=REGISTER, at=at) as work:
        return write_period(work, duty, period, roster(court, duty.words, period.last))


def _report(offices: Offices, row: Obligation, silent: bool) -> None:
    """Everybody in the week before the last day, each at another minute."""
    inspector = offices.people["督察员"]
    missing, away = row.roster[SILENT], row.roster[AWAY]
    owed = {int(one.obligation.rpartition(":")[2]): one.pk for one in _owed(row)}
    people = Person.objects.in_bulk(row.roster)
    for place, key in enumerate(row.roster):
        day = row.due_on - timedelta(days=place % 6)
        at = _at(offices, day, 9 + place % 8, place % 60)
        if key == away:
            do(actor_for(inspector, day), owed[key], EXCUSE, {"免报理由": "病假"}, at=at)
        elif key != missing or not silent:
            do(actor_for(people[key], day), owed[key], NIL, {}, at=at)


def _owed(row: Obligation) -> list[Record]:
    rows = Record.objects.filter(court=row.court, register=REGISTER, period=row.period)
    return list(rows.order_by("pk"))
