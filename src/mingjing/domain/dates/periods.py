"""Periods a duty comes round in: ISO weeks, months, quarters, half-years, years; campaigns called by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from mingjing.domain.dates.months import days_in_month
from mingjing.domain.reasons import Unreadable


class Every(Enum):
    """How often a duty comes round; 发起 when somebody calls it, 事件 when something happens."""

    WEEK = "周"
    MONTH = "月"
    QUARTER = "季"
    HALF = "半年"
    YEAR = "年"
    CALLED = "发起"
    EVENT = "事件"

    @property
    def comes_by_itself(self) -> bool:
        """Whether the calendar alone opens its periods."""
        return self not in (Every.CALLED, Every.EVENT)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from ``first`` to ``last``, both counted. ``code`` is short and sorts by time within one kind of
    period (``2026-W30``, ``2026-07``, ``2026-Q3``, ``2026-H1``, ``2026``; a campaign carries the day it was
    called on), ``label`` is what people read (``2026年7月``)."""

    first: date
    last: date
    code: str
    label: str

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.first <= day <= self.last


_MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF: 6, Every.YEAR: 12}
_CODE = re.compile(r"(\d{4})(?:-(?:W(\d{2})|Q([1-4])|H([12])|(\d{2})))?")
_QUARTERS = ("一", "二", "三", "四")


def period_of(every: Every, day: date) -> Period:
    """The period of that kind in which ``day`` lies.

    An ISO week belongs to the year of its Thursday: 2026-12-31 lies in ``2026-W53``, 2027-01-01 too.
    Raises ValueError for 发起 and 事件, which have no periods of the calendar.
    """
    if every is Every.WEEK:
        first = day - timedelta(days=day.weekday())
        year, week, _ = day.isocalendar()
        label = f"{year}年第{week}周（{first.month}月{first.day}日起）"
        return Period(first, first + timedelta(days=6), f"{year}-W{week:02}", label)
    if every not in _MONTHS:
        raise ValueError(f"{every.value} has no periods of the calendar")
    length = _MONTHS[every]
    place = (day.month - 1) // length
    begins, ends = place * length + 1, (place + 1) * length
    code, label = _names(every, day.year, place)
    last = date(day.year, ends, days_in_month(day.year, ends))
    return Period(date(day.year, begins, 1), last, code, label)


def _names(every: Every, year: int, place: int) -> tuple[str, str]:
    """Code and label of the ``place``-th period of a year, from 0."""
    if every is Every.MONTH:
        return f"{year}-{place + 1:02}", f"{year}年{place + 1}月"
    if every is Every.QUARTER:
        return f"{year}-Q{place + 1}", f"{year}年第{_QUARTERS[place]}季度"
    if every is Every.HALF:
        return f"{year}-H{place + 1}", f"{year}年{'上下'[place]}半年"
    return f"{year}", f"{year}年"


def called_period(day: date, last: date, turn: int = 1) -> Period:
    """The period of a campaign called on ``day`` that runs to ``last``; ``turn`` counts those of one day."""
    code = day.isoformat() if turn == 1 else f"{day.isoformat()}-{turn}"
    again = "" if turn == 1 else f"（当日第{turn}次）"
    return Period(day, last, code, f"{day.year}年{day.month}月{day.day}日发起{again}")


def read_period(code: str) -> Period:
    """The period of the calendar that a code names.

    Raises
    ------
    Unreadable   no such period, or a campaign (whose last day its code does not say)
    """
    match = _CODE.fullmatch(code)
    if match is not None:
        year, week, quarter, half, month = match.groups()
        try:
            return _read(int(year), week, quarter, half, month)
        except ValueError:
            pass
    raise Unreadable(
        f"没有“{code}”这个期间。",
        allowed=("2026-W30", "2026-07", "2026-Q3", "2026-H1", "2026"),
        example="2026-07",
    )


def _read(year: int, week: str | None, quarter: str | None, half: str | None, month: str | None) -> Period:
    """The period of its parts; raises ValueError where there is none (week 53 of most years)."""
    if week:
        return period_of(Every.WEEK, date.fromisocalendar(year, int(week), 1))
    if quarter:
        return period_of(Every.QUARTER, date(year, 3 * int(quarter), 1))
    if half:
        return period_of(Every.HALF, date(year, 6 * int(half), 1))
    if month:
        return period_of(Every.MONTH, date(year, int(month), 1))
    return period_of(Every.YEAR, date(year, 1, 1))


def periods_between(every: Every, first: date, last: date) -> Iterator[Period]:
    """The periods that hold a day from ``first`` to ``last``, both counted, in order."""
    while first <= last:
        period = period_of(every, first)
        yield period
        first = period.last + timedelta(days=1)
