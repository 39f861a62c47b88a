"""Lists nobody introduced: 民主评议203人，优秀61人；合格140人，基本合格2人, a misprint away from their total.

Without 其中 or 合计 nothing says that the counts of a sentence are the parts of its first, or of the last one
before it. Where they miss it by little, and a slip of one digit explains it, they were meant to be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import same_time
from mingjing.text.checks.parts import additive, overlap, slipped_for, weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

TIMES = 25
"""How many times what is over or wanting the total must be."""
LEAST = 3
_ACTS = ("次", "场", "场次", "期", "批")


def check_unannounced(reading: Reading) -> Iterator[Finding]:
    """The counts of each sentence, against its first and against the last of the sentence before."""
    for sentence in reading.sentences.values():
        for unit in dict.fromkeys(one.unit for one in sentence):
            parts = _levels(reading, sentence, unit)
            before = [
                one for earlier in reading.sentences_before(sentence[0].sentence, 1)
                for one in _levels(reading, reading.sentences[earlier], unit)
            ][-1:]  # fmt: skip
            if _holds([*before, *parts]):
                continue
            if unit in _ACTS:
                before = []  # meetings and lessons of several kinds are no parts of each other
            for whole, rest in ((parts[:1], parts[1:]), (before, parts)):
                if whole and _misses(reading, whole[0], rest):
                    found = weighed(whole[0], rest, True, "parts")
                    if found is not None and found.verdict.accuses:
                        yield replace(found, verdict=Verdict.TENSION)


def _levels(reading: Reading, sentence: list[Figure], unit: str) -> list[Figure]:
    return [
        one for one in sentence
        if one.unit == unit and one.exact and additive(one) and not one.is_rate and not reading.depth(one)
        and reading.movement(one) is None and not is_prior(reading, one)
    ]  # fmt: skip


def _holds(levels: list[Figure]) -> bool:
    """Whether any stretch of them adds up to the one before or behind it."""
    for first in range(len(levels)):
        added = Fraction(0)
        for last in range(first + 1, len(levels)):
            added += levels[last].value
            if last > first + 1 and added == levels[first].value:
                return True
        for last in range(first + 2, len(levels)):
            if sum(one.value for one in levels[first:last]) == levels[last].value:
                return True
    return False


def _misses(reading: Reading, whole: Figure, parts: list[Figure]) -> bool:
    if len(parts) < LEAST or whole.value <= max(one.value for one in parts) or overlap(reading, parts[0]):
        return False
    if re.search(r"[一-鿿]中,", reading.between(whole, parts[-1])):
        return False  # 成功1728件；成功的案件中，申请确认483件: parts of a part
    kinds = {reading.role(one).kind for one in (whole, *parts)} - {""}
    steps = {one.step for one in (whole, *parts)}
    if len(kinds) > 1 or len(steps) > 1 or not same_time(whole, parts[0]):
        return False
    rest = whole.value - sum(one.value for one in parts)
    if abs(rest) * TIMES > whole.value and abs(rest) != 1:
        return False
    return bool(slipped_for(whole, whole.value - rest)) or any(
        slipped_for(one, one.value + rest) for one in parts
    )
