"""Every clock of many cases as of a day, column by column: the fast path of ``domain.caseflow.clocks``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from mingjing.analytics.choosing import Choosing, Combinations
from mingjing.analytics.columns import Cases, Days, Events, Flags, Moments, Places, to_instant, to_moment
from mingjing.analytics.packing import distinct
from mingjing.analytics.tabulating import Tables
from mingjing.analytics.timeline import Strand, Timeline, joined, strand_of
from mingjing.definitions.shelf import Shelf
from mingjing.domain.caseflow.rules import Caseflow, Each, Node, NodeClock
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.deadlines.counting import civil_day
from mingjing.domain.deadlines.rules import DueState
from mingjing.domain.ladders.rungs import Colour
from mingjing.domain.reasons import Refusal

REFUSED, RUNNING, SUSPENDED, NO_LIMIT = range(4)
_STATES = {DueState.RUNNING: RUNNING, DueState.SUSPENDED: SUSPENDED, DueState.NO_LIMIT: NO_LIMIT}
SEVERITY = {Colour.BLUE: 1, Colour.YELLOW: 2, Colour.RED: 3}
_NEVER = np.iinfo(np.int32).max
_NOTHING = strand_of(np.zeros(0, np.int64), np.zeros(0, np.int32))

Measured = tuple[Strand, Places]
"""Starts, and for each the place of its answer."""


@dataclass(frozen=True, slots=True, eq=False)
class NodeSheet:
    """The clocks of one node over all cases, one row each; days are ordinals, 0 for none.

    ``event`` is the place of the event that started the clock, -1 where only a fact did or where no rule
    could be chosen (then ``started`` is 0). ``answer`` is a place in ``clocks``, which hold the last day
    with its reasons and every rung; ``spoken`` is how many of those rungs, from the earliest, have spoken.
    ``state`` is that of the last day, whether the node is done or not; ``colour`` (0 none, 1 蓝, 2 黄,
    3 红) and ``next_on`` are those of clocks that run and are not done.
    """

    flow: Caseflow
    node: Node
    clocks: list[NodeClock]
    case: Places
    event: Places
    started: Days
    answer: Places
    last_day: Days
    done: Days
    state: NDArray[np.int8]
    late_days: Days
    spoken: NDArray[np.int8]
    next_on: Days
    colour: NDArray[np.int8]


@dataclass(slots=True, eq=False)
class Sweep:
    """One pass over any number of pages of cases, as of one day; answers are kept from page to page."""

    shelf: Shelf
    as_of: date
    choosing: Choosing = field(init=False)
    tables: Tables = field(init=False)

    def __post_init__(self) -> None:
        self.choosing, self.tables = Choosing(self.shelf), Tables(self.as_of)

    @property
    def names(self) -> frozenset[str]:
        """Every fact that can make a difference."""
        return self.choosing.names

    def page(self, cases: Cases, events: Events) -> tuple[Places, list[Caseflow], Iterator[NodeSheet]]:
        """The place of each case's flow in the list (-1: none), the list, and the sheets of its nodes.

        Sheets are made as they are asked for. A node appears only where it has a clock.

        Raises
        ------
        Ambiguous   two flows fit a case and neither is narrower
        """
        combinations = Combinations(self.choosing, cases)
        of_case, flows = combinations.flows()
        page = _Page(self, cases, Timeline(events, self.as_of), combinations)
        sheets = (
            sheet
            for place, flow in enumerate(flows)
            for node in flow.nodes
            if (sheet := page.sheet(flow, node, of_case == place)) is not None
        )
        return of_case, flows, sheets


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    sweep: Sweep
    cases: Cases
    timeline: Timeline
    combinations: Combinations

    def sheet(self, flow: Caseflow, node: Node, mine: Flags) -> NodeSheet | None:
        """The clocks of one node for the cases of one flow."""
        if node.applies:
            mine = mine & self.combinations.holding(node.applies)
        strand = self.timeline.of(node.follows)
        parts = [] if strand is None else [strand.taken(mine[strand.case])]
        if parts and node.each is Each.FIRST:
            parts = [parts[0].first_of_each_case()]
        if node.clock:
            begun = np.zeros(self.cases.count, np.bool_)
            for part in parts:
                begun[part.case] = True
            parts += self._started_by_fact(node, np.flatnonzero(mine & ~begun))
        starts = joined(parts) if parts else _NOTHING
        calendar = self.sweep.shelf.calendar(flow.calendar)
        if node.clock:
            starts, answer = self._measured(node, starts, mine, calendar)
        elif len(starts.case):
            answer = self.sweep.tables.within(node, starts, calendar, self.timeline.zone)
        return self._finished(flow, node, starts, answer) if len(starts.case) else None

    def _started_by_fact(self, node: Node, case: Places) -> list[Strand]:
        """Starts known only as the fact the rule counts from."""
        found = []
        of_case, choices = self.combinations.chosen(node.clock, case)
        latest = self.sweep.as_of.toordinal()
        for place, choice in enumerate(choices):
            if choice.rule is None:
                continue
            rows, name = case[of_case == place], choice.rule.counting.starts
            days = self.cases.days.get(name)
            if days is not None:
                known = rows[(days[rows] > 0) & (days[rows] <= latest)]
                found.append(strand_of(known, days[known]))
            found += [
                self._at_hour(int(row), name) for row in rows if name in self.cases.odd.get(int(row), {})
            ]
        return found

    def _at_hour(self, case: int, name: str) -> Strand:
        """The start of a case that knows it to the hour; no row where the fact is no moment, or to come."""
        fact = self.cases.odd[case][name]
        if not isinstance(fact, date) or civil_day(fact) > self.sweep.as_of:
            return _NOTHING
        moment = np.array([to_instant(fact)], np.int64) if isinstance(fact, datetime) else None
        return strand_of(np.array([case]), np.array([civil_day(fact).toordinal()], np.int32), moment)

    def _measured(self, node: Node, starts: Strand, mine: Flags, calendar: WorkCalendar) -> Measured:
        """The answers of a node measured by a slot; rows are added where not even a rule could be chosen."""
        tables, rows = self.sweep.tables, np.empty(len(starts.case), np.int64)
        of_row, choices = self.combinations.chosen(node.clock, starts.case)
        for place, choice in enumerate(choices):
            held = np.flatnonzero(of_row == place)
            part = starts.taken(held)
            rows[held] = tables.measured(node, choice, part, self.cases, calendar, self.timeline.zone)
        begun = np.zeros(self.cases.count, np.bool_)
        begun[starts.case] = True
        case = np.flatnonzero(mine & ~begun)
        of_case, choices = self.combinations.chosen(node.clock, case)
        for place, choice in enumerate(choices):
            refused = tables.refused(node, choice) if choice.rule is None else None
            if refused is not None:
                none = strand_of(case[of_case == place], np.zeros(int((of_case == place).sum()), np.int32))
                starts, rows = joined([starts, none]), np.append(rows, np.full(len(none.case), refused))
        return starts, rows

    def _finished(self, flow: Caseflow, node: Node, starts: Strand, answer: Places) -> NodeSheet:
        """Rows with their ends: how late, what has been said, what comes next."""
        tables, as_of = self.sweep.tables, self.sweep.as_of.toordinal()
        done, done_at = self.timeline.ends(starts, node.done)
        done[starts.day == 0] = 0
        first, of_row = distinct([answer])
        clocks = [tables.clocks[answer[row]] for row in first]
        last_day = np.array([_ordinal(clock.last_day) for clock in clocks], np.int32)[of_row]
        state = np.array([_state(clock) for clock in clocks], np.int8)[of_row]
        known = np.array([clock.started.toordinal() for clock in clocks], np.int32)[of_row]
        late = np.where(last_day > 0, np.maximum(np.where(done > 0, done, as_of) - last_day, 0), 0)
        self._late_by_hours(clocks, of_row, late, done, done_at)
        on, colours = _ladders(clocks)
        said = on[of_row] <= np.where(done > 0, done, as_of)[:, None]
        running = (state == RUNNING) & (done == 0)
        ahead = np.where(on > as_of, on, _NEVER).min(axis=1, initial=_NEVER)[of_row]
        return NodeSheet(
            flow=flow,
            node=node,
            clocks=tables.clocks,
            case=starts.case,
            event=starts.index,
            started=np.where(state == REFUSED, starts.day, known).astype(np.int32),
            answer=answer,
            last_day=last_day,
            done=done,
            state=state,
            late_days=late.astype(np.int32),
            spoken=said.sum(axis=1).astype(np.int8),
            next_on=np.where(running & (ahead < _NEVER), ahead, 0).astype(np.int32),
            colour=np.where(running, np.where(said, colours[of_row], 0).max(axis=1, initial=0), 0).astype(
                np.int8
            ),
        )

    def _late_by_hours(
        self, clocks: list[NodeClock], of_row: Places, late: Places, done: Days, done_at: Moments
    ) -> None:
        """Late by one where the node was done on its last day but after the hour."""
        for place, clock in enumerate(clocks):
            due = None if isinstance(clock.due, Refusal) else clock.due.value
            if due is None or due.moment is None or due.last_day is None:
                continue
            for row in np.flatnonzero((of_row == place) & (done == due.last_day.toordinal())):
                moment = to_moment(int(done_at[row]), self.timeline.zone)
                if moment is not None and due.moment.tzinfo is None:
                    moment = moment.replace(tzinfo=None)
                late[row] = int(moment is not None and moment > due.moment)


def _ordinal(day: date | None) -> int:
    return 0 if day is None else day.toordinal()


def _state(clock: NodeClock) -> int:
    return REFUSED if isinstance(clock.due, Refusal) else _STATES[clock.due.value.state]


def _ladders(clocks: list[NodeClock]) -> tuple[Days, NDArray[np.int8]]:
    """One line per clock: the days of its rungs, earliest first, then ``_NEVER``; and their colours."""
    longest = max((len(clock.rungs) for clock in clocks), default=0)
    on = np.full((len(clocks), longest), _NEVER, np.int32)
    colours = np.zeros((len(clocks), longest), np.int8)
    for line, clock in enumerate(clocks):
        for place, rung in enumerate(clock.rungs):
            on[line, place], colours[line, place] = rung.on.toordinal(), SEVERITY[rung.colour]
    return on, colours
