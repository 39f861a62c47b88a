"""A day told by a period or a field: ``期末后 5 天``, ``11 月 30 日``, ``举办日期前 10 天``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.dates.months import days_in_month
from mingjing.domain.dates.offsets import day_after, day_before
from mingjing.domain.dates.periods import Period
from mingjing.domain.reasons import Step, Unreadable

BEGIN, END, CALLED = "期初", "期末", "发起"
_RELATIVE = re.compile(r"(?P<anchor>\S+?)(?P<side>前|后)\s*(?P<length>\S.*)")
_FIXED = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*日")
_ALLOWED = ("期末", "期末后 5 天", "期末后 3 个工作日", "期末前 31 天", "发起后 10 天", "11 月 30 日")


@dataclass(frozen=True, slots=True)
class PeriodDay:
    """A day counted from the first (期初, 发起) or last (期末) day of a period, from the day in a 日期 field,
    or a fixed day of the period's year. ``month`` is 0 where it is counted; ``text`` is as written."""

    text: str
    anchor: str = END
    offset: Duration | None = None
    before: bool = False
    month: int = 0
    day: int = 0

    @property
    def field(self) -> str:
        """The label of the 日期 field it is counted from, empty where a period gives the day."""
        return "" if self.month or self.anchor in (BEGIN, END, CALLED) else self.anchor

    def after(self, start: date, calendar: WorkCalendar) -> date:
        """The day counted from ``start``. Raises CalendarMissing."""
        if self.offset is None:
            return start
        return (day_before if self.before else day_after)(start, self.offset, calendar)

    def of(self, period: Period, calendar: WorkCalendar) -> date:
        """The day in or around ``period``.

        29 February is the last of February in other years. Raises CalendarMissing, and ValueError where a
        field gives the day.
        """
        if self.field:
            raise ValueError(f"{self.text} is counted from a field")
        if self.month:
            year = period.last.year
            return date(year, self.month, min(self.day, days_in_month(year, self.month)))
        return self.after(period.last if self.anchor == END else period.first, calendar)

    def steps(self, period: Period, calendar: WorkCalendar) -> tuple[Step, ...]:
        """How the day comes about. Raises as ``of``."""
        if self.month:
            return (Step(f"= {self.of(period, calendar)}", f"{period.label}，截止日写定为 {self.text}"),)
        start = period.last if self.anchor == END else period.first
        name = {END: "最后一天", BEGIN: "第一天", CALLED: "发起日"}[self.anchor]
        if self.offset is None:
            return (Step(start.isoformat(), f"{period.label}{name}，即截止日"),)
        return (
            Step(start.isoformat(), f"{period.label}{name}"),
            Step(f"{'-' if self.before else '+'} {self.offset}", self.text),
            Step(f"= {self.of(period, calendar)}", "截止日"),
        )


def read_period_day(text: str) -> PeriodDay:
    """Read such a day; a label that is not 期初, 期末 or 发起 is taken for a field.

    Raises
    ------
    Unreadable   no such form, no such day of the year, or an unknown duration
    """
    shown = " ".join(text.split())
    if shown in (BEGIN, END, CALLED):
        return PeriodDay(shown, anchor=shown)
    if fixed := _FIXED.fullmatch(shown):
        month, day = int(fixed[1]), int(fixed[2])
        if 1 <= month <= 12 and 1 <= day <= days_in_month(2024, month):
            return PeriodDay(shown, month=month, day=day)
        raise Unreadable(f"没有“{shown}”这一天。", allowed=_ALLOWED, example="11 月 30 日")
    relative = _RELATIVE.fullmatch(shown)
    if relative is None:
        raise Unreadable(f"不认识的日子“{text}”。", allowed=_ALLOWED, example="期末后 5 天")
    length = read_duration(relative["length"])
    return PeriodDay(shown, relative["anchor"], length, relative["side"] == "前")
