"""Lists nobody called complete, of a total some sentences before: one slip of a digit makes them add up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import same_time
from mingjing.text.checks.parts import nested, overlap, slipped_for, weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, is_level, levels_before
from mingjing.text.reading import Reading
from mingjing.text.roles import CARRIED, FILED, RECEIVED

TIMES = 15
"""How many times what is over or wanting the total must be."""
LEAST = 3
_HALVES = (
    ("不满", "已满"), ("以下", "以上"), ("男", "女"), ("中院", "基层"), ("一审", "二审"), ("线上", "线下"),
    ("上半年", "下半年"), ("旧存", "新收"), ("结转", "新收"),
)  # fmt: skip
_ACTS = ("次", "场", "场次", "期", "批", "人次", "天", "元")


def check_leftover_lists(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """The counts of each segment, against its first and against those before it in the paragraph."""
    for segment in reading.segments.values():
        for unit in dict.fromkeys(one.unit for one in segment):
            run = [
                one for one in segment
                if one.unit == unit and is_level(reading, one) and not reading.depth(one)
                and not is_prior(reading, one)
                and not re.match(r"的[\d.]+%", reading.folded[one.end : one.end + 8])
            ]  # fmt: skip
            if len(run) < 2 or unit in _ACTS or overlap(reading, run[0]) or nested(reading, run):
                continue
            if any(settled.knows(one) for one in run):
                continue
            found = _held(reading, run)
            if found is not None:
                yield replace(found, verdict=Verdict.TENSION)


def _held(reading: Reading, run: list[Figure]) -> Finding | None:
    before = [one for one in levels_before(reading, run[0]) if one.unit == run[0].unit]
    before = [one for one in before if not reading.depth(one) and same_time(one, run[0])]
    chosen: list[tuple[Figure, list[Figure]]] = []
    for wholes, parts in ((before, run), (run[:1], run[1:])):
        if len(parts) < LEAST and not _halves(parts):
            continue
        added = sum((one.value for one in parts), start=Fraction(0))
        if any(one.value == added for one in (*before, *run)):
            return None
        if any(one.value * 2 == added for one in parts):
            return None
        chosen += [(one, parts) for one in wholes if _misses(reading, one, parts, added)]
    if len({whole.value for whole, _ in chosen}) != 1:
        return None
    whole, parts = chosen[0]
    found = weighed(whole, parts, True, "parts")
    return found if found is not None and found.verdict.accuses else None


def _halves(parts: list[Figure]) -> bool:
    """Whether two counts are called by words that leave nothing between them."""
    if len(parts) != 2:
        return False
    one, other = (part.subject for part in parts)
    return any(
        (first in one and last in other) or (last in one and first in other) for first, last in _HALVES
    )


def _misses(reading: Reading, whole: Figure, parts: list[Figure], added: Fraction) -> bool:
    rest = whole.value - added
    kinds = {reading.role(one).kind for one in (whole, *parts)} - {""}
    kinds -= {FILED, CARRIED} if kinds == {RECEIVED, FILED, CARRIED} else set()
    if whole.value <= max(one.value for one in parts) or len(kinds) > 1:
        return False
    if abs(rest) * TIMES > whole.value or len({one.step for one in (whole, *parts)}) > 1:
        return False
    if re.search("其中|占", reading.between(parts[0], parts[-1])) and len(parts) < LEAST:
        return False
    return bool(slipped_for(whole, added)) or any(slipped_for(one, one.value + rest) for one in parts)
