"""Which clocks a case has, when each is due, how late it is, and who is told when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from typing import NamedTuple

from mingjing.domain.caseflow.rules import Caseflow, Each, Event, Node, NodeClock
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.deadlines.computing import applies_to, due_date, due_within
from mingjing.domain.deadlines.counting import civil_day
from mingjing.domain.deadlines.rules import Deadline, Due, Facts
from mingjing.domain.ladders.rungs import RungDue, placed
from mingjing.domain.reasons import Answer, CalendarMissing, Refusal


class NoRule(Refusal):
    """No definition fills the slot a node is measured by."""

    code = "no-rule"


def clocks(
    flow: Caseflow,
    facts: Facts,
    events: Iterable[Event],
    deadlines: Mapping[str, Deadline],
    calendar: WorkCalendar,
    *,
    as_of: date,
) -> tuple[NodeClock, ...]:
    """Every clock of a case as of a day, in the order of the flow's nodes.

    ``events`` may come in any order; those after ``as_of`` have not happened yet. ``deadlines`` maps a
    slot (审理期限) to the rule chosen for this case.
    """
    by_kind: dict[str, list[Event]] = {}
    for event in events:
        by_kind.setdefault(event.kind, []).append(event)
    found: list[NodeClock] = []
    for node in flow.nodes:
        mine = [event for kind in {node.follows, *node.done} for event in by_kind.get(kind, ())]
        found += node_clocks(node, facts, mine, deadlines, calendar, as_of=as_of)
    return tuple(found)


def node_clocks(
    node: Node,
    facts: Facts,
    events: Iterable[Event],
    deadlines: Mapping[str, Deadline],
    calendar: WorkCalendar,
    *,
    as_of: date,
) -> tuple[NodeClock, ...]:
    """The clocks of one node, none where it does not apply or nothing started it.

    A node measured by a deadline slot also starts where the fact its rule starts from is known, even
    without the event. A refusal of the rule is carried in the clock and raised by nobody.
    """
    if not applies_to(node.applies, facts):
        return ()
    happened = sorted((one for one in events if one.happened <= as_of), key=_moment_of)
    starts: Sequence[Event] = [event for event in happened if event.kind == node.follows]
    if node.each is Each.FIRST:
        starts = starts[:1]
    if not starts:
        starts = _started_by_fact(node, facts, deadlines, as_of)
    ends = [event for event in happened if event.kind in node.done]
    days = [event.happened for event in ends]
    return tuple(
        _clock(node, start, _end_of(start, ends, days), facts, deadlines, calendar, as_of) for start in starts
    )


def stage_of(flow: Caseflow, events: Iterable[Event]) -> str:
    """The stage the latest event has begun; the later stage where two begin at once; empty before any."""
    places = stage_places(flow)
    begun = [(_moment_of(event), places[event.kind]) for event in events if event.kind in places]
    return flow.stages[max(begun)[1]].label if begun else ""


def stage_places(flow: Caseflow) -> dict[str, int]:
    """The place of the stage that each kind of event begins."""
    return {kind: place for place, stage in enumerate(flow.stages) for kind in stage.begins}


def rungs_of(node: Node, last_day: date, calendar: WorkCalendar) -> tuple[RungDue, ...]:
    """The node's ladder on the calendar, earliest first.

    Raises
    ------
    CalendarMissing   a rung counted in working days reaches a year without a calendar
    """
    return placed(node.rungs, last_day, calendar)


def speaking(clock: NodeClock, as_of: date) -> tuple[RungDue, ...]:
    """The rungs that have spoken by ``as_of``. Once the node is done no later rung speaks."""
    until = as_of if clock.done is None else min(as_of, clock.done)
    return tuple(rung for rung in clock.rungs if rung.on <= until)


class _Done(NamedTuple):
    day: date
    moment: datetime | None


def _moment_of(event: Event) -> tuple[date, time]:
    """Where an event stands in its day: those without an hour come before those with one."""
    return event.happened, event.moment.time() if event.moment else time.min


def _started_by_fact(
    node: Node, facts: Facts, deadlines: Mapping[str, Deadline], as_of: date
) -> tuple[Event, ...]:
    rule = deadlines.get(node.clock)
    known = facts.get(rule.counting.starts) if rule else None
    if not isinstance(known, date) or civil_day(known) > as_of:
        return ()
    return (Event(node.follows, civil_day(known), known if isinstance(known, datetime) else None),)


def _end_of(start: Event, ends: Sequence[Event], days: Sequence[date]) -> _Done | None:
    """The first event that fulfils the node on or after its start; the start does not fulfil itself."""
    for event in ends[bisect_left(days, start.happened) :]:
        earlier = event.happened == start.happened and _before(event.moment, start.moment)
        if event is not start and not earlier:
            return _Done(event.happened, event.moment)
    return None


def _before(moment: datetime | None, other: datetime | None) -> bool:
    return moment is not None and other is not None and moment < other


def _clock(
    node: Node,
    start: Event,
    done: _Done | None,
    facts: Facts,
    deadlines: Mapping[str, Deadline],
    calendar: WorkCalendar,
    as_of: date,
) -> NodeClock:
    finished = done.day if done else None
    try:
        due = _due(node, start, finished, facts, deadlines, calendar, as_of)
    except Refusal as refusal:
        kept = refusal.with_traceback(None)
        return NodeClock(node, start.id, start.happened, kept, finished, late_days=0, rungs=())
    began = due.value.started or start.happened
    due, rungs = _laddered(node, due, began, calendar)
    return NodeClock(node, start.id, began, due, finished, _late_days(due.value, done, as_of), rungs)


def _laddered(
    node: Node, due: Answer[Due], began: date, calendar: WorkCalendar
) -> tuple[Answer[Due], tuple[RungDue, ...]]:
    """The answer and its rungs. A rung that cannot be placed for want of a calendar becomes a caveat: the
    last day is known all the same."""
    last = due.value.last_day
    if last is None:
        return due, ()
    try:
        rungs = rungs_of(node, last, calendar)
    except CalendarMissing as missing:
        in_days = tuple(rung if not rung.offset.half_workdays else None for rung in node.rungs)
        rungs = placed(in_days, last, calendar)
        due = replace(due, caveats=(*due.caveats, f"以工作日计的预警还排不出：{missing.message}"))
    # A warning meant for a day before the clock began would fire at once for every short limit.
    return due, tuple(rung for rung in rungs if rung.on > began or rung.on >= last)


def _due(
    node: Node,
    start: Event,
    done: date | None,
    facts: Facts,
    deadlines: Mapping[str, Deadline],
    calendar: WorkCalendar,
    as_of: date,
) -> Answer[Due]:
    if node.within is not None:
        starts = f"{node.follows}日期"
        began = start.moment if start.moment and _needs_hour(node) else start.happened
        return due_within(node.within, starts, began, calendar, stop=done, law=node.law, as_of=as_of)
    rule = deadlines.get(node.clock)
    if rule is None:
        raise NoRule(
            f"没有适用于本案的“{node.clock}”规则，“{node.label}”算不出到期日。", allowed=sorted(deadlines)
        )
    return due_date(rule, facts, calendar, as_of=as_of)


def _needs_hour(node: Node) -> bool:
    return node.within is not None and (node.within.minutes > 0 or node.within.half_workdays % 2 == 1)


def _late_days(due: Due, done: _Done | None, as_of: date) -> int:
    """Days after the last day; 1 at least where the node was done on that day but after its hour."""
    if due.last_day is None:
        return 0
    days = ((done.day if done else as_of) - due.last_day).days
    if days == 0 and done and done.moment and due.moment:
        return 1 if _wall(done.moment, due.moment) > due.moment else 0
    return max(0, days)


def _wall(moment: datetime, like: datetime) -> datetime:
    """``moment`` as comparable with ``like``: noon of a half day counted from a civil day has no zone."""
    return moment.replace(tzinfo=None) if like.tzinfo is None else moment
