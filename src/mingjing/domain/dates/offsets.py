"""A day some time before or after another, where no limit is being counted: warnings, windows."""

from __future__ import annotations

from datetime import date, timedelta

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.months import MonthRule, add_months


def day_before(day: date, by: Duration, calendar: WorkCalendar) -> date:
    """``by`` counted back from ``day``, which is not counted; hours are left aside, half days rounded up.

    Raises
    ------
    CalendarMissing   working days reach a year without a calendar
    """
    return _shift(day, by, calendar, -1)


def day_after(day: date, by: Duration, calendar: WorkCalendar) -> date:
    """``by`` counted on from ``day``, which is not counted; hours are left aside, half days rounded up.

    Raises
    ------
    CalendarMissing   working days reach a year without a calendar
    """
    return _shift(day, by, calendar, 1)


def _shift(day: date, by: Duration, calendar: WorkCalendar, sign: int) -> date:
    if by.months:
        day = add_months(day, sign * by.months, MonthRule.MONTH_END_IF_MISSING)
    if by.half_workdays:
        day = calendar.add_workdays(day, sign * ((by.half_workdays + 1) // 2))
    return day + timedelta(days=sign * by.days)
