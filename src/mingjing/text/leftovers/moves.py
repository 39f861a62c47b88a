"""Movements no base was found for: held against the two levels of the sentence that a known slip leads to.

A growth worked out of the later of two levels, or one digit away from right, says which two were meant.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.changes import is_pair
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, digits, unsettled
from mingjing.text.reading import Reading
from mingjing.text.roles import WAYS

Pair = tuple[Figure, Figure]
_THROUGH = re.compile(r"[两二三四五六]年(?:间|来)?(?:累计|共|总共|合计)|累计|首尾")


def check_leftover_moves(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every movement nothing was said of, in percent, in points, or counted."""
    for sentence, place in unsettled(reading, settled):
        moved = sentence[place]
        if reading.movement(moved) is None or moved.value <= 0:
            continue
        if moved.unit == "%":
            yield from _percent(reading, sentence, moved)
        elif moved.unit != "倍":
            yield from _apart(reading, sentence, moved)


def _levels(reading: Reading, sentence: list[Figure], unit: str = "") -> list[Figure]:
    return [
        one for one in sentence
        if one.exact and one.value > 0 and reading.movement(one) is None and one.unit not in ("位", "倍")
        and (not unit or one.unit == unit)
    ]  # fmt: skip


def _percent(reading: Reading, sentence: list[Figure], moved: Figure) -> Iterator[Finding]:
    """增加738件，去年同期9734件，增长8.2%: of how many more, or of two levels."""
    levels = [one for one in _levels(reading, sentence) if not one.is_rate]
    grown = list(_growths(reading, sentence, levels, moved))
    if any(abs(value - moved.value) <= moved.step for _, value in grown):
        return
    more = [one for one in sentence if one.exact and not one.is_rate and one.end <= moved.start]
    if any(one.unit == base.unit and abs(one.value * 100 / base.value - moved.value) <= moved.step
           for one in more for base in levels):  # fmt: skip
        return
    paragraph = reading.by_paragraph[reading.paragraph(moved).start]
    wide = [one for one in _levels(reading, paragraph) if not one.is_rate]
    for one, other in itertools.permutations(wide, 2):
        if one.unit == other.unit and abs(abs(one.value / other.value - 1) * 100 - moved.value) <= moved.step:
            return
    near = [(pair, value) for pair, value in grown if _explains(moved, pair, value)]
    near = near or _told(reading, sentence, moved)
    if len({value for _, value in near}) == 1:
        (one, other), value = near[0]
        shown = f"{printed(rounded(value, moved.decimals), moved.decimals)}%"
        line = f"按{one.text}和{other.text}：{printed(value, moved.decimals + 2)}%"
        yield Finding(
            "growth", Verdict.MISMATCH, moved.start, moved.end,
            f"{moved.subject}{moved.text}，按文中的数应为 {shown}",
            (line,), (f"改为 {shown}", "或核对两个数"), ((one.start, one.end), (other.start, other.end)),
        )  # fmt: skip


def _told(reading: Reading, sentence: list[Figure], moved: Figure) -> list[tuple[Pair, Fraction]]:
    """增加738件，去年同期9734件，增长8.2%; 下降21.4%，由243件降至197件: nothing else stands beside it."""
    place = sentence.index(moved)
    if place > 1:
        more, then = sentence[place - 2 : place]
        told = reading.movement(more)
        plain = more.unit == then.unit and not more.is_rate and more.exact and then.exact and then.value > 0
        near = re.fullmatch(r",[^,。;:\d]{0,12}", reading.between(more, then)) and re.fullmatch(
            rf"[^,。;:\d]{{0,2}},(?:同比)?(?:{WAYS})(?:了|为|达)?", reading.between(then, moved)
        )
        if told and plain and near and is_prior(reading, then) and reading.movement(then) is None:
            return [((more, then), more.value * 100 / then.value)]
    behind = sentence[place + 1 : place + 3]
    if len(behind) == 2 and is_pair(reading, *behind) and not behind[0].is_rate:
        then, now = behind
        near = re.fullmatch(r",(?:由|从)[^,。;:\d]{0,8}", reading.between(moved, then))
        alone = place == 0 or sentence[place - 1].segment != moved.segment or sentence[place - 1].is_rate
        if near and alone and then.exact and now.exact and then.value > 0:
            return [((now, then), abs(now.value / then.value - 1) * 100)]
    return []


