"""A ladder of warnings: which colour speaks on which day to whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.offsets import day_after, day_before


class Colour(Enum):
    """The court's own warning colours."""

    BLUE = "蓝"
    YELLOW = "黄"
    RED = "红"

    __hash__ = object.__hash__  # what every rung is looked up by, a million times in a large import


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the warning ladder.

    ``offset`` is counted from the due day: before it when ``before`` is true, after it otherwise; an
    offset of ``0 天`` is the due day itself. ``tell`` is a role label (承办人, 庭长, 分管院领导, 院长).
    """

    colour: Colour
    tell: str
    offset: Duration
    before: bool


@dataclass(frozen=True, slots=True)
class RungDue:
    """A rung with the day on which it speaks. ``order`` is its place in the node's ladder, from 1."""

    order: int
    on: date
    colour: Colour
    tell: str


def placed(ladder: Sequence[Rung | None], last_day: date, calendar: WorkCalendar) -> tuple[RungDue, ...]:
    """The rungs on their days, earliest first; None holds the place of one that is left out."""
    due = (
        RungDue(order, _rung_day(rung, last_day, calendar), rung.colour, rung.tell)
        for order, rung in enumerate(ladder, start=1)
        if rung is not None
    )
    return tuple(sorted(due, key=lambda rung: (rung.on, rung.order)))


def _rung_day(rung: Rung, last_day: date, calendar: WorkCalendar) -> date:
    count = day_before if rung.before else day_after
    return count(last_day, rung.offset, calendar)
