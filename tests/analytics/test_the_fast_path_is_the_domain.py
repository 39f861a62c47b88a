"""Whatever the rules, cases and events: the sweep gives what the domain gives case by case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import numpy as np
from hypothesis import given
from hypothesis import settings as hypothesis_settings

from mingjing.analytics.columns import NO_MOMENT, Events, to_instant
from mingjing.analytics.gathering import gather
from mingjing.analytics.slots import SlotRules
from mingjing.analytics.sweeping import SEVERITY, NodeSheet, Sweep
from mingjing.domain.caseflow.clocks import node_clocks, speaking
from mingjing.domain.caseflow.rules import NodeClock
from mingjing.domain.dates.durations import Duration
from mingjing.domain.deadlines.rules import DueState
from mingjing.domain.reasons import Ambiguous, Refusal
from tests.analytics.worlds import KINDS, Story, World, worlds
from tests.domain.samples import ZONE

Row = tuple[object, ...]
STATES = (None, DueState.RUNNING, DueState.SUSPENDED, DueState.NO_LIMIT)


def by_the_domain(world: World) -> set[Row]:
    """Every clock of every case, one case after the other."""
    return {(at, *row) for at, story in enumerate(world.stories) for row in _of_case(world, story)}


def _of_case(world: World, story: Story) -> Iterator[Row]:
    flow = None
    if story.filed is not None:
        flow = world.shelf.caseflow_for(story.facts, story.filed)
        flow = flow or world.shelf.caseflow_for(story.facts, story.known or story.filed)
    slots = SlotRules(world.shelf, story.facts)
    for node in flow.nodes if flow else ():
        lengths = story.granted.get(node.clock)
        facts = {**story.facts, "延长": lengths} if lengths else story.facts
        calendar = world.shelf.calendar(flow.calendar if flow else "")
        try:
            found = node_clocks(node, facts, story.events, slots, calendar, as_of=world.as_of)
        except Refusal as refusal:
            yield (node.label, "", 0, str(refusal), 0, 0, (), 0, 0)
            continue
        for clock in found:
            yield _row(clock, world.as_of)


def _row(clock: NodeClock, as_of: date) -> Row:
    said = speaking(clock, as_of)
    running = clock.done is None and not isinstance(clock.due, Refusal)
    running = running and clock.last_day is not None
    ahead = min((rung.on.toordinal() for rung in clock.rungs if rung.on > as_of), default=0) if running else 0
    colour = max((SEVERITY[rung.colour] for rung in said), default=0) if running else 0
    done = clock.done.toordinal() if clock.done else 0
    started = clock.started.toordinal()
    return (
        clock.node.label,
        clock.occurrence,
        started,
        _due(clock),
        done,
        clock.late_days,
        said,
        ahead,
        colour,
    )


def _due(clock: NodeClock) -> object:
    if isinstance(clock.due, Refusal):
        return str(clock.due)
    due = clock.due.value
    return due.state, due.last_day, due.moment, clock.due.definition, clock.due.caveats


def by_the_sweep(world: World, sweep: Sweep) -> set[Row]:
    """The same from the sheets of one sweep over all cases."""
    asked = [[story.filed for story in world.stories], [one.known or one.filed for one in world.stories]]
    days = [np.array([one.toordinal() if one else 0 for one in line], np.int32) for line in asked]
    cases = gather([story.facts for story in world.stories], days, sweep.names)
    granted: dict[str, dict[int, tuple[Duration, ...]]] = {}
    for at, story in enumerate(world.stories):
        for slot, lengths in story.granted.items():
            granted.setdefault(slot, {})[at] = lengths
    cases = replace(cases, granted=granted)
    _, _, sheets = sweep.page(cases, events_of(world.stories))
    ids = [event.id for story in world.stories for event in story.events]
    rows = [row for sheet in sheets for row in _of_sheet(sheet, ids)]
    assert len(rows) == len(set(rows)), "a clock came twice"
    return set(rows)


def events_of(stories: tuple[Story, ...]) -> Events:
    found = [(at, event) for at, story in enumerate(stories) for event in story.events]
    moments = [to_instant(event.moment) if event.moment else NO_MOMENT for _, event in found]
    return Events(
        kinds=KINDS,
        case=np.array([at for at, _ in found], np.int32),
        kind=np.array([KINDS.index(event.kind) for _, event in found], np.int16),
        day=np.array([event.happened.toordinal() for _, event in found], np.int32),
        moment=np.array(moments, np.int64),
        zone=ZONE,
    )


def _of_sheet(sheet: NodeSheet, ids: list[str]) -> Iterator[Row]:
    for at, event in enumerate(sheet.event):
        clock = sheet.clocks[sheet.answer[at]]
        started, last_day = int(sheet.started[at]), int(sheet.last_day[at])
        due = _due(clock)
        assert last_day == (clock.last_day.toordinal() if clock.last_day else 0)
        assert STATES[sheet.state[at]] == (None if isinstance(due, str) else clock_state(clock))
        said = clock.rungs[: sheet.spoken[at]]
        occurrence = ids[event] if event >= 0 else ""
        done, late = int(sheet.done[at]), int(sheet.late_days[at])
        ahead, colour = int(sheet.next_on[at]), int(sheet.colour[at])
        yield (
            int(sheet.case[at]),
            sheet.node.label,
            occurrence,
            started,
            due,
            done,
            late,
            said,
            ahead,
            colour,
        )


def clock_state(clock: NodeClock) -> DueState:
    assert not isinstance(clock.due, Refusal)
    return clock.due.value.state


@hypothesis_settings(max_examples=250)
@given(worlds())
def test_a_sweep_gives_every_clock_the_domain_gives(world: World) -> None:
    assert by_the_sweep(world, Sweep(world.shelf, world.as_of)) == by_the_domain(world)


@hypothesis_settings(max_examples=60)
@given(worlds())
def test_a_second_page_of_the_same_sweep_is_answered_as_the_first(world: World) -> None:
    sweep = Sweep(world.shelf, world.as_of)
    backwards = World(world.shelf, world.stories[::-1], world.as_of)
    by_the_sweep(world, sweep)
    assert by_the_sweep(backwards, sweep) == by_the_domain(backwards)


@given(worlds())
def test_rules_looked_up_when_asked_for_are_those_of_the_shelf(world: World) -> None:
    for story in world.stories:
        try:
            chosen = dict(world.shelf.deadlines_for(story.facts))
        except Ambiguous:
            continue
        assert dict(SlotRules(world.shelf, story.facts)) == chosen
