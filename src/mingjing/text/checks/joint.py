"""One figure that breaks two relations, both of which one slip of its digits would mend.

Neither relation need be put in words: 3168人、947人、4015人 and, later, 不起诉率21.10% do not hold, and with
847 for 947 both do. Two independent sums agreeing on one misprint are no accident.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingjing.text.arithmetic import denominators, numerators, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import agrees
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

LEAST = 100
"""A smaller number is a slip away from too many others."""
NEAR = 6
"""Levels before a rate that may be its part or its whole."""
WIDEST = 3
"""Whole numbers a rate may leave open for its part or its whole."""


@dataclass(frozen=True, slots=True)
class Repair:
    """``right`` is what the figure would have to be for the relation of ``line``; ``others`` its partners."""

    low: int
    high: int
    others: tuple[Figure, ...]
    line: str


def check_joint(reading: Reading) -> Iterator[Finding]:
    """Every count of three digits that two relations would have otherwise."""
    repairs: dict[int, list[Repair]] = defaultdict(list)
    sound: set[int] = set()
    figures: dict[int, Figure] = {}
    for paragraph in reading.by_paragraph.values():
        for figure, repair in (*_rates(reading, paragraph, sound), *_sums(reading, paragraph, sound)):
            figures[figure.start] = figure
            repairs[figure.start].append(repair)
    for start, found in sorted(repairs.items()):
        if start not in sound:
            yield from _agreeing(figures[start], found)


def _plain(reading: Reading, one: Figure) -> bool:
    counted = one.exact and one.step == 1 and not one.is_rate and additive(one)
    return counted and reading.movement(one) is None and one.value > 1 and not is_prior(reading, one)


def _slipped(one: Figure, low: int, high: int) -> bool:
    return one.value >= LEAST and any(
        slip(int(one.value), right) for right in range(low, high + 1) if right != one.value
    )


def _rates(reading: Reading, paragraph: list[Figure], sound: set[int]) -> Iterator[tuple[Figure, Repair]]:
    """Each rate with the levels of one unit right before it."""
    for place, rate in enumerate(paragraph):
        if rate.unit != "%" or not rate.exact or not rate.decimals or reading.movement(rate):
            continue
        levels = [one for one in paragraph[max(place - NEAR, 0) : place] if _plain(reading, one)]
        pairs = [pair for pair in itertools.permutations(levels, 2) if pair[0].unit == pair[1].unit]
        held = [pair for pair in pairs if agrees(rate, *pair)]
        pairs = [(part, whole) for part, whole in pairs if part.value < whole.value]
        if held:
            sound.update(one.start for pair in held for one in pair if pair[1].value >= LEAST)
            continue
        for part, whole in pairs:
            for one, other, span in (
                (part, whole, numerators(whole.value, rate.value, rate.decimals)),
                (whole, part, denominators(part.value, rate.value, rate.decimals)),
            ):
                if span and span[1] - span[0] < WIDEST and _slipped(one, *span):
                    line = f"{part.text} ÷ {whole.text} 不是 {rate.text}"
                    yield one, Repair(*span, (other, rate), line)


def _sums(reading: Reading, paragraph: list[Figure], sound: set[int]) -> Iterator[tuple[Figure, Repair]]:
    """Runs of levels of one unit, the first or the last of which may be the others together."""
    for unit in dict.fromkeys(one.unit for one in paragraph):
        levels = [one for one in paragraph if one.unit == unit and _plain(reading, one)]
        for size, start in itertools.product(range(3, 7), range(len(levels))):
            run = levels[start : start + size]
            if len(run) < size:
                continue
            for whole, parts in ((run[0], run[1:]), (run[-1], run[:-1])):
                added = Fraction(sum(one.value for one in parts))
                if added == whole.value and whole.value >= LEAST:
                    sound.update(one.start for one in run)
                elif abs(added - whole.value) * 3 <= whole.value:
                    line = " + ".join(one.text for one in parts) + f" 不是 {whole.text}"
                    for one in run:
                        rest = whole.value - added
                        right = int(one.value + rest) if one is not whole else int(added)
                        if right > 0 and _slipped(one, right, right):
                            yield (
                                one,
                                Repair(right, right, tuple(each for each in run if each is not one), line),
                            )


def _agreeing(figure: Figure, found: list[Repair]) -> Iterator[Finding]:
    for one, other in itertools.combinations(found, 2):
        low, high = max(one.low, other.low), min(one.high, other.high)
        shared = {each.start for each in one.others} & {each.start for each in other.others}
        rates = any(each.is_rate for repair in (one, other) for each in repair.others)
        if low > high or not rates or len(shared) > 1:
            continue
        rights = [right for right in range(low, high + 1) if slip(int(figure.value), right)]
        if len(rights) != 1 or rights[0] == figure.value:
            continue
        right = f"{figure.worded(Fraction(rights[0]))}"
        beside = tuple(dict.fromkeys((each.start, each.end) for each in (*one.others, *other.others)))
        yield Finding(
            "parts", Verdict.MISMATCH, figure.start, figure.end,
            f"{figure.subject}{figure.text}同两处的数都对不上，改为 {right} 就都相符",
            (one.line, other.line), (f"改为 {right}（{slip(int(figure.value), rights[0])}，像是笔误）",),
            beside,
        )  # fmt: skip
        return
