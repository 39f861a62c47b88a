"""Lines that run alike, and the line that adds them up: 三年受理…、执结…、到位…, then year by year."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import slack_of
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import additive, slipped_for
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_COUNTERS = ("个", "家", "项", "类")
"""Units of what the lines are of: 九个基层法院."""
ABOVE = 3
"""Sentences before the lines that may hold their totals."""
Line = list[Figure]


def check_columns(reading: Reading) -> Iterator[Finding]:
    """Every run of two or more stretches with the same units, against the stretch before or behind it."""
    lines = [line for segment in reading.segments.values() if len(line := _levels(reading, segment)) > 1]
    place = 0
    while place < len(lines):
        end = place + 1
        while end < len(lines) and _alike(lines[place], lines[end]):
            end += 1
        yield from _run(reading, lines, place, end)
        first = place
        for at in range(place + 1, end + 1):  # and those of one sentence apart from those behind it
            if at == end or lines[at][0].sentence != lines[first][0].sentence:
                if at - first > 1 and at - first < end - place:
                    yield from _run(reading, lines, first, at)
                first = at
        place = end


def _run(reading: Reading, lines: list[Line], place: int, end: int) -> Iterator[Finding]:
    run = lines[place:end]
    said = [_levels(reading, reading.sentences[each])
            for each in reading.sentences_before(run[0][0].sentence, ABOVE)]  # fmt: skip
    around = (lines[place - 1 : place] if place else [], lines[end : end + 1])
    pairs = [*((one, run) for one in around), (run[:1], run[1:]), (run[-1:], run[:-1])]
    for total, parts in (*pairs, *(([one], run) for one in said)):
        if total and len(parts) > 1 and len(total[0]) >= len(parts[0]):
            yield from _held(reading, total[0][: len(parts[0])], parts)


def _levels(reading: Reading, segment: Line) -> Line:
    return [
        one for one in segment
        if one.unit not in _COUNTERS and not one.is_rate and one.exact and additive(one)
        and reading.movement(one) is None and not is_prior(reading, one) and not reading.depth(one)
    ]  # fmt: skip


def _alike(one: Line, other: Line) -> bool:
    first, second = ([(each.unit, each.step) for each in line] for line in (one, other))
    return first == second


def _one_thing(reading: Reading, column: tuple[Figure, ...]) -> bool:
    """Whether all of a column say the same of what they count: its kind, or the last words before it."""
    kinds = {reading.role(one).kind for one in column}
    return (len(kinds) == 1 and "" not in kinds) or len({one.subject[-2:] for one in column}) == 1


def _held(reading: Reading, total: Line, parts: list[Line]) -> Iterator[Finding]:
    columns = zip(*parts, strict=False)
    if not _alike(total, parts[0]) or not all(_one_thing(reading, column) for column in columns):
        return
    right: list[tuple[Figure, Line, Fraction]] = []
    wrong: list[tuple[Figure, Line, Fraction]] = []
    for index, whole in enumerate(total):
        column = [line[index] for line in parts]
        added = sum((one.value for one in column), start=Fraction(0))
        near = abs(added - whole.value) <= slack_of([one.step for one in (whole, *column)])
        (right if near else wrong).append((whole, column, added))
    if len(wrong) != 1 or not right or max(whole.value / whole.step for whole, _, _ in right) < 12:
        return
    whole, column, added = wrong[0]
    slipped = [one for one in column if slipped_for(one, one.value + whole.value - added)]
    if len(right) < 2 and not slipped and not slipped_for(whole, added):
        return
    at = whole if slipped_for(whole, added) or not slipped else slipped[-1]
    beside = tuple((one.start, one.end) for one in (whole, *column) if one is not at)
    line = " + ".join(one.text for one in column) + f" = {whole.worded(added)}"
    value = added if at is whole else at.value + whole.value - added
    yield Finding(
        "parts", Verdict.MISMATCH, at.start, at.end,
        f"各项的其他数相加都对得上，只有这一列相加是 {whole.worded(added)}，不是{whole.text}", (line,),
        (f"{at.text}改为 {at.worded(value)}", "或核对同一列的其他数"), beside,
    )  # fmt: skip
