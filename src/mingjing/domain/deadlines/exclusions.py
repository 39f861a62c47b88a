"""Days that do not count: exclusions and suspensions, each day taken out once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.dates.spans import Span, days_in
from mingjing.domain.deadlines import facts as read
from mingjing.domain.deadlines.rules import Deadline, Facts
from mingjing.domain.reasons import Step


class NamedSpan(NamedTuple):
    """A span and the fact it comes from (鉴定期间)."""

    span: Span
    name: str


@dataclass(frozen=True, slots=True)
class Exclusion:
    """What the excluded spans did to a limit.

    ``days`` is how many were added to it (working days where the limit is in working days). ``stopped``
    is the open span by which the limit stands still, and None while it runs.
    """

    last: date
    days: int
    steps: tuple[Step, ...]
    stopped: NamedSpan | None


def named_spans(rule: Deadline, facts: Facts, as_of: date, stopped_on: date | None) -> list[NamedSpan]:
    """Excluded and suspended spans known on ``as_of``, by first day; open ones not yet begun are left out.

    What nobody closed ends at the latest when the case itself did (``stopped_on``).
    """
    found = [
        NamedSpan(span if stopped_on is None else span.closed_on(stopped_on), name)
        for name in rule.excludes + rule.suspends
        for span in read.spans(facts, name)
        if span.last is not None or span.first <= (stopped_on or as_of)
    ]
    found.sort(key=lambda one: (one.span.first, one.span.last or as_of))
    return found


def exclude(
    rule: Deadline,
    spans: Sequence[NamedSpan],
    *,
    start: date,
    last: date,
    as_of: date,
    runs_to: Callable[[date], date],
    workdays: WorkCalendar | None,
) -> Exclusion:
    """Lengthen a limit by the days of ``spans`` that fall after ``start`` and while it still runs.

    ``spans`` are ordered by first day; an open one is taken as if it ended on ``as_of``. ``last`` is the
    last day so far and ``runs_to(last)`` the day on which such a limit really ends. ``workdays`` is given
    where the limit is in working days: then working days are taken out, not days.

    A limit that runs on only because its last day was rolled over a rest is lengthened from the rolled
    day: the rest days themselves were not part of it.
    """
    covered, days, steps = start, 0, []
    stopped: NamedSpan | None = None
    for one in spans:
        until = one.span.closed_on(as_of).last or as_of
        first = max(one.span.first, _next(covered))
        added, note = 0, ""
        if until <= start:
            note = "在起算以前，不扣除"
        elif until < first:
            note = "与前面的扣除重叠，不重复扣"
        elif first > last and first > runs_to(last):
            note = "在期限届满以后，不扣除"
        else:
            if one.span.first < first:
                note = f"{first} 以前的日子不重复扣" if covered > start else "起算以前的日子不扣除"
            if first > last:
                first = last = runs_to(last)
                note = f"期限已顺延到 {last}，自该日起扣除"
            if first <= until:
                last, added = _lengthen(last, first, until, workdays)
            if one.span.last is None:
                stopped = stopped or one
            covered = until
        days += added
        steps.append(_step(rule, one, added, note, in_workdays=workdays is not None))
    return Exclusion(last, days, tuple(steps), stopped)


def elapsed(spans: Sequence[NamedSpan], start: date, end: date) -> int:
    """Different days of ``spans`` after ``start`` up to and including ``end``."""
    after = _next(start)
    inside = (Span(max(one.span.first, after), min(one.span.last or end, end)) for one in spans)
    return days_in(span for span in inside if span.last and span.first <= span.last)


def _next(day: date) -> date:
    return date.fromordinal(day.toordinal() + 1)


def _lengthen(last: date, first: date, until: date, workdays: WorkCalendar | None) -> tuple[date, int]:
    if workdays is None:
        added = until.toordinal() - first.toordinal() + 1
        return date.fromordinal(last.toordinal() + added), added
    added = workdays.workdays_between(date.fromordinal(first.toordinal() - 1), until)
    return workdays.add_workdays(last, added), added


def _step(rule: Deadline, one: NamedSpan, added: int, note: str, *, in_workdays: bool) -> Step:
    unit = "个工作日" if in_workdays else "天"
    text = f"{one.name.removesuffix('期间')} {_shown(one.span)}"
    shown = f"{text}（{note}）" if note else text
    return Step(f"+ {added} {unit}", shown, rule.excludes_law.get(one.name, ""))


def _shown(span: Span) -> str:
    if span.last is None:
        return f"{span.first} 起，尚未结束"
    if span.last == span.first:
        return span.first.isoformat()
    same_year = span.last.year == span.first.year
    return f"{span.first} 至 {span.last.isoformat()[5:] if same_year else span.last}"
