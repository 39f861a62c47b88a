"""Which indicators a court asks, under which version, and every count they need of its cases."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from weakref import WeakKeyDictionary

from mingjing.definitions.registry import Registry
from mingjing.definitions.values.populations import of_cases
from mingjing.domain.indicators.counts import CASES, Count, Indicator, Population
from mingjing.domain.reasons import Refusal
from mingjing.services.figures.counting import Counting, keepable, key_of
from mingjing.services.installation import registry
from mingjing.storage.people.models import Court


class UnknownIndicator(Refusal):
    """No indicator of that id is in force."""

    code = "unknown-indicator"


_countings: WeakKeyDictionary[Registry, dict[tuple[int, ...], Counting]] = WeakKeyDictionary()


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
    """The label of every count with its key; counts of other populations than cases are left out."""
    lineages = {one.label: indicator.lineage(one.label) for one in indicator.parts}
    return {label: key_of(lineage) for label, lineage in lineages.items() if lineage[0].over == CASES}


def kept_by_day(indicator: Indicator) -> bool:
    """Whether every count of the indicator is of cases and can be kept by day."""
    lineages = [indicator.lineage(one.label) for one in indicator.parts]
    return all(lineage[0].over == CASES and keepable(lineage) for lineage in lineages)


def population_of(court: Court) -> Population:
    """Cases with the kind of every field, under the dictionaries of a court."""
    known = registry(court)
    return of_cases(known.dictionary("dictionary.case_fields"), known.dictionary_or_none("dictionary.events"))


def counting_of(court: Court) -> Counting:
    """Every count asked of the cases of a court: by itself, and by the courts above that look at it."""
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
        sets[mark] = Counting(lineages, population_of(court))
    return sets[mark]


def _lineages(known: Registry) -> Iterator[tuple[Count, ...]]:
    for id_ in known.ids("indicator"):
        for one in known.files(id_):
            if isinstance(one.value, Indicator):
                for count in one.value.parts:
                    yield one.value.lineage(count.label)
