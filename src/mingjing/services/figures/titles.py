"""A figure over one open register, taken apart by what its records are called: by agency, by building.

Only registers that are open to all are: of a secret one a reader may know how many, not of whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingjing.definitions.values.populations import EVENTS
from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import CASES, Indicator
from mingjing.domain.indicators.figures import Figure, figure, plain_number
from mingjing.domain.indicators.lights import Basis, Light
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.figures.asked import Keys, overs_of
from mingjing.services.figures.cells import Amount, Amounts, Given
from mingjing.services.figures.counting import tallied
from mingjing.services.figures.sight import Seen
from mingjing.services.installation import registry

OPEN = "公开"
NAMELESS = "（未填）"
NAMES = (FieldType.TEXT, FieldType.CHOICE, FieldType.UNIT)


@dataclass(frozen=True, slots=True)
class Titled:
    """The figure of everything of one name, what each count came to, and the light."""

    name: str
    figure: Figure
    counts: tuple[tuple[str, str], ...]
    light: Light | None


def title_word(actor: Actor, indicator: Indicator) -> str:
    """What a figure can be taken apart by (行政机关), empty where its records have no such name."""
    register = _register(actor, indicator)
    if register is None or register.secrecy != OPEN:
        return ""
    named = next((one for one in register.fields if one.label == register.title), None)
    return register.title if named is not None and named.type in NAMES else ""


def by_title(actor: Actor, seen: Seen, indicator: Indicator, period: Period) -> list[Titled]:
    """The figure of every name, in the order of the names; empty where it cannot be taken apart so."""
    if not title_word(actor, indicator):
        return []
    only = Keys.of([indicator]).all
    found: dict[str, tuple[Amounts, Amounts, Amounts]] = {}
    for name, given in _shares(seen, next(iter(overs_of(indicator))), only):
        _add(found.setdefault(name, ({}, {}, {})), given, period)
    rows = []
    for name in sorted(found, key=lambda one: (one == NAMELESS, one)):
        told = tallied(indicator, period, *found[name])
        if any(told.counts.values()):
            rows.append(_row(indicator, name, figure(indicator, told).value))
    return rows


def _add(sums: tuple[Amounts, Amounts, Amounts], given: Given, period: Period) -> None:
    """What flowed in the period, what stood before it and at its end."""
    flows, opening, closing = sums
    for part in given.parts:
        into = [flows] if not part.stock and part.day in period else []
        into += [opening] if part.stock and part.day < period.first else []
        into += [closing] if part.stock and part.day <= period.last else []
        for amounts in into:
            amounts.setdefault(part.key, Amount()).add(part)


def _row(indicator: Indicator, name: str, found: Figure) -> Titled:
    lights = indicator.lights
    light = lights.shown(found.exact, None) if lights is not None and lights.of is Basis.VALUE else None
    counts = tuple((label, plain_number(one)) for label, one in found.parts.items())
    return Titled(name, found, counts, light)


def _register(actor: Actor, indicator: Indicator) -> Register | None:
    overs = overs_of(indicator)
    if len(overs) != 1 or overs & {CASES, EVENTS}:
        return None
    return registry(actor.court).newest_register(next(iter(overs)))


def _shares(seen: Seen, over: str, only: frozenset[str]) -> Iterator[tuple[str, Given]]:
    rows = seen.place.record_shares().filter(record__register=over).order_by("record_id")
    for title, text in rows.values_list("record__title", "given").iterator(chunk_size=2000):
        given = Given.load_of(text, only)
        if seen.place.holds(given.places):
            yield title or NAMELESS, given
