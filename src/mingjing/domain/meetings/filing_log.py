"""Whether a topic reached the discipline team in time, and the record of the discussion afterwards."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from mingjing.domain.dates.calendars import HalfDay, WorkCalendar
from mingjing.domain.dates.offsets import day_after, day_before
from mingjing.domain.meetings.rules import Informing

_NOON = 12


def sent_in_time(rule: Informing, sent: datetime, starts: datetime, calendar: WorkCalendar) -> bool:
    """Whether topics sent at ``sent`` were in time for a meeting that starts at ``starts`` (R-005).

    Half working days: what is sent on a day of rest counts as received when the next working morning opens;
    the half day of receipt must lie at least so many before that of the meeting. Days and months count back
    from the day of the meeting, both to the end of the day. Hours count on the clock. ``gap`` is asked
    besides.

    Raises
    ------
    CalendarMissing   ``before`` in days reaches a year without a calendar
    """
    if rule.gap is not None and sent + timedelta(minutes=rule.gap.minutes) > starts:
        return False
    if rule.before.minutes:
        return sent + timedelta(minutes=rule.before.minutes) <= starts
    if rule.before.half_workdays:
        received = _received(sent, calendar)
        return _halves_later(received, rule.before.half_workdays, calendar) <= _half(starts)
    return sent.date() <= day_before(starts.date(), rule.before, calendar)


def record_due(rule: Informing, ended: datetime, calendar: WorkCalendar) -> date | None:
    """The last day on which the record may reach somebody who could not come (R-006); None: no limit."""
    return None if rule.after is None else day_after(ended.date(), rule.after, calendar)


def _half(moment: datetime) -> HalfDay:
    return HalfDay(moment.date(), afternoon=moment.hour >= _NOON)


def _received(sent: datetime, calendar: WorkCalendar) -> HalfDay:
    if calendar.is_rest_day(sent.date()):
        return HalfDay(calendar.roll_forward(sent.date()), afternoon=False)
    return _half(sent)


def _halves_later(half: HalfDay, count: int, calendar: WorkCalendar) -> HalfDay:
    for _ in range(count):
        next_day = half.day + timedelta(days=1)
        half = (
            HalfDay(calendar.roll_forward(next_day), afternoon=False)
            if half.afternoon
            else HalfDay(half.day, afternoon=True)
        )
    return half
