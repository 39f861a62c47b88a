"""其余, 其他, 剩余 no total was found for: the total of few before whose rest is one slip away."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.checks.dividing import same_time
from mingjing.text.checks.parts import is_rest, overlap, slipped_for, weighed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding
from mingjing.text.leftovers.settled import Settled, established, is_level, levels_before, unsettled
from mingjing.text.reading import Reading

_REST = re.compile(r"^[^。]{0,14}[,;](?:其余|其他|其它|余下|剩余|剩下)(?:为|的)?[^。;\d]{0,24}$")
FEW = 4
LEAST = 10
"""A smaller rest is a slip away from too many others."""


def check_leftover_rests(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every rest nothing was said of, with the list it ends, against the levels before the list."""
    for sentence, place in unsettled(reading, settled):
        rest = sentence[place]
        if (undone := _undone(reading, sentence, place)) is not None:
            yield undone
            continue
        if (
            not is_level(reading, rest)
            or rest.value < LEAST
            or not _ends(reading, sentence, place)
            or overlap(reading, rest)
        ):
            continue
        depth = reading.depth(rest)
        listed = [
            one for one in sentence[: place + 1]
            if one.unit == rest.unit and is_level(reading, one) and reading.depth(one) == depth
        ]  # fmt: skip
        found = _shared(settled, sentence, listed, levels_before(reading, rest)) or _held(
            reading, listed, rest
        )
        if found is not None:
            yield found


def _undone(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """完成学时的208人，占应训215人的96.7%，未完成8人: what was to be done, less what was."""
    left = sentence[place]
    said = re.match(r"(?:其余|尚)?[未不](?P<verb>[一-鿿]{2})[^,。;:\d]{0,4}$", left.subject)
    alike = [one for one in sentence[:place] if one.unit == left.unit and one.segment == left.segment]
    if said is None or len(alike) < 2 or not all(is_level(reading, one) for one in (left, *alike[-2:])):
        return None
    done, whole = sorted(alike[-2:], key=lambda one: one.value)
    verbs = [one for one in alike[-2:] if said["verb"] in one.subject]
    rest = whole.value - done.value
    if verbs != [done] or rest == left.value or not rest:
        return None
    return weighed(whole, [done, left], True, "flow")


def _ends(reading: Reading, sentence: list[Figure], place: int) -> bool:
    """其余为技术合同等案件,共396件: whether what stands before it calls it the rest."""
    rest = sentence[place]
    start = sentence[place - 1].end if place else rest.sentence[0]
    return is_rest(reading, rest) or bool(_REST.search(reading.folded[start : rest.start]))


def _shared(
    settled: Settled, sentence: list[Figure], listed: list[Figure], before: list[Figure]
) -> Finding | None:
    """甲1728件，占47.8%；乙1204件，占33.3%；…；其余396件: the whole the shares of the list were of."""
    wholes = {settled.wholes[one.start] for one in listed if one.start in settled.wholes}
    known = [one for one in (*before, *sentence) if one.start in wholes]
    shared = sum(one.start in settled.wholes for one in listed)
    parts = [one for one in listed if one.start not in wholes]
    if len(wholes) != 1 or not known or shared < 2 or shared + 2 < len(parts):
        return None
    whole, added = known[0], sum((one.value for one in parts), start=Fraction(0))
    if abs(added - whole.value) * 10 > whole.value or any(one.value == added for one in before):
        return None
    found = weighed(whole, parts, True, "parts")
    return found if found is not None and found.verdict.accuses else None


def _held(reading: Reading, listed: list[Figure], rest: Figure) -> Finding | None:
    """The first of the list may be its total; else one of the levels before it is."""
    before = [one for one in levels_before(reading, listed[0]) if one.unit == rest.unit][-FEW:]
    shared = established(reading)
    before += [
        one for one in reading.levels_near(rest.unit, rest.start)
        if one.start in shared and one.end <= listed[0].start and one not in before
    ]  # fmt: skip
    before = [one for one in before if not reading.depth(one) and same_time(one, rest)]
    chosen: list[tuple[Figure, list[Figure]]] = []
    near = {one.value for one in reading.levels_near(rest.unit, rest.start)}
    if any(sum(one.value for one in listed[first:]) in near for first in range(len(listed) - 1)):
        return None
    for first in range(min(2, len(listed) - 1)):
        parts = listed[first:]
        added = sum((one.value for one in parts), start=Fraction(0))
        wholes = listed[first - 1 : first] if first else before
        for whole in wholes:
            wrong = added - whole.value
            if (
                len(parts) > 1
                and whole.value > max(one.value for one in parts)
                and slipped_for(rest, rest.value - wrong)
            ):
                chosen.append((whole, parts))
    if len({whole.value for whole, _ in chosen}) != 1:
        return None
    return weighed(chosen[0][0], chosen[0][1], True, "parts")
