"""Adding months: the civil and the criminal rule differ on the last day of a month."""

from __future__ import annotations

from datetime import date
from enum import Enum

_DAYS_IN_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class MonthRule(Enum):
    """Which day answers ``一个月`` after a given day."""

    MONTH_END_IF_MISSING = "取月末"  # 民法典第二百零二条
    MONTH_END_TO_MONTH_END = "月末对月末"  # 刑诉解释第二百零二条


def days_in_month(year: int, month: int) -> int:
    """28 to 31."""
    if month == 2 and year % 4 == 0 and (year % 100 != 0 or year % 400 == 0):
        return 29
    return _DAYS_IN_MONTH[month - 1]


def add_months(day: date, months: int, rule: MonthRule) -> date:
    """The corresponding day ``months`` later, or earlier where ``months`` is negative.

    Where the month reached has no such day, its last day answers under both rules. Under
    ``MONTH_END_TO_MONTH_END`` the last day of a month always answers the last day of a month
    (28 February + 1 month = 31 March).
    """
    year, zero_based = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = days_in_month(year, zero_based + 1)
    if day.day >= last or (
        rule is MonthRule.MONTH_END_TO_MONTH_END and day.day == days_in_month(day.year, day.month)
    ):
        return date(year, zero_based + 1, last)
    return date(year, zero_based + 1, day.day)
