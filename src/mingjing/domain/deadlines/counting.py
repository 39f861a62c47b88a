"""From a start and a limit to the day it ends: months, days, working days, half days, hours."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from mingjing.domain.dates.calendars import HalfDay, WorkCalendar
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.months import add_months
from mingjing.domain.deadlines.rules import Counting, Direction
from mingjing.domain.reasons import MissingFact, Refusal

NOON = time(12)
ONE_DAY = timedelta(days=1)


class End(NamedTuple):
    """Where a period ends. ``moment`` is given where it ends within the day and not with it."""

    day: date
    moment: datetime | None = None

    def moved_to(self, day: date) -> End:
        """The same hour on another day."""
        if self.moment is None:
            return End(day)
        return End(day, datetime.combine(day, self.moment.timetz()))

    def is_after(self, other: End) -> bool:
        """A moment lies within its day, so it comes before the end of that day."""
        if self.day != other.day:
            return self.day > other.day
        if self.moment is None or other.moment is None:
            return self.moment is None and other.moment is not None
        return self.moment > other.moment


def civil_day(start: date) -> date:
    """The day of a moment; a day as it is."""
    return start.date() if isinstance(start, datetime) else start


def end_of(start: date, limit: Duration, counting: Counting, calendar: WorkCalendar) -> End:
    """The end of ``limit`` counted from ``start`` before any exclusion or roll-over.

    Order: months, days, working days; a limit with hours is counted on the clock. The first day, hour or
    half day is left out unless ``counting.first_day_counts`` (民事诉讼法第八十五条第二款).

    Raises
    ------
    MissingFact       hours are counted and the start has no hour
    CalendarMissing   working days reach a year without a calendar
    """
    if limit.minutes:
        return _end_by_clock(start, limit, counting)
    sign = -1 if counting.direction is Direction.BACKWARD else 1
    day = civil_day(start)
    if limit.half_workdays % 2:
        return _end_by_halves(start, limit, counting, calendar)
    if limit.months:
        day = add_months(day, sign * limit.months, counting.no_such_day)
    offset = sign * (limit.days - 1 if counting.first_day_counts else limit.days)
    if offset:
        day = date.fromordinal(day.toordinal() + offset)
    if limit.half_workdays:
        day = calendar.add_workdays(day, sign * limit.half_workdays // 2)
    return End(day)


def next_hour(moment: datetime) -> datetime:
    """The full hour after ``moment``; the hour it falls in is not counted (民诉法解释第一百二十五条)."""
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _end_by_clock(start: date, limit: Duration, counting: Counting) -> End:
    if not isinstance(start, datetime):
        raise MissingFact(
            f"“{counting.starts}”只有日期没有时刻，不能按小时计算 {limit}。", example="2024-05-01 10:20"
        )
    length = timedelta(days=limit.days, minutes=limit.minutes)
    counts_first = counting.first_day_counts or limit.minutes % 60 != 0
    if counting.direction is Direction.BACKWARD:
        moment = (start if counts_first else start.replace(minute=0, second=0, microsecond=0)) - length
    else:
        moment = (start if counts_first else next_hour(start)) + length
    return End(moment.date(), moment)


def _end_by_halves(start: date, limit: Duration, counting: Counting, calendar: WorkCalendar) -> End:
    if counting.direction is Direction.BACKWARD:
        raise Refusal(f"“{limit}”是半个工作日，不能往前数。", example="3 个工作日")
    day = civil_day(start)
    zone = start.tzinfo if isinstance(start, datetime) else None
    # A start without an hour leaves out its whole day, so counting begins with the next morning.
    half = HalfDay(day, afternoon=not isinstance(start, datetime) or start.time() >= NOON)
    if counting.first_day_counts:
        in_afternoon = isinstance(start, datetime) and half.afternoon
        half = HalfDay(day, afternoon=False) if in_afternoon else HalfDay(day - ONE_DAY, afternoon=True)
    ends = calendar.add_half_workdays(half, limit.half_workdays)
    return End(ends.day, None if ends.afternoon else datetime.combine(ends.day, NOON, tzinfo=zone))
