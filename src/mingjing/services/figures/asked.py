"""Which indicators a court asks, under which version, and every count they need of its cases and records."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from weakref import WeakKeyDictionary

from mingjing.definitions.registry import Registry
from mingjing.definitions.values.populations import EVENTS, LOOKED_UP, of_cases, of_events
from mingjing.domain.indicators.counts import CASES, Count, Indicator, Population
from mingjing.domain.reasons import Refusal
from mingjing.services.figures.counting import Counting, keepable, key_of
from mingjing.services.installation import registry
from mingjing.storage.people.models import Court


class UnknownIndicator(Refusal):
    """No indicator of that id is in force."""

    code = "unknown-indicator"


@dataclass(frozen=True)
class Countings:
    """Every count asked of a court: of its cases, of their events, of the records of each register."""

    cases: Counting
    events: Counting
    registers: Mapping[str, Counting]
    words: str
    """Stands among the keys that are counted, so that everything is read anew when a dictionary says
    something else of a kind of case or of an outcome."""

    @cached_property
    def keys(self) -> frozenset[str]:
        """The keys of the counts a case answers, with its events."""
        return self.cases.keys | self.events.keys

    @cached_property
    def record_keys(self) -> frozenset[str]:
        """The keys of the counts that records answer."""
        return frozenset(key for one in self.registers.values() for key in one.keys)


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of some counts: of those that flow within a period, of those that stand at its ends."""

    flows: frozenset[str]
    stocks: frozenset[str]

    @property
    def all(self) -> frozenset[str]:
        """Both."""
        return self.flows | self.stocks

    @classmethod
    def of(cls, indicators: Iterable[Indicator]) -> Keys:
        """Those of every count of some indicators."""
        found: dict[bool, set[str]] = {False: set(), True: set()}
        for one in indicators:
            for part in one.parts:
                lineage = one.lineage(part.label)
                found[lineage[0].at is not None].add(key_of(lineage))
        return cls(frozenset(found[False]), frozenset(found[True]))


_countings: WeakKeyDictionary[Registry, dict[tuple[int, ...], Countings]] = WeakKeyDictionary()


def indicators_on(court: Court, on: date) -> list[Indicator]:
    """The indicators in force at a court on a day, group by group, in the order of their files."""
    known = registry(court)
    found = []
    for id_ in known.ids("indicator"):
        versions = (one for one in known.files(id_) if one.since is not None and one.since <= on)
        value = next((one.value for one in versions), None)
        if isinstance(value, Indicator):
            found.append(value)
    return found


def indicator_on(court: Court, id_: str, on: date) -> Indicator:
    """The version of an indicator in force on a day, or its first where the day lies before it.

    Raises
    ------
    UnknownIndicator   no such indicator
    """
    values = [one.value for one in registry(court).files(id_) if isinstance(one.value, Indicator)]
    if not values:
        raise UnknownIndicator(f"没有指标“{id_}”。", example="indicator.within_limit")
    return next((one for one in values if one.since <= on), values[-1])


def indicator_at(court: Court, reference: str) -> Indicator | None:
    """The version a kept figure names (``id @ day # hash``), None where its file is gone."""
    id_, _, rest = reference.partition(" @ ")
    for one in registry(court).files(id_):
        if isinstance(one.value, Indicator) and rest.startswith(one.value.since.isoformat()):
            return one.value
    return None


def keys_of(indicator: Indicator) -> dict[str, str]:
    """The label of every count with its key."""
    return {one.label: key_of(indicator.lineage(one.label)) for one in indicator.parts}


def kept_by_day(indicator: Indicator) -> bool:
    """Whether every count of the indicator can be kept by day."""
    return all(keepable(indicator.lineage(one.label)) for one in indicator.parts)


def overs_of(indicator: Indicator) -> frozenset[str]:
    """Everything the indicator counts: 案件, 事项, registers by their id."""
    return frozenset(one.over for one in indicator.parts if not one.among)


def population_of(court: Court) -> Population:
    """Cases with the kind of every field, under the dictionaries of a court."""
    known = registry(court)
    return of_cases(known.dictionary("dictionary.case_fields"), known.dictionary_or_none("dictionary.events"))


def countings_of(court: Court) -> Countings:
    """Every count asked of a court: by itself, and by the courts above that look at it."""
    above, place = [court], court
    while place.parent is not None:
        place = place.parent
        above.append(place)
    known = registry(court)
    sets = _countings.setdefault(known, {})
    mark = tuple(id(registry(one)) for one in above)
    if mark not in sets:
        sets.clear()
        lineages = [lineage for one in above for lineage in _lineages(registry(one))]
        overs = {lineage[0].over for lineage in lineages} - {CASES, EVENTS}
        registers = {over: found for over in sorted(overs) if (found := known.population(over)) is not None}
        sets[mark] = Countings(
            Counting(lineages, population_of(court)),
            Counting(lineages, of_events(known.dictionary("dictionary.case_fields"))),
            {over: Counting(lineages, population) for over, population in registers.items()},
            _words_of(known),
        )
    return sets[mark]


def _words_of(known: Registry) -> str:
    """One word for what dictionaries say of cases by their kind and outcome."""
    told = []
    for name, (_, dictionary, column, _) in LOOKED_UP.items():
        words = known.dictionary_or_none(dictionary)
        told += [(name, word, words.row(word).get(column, "")) for word in words.keys] if words else []
    return f"words {hashlib.sha256(repr(told).encode()).hexdigest()[:12]}"


def _lineages(known: Registry) -> Iterator[tuple[Count, ...]]:
    for id_ in known.ids("indicator"):
        for one in known.files(id_):
            if isinstance(one.value, Indicator):
                for count in one.value.parts:
                    yield one.value.lineage(count.label)
