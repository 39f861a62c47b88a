"""Working days: which days are days of rest, and counting over them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from itertools import accumulate
from typing import NamedTuple

from mingjing.domain.reasons import CalendarMissing

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


class CalendarStatus(Enum):
    """Whether the year's notice on holidays has been entered."""

    OFFICIAL = "正式"
    PROVISIONAL = "暂定"


@dataclass(frozen=True, slots=True)
class YearCalendar:
    """What the notice for one year says.

    ``holidays`` holds every day off the notice names, 调休 rest days included, with the festival it
    belongs to; ``workdays`` the weekends worked in exchange. Both may name days of a neighbouring year
    (the New Year holiday often begins in December). Other weekends are days of rest without being named.
    """

    year: int
    status: CalendarStatus
    holidays: Mapping[date, str] = field(default_factory=dict)
    workdays: frozenset[date] = frozenset()
    basis: str = ""


class HalfDay(NamedTuple):
    """A morning (until 12:00) or an afternoon (until the day ends)."""

    day: date
    afternoon: bool


class _Run(NamedTuple):
    """Consecutive years with calendars, laid out for counting.

    ``rank[i]`` is how many working days lie in the first ``i`` days of the run (so ``rank[0]`` is 0 and
    stands for the day before it); ``days`` are the ordinals of those working days, in order.
    """

    first_year: int
    last_year: int
    base: int
    rank: tuple[int, ...]
    days: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class WorkCalendar:
    """The years of one calendar. Counting working days is O(1) in the length of the period."""

    id: str
    years: Mapping[int, YearCalendar]
    _off: dict[date, str] = field(init=False, repr=False)
    _worked: frozenset[date] = field(init=False, repr=False)
    _runs: dict[int, _Run] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        off = {day: label for year in self.years.values() for day, label in year.holidays.items()}
        object.__setattr__(self, "_off", off)
        object.__setattr__(self, "_worked", frozenset().union(*(y.workdays for y in self.years.values())))
        runs = {year: run for run in self._lay_out() for year in range(run.first_year, run.last_year + 1)}
        object.__setattr__(self, "_runs", runs)

    def _lay_out(self) -> Iterator[_Run]:
        years = sorted(self.years)
        first = 0
        for i, year in enumerate(years):
            if i + 1 < len(years) and years[i + 1] == year + 1:
                continue
            begin, end = date(years[first], 1, 1).toordinal(), date(year, 12, 31).toordinal()
            worked = [not self.is_rest_day(date.fromordinal(o)) for o in range(begin, end + 1)]
            rank = tuple(accumulate(worked, initial=0))
            days = tuple(begin + offset for offset, is_worked in enumerate(worked) if is_worked)
            yield _Run(years[first], year, begin - 1, rank, days)
            first = i + 1

    def is_rest_day(self, day: date) -> bool:
        """Weekends and holidays, less the weekends worked. Without a calendar year: weekends."""
        if day in self._off:
            return True
        return day.weekday() >= 5 and day not in self._worked

    def is_worked_weekend(self, day: date) -> bool:
        """A Saturday or Sunday worked in exchange for a holiday (调休)."""
        return day in self._worked

    def festival(self, day: date) -> str:
        """The festival a day off belongs to, or an empty text for every other day."""
        return self._off.get(day, "")

    def roll_forward(self, day: date) -> date:
        """``day`` itself if it is worked, else the first day after the rest. Never refuses."""
        while self.is_rest_day(day):
            day = date.fromordinal(day.toordinal() + 1)
        return day

    def roll_backward(self, day: date) -> date:
        """``day`` itself if it is worked, else the last worked day before the rest."""
        while self.is_rest_day(day):
            day = date.fromordinal(day.toordinal() - 1)
        return day

    def add_workdays(self, day: date, n: int) -> date:
        """The ``n``-th working day after ``day``, before it where ``n`` is negative.

        ``day`` is not counted and may be a day of rest; ``n`` of 0 gives ``day`` back.

        Raises
        ------
        CalendarMissing   the count touches a year without a calendar
        """
        if n == 0:
            return day
        ordinal = day.toordinal()
        run = self._run_at(ordinal + 1 if n > 0 else ordinal - 1)
        if n > 0:
            index = run.rank[ordinal - run.base] + n - 1
            if index >= len(run.days):
                raise self._missing(run.last_year + 1)
        else:
            index = run.rank[ordinal - 1 - run.base] + n
            if index < 0:
                raise self._missing(run.first_year - 1)
        return date.fromordinal(run.days[index])

    def add_half_workdays(self, start: HalfDay, n: int) -> HalfDay:
        """The ``n``-th half working day after the half day ``start``, which is not counted; ``n`` ≥ 1.

        A start on a day of rest counts from the next morning worked.
        """
        if self.is_rest_day(start.day):
            start = HalfDay(start.day, afternoon=True)
        halves = n - (0 if start.afternoon else 1)
        if halves == 0:
            return HalfDay(start.day, afternoon=True)
        return HalfDay(self.add_workdays(start.day, (halves + 1) // 2), afternoon=halves % 2 == 0)

    def workdays_between(self, first: date, last: date) -> int:
        """Working days after ``first`` up to and including ``last``; negative where ``last`` is earlier.

        Raises
        ------
        CalendarMissing   a day counted lies in a year without a calendar
        """
        if last < first:
            return -self.workdays_between(last, first)
        if first == last:
            return 0
        begin, end = first.toordinal(), last.toordinal()
        run = self._run_at(begin + 1)
        if end - run.base >= len(run.rank):
            raise self._missing(run.last_year + 1)
        return run.rank[end - run.base] - run.rank[begin - run.base]

    def status_of(self, year: int) -> CalendarStatus | None:
        """None where nobody entered the year."""
        known = self.years.get(year)
        return known.status if known else None

    def provisional_years(self, first: date, last: date) -> tuple[int, ...]:
        """Years touched by the days from ``first`` to ``last`` whose notice is not out yet."""
        return tuple(
            year
            for year in range(first.year, last.year + 1)
            if self.status_of(year) is CalendarStatus.PROVISIONAL
        )

    def _run_at(self, ordinal: int) -> _Run:
        year = date.fromordinal(ordinal).year
        run = self._runs.get(year)
        if run is None:
            raise self._missing(year)
        return run

    def _missing(self, year: int) -> CalendarMissing:
        return CalendarMissing(
            f"日历 {self.id} 没有 {year} 年的放假安排，不能数工作日。请先录入该年的放假通知。",
            allowed=[str(known) for known in sorted(self.years)],
        )
