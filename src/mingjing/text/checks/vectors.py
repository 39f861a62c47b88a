"""Counts and amounts that run alike: 48笔、317万元, 认领41笔、269万元, 新增9笔、36万元, 年末16笔、84万元.

Where the one column of such a sentence adds up, the other must too, whatever the words between them are.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import slack_of
from mingjing.text.checks.blocks import blocks_of, opens
from mingjing.text.checks.parts import additive, slipped_for
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_GLUE = re.compile(r"(?:[、,和及与][^。;:()\d]{0,10}|共?计?)")
_RATE = re.compile(r",[^,。;:()\d]{0,8}率[\d.]+%")
_INSIDE = re.compile(r"\((?:含|包括|其中|包含)[^(),。;:\d]{1,8}")
NEAR = 500
"""Characters within which brackets of one kind belong together."""
_AFRESH = re.compile(r"同比|环比|上年|去年|较|[增减降升]")
LEAST = 12
"""The largest number of the column that adds up: smaller ones do so by chance."""
MOST = 5

Pair = tuple[Figure, Figure]


def check_vectors(reading: Reading) -> Iterator[Finding]:
    """Every stretch of three to five pairs, in a sentence or in it and the one before."""
    told: set[int] = set()
    before: list[Pair] = []
    for paragraph in reading.by_paragraph.values():
        own = list(_pairs(reading, paragraph))
        pairs = [*before[-1:], *own]
        before = own
        for size, start in itertools.product(range(MOST, 2, -1), range(len(pairs) - 2)):
            window = pairs[start : start + size]
            if len(window) < size or any(one.start in told for pair in window for one in pair):
                continue
            if not _together(reading, window):
                continue
            found = _held(window)
            if found is not None:
                told.update(one.start for pair in window for one in pair)
                yield found


def check_brackets(reading: Reading) -> Iterator[Finding]:
    """6284件（含旧存513件）, 3847件（含旧存286件）, 2437件（含旧存227件）: the brackets add up as well."""
    pairs: list[Pair] = []
    for one, other in itertools.pairwise(reading.figures):
        plain = one.exact and other.exact and additive(one) and not one.is_rate and other.value <= one.value
        if plain and one.unit == other.unit and _INSIDE.fullmatch(reading.between(one, other)):
            pairs.append((one, other))
    for size, start in itertools.product(range(MOST, 2, -1), range(len(pairs) - 2)):
        window = pairs[start : start + size]
        alike = {(one.unit, reading.between(one, other)) for one, other in window}
        if len(window) < size or len(alike) > 1 or window[-1][0].start - window[0][0].start > NEAR:
            continue
        outer, inner = [one for one, _ in window], [one for _, one in window]
        signs = (1, *[-1] * (size - 1))
        if _adds(outer, signs) and not _adds(inner, signs):
            found = _apart(outer, inner, signs)
            if found is not None:
                yield found
                return


def _pairs(reading: Reading, paragraph: list[Figure]) -> Iterator[Pair]:
    """Two levels of different units with few words or a rate between them, without last year's."""
    taken = -1
    levels = [one for one in paragraph if not one.is_rate and reading.movement(one) is None]
    for one, other in itertools.pairwise(levels):
        plain = all(additive(each) and each.exact for each in (one, other))
        if one.start <= taken or not plain or one.unit == other.unit or one.sentence != other.sentence:
            continue
        between = _RATE.sub("", reading.between(one, other))
        earlier = opens(reading, one) and one is not reading.sentences[one.sentence][0]
        earlier = earlier and not _by_year(reading, one)
        if _GLUE.fullmatch(between) and not _AFRESH.search(between) and not earlier:
            taken = other.start
            yield one, other


def _by_year(reading: Reading, one: Figure) -> bool:
    """Whether its sentence counts year by year: 其中2023年124件187人、2024年103件152人."""
    words = reading.folded[one.sentence[0] : one.sentence[1]]
    return len(set(re.findall(r"20\d\d(?=年\d)", words))) > 2


