"""Accusations that another plain reading of the same sentence makes right, and that are therefore not made.

A check holds a figure against the figures it takes to be meant. Where the accused figure is exactly what two
or more others of its sentence make, those were meant: 80件、90件、40件，…实有200件，比简单相加的210件少10件.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from mingjing.text import units
from mingjing.text.checks.averages import agrees_with, summed
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding
from mingjing.text.leftovers.stocks import COMING
from mingjing.text.leftovers.vectors import right_together
from mingjing.text.reading import Reading

STEPS = 5
"""Levels before what is left that may have come and gone."""
SURE = 100
"""A smaller sum, or a mean of fewer digits, some other figures make by accident."""


def excused(reading: Reading, finding: Finding) -> bool:
    """Whether the figure it marks is right by other figures of its sentence."""
    marked = [one for one in reading.figures_in(finding.start, finding.end) if one.end <= finding.end]
    ask = _ASKED.get(finding.code)
    if ask is None or len(marked) != 1 or not marked[0].exact:
        return False
    return ask(reading, marked[0], reading.sentences[marked[0].sentence])


def _plain(reading: Reading, sentence: list[Figure], unit: str) -> list[Figure]:
    return [
        one for one in sentence
        if one.unit == unit and one.exact and additive(one) and reading.movement(one) is None
    ]  # fmt: skip


def _runs(levels: list[Figure], least: int) -> Iterator[list[Figure]]:
    for first, last in itertools.combinations(range(len(levels) + 1), 2):
        if last - first >= least:
            yield levels[first:last]


def _added(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """三庭简单相加的210件: it says it is a sum, and three or more before it make it."""
    levels = _plain(reading, sentence, one.unit)
    if one not in levels or one.value < SURE or not re.search("相加|之和", one.subject):
        return False
    place = levels.index(one)
    before = [run for run in _runs(levels[:place], 3) if run[0].segment == one.segment]
    return any(sum(each.value for each in run) == one.value for run in before)


def _moved_to(before: list[Figure], left: Fraction) -> bool:
    """Whether the first, with what came after it added and what went taken away, comes to what is left."""
    signs = [1 if COMING.search(one.subject) else -1 for one in before[1:]]
    moved = sum(one.value * sign for one, sign in zip(before[1:], signs, strict=True))
    return 1 in signs and before[0].value + moved == left


def _left(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """It is one of a stretch, to the end of the sentence, that makes the one before it."""
    levels = _plain(reading, sentence, one.unit)
    if one not in levels:
        return False
    place = levels.index(one)
    before = [each for each in levels[:place] if each.segment == one.segment]
    if 3 <= len(before) <= STEPS and _moved_to(before, one.value):
        return True  # 年初310件，清结220件，新增35件，尚存125件
    return any(
        levels[first].value == sum(each.value for each in levels[first + 1 :])
        for first in range(place) if len(levels) - first > 3
    )  # fmt: skip


def _apart(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """收5件，去年收6件，减少1件: how much the two right before it differ, the earlier named as such."""
    move = reading.movement(one)
    levels = [each for each in _plain(reading, sentence, one.unit) if each.segment == one.segment]
    before = [each for each in levels if each.end <= one.start][-2:]
    if move is None or len(before) != 2 or not is_prior(reading, before[1]) or is_prior(reading, before[0]):
        return False
    return (before[0].value - before[1].value) * move.sign == one.value


def _meant(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """A mean any sum and any number of its sentence make."""
    if int(one.value / one.step) < SURE:
        return False
    levels = [each for each in sentence if each is not one and each.exact and reading.movement(each) is None]
    return any(
        summed(total.unit, one.unit) and total.unit != head.unit and head.unit != units.PERCENT
        and head.value > 1 and agrees_with(one, total, head)
        for total, head in itertools.permutations(levels, 2)
    )  # fmt: skip


def _shared(reading: Reading, one: Figure, _sentence: list[Figure]) -> bool:
    """三者占比依次为61.99%、21.95%、16.07%: the first of several, each of its own count."""
    return right_together(reading, one)


_ASKED: dict[str, Callable[[Reading, Figure, list[Figure]], bool]] = {
    "parts": _added,
    "flow": _left,
    "growth": _apart,
    "average": _meant,
    "share": _shared,
}


def without_excused(reading: Reading, found: list[Finding]) -> list[Finding]:
    """The findings whose accusations nothing excuses."""
    return [one for one in found if not (one.verdict.accuses and excused(reading, one))]
