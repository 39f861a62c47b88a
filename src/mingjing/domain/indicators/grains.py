"""Into which periods a span of time is cut."""

from __future__ import annotations

from datetime import date, timedelta
from enum import Enum

from mingjing.domain.dates.periods import Every, Period, period_of, periods_between


class Grain(Enum):
    """How finely time is cut; 合计 not at all."""

    DAY = "日"
    WEEK = "周"
    MONTH = "月"
    QUARTER = "季"
    HALF = "半年"
    YEAR = "年"
    WHOLE = "合计"


_EVERY = {one: Every(one.value) for one in Grain if one not in (Grain.DAY, Grain.WHOLE)}


def buckets(grain: Grain, within: Period) -> tuple[Period, ...]:
    """The periods of a grain that touch ``within``, in order, the first and the last cut to it."""
    if grain is Grain.WHOLE:
        return (within,)
    if grain is Grain.DAY:
        days = (within.last - within.first).days + 1
        each = (within.first + timedelta(days=at) for at in range(days))
        return tuple(Period(day, day, str(day), f"{day.year}年{day.month}月{day.day}日") for day in each)
    found = periods_between(_EVERY[grain], within.first, within.last)
    return tuple(
        Period(max(one.first, within.first), min(one.last, within.last), one.code, one.label) for one in found
    )


def first_day(grain: Grain, period: Period) -> date:
    """The first day of the whole period of a grain, of which ``period`` may be cut short."""
    return period.first if grain in (Grain.DAY, Grain.WHOLE) else period_of(_EVERY[grain], period.first).first
