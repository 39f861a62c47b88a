"""A slow reader who walks the days one by one agrees on every start date from 2007 to 2026.

The walk knows nothing of the code under test: it reads the notices itself and only ever takes one step.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.months import MonthRule
from mingjing.domain.deadlines.computing import due_date
from mingjing.domain.deadlines.rules import RollRule
from tests.domain.samples import LATER, calendar_from, counted, rule

FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
CIVIL, CRIMINAL = MonthRule.MONTH_END_IF_MISSING, MonthRule.MONTH_END_TO_MONTH_END


class Walk:
    """Every day from 2006 to 2028, by its place in the row, and whether it is a day of rest."""

    def __init__(self, folder: Path) -> None:
        off: set[str] = set()
        worked: set[str] = set()
        for path in folder.glob("20*.json"):
            for one in json.loads(path.read_text(encoding="utf-8"))["days"]:
                (off if one["isOffDay"] else worked).add(one["date"])
        self.days = [date(2006, 1, 1) + timedelta(days=place) for place in range(366 * 23)]
        self.place = {day: place for place, day in enumerate(self.days)}
        self.rest = [
            day.isoformat() in off or (day.isoweekday() > 5 and day.isoformat() not in worked)
            for day in self.days
        ]

    def starts(self) -> Iterator[tuple[date, int]]:
        """Every start date with its place."""
        first = self.place[FIRST]
        for place in range(first, self.place[LAST] + 1):
            yield self.days[place], place

    def rolled(self, place: int) -> int:
        """On, day by day, until a day that is worked."""
        while self.rest[place]:
            place += 1
        return place

    def months_later(self, place: int, months: int, *, month_ends_meet: bool) -> int:
        """On, day by day, until the month is right and the day is the corresponding one or the last."""
        wanted = self.days[place].day
        at_month_end = month_ends_meet and self.days[place + 1].day == 1
        while months or (self.days[place + 1].day != 1 and (at_month_end or self.days[place].day != wanted)):
            place += 1
            if self.days[place].day == 1:
                months -= 1
        return place


@pytest.fixture(scope="module")
def folder(testdata: Path) -> Path:
    return testdata / "codes" / "holidays"


@pytest.fixture(scope="module")
def walk(folder: Path) -> Walk:
    return Walk(folder)


@pytest.fixture(scope="module")
def known(folder: Path) -> WorkCalendar:
    return calendar_from(folder)


def agree(
    walk: Walk, known: WorkCalendar, limit: str, walked: Callable[[int], int], **switches: object
) -> None:
    """The rule and the walk give the same last day for every start date."""
    one = rule(limit, counting=counted(**switches))
    wrong = [
        (day, found, expected)
        for day, place in walk.starts()
        if (found := due_date(one, {"立案日期": day}, known, as_of=LATER).value.last_day)
        != (expected := walk.days[walked(place)])
    ]
    assert not wrong, wrong[:5]


@pytest.mark.parametrize("days", [1, 3, 7, 10, 15, 30, 45, 60])
def test_days_with_roll_over(walk: Walk, known: WorkCalendar, days: int) -> None:
    agree(walk, known, f"{days} 天", lambda place: walk.rolled(place + days))


def test_days_without_roll_over(walk: Walk, known: WorkCalendar) -> None:
    agree(walk, known, "10 天", lambda place: place + 10, last_day=RollRule.NEVER)


@pytest.mark.parametrize("months", [1, 2, 3, 6, 12])
def test_civil_months_with_roll_over(walk: Walk, known: WorkCalendar, months: int) -> None:
    def walked(place: int) -> int:
        return walk.rolled(walk.months_later(place, months, month_ends_meet=False))

    agree(walk, known, f"{months} 个月", walked, no_such_day=CIVIL)


@pytest.mark.parametrize("months", [1, 2, 3, 6])
def test_criminal_months_in_custody(walk: Walk, known: WorkCalendar, months: int) -> None:
    def walked(place: int) -> int:
        return walk.months_later(place, months, month_ends_meet=True)

    agree(walk, known, f"{months} 个月", walked, no_such_day=CRIMINAL, last_day=RollRule.NEVER)


def test_half_a_month_is_fifteen_days_after_the_months(walk: Walk, known: WorkCalendar) -> None:
    def walked(place: int) -> int:
        return walk.rolled(walk.months_later(place, 1, month_ends_meet=True) + 15)

    agree(walk, known, "1 个半月", walked, no_such_day=CRIMINAL)


def test_the_nth_working_day_for_1_to_30(walk: Walk, known: WorkCalendar) -> None:
    wrong = []
    for day, place in walk.starts():
        at = place
        for n in range(1, 31):
            at = walk.rolled(at + 1)
            if known.add_workdays(day, n) != walk.days[at]:
                wrong.append((day, n))
    assert not wrong, wrong[:5]


def test_the_nth_working_day_before_for_1_to_10(walk: Walk, known: WorkCalendar) -> None:
    wrong = []
    for day, place in walk.starts():
        at = place
        for n in range(1, 11):
            at -= 1
            while walk.rest[at]:
                at -= 1
            if walk.days[at] < FIRST:
                break
            if known.add_workdays(day, -n) != walk.days[at]:
                wrong.append((day, n))
    assert not wrong, wrong[:5]


def test_a_limit_in_working_days_through_the_rule(walk: Walk, known: WorkCalendar) -> None:
    def walked(place: int) -> int:
        for _ in range(5):
            place = walk.rolled(place + 1)
        return place

    agree(walk, known, "5 个工作日", walked)
