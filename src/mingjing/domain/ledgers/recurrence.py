"""An old problem that comes back: a new record with the same content soon after an old one was over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.offsets import day_after
from mingjing.domain.ledgers.register import Recurrence
from mingjing.domain.ledgers.values import is_empty


@dataclass(frozen=True, slots=True)
class Earlier:
    """A record there was before: its fields by label, when it was opened and over (None: it is not)."""

    key: int
    values: Mapping[str, object]
    opened: date
    over: date | None = None


def returns_of(
    rule: Recurrence,
    values: Mapping[str, object],
    on: date,
    earlier: Iterable[Earlier],
    calendar: WorkCalendar,
) -> tuple[Earlier, ...]:
    """The earlier records a record opened on ``on`` is the return of, latest first.

    The time runs from the day the old one was over (not counted); one that is still open is not over and
    comes back at once. Texts are compared without blanks. Where any of the fields is empty nothing is said.

    Raises
    ------
    CalendarMissing   the time is in working days and reaches a year without a calendar
    """
    same = _content(rule, values)
    if same is None:
        return ()
    found = [
        one
        for one in earlier
        if one.opened <= on
        and _content(rule, one.values) == same
        and (one.over is None or on <= day_after(one.over, rule.within, calendar))
    ]
    return tuple(sorted(found, key=lambda one: (one.over or date.max, one.key), reverse=True))


def _content(rule: Recurrence, values: Mapping[str, object]) -> tuple[object, ...] | None:
    held = [values.get(label) for label in rule.same]
    if any(is_empty(value) for value in held):
        return None
    return tuple(_plain(value) for value in held)


def _plain(value: object) -> object:
    if isinstance(value, str):
        return "".join(value.split())
    return tuple(sorted(map(str, value))) if isinstance(value, (list, tuple)) else value
