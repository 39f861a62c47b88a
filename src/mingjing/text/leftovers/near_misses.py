"""Rates that all but fit: 168件，调解65件，调解成功率38.72% of 38.69%. No other comes so near."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import agrees, slipped_share, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding
from mingjing.text.leftovers.settled import Settled, clause_of, is_level, unsettled
from mingjing.text.reading import Reading

_BRACKET = re.compile(r"占[^,。;:()]{2,16}\($")
NEAR = Fraction(1, 10)
"""Percentage points a rate of two decimals may be off, to be meant of the two counts before it."""


def check_near_misses(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every rate or share of two decimals, of its segment; every share of a whole in brackets."""
    for sentence, place in unsettled(reading, settled):
        rate = sentence[place]
        if rate.unit != "%" or not rate.decimals or reading.movement(rate):
            continue
        if re.search("目标|同期|去年|上年|高于|低于|全[国省市]平均|标准", rate.subject):
            continue
        if (found := _of_bracket(reading, sentence, place)) is not None:
            yield found
        elif rate.decimals > 1 and (pair := _close(reading, sentence, place)) is not None:
            yield wrong_share(rate, *pair, "rate", clause_of(reading, rate))


def _close(reading: Reading, sentence: list[Figure], place: int) -> tuple[Figure, Figure] | None:
    rate = sentence[place]
    levels = [
        one for one in sentence[:place]
        if one.segment == rate.segment and is_level(reading, one) and not is_prior(reading, one)
    ]  # fmt: skip
    near = [
        one for one in reading.by_paragraph[reading.paragraph(rate).start]
        if one.exact and not one.is_rate and one.value > 0
    ]  # fmt: skip
    if any(
        part.unit == whole.unit and part is not whole and agrees(rate, part, whole)
        for part in near for whole in near
    ):  # fmt: skip
        return None
    pairs = [
        (part, whole) for part in levels[-1:] for whole in levels[:-1]
        if part.unit == whole.unit and 0 < part.value < whole.value
        and abs(part.value * 100 / whole.value - rate.value) <= NEAR
    ]  # fmt: skip
    return pairs[-1] if len({(part.value, whole.value) for part, whole in pairs}) == 1 else None


def _of_bracket(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """总量732件，占民商事结案总数（6057件）的12.09%: the level before it, of the one in the bracket."""
    rate, before = sentence[place], sentence[max(place - 2, 0) : place]
    if len(before) < 2 or reading.between(before[1], rate) != ")的" or before[0].unit != before[1].unit:
        return None
    part, whole = before
    opened = _BRACKET.search(reading.folded[part.end : whole.start])
    plain = is_level(reading, part) and is_level(reading, whole) and part.value <= whole.value
    if not opened or not plain or agrees(rate, part, whole):
        return None
    return wrong_share(rate, part, whole, "share", "占比") if slipped_share(rate, part, whole) else None
