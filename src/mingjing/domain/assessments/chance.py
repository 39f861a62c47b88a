"""How often the machine gives cards where nothing but chance ranks the departments.

If all departments were equally good, each month's last places would fall on them by lot. One department is
then among the last with the same probability each month, independently of the months before: its cards over
any horizon can be worked out exactly. Whether *any* department of a court gets a card is drawn instead, for
the departments of one month are not independent of each other; the lots come from outside, for nothing here
is left to chance, and the draw says its error.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from mingjing.domain.assessments.cards import CardColour, CardRules, Happening, Month, Standing, advance
from mingjing.domain.assessments.ranking import edge

Lots = Callable[[int, int], Collection[int]]
"""Which of so many departments the lot makes the last ones: (departments, places) → their numbers from 0."""
_BEGIN = Month(2026, 1)


@dataclass(frozen=True, slots=True)
class Chance:
    """Probabilities of at least one card of a colour within the horizon.

    ``one`` is exact, of a department named beforehand; ``expected`` is exact too: how many departments of
    the court are hit on average. ``any`` is the share of ``draws`` in which some department was, ``error``
    its standard error.
    """

    colour: CardColour
    one: Fraction
    expected: Fraction
    any: Fraction
    error: float
    draws: int


def chances(
    rules: CardRules, units: int, months: int, lots: Lots, draws: int, *, mended: bool = True
) -> tuple[Chance, ...]:
    """What chance alone does to a court of ``units`` departments in ``months`` months from 1 January.

    ``mended``: every rectification is verified before the quarter closes; otherwise none ever is.
    Raises ValueError for fewer than one department, month or draw.
    """
    if min(units, months, draws) < 1:
        raise ValueError("units, months and draws are at least 1")
    one = exactly(rules, hit_chance(rules, units), months, mended=mended)
    some = _drawn(rules, units, months, lots, draws, mended=mended)
    return tuple(
        Chance(
            colour,
            one[colour],
            one[colour] * units,
            Fraction(some[colour], draws),
            math.sqrt(some[colour] / draws * (1 - some[colour] / draws) / draws),
            draws,
        )
        for colour in CardColour
    )


def hit_chance(rules: CardRules, units: int) -> Fraction:
    """How probable it is that one department is among the last of a month without ties."""
    if units < 2:
        return Fraction(0)
    return Fraction(min(units, edge(units, rules.last, share=rules.share)), units)


def exactly(
    rules: CardRules, hit: Fraction, months: int, *, mended: bool = True
) -> Mapping[CardColour, Fraction]:
    """The exact probability of at least one card of each colour: every memory the machine can have, with its
    probability, carried month by month."""
    # Shares are whole numbers over hit.denominator ** months: exact, and without a fraction at each step.
    spread: dict[tuple[Standing, frozenset[CardColour]], int] = {(Standing(), frozenset()): 1}
    parts = ((True, hit.numerator), (False, hit.denominator - hit.numerator))
    known: dict[tuple[Standing, bool, int], tuple[Standing, frozenset[CardColour]]] = {}
    month = _BEGIN
    for _ in range(months):
        after: dict[tuple[Standing, frozenset[CardColour]], int] = defaultdict(int)
        kind = month.month if month.closes_quarter else 0  # only the close of a quarter depends on the month
        for (held, had), share in spread.items():
            for is_hit, part in parts:
                if not part:
                    continue
                if (held, is_hit, kind) not in known:
                    known[held, is_hit, kind] = _month(rules, held, month, hit=is_hit, mended=mended)
                now, given = known[held, is_hit, kind]
                after[now, had | given] += share * part
        spread, month = after, month.next
    whole = hit.denominator**months
    return {
        colour: Fraction(sum(share for (_, had), share in spread.items() if colour in had), whole)
        for colour in CardColour
    }


def _month(
    rules: CardRules, held: Standing, month: Month, *, hit: bool, mended: bool
) -> tuple[Standing, frozenset[CardColour]]:
    before = replace(held, mended=True) if mended and held.yellow else held
    now, events = advance(rules, before, month, hit=hit)
    return _capped(rules, now), frozenset(one.colour for one in events if one.what is Happening.GIVEN)


def _capped(rules: CardRules, held: Standing) -> Standing:
    """The same memory with counts no larger than any rule asks, so that memories stay few."""
    return replace(
        held,
        run=min(held.run, rules.months),
        blues=min(held.blues, rules.yellow),
        yellows=min(held.yellows, max(4, rules.red)),
        clean=min(held.clean, max(1, rules.clean)),
    )


def _drawn(
    rules: CardRules, units: int, months: int, lots: Lots, draws: int, *, mended: bool
) -> Mapping[CardColour, int]:
    """In how many of ``draws`` some department got each colour."""
    found = dict.fromkeys(CardColour, 0)
    places = min(units, edge(units, rules.last, share=rules.share)) if units > 1 else 0
    for _ in range(draws):
        held, month = [Standing()] * units, _BEGIN
        had: set[CardColour] = set()
        for _ in range(months):
            last = set(lots(units, places))
            for unit in range(units):
                held[unit], given = _month(rules, held[unit], month, hit=unit in last, mended=mended)
                had |= given
            month = month.next
        for colour in had:
            found[colour] += 1
    return found