def _growths(
    reading: Reading, sentence: list[Figure], levels: list[Figure], moved: Figure
) -> Iterator[tuple[Pair, Fraction]]:
    """What may be the growth: by how many of how many before, or from an earlier level to a later one."""
    for more in sentence:
        told = reading.movement(more)
        if (
            told is None
            or not more.exact
            or more.is_rate
            or more.unit == "个百分点"
            or more.end > moved.start
        ):
            continue
        for base in levels:
            if base.unit != more.unit or base.segment != moved.segment:
                continue
            if is_prior(reading, base):
                yield (more, base), more.value * 100 / base.value
            elif base.end <= more.start and base.value > more.value * told.sign:
                yield (more, base), more.value * 100 / (base.value - more.value * told.sign)
    for now, then in itertools.permutations(levels, 2):
        alike = now.unit == then.unit and now.segment == then.segment == moved.segment
        if alike and is_prior(reading, then) and not is_prior(reading, now):
            yield (now, then), abs(now.value / then.value - 1) * 100


def _explains(moved: Figure, pair: Pair, value: Fraction) -> bool:
    """One slip of the digits, or the wrong one of two levels taken for the base."""
    if not moved.decimals:
        return False
    if slip(*digits(moved, value)):
        return True
    one, other = pair
    return rounded(value / (1 + value / 100), moved.decimals) == moved.value and one is not other


def _in_series(reading: Reading, one: Figure, other: Figure) -> bool:
    """分别为388、235、256件: the last of a list with one unit, of which the first was meant."""
    return any(re.search(r"\d、$", reading.folded[: each.start][-12:]) for each in (one, other))


def _both(moved: Figure) -> bool:
    """前者比后者缩短140天: two levels, and nothing else, were told before."""
    return bool(re.search("前者|后者|两者|二者", moved.subject))


def _apart(reading: Reading, sentence: list[Figure], moved: Figure) -> Iterator[Finding]:
    """上年81.2%，…提高3.6个百分点, 比…多28件: the difference of two levels, one digit away."""
    unit = "%" if moved.unit == "个百分点" else moved.unit
    money = unit == units.MONEY
    levels = [one for one in _levels(reading, sentence, unit) if money or one.decimals <= moved.decimals]
    paragraph = reading.by_paragraph[reading.paragraph(moved).start]
    wide = _levels(reading, paragraph, unit)
    for one, other in itertools.combinations(wide, 2):
        slack = one.step + other.step if money else moved.step if moved.step != 1 else 0
        if abs(abs(one.value - other.value) - moved.value) <= slack:
            return
    if unit == "%" and re.search("增幅|降幅|增速", moved.subject) and not levels:
        levels = wide = [one for one in sentence if one.unit == "%" and one.exact and one.end <= moved.start]
        if len(levels) != 2 or abs(abs(levels[0].value - levels[1].value) - moved.value) <= moved.step:
            return
    ends = len(levels) == 2 and all(
        re.search("最[高低长短多少大小]", clause_of(reading, one)) for one in levels
    )
    ends = ends or _both(moved)
    pairs = [
        (one, other) for one, other in itertools.combinations(levels, 2)
        if one.segment == other.segment == moved.segment and not _in_series(reading, one, other)
        and (is_prior(reading, other) or is_prior(reading, one) or ends or reading.movement(one) is not None)
        and slip(*digits(moved, abs(one.value - other.value)))
    ]  # fmt: skip
    run = [one for one in levels if one.segment == moved.segment]
    if not pairs and len(run) > 2 and _THROUGH.search(moved.subject):
        pairs = [(run[0], run[-1])] if slip(*digits(moved, abs(run[0].value - run[-1].value))) else []
    if len({abs(one.value - other.value) for one, other in pairs}) != 1:
        return
    one, other = pairs[0]
    right = abs(one.value - other.value)
    shown = f"{printed(right, moved.decimals)}个百分点" if unit == "%" else moved.worded(right)
    high, low = (one, other) if one.value > other.value else (other, one)
    yield Finding(
        "growth", Verdict.MISMATCH, moved.start, moved.end,
        f"{moved.subject}{moved.text}，按文中的数应为 {shown}",
        (f"{high.text} − {low.text} = {shown}",), (f"改为 {shown}", "或核对两个数"),
        ((one.start, one.end), (other.start, other.end)),
    )  # fmt: skip