def _together(reading: Reading, window: list[Pair]) -> bool:
    """One pattern of units, and no figure of these units between the pairs of a paragraph."""
    units = {(one.unit, other.unit) for one, other in window}
    if len(units) > 1:
        return False
    apart = reading.paragraph(window[0][0]) != reading.paragraph(window[1][0])
    sentences = {pair[0].sentence for pair in window}
    if len(sentences) > 2 or (len(sentences) == 2 and window[0][0].sentence == window[1][0].sentence):
        return False
    if apart and len(window) < 4:
        return False
    known = {one.start for pair in window for one in pair}
    first = window[1][0] if apart else window[0][0]
    paragraph = reading.by_paragraph[reading.paragraph(first).start]
    between = [
        one for one in paragraph
        if first.start <= one.start <= window[-1][1].start and one.unit in next(iter(units))
    ]  # fmt: skip
    known |= {one.start for block in blocks_of(reading, paragraph) for one in block.then}
    return all(one.start in known or reading.movement(one) or opens(reading, one) for one in between)


def _patterns(count: int) -> Iterator[tuple[int, ...]]:
    """Signs whose sum is nothing: the first is the others together, or the last comes of those before."""
    for signs in itertools.product((1, -1), repeat=count - 2):
        yield (1, *signs, -1)
    yield (1, *([-1] * (count - 1)))


def _held(window: list[Pair]) -> Finding | None:
    columns = [[pair[place] for pair in window] for place in (0, 1)]
    for given, other in ((0, 1), (1, 0)):
        fitting = [signs for signs in dict.fromkeys(_patterns(len(window))) if _adds(columns[given], signs)]
        if len(fitting) != 1 or max(one.value / one.step for one in columns[given]) < LEAST:
            continue
        if not _adds(columns[other], fitting[0]):
            return _apart(columns[given], columns[other], fitting[0])
    return None


def _adds(column: list[Figure], signs: tuple[int, ...]) -> bool:
    total = sum((one.value * sign for one, sign in zip(column, signs, strict=True)), start=Fraction(0))
    return abs(total) <= slack_of([one.step for one in column if one.value])


def _apart(right: list[Figure], wrong: list[Figure], signs: tuple[int, ...]) -> Finding | None:
    """The figure of the second column that the pattern of the first makes another number: one a slip away,
    else the last, where what it should be is not far off."""
    values = [_other_way(wrong, signs, place) for place in range(len(wrong))]
    order = [*range(len(wrong) - 1, -1, -1)]
    slipped = [place for place in order if values[place] > 0 and slipped_for(wrong[place], values[place])]
    near = [
        place for place in order
        if values[place] > 0 and wrong[place].value / 2 <= values[place] <= wrong[place].value * 2
    ]  # fmt: skip
    if not near:
        return None
    place = slipped[0] if slipped else near[0]
    at, value = wrong[place], values[place]
    beside = tuple((one.start, one.end) for one in (*wrong, *right) if one is not at)
    repairs = [f"{one.text}改为 {one.worded(each)}" for one, each in zip(wrong, values, strict=True)
               if one is at or (each > 0 and slipped_for(one, each))]  # fmt: skip
    lines = (_line(right, signs, "="), _line(wrong, signs, "≠"))
    return Finding(
        "parts", Verdict.MISMATCH, at.start, at.end,
        f"同样的几项，一组数对得上，这一组按同样的算法，{at.text}应为 {at.worded(value)}",
        lines, (*dict.fromkeys(repairs), "或核对同一组的其他数"), beside,
    )  # fmt: skip


def _other_way(column: list[Figure], signs: tuple[int, ...], place: int) -> Fraction:
    """What one of a column must be for the signed sum to be nothing."""
    every = sum((one.value * sign for one, sign in zip(column, signs, strict=True)), start=Fraction(0))
    return (every - column[place].value * signs[place]) * -signs[place]


def _line(column: list[Figure], signs: tuple[int, ...], sign: str) -> str:
    """The first and what is added to it, against what is taken off."""
    sides: dict[bool, list[str]] = {True: [], False: []}
    for one, side in zip(column, signs, strict=True):
        sides[side > 0].append(one.text)
    return f"{' + '.join(sides[True])} {sign} {' + '.join(sides[False])}"
