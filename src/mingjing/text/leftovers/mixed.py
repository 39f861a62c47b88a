"""Sums over several units, and parts of what a clause names: 9个集体、15名个人，共24个；获奖个人中，…."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import overlap, slipped_for, weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, is_level
from mingjing.text.reading import Reading

_THINGS = frozenset(
    {"个", "人", "支", "家", "项", "处", "所", "套", "台", "辆", "场", "次", "期", "份", "篇"}
)
_VISITS = frozenset({"件次", "批次", "人次", "次", "件", "批"})
_JOINED = re.compile(r"[^,。;:()\d]{0,10}[、和及与][^,。;:()\d]{0,8}")
_TOTAL = re.compile(r"[^,。;:()\d]{0,14},[^,。;:()\d]{0,8}?(?:合计|共计|总计|一共|共)[^,。;:()\d、]{0,4}")
_ITEM = re.compile(r"[^,。;:()\d]{0,10}[、,][^,。;:()\d]{1,10}")
_AMONG = re.compile(r"(?:^|(?<=[;。]))(?P<of>[一-鿿]{2,12}?)(?:中|里|当中),")
CLOSE = 3
"""How far a sum of few may be off without a slip of its digits."""


def check_mixed(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """All checks of this file, of figures nothing was said of."""
    for sentence in reading.sentences.values():
        for place, figure in enumerate(sentence):
            if figure.start in settled.right or not is_level(reading, figure):
                continue
            found = None if settled.knows(figure) else _over_units(reading, sentence, place)
            found = found or _visits(reading, sentence, place)
            if found is not None:
                yield found
    for segment in reading.segments.values():
        if (found := _of_named(reading, settled, segment)) is not None:
            yield found


def _over_units(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """4个专班、6支队伍，共10个团队: things counted by their own words, and together."""
    total, parts = sentence[place], list[Figure]()
    last = total
    for one in reversed(sentence[:place]):
        pattern = _JOINED if parts else _TOTAL
        if one.unit not in _THINGS or not is_level(reading, one) or reading.depth(one):
            break
        if not pattern.fullmatch(reading.between(one, last)):
            break
        parts.insert(0, one)
        last = one
    if len(parts) < 2 or len({one.printed_unit for one in parts}) < 2 or total.unit not in _THINGS:
        return None
    added = sum((one.value for one in parts), start=Fraction(0))
    near = abs(added - total.value) <= CLOSE or slipped_for(total, added)
    if added == total.value or not near or overlap(reading, total):
        return None
    return weighed(total, parts, True, "parts")


def _visits(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """信访217件次，其中来信131件次、来访48批次、网上38件次: counted together whatever they are called."""
    whole, parts = sentence[place], list[Figure]()
    last = whole
    for one in sentence[place + 1 :]:
        between = reading.between(last, one)
        opened = re.fullmatch(r"[^,。;:()\d]{0,8},?其中:?[^,。;:()\d]{1,10}", between)
        joined = opened if not parts else _ITEM.fullmatch(between)
        if not joined or one.unit not in _VISITS or not is_level(reading, one):
            break
        parts.append(one)
        last = one
    if len(parts) < 3 or whole.unit not in _VISITS or len({one.unit for one in parts}) < 2:
        return None
    added = sum((one.value for one in parts), start=Fraction(0))
    slipped = slipped_for(whole, added) or any(
        slipped_for(one, one.value + whole.value - added) for one in parts
    )
    if added == whole.value or not slipped or overlap(reading, whole):
        return None
    return weighed(whole, parts, True, "parts")


def _of_named(reading: Reading, settled: Settled, segment: list[Figure]) -> Finding | None:
    """15名个人…；受表彰个人中，省级以上5名、市县级10名: the parts of the only level called so."""
    start = segment[0].segment[0]
    named = _AMONG.match(reading.folded[start : segment[0].start].lstrip())
    run = [one for one in segment if is_level(reading, one) and not is_prior(reading, one)]
    if named is None or len(run) < 2 or len(run) != len(segment) or len({one.unit for one in run}) > 1:
        return None
    joined = all(
        re.fullmatch(r"[、,][^,。;:()\d]{1,10}", reading.between(one, other))
        for one, other in itertools.pairwise(run)
    )
    if not joined or settled.knows(run[0]) or overlap(reading, run[0]):
        return None
    tail = named["of"][-2:]
    wholes = [
        one for one in reading.by_paragraph[reading.paragraph(run[0]).start]
        if one.end <= start and one.unit == run[0].unit and is_level(reading, one)
        and (one.after.startswith(tail) or one.subject.endswith(tail)) and not is_prior(reading, one)
    ]  # fmt: skip
    if len({one.value for one in wholes}) != 1:
        return None
    added = sum((one.value for one in run), start=Fraction(0))
    apart = added - wholes[0].value
    slipped = any(slipped_for(one, one.value - apart) for one in run)
    if not apart or (apart < 0 and not slipped) or abs(apart) * 2 > wholes[0].value:
        return None
    found = weighed(wholes[0], run, True, "parts")
    return found if found is not None and found.verdict is Verdict.MISMATCH else None
