"""Which flow and which deadlines apply: asked once for each combination of the facts that decide it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
from numpy.typing import NDArray

from mingjing.analytics.columns import Cases, Places
from mingjing.analytics.packing import distinct
from mingjing.analytics.slots import SlotRules
from mingjing.definitions.shelf import Shelf
from mingjing.domain.caseflow.rules import Caseflow
from mingjing.domain.deadlines.computing import applies_to, select_version
from mingjing.domain.deadlines.derivation import CUSTODY
from mingjing.domain.deadlines.facts import word
from mingjing.domain.deadlines.granting import GRANTED
from mingjing.domain.deadlines.rules import Deadline, Facts
from mingjing.domain.reasons import Refusal

Applies = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """What measures a slot: ``names`` are the facts the rule reads, ``slots`` what the domain is given."""

    rule: Deadline | None
    slots: Mapping[str, Deadline]
    names: frozenset[str] = frozenset()


@dataclass(slots=True, eq=False)
class Choosing:
    """The rules of one shelf, and what was chosen so far; kept over all pages of a sweep."""

    shelf: Shelf
    mentioned: dict[str, dict[str, int]] = field(init=False)
    since: list[date] = field(init=False)
    by_slot: dict[str, tuple[Deadline, ...]] = field(init=False)
    names: frozenset[str] = field(init=False)
    combinations: dict[tuple[int, ...], Facts] = field(default_factory=dict)
    _choices: dict[tuple[object, ...], Choice] = field(default_factory=dict)

    def __post_init__(self) -> None:
        files = [one for one in self.shelf.definitions if isinstance(one.value, Caseflow)]
        flows = [one.value for one in files if isinstance(one.value, Caseflow)]
        applies = [flow.applies for flow in flows] + [node.applies for flow in flows for node in flow.nodes]
        self.mentioned = _words_mentioned([*applies, *(rule.applies for rule in self.shelf.deadlines())])
        self.since = sorted({flow.since for flow in flows})
        slots: dict[str, list[Deadline]] = {}
        for rule in self.shelf.deadlines():
            slots.setdefault(rule.clock, []).append(rule)
        self.by_slot = {slot: tuple(rules) for slot, rules in slots.items()}
        read = (names_read(rule) for rule in self.shelf.deadlines())
        self.names = frozenset(self.mentioned).union(*read)

    def fitting(self, slot: str, facts: Facts) -> tuple[Deadline, ...]:
        """The rules of a slot whose conditions hold, whether in force or not."""
        return tuple(rule for rule in self.by_slot.get(slot, ()) if applies_to(rule.applies, facts))

    def choice(self, slot: str, combination: tuple[int, ...], dated: Facts) -> Choice:
        """What fills ``slot`` for a combination; ``dated`` holds the days by which rules are in force."""
        in_force = tuple(_is_in_force(rule, dated) for rule in self.fitting(slot, dated))
        key = (slot, combination, in_force)
        if key not in self._choices:
            self._choices[key] = self._shared(slot, combination, SlotRules(self.shelf, dated))
        return self._choices[key]

    def _shared(self, slot: str, combination: tuple[int, ...], slots: SlotRules) -> Choice:
        """Combinations measured by the same rule share one choice: the rule is asked once for them."""
        try:
            rule = slots.get(slot)
        except Refusal:
            return Choice(None, slots)
        if rule is None:
            # The refusal lists the slots there are, which another combination may not have.
            return self._choices.setdefault((combination,), Choice(None, slots))
        return self._choices.setdefault(("rule", id(rule)), Choice(rule, {slot: rule}, names_read(rule)))


def names_read(rule: Deadline) -> frozenset[str]:
    """Every fact by which the answer of a rule may differ."""
    counting = rule.counting
    named = {counting.starts, counting.stops, rule.version_by, GRANTED, CUSTODY}
    named.update(rule.restarts, rule.excludes, rule.suspends)
    for version in rule.versions:
        named.add(version.due)
        named.update(step.needs for step in version.extensions)
    return frozenset(named - {""})


def version_name(rule: Deadline) -> str:
    """The fact whose day decides the version in force."""
    return rule.version_by or rule.counting.starts


def _is_in_force(rule: Deadline, facts: Facts) -> bool:
    try:
        select_version(rule, facts)
    except Refusal:
        return False
    return True


def _words_mentioned(conditions: Iterable[Applies]) -> dict[str, dict[str, int]]:
    """Field → each word any condition names for it, numbered from 1; every other word is as good as none."""
    found: dict[str, dict[str, int]] = {}
    for applies in conditions:
        for name, allowed in applies.items():
            words = found.setdefault(name, {})
            for one in allowed:
                words.setdefault(one, len(words) + 1)
    return found


class Combinations:
    """The cases of one page by the combination of facts they have."""

    def __init__(self, choosing: Choosing, cases: Cases) -> None:
        self.choosing, self.cases = choosing, cases
        columns = [_classes(cases, name, words) for name, words in choosing.mentioned.items()]
        columns = columns or [np.zeros(cases.count, np.int64)]
        first, self.of_case = distinct(columns)
        self.keys = [tuple(int(column[row]) for column in columns) for row in first]
        names = frozenset(choosing.mentioned)
        for key, row in zip(self.keys, first, strict=True):
            if key not in choosing.combinations:
                choosing.combinations[key] = cases.facts(int(row), names)
        self.facts = [choosing.combinations[key] for key in self.keys]
        self._chosen: dict[str, tuple[Places, list[Choice]]] = {}

    def holding(self, applies: Applies) -> NDArray[np.bool_]:
        """For each case whether the conditions hold."""
        return np.array([applies_to(applies, facts) for facts in self.facts], np.bool_)[self.of_case]

    def flows(self) -> tuple[Places, list[Caseflow]]:
        """For each case the place of its flow in the list, -1 where it has none.

        Raises
        ------
        Ambiguous   two flows fit some case and neither is narrower
        """
        periods = [_period(self.choosing.since, days) for days in self.cases.asked_on]
        first, inverse = distinct([self.of_case, *periods])
        found = [self._flow(int(row), [int(period[row]) for period in periods]) for row in first]
        flows = {id(flow): flow for flow in found if flow is not None}
        places = {known: place for place, known in enumerate(flows)}
        of_kind = np.array([-1 if flow is None else places[id(flow)] for flow in found], np.int64)
        return of_kind[inverse], list(flows.values())

    def _flow(self, case: int, periods: list[int]) -> Caseflow | None:
        if periods[0] < 0:
            return None
        facts = self.facts[self.of_case[case]]
        for period in periods:
            if period > 0:
                flow = self.choosing.shelf.caseflow_for(facts, self.choosing.since[period - 1])
                if flow is not None:
                    return flow
        return None

    def chosen(self, slot: str, case: Places) -> tuple[Places, list[Choice]]:
        """For each of the cases the place of what fills ``slot`` in the list."""
        if not len(case):
            return np.zeros(0, np.int64), []
        combination = self.of_case[case]
        present = np.unique(combination)
        columns = [combination]
        fitting = [self.choosing.fitting(slot, self.facts[one]) for one in present]
        rivals = {rule.id: rule for rules in fitting if len(rules) > 1 for rule in rules}
        columns += [self._begun(rule, case) for rule in rivals.values()]
        first, inverse = distinct(columns)
        names = frozenset(version_name(rule) for rule in rivals.values())
        found = [self._choice(slot, int(case[row]), names) for row in first]
        places: dict[int, int] = {}
        of_kind = np.array([places.setdefault(id(one), len(places)) for one in found], np.int64)
        return of_kind[inverse], list({id(one): one for one in found}.values())

    def _choice(self, slot: str, case: int, names: frozenset[str]) -> Choice:
        combination = self.of_case[case]
        dated = {**self.facts[combination], **self.cases.facts(case, names)}
        return self.choosing.choice(slot, self.keys[combination], dated)

    def _begun(self, rule: Deadline, case: Places) -> Places:
        """Whether a version of the rule is in force on the day the facts of each case name."""
        name = version_name(rule)
        oldest = min(version.since for version in rule.versions).toordinal()
        days = self.cases.days.get(name)
        begun = np.zeros(len(case), np.bool_) if days is None else days[case] >= oldest
        for row in np.flatnonzero(_is_odd(self.cases, name)[case]) if self.cases.odd else ():
            begun[row] = _is_in_force(rule, self.cases.facts(int(case[row]), frozenset((name,))))
        return begun.astype(np.int64)


def _is_odd(cases: Cases, name: str) -> NDArray[np.bool_]:
    odd = np.zeros(cases.count, np.bool_)
    odd[[case for case, facts in cases.odd.items() if name in facts]] = True
    return odd


def _period(since: list[date], days: NDArray[np.int32]) -> Places:
    """0 before the first flow, else the place of the last one in force; -1 where the day is not known."""
    period = np.searchsorted([day.toordinal() for day in since], days, "right")
    return np.where(days == 0, -1, period).astype(np.int64)


def _classes(cases: Cases, name: str, words: Mapping[str, int]) -> Places:
    """For each case which of the words mentioned it has, 0 where none of them."""
    found = np.zeros(cases.count, np.int64)
    column = cases.words.get(name)
    if column is not None and column.values:
        classes = np.array([*(words.get(word(value), 0) for value in column.values), 0], np.int64)
        found = classes[column.codes]
    days = cases.days.get(name)
    if days is not None:
        for text, place in words.items():
            found[days == _ordinal(text)] = place
    for case, facts in cases.odd.items():
        if name in facts:
            found[case] = words.get(word(facts[name]), 0)
    return found


def _ordinal(text: str) -> int:
    """The day an ISO date names, -1 where the text is none."""
    try:
        return date.fromisoformat(text).toordinal()
    except ValueError:
        return -1
