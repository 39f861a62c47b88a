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

_NO_CHOICE = Choice(None, {})


@dataclass(slots=True, eq=False)
class Tables:
    """The answers found so far, as of one day on one calendar; kept over all pages of a sweep.

    ``clocks`` are sample clocks whose ``due``, ``rungs`` and (unless refused) ``started`` hold for every
    row that names them; their event and their end are nobody's.
    """

    as_of: date
    clocks: list[NodeClock] = field(default_factory=list)
    _places: dict[tuple[object, ...], int] = field(default_factory=dict)
    _words: dict[tuple[type, object], int] = field(default_factory=dict)
    _odd: dict[tuple[tuple[str, Fact], ...], int] = field(default_factory=dict)
    _kept: list[object] = field(default_factory=list)

    def within(self, node: Node, starts: Strand, calendar: WorkCalendar, zone: tzinfo | None) -> Places:
        """For each start of a node with a limit of its own the place of its answer."""
        columns: list[NDArray[np.integer]] = [starts.day]
        if node.within is not None and (node.within.minutes or node.within.half_workdays % 2):
            columns.append(starts.moment)
        return self._answers(node, _NO_CHOICE, columns, starts, {}, None, calendar, zone)

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
            columns: list[NDArray[np.integer]] = [np.zeros(len(starts.case), np.int8)]
        else:
            columns = self._read(choice.rule, choice.names, starts.case, starts.day, cases)
        return self._answers(node, choice, columns, starts, choice.slots, cases, calendar, zone)

    def _answers(
        self,
        node: Node,
        choice: Choice,
        columns: list[NDArray[np.integer]],
        starts: Strand,
        slots: Mapping[str, Deadline],
        cases: Cases | None,
        calendar: WorkCalendar,
        zone: tzinfo | None,
    ) -> Places:
        first, inverse = distinct(columns)
        places = np.empty(len(first), np.int64)
        bare = replace(node, applies={}, each=Each.FIRST)
        for at, row in enumerate(first):
            key = (id(node), id(choice), id(calendar), *(int(column[row]) for column in columns))
            place = self._places.get(key)
            if place is None:
                moment = to_moment(int(starts.moment[row]), zone)
                start = Event(node.follows, date.fromordinal(int(starts.day[row])), moment)
                facts = {} if cases is None else cases.facts(int(starts.case[row]), choice.names, node.clock)
                (clock,) = node_clocks(bare, facts, (start,), slots, calendar, as_of=self.as_of)
                place = self._places[key] = len(self.clocks)
                self.clocks.append(clock)
                self._kept += [node, choice, calendar]  # a key holds their ids: they must live as long
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
