"""The four forms of discipline counted twice: how many people, how many measures (S-119)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure taken: against whom (any key), by which of the four forms, of what kind."""

    person: str
    form: str
    kind: str


@dataclass(frozen=True, slots=True)
class FormCount:
    """One form: the measures taken, and the people whose gravest measure it is."""

    form: str
    people: int
    measures: int


def count_forms(measures: Iterable[Measure], forms: Iterable[str]) -> tuple[FormCount, ...]:
    """Each form of ``forms`` (mildest first) with its people and measures.

    Somebody measured twice is one person, under the gravest form, so that people add up to heads.
    """
    order, taken = list(forms), list(measures)
    gravest: dict[str, int] = {}
    for one in taken:
        gravest[one.person] = max(gravest.get(one.person, 0), order.index(one.form))
    places = list(gravest.values())
    return tuple(
        FormCount(form, places.count(place), sum(one.form == form for one in taken))
        for place, form in enumerate(order)
    )
