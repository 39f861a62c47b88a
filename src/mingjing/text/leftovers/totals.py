"""Totals before their list: 五类共6112件，甲180件、乙509件…; and an amount told again in its bracket.

Nobody says that the list is all; but where one slip of its digits makes the total of a long number what three
or more parts add up to, it was.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text import units
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import counts_them, overlap, slipped_for, weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, is_level
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

_LISTED = re.compile(r"[^,。;:()\d]{0,10}[,:、;(]?(?:其中|包括|包含|含|分别为|即)?:?[^,。;:()\d]{1,14}")
_NEXT = re.compile(r"(?:\([^()]*\))?[、,;][^,。;:()\d]{1,14}")
_MANY = re.compile(r"(?P<many>[三四五六七八九]|\d)(?:类|种|项|个|家|方面|大类|级|档)[^,。;:\d]{0,10}$")
_AGAIN = re.compile(r"\((?:即|合|折合|约合)?")
_OPENED = re.compile("其中|包括|包含|分别")
LEAST = 100
"""A smaller total is a slip away from too many sums."""


def check_leftover_totals(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every count or amount nothing was said of."""
    for sentence in reading.sentences.values():
        for place, whole in enumerate(sentence):
            yield from _told_again(reading, sentence, place)
            if whole.start in settled.right or not is_level(reading, whole) or is_prior(reading, whole):
                continue
            found = _of_list(reading, settled, sentence, place)
            if found is not None:
                yield found


def _of_list(reading: Reading, settled: Settled, sentence: list[Figure], place: int) -> Finding | None:
    whole, parts = sentence[place], list[Figure]()
    last = whole
    behind = reading.folded[whole.end : sentence[place + 1].start] if place + 1 < len(sentence) else ""
    if behind.startswith("、") or (_is_item(reading, sentence, place) and not _OPENED.search(behind)):
        return None
    for one in sentence[place + 1 :]:
        if one.is_rate or counts_them(reading, one, whole) or reading.depth(one) > reading.depth(whole):
            continue
        pattern = _NEXT if parts else _LISTED
        if one.unit != whole.unit or not pattern.fullmatch(reading.folded[last.end : one.start]):
            break
        if not is_level(reading, one) or is_prior(reading, one):
            break
        parts.append(one)
        last = one
    many = _MANY.search(clause_of(reading, whole))
    count = int(read_number(many["many"]) or 0) if many else 0
    for end in range(len(parts), 2, -1):
        listed = parts[:end]
        added = sum((one.value for one in listed), start=Fraction(0))
        if added == whole.value or (count and count != end):
            continue
        slipped = slipped_for(whole, added) and (whole.value >= LEAST or count == end)
        told = any(one.start in settled.right for one in listed)
        if slipped and not told and not overlap(reading, whole) and not _made(sentence, whole, listed):
            found = weighed(whole, listed, True, "parts")
            return found if found is not None and found.verdict is Verdict.MISMATCH else None
    return None


def _is_item(reading: Reading, sentence: list[Figure], place: int) -> bool:
    """Whether it is itself one of a list."""
    before = [one for one in sentence[:place] if not one.is_rate][-1:]
    return bool(before) and before[0].unit == sentence[place].unit and bool(
        _NEXT.fullmatch(reading.between(before[0], sentence[place]))
    )  # fmt: skip


def _made(sentence: list[Figure], whole: Figure, listed: list[Figure]) -> bool:
    """Whether some stretch of the sentence makes the total as it is printed."""
    alike = [one for one in sentence if one.unit == whole.unit and one is not whole]
    return any(
        sum(one.value for one in alike[first:last]) == whole.value
        for first in range(len(alike)) for last in range(first + 2, len(alike) + 1)
    ) or len(listed) < 3  # fmt: skip


def _told_again(reading: Reading, sentence: list[Figure], place: int) -> Iterator[Finding]:
    """45.44亿元（45438万元）: one amount in two units."""
    one, other = sentence[place], sentence[place + 1] if place + 1 < len(sentence) else None
    if other is None or one.unit != units.MONEY or other.unit != units.MONEY:
        return
    again = _AGAIN.fullmatch(reading.between(one, other)) and reading.folded.startswith(")", other.end)
    if not again or one.printed_unit == other.printed_unit or not (one.exact and other.exact):
        return
    if abs(one.value - other.value) <= max(one.step, other.step):
        return
    shown = one.worded(other.value)
    yield Finding(
        "units", Verdict.MISMATCH, one.start, one.end, f"{one.text}和括号里的{other.text}不是同一个数",
        (f"{other.text} = {other.in_plain()}，{one.text} = {one.in_plain()}",),
        (f"改为 {shown}", "或核对两个数"),
        ((other.start, other.end),),
    )  # fmt: skip
