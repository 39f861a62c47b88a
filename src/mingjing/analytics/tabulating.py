"""The domain's answers, each asked for once.

A clock's last day and its rungs follow from a few facts. Rows that agree in those facts share one answer; the
answer itself comes from ``domain.caseflow.clocks.node_clocks``, so that no rule is written a second time.
What a rule reads is reduced only where the reading cannot tell the difference: a version is decided by the
period a day lies in, a restart before the start is none, a stop matters only where days are excluded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo

import numpy as np
from numpy.typing import NDArray

from mingjing.analytics.choosing import Choice, version_name
from mingjing.analytics.columns import Cases, Days, Places, to_moment
from mingjing.analytics.packing import distinct
from mingjing.analytics.timeline import Strand
from mingjing.domain.caseflow.clocks import node_clocks
from mingjing.domain.caseflow.rules import Each, Event, Node, NodeClock
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.deadlines.derivation import CUSTODY
from mingjing.domain.deadlines.granting import GRANTED
from mingjing.domain.deadlines.rules import Deadline, Fact, RollRule
from mingjing.domain.reasons import Refusal


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """What is asked of the domain for each kind of row; nodes that agree in ``alike`` share the answers."""

    node: Node
    slots: Mapping[str, Deadline]
    calendar: WorkCalendar
    zone: tzinfo | None
    alike: tuple[object, ...]
    cases: Cases | None = None
    names: frozenset[str] = frozenset()
    bare: Node = field(init=False)

    def __post_init__(self) -> None:
        # Whether the node applies, and which start counts, is settled by the time it is asked.
        object.__setattr__(self, "bare", replace(self.node, applies={}, each=Each.FIRST))

    def ask(self, starts: Strand, row: int, as_of: date) -> NodeClock:
        """The clock of one start, as the domain computes it."""
        node = self.node
        moment = to_moment(int(starts.moment[row]), self.zone)
        start = Event(node.follows, date.fromordinal(int(starts.day[row])), moment)
        facts = {} if self.cases is None else self.cases.facts(int(starts.case[row]), self.names, node.clock)
        (clock,) = node_clocks(self.bare, facts, (start,), self.slots, self.calendar, as_of=as_of)
        return clock


@dataclass(slots=True, eq=False)
class Tables:
    """The answers found so far, as of one day on one calendar; kept over all pages of a sweep.

    ``clocks`` are sample clocks whose ``due``, ``rungs`` and (unless refused) ``started`` hold for every
    row that names them; their node, their event and their end are nobody's.
    """

    as_of: date
    clocks: list[NodeClock] = field(default_factory=list)
    _places: dict[tuple[object, ...], dict[tuple[int, ...], int]] = field(default_factory=dict)
    _words: dict[tuple[type, object], int] = field(default_factory=dict)
    _odd: dict[tuple[tuple[str, Fact], ...], int] = field(default_factory=dict)
    _kept: dict[int, Choice] = field(default_factory=dict)

    def within(self, node: Node, starts: Strand, calendar: WorkCalendar, zone: tzinfo | None) -> Places:
        """For each start of a node with a limit of its own the place of its answer."""
        columns: list[NDArray[np.integer]] = [starts.day]
        alike: tuple[object, ...] = (node.within, node.rungs)
        if node.within is not None and (node.within.minutes or node.within.half_workdays % 2):
            columns.append(starts.moment)
            alike = (*alike, node.follows)  # the refusal of a start without an hour names it
        return self._answers(_Question(node, {}, calendar, zone, alike), columns, starts)

    def measured(
        self,
        node: Node,
        choice: Choice,
        starts: Strand,
        cases: Cases,
        calendar: WorkCalendar,
        zone: tzinfo | None,
    ) -> Places:
        """For each start of a node measured by a slot the place of its answer."""
        if choice.rule is None:
            # The refusal names the node, and nothing of the case.
            columns: list[NDArray[np.integer]] = [np.zeros(len(starts.case), np.int8)]
            alike: tuple[object, ...] = (node.label, node.clock, self._kept.setdefault(id(choice), choice))
        else:
            columns = self._read(choice.rule, choice.names, starts.case, starts.day, cases)
            alike = (node.rungs, self._kept.setdefault(id(choice), choice))
        question = _Question(node, choice.slots, calendar, zone, alike, cases, choice.names)
        return self._answers(question, columns, starts)

    def _answers(self, question: _Question, columns: list[NDArray[np.integer]], starts: Strand) -> Places:
        """For each start the place of the answer to the question, asked once for each kind of row."""
        first, inverse = distinct(columns)
        places = np.empty(len(first), np.int64)
        known = self._places.setdefault((question.calendar, *question.alike), {})
        kinds = zip(*(column[first].tolist() for column in columns), strict=True)
        for at, (row, kind) in enumerate(zip(first.tolist(), kinds, strict=True)):
            place = known.get(kind)
            if place is None:
                place = known[kind] = len(self.clocks)
                self.clocks.append(question.ask(starts, row, self.as_of))
            places[at] = place
        return places[inverse]

    def refused(self, node: Node, choice: Choice) -> int | None:
        """The place of the refusal where not even the rule could be chosen; None where it could."""
        try:
            choice.slots.get(node.clock)
        except Refusal as refusal:
            kept = refusal.with_traceback(None)
            self.clocks.append(NodeClock(node, "", self.as_of, kept, None, late_days=0, rungs=()))
            return len(self.clocks) - 1
        return None

    # What a rule reads, as columns

    def _read(
        self, rule: Deadline, names: frozenset[str], case: Places, started: Days, cases: Cases
    ) -> list[NDArray[np.integer]]:
        counting = rule.counting
        odd = self._odd_facts(names, rule.clock, case, cases)
        begun = _day(cases, counting.starts, case)
        columns = [begun, np.where(begun == 0, started, 0), odd]
        if version_name(rule) != counting.starts:
            columns.append(_version(rule, _day(cases, version_name(rule), case)))
        columns.append(np.where(odd > 0, _day(cases, counting.stops, case), 0))
        again = np.zeros(len(case), np.int64)
        for name in rule.restarts:
            days = _day(cases, name, case)
            again = np.maximum(again, np.where(days >= begun, days, 0))
        columns.append(again)
        columns += [_day(cases, version.due, case) for version in rule.versions if version.due]
        needs = {step.needs for version in rule.versions for step in version.extensions}
        for name in sorted(names):
            if name in cases.words and (name != CUSTODY or counting.last_day is RollRule.ROLL_UNLESS_CUSTODY):
                words = self._word_codes(cases, name)[cases.words[name].codes[case]]
                columns.append(np.where(odd > 0, words, 0) if name in needs else words)
        return columns

    def _word_codes(self, cases: Cases, name: str) -> Places:
        """A number for each value of a column, the same on every page; 0 for none (the last place)."""
        values = cases.words[name].values
        codes = [self._words.setdefault((type(one), one), len(self._words) + 1) for one in values]
        return np.array([*codes, 0], np.int64)

    def _odd_facts(self, names: frozenset[str], slot: str, case: Places, cases: Cases) -> Places:
        """A number for what each case has that is no column, as far as the rule reads it; 0 for nothing."""
        found = np.zeros(len(case), np.int64)
        granted = cases.granted.get(slot, {})
        is_odd = np.zeros(cases.count, np.bool_)
        is_odd[[*cases.odd, *granted]] = True
        for row in np.flatnonzero(is_odd[case]):
            place = int(case[row])
            facts = cases.odd.get(place, {})
            read = tuple((name, facts[name]) for name in sorted(names & facts.keys()))
            if lengths := granted.get(place):
                read = (*read, (GRANTED, lengths))
            if read:
                found[row] = self._odd.setdefault(read, len(self._odd) + 1)
        return found


def _day(cases: Cases, name: str, case: Places) -> Places:
    days = cases.days.get(name)
    return np.zeros(len(case), np.int64) if days is None else days[case].astype(np.int64)


def _version(rule: Deadline, day: Places) -> Places:
    """The period a day lies in. A day before the first version is kept: the refusal names it."""
    since = sorted(version.since.toordinal() for version in rule.versions)
    period = np.searchsorted(since, day, "right").astype(np.int64)
    return np.where(period == 0, -day, period)
