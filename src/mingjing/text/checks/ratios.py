"""Ratios against the two counts they are of: 法官与助理之比为1.2∶1（48名、40名）, 结收比1∶1.02."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checks.bases import is_prior
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import decimals_of
from mingjing.text.reading import Reading

_RATIO = re.compile(
    r"(?<![\d.:∶])(?P<one>\d{1,3}(?:\.\d{1,2})?)[:∶比](?P<other>\d{1,3}(?:\.\d{1,2})?)(?![\d.:∶%年月])"
)
_BETWEEN = re.compile(
    r"(?P<first>[一-鿿]{2,14}?)(?:与|和|同|对)(?P<second>[一-鿿]{2,14}?)(?:的|之间的?)?(?:数量|人数)?(?:之|配|的)?比例?"
    r"(?:(?:已|约|从|由|变|降|升|达|到|为|是|至|:|\d+(?:\.\d+)?[:∶]\d+(?:\.\d+)?)+)?$"
)
_EMPTY = re.compile(r"人数|数量|总数|案件|当年|全年|当期|比例|[数量名]")
NEAR = 3
"""Times of itself a ratio may be off and still be meant for the two counts."""


def check_ratios(reading: Reading) -> Iterator[Finding]:
    """Every ratio one side of which is 1 and whose clause names what it is of."""
    for match in _RATIO.finditer(reading.folded):
        sides = Fraction(match["one"]), Fraction(match["other"])
        sentence = reading.outline.sentence_at(match.start())
        clause = re.split("[,。;(]", reading.folded[sentence[0] : match.start()])[-1]
        named = _BETWEEN.search(clause)
        if 1 not in sides or not all(sides) or named is None:
            continue
        told = _named(reading, match, named["first"]), _named(reading, match, named["second"])
        if all(told):
            yield from _held(match, sides, *told)


def _named(reading: Reading, match: re.Match[str], name: str) -> list[Figure]:
    """The latest counts of the paragraph and the one before it that share a word with the name."""
    words = _EMPTY.sub("", name)
    pieces = {words[place : place + 2] for place in range(len(words) - 1)}
    paragraphs = reading.outline.paragraphs
    place = paragraphs.index(reading.outline.paragraph_at(match.start()))
    near = [one for paragraph in paragraphs[max(place - 2, 0) : place + 1]
            for one in reading.by_paragraph.get(paragraph.start, [])]  # fmt: skip
    levels = [
        one for one in near
        if one.exact and not one.is_rate and one.value > 1 and reading.movement(one) is None
        and not is_prior(reading, one)
    ]  # fmt: skip
    exact = [one for one in levels if words and one.subject.endswith(words)]
    return exact or [one for one in levels if any(piece in _clause(reading, one) for piece in pieces)]


def _clause(reading: Reading, one: Figure) -> str:
    words = re.split(r"[,。;:(]", reading.folded[one.sentence[0] : one.start])[-1]
    return re.split(r"\d", words)[0] + one.subject


def _held(
    match: re.Match[str], sides: tuple[Fraction, Fraction], first: list[Figure], second: list[Figure]
) -> Iterator[Finding]:
    stated = sides[0] / sides[1]
    places = max(decimals_of(match["one"]), decimals_of(match["other"]))
    pairs = [(one, other) for one, other in itertools.product(first, second) if one.start != other.start]
    pairs = [(one, other) for one, other in pairs if one.unit == other.unit]
    for one, other in pairs:
        ratio = one.value / other.value if sides[1] == 1 else other.value / one.value
        if abs(ratio - max(sides[0] / sides[1], sides[1] / sides[0])) < Fraction(1, 10**places):
            return
        if abs(ratio - (sides[0] if sides[1] == 1 else sides[1])) < Fraction(1, 10**places):
            return
    if not pairs:
        return
    one, other = pairs[-1]
    if not stated / NEAR <= one.value / other.value <= stated * NEAR:
        return
    ratio = one.value / other.value if sides[1] == 1 else other.value / one.value
    shown = printed(rounded(ratio, places), places)
    told = f"{shown}∶1" if sides[1] == 1 else f"1∶{shown}"
    yield Finding(
        "rate", Verdict.MISMATCH, match.start(), match.end(),
        f"比例写作{match.group()}，按文中的数应为 {told}", (f"{one.text} ÷ {other.text}，即 {told}",),
        (f"改为 {told}", "或核对两个数"), ((one.start, one.end), (other.start, other.end)),
    )  # fmt: skip
