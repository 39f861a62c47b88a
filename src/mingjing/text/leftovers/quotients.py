"""Means held against the sum their own words name and the number that stands beside that sum.

Many sums and numbers of a report make some quotient near a mean; of those only the ones are asked that are
called like it, 核查31.4万件 … 平均每人核查489件, or stand right before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import slip
from mingjing.text.checks.averages import FAMILIES, agrees_with, summed
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding
from mingjing.text.leftovers.means import wrong_mean
from mingjing.text.leftovers.settled import Settled, clause_of, digits, is_level
from mingjing.text.reading import Reading

_EACH = re.compile(
    r"平均(?:每|一)?(?P<unit>台次|场次|[个家名件台场期组人院案处户次批支辆宗笔条起份篇])?(?P<noun>[一-鿿]{0,12})$"
    r"|(?<![一-鿿]法官)(?P<one>[件案户场次篇批期院庭车份宗人笔组])均(?P<words>[^,。;:\d]{0,8})$"
)
_MORE = re.compile(
    r"最|中位|年均|月均|日均|天均|增长|用时|周期|时长|长度|高于|低于|全[国省市]|人均数|每[月周日天年]"
)
_NEVER = frozenset({"天", "小时", "分钟", "个月", "位", "岁", "倍", "分"})
_BODIES = frozenset({"个", "家", "名", "", "支", "处", "组"})
"""Counted by their noun: 平均每个支部 is held against 支部18个."""
_LOW, _HIGH = Fraction(2, 3), Fraction(3, 2)
"""How far, in times, the quotient of the two nearest may be from the mean they were meant for."""


def check_quotients(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every mean nothing was said of."""
    for sentence in reading.sentences.values():
        for place, mean in enumerate(sentence):
            if mean.is_rate or mean.unit in _NEVER or settled.knows(mean) or reading.movement(mean):
                continue
            clause = clause_of(reading, mean)
            each = _EACH.search(clause)
            if each is None or _MORE.search(clause):
                continue
            found = _parted(reading, sentence, place, each)
            kinds = {reading.role(one).kind for one in (mean, found[0])} - {""} if found else set()
            if found is not None and len(kinds) < 2 and _meant(mean, *found):
                yield wrong_mean(mean, *found)


def _levels(reading: Reading, sentence: list[Figure], place: int) -> list[Figure]:
    """What stands before it in its paragraph, loose or exact, and in a bracket right behind it."""
    mean = sentence[place]
    found = [
        one for one in reading.by_paragraph[reading.paragraph(mean).start]
        if one.end <= mean.start and not is_prior(reading, one) and not one.is_rate and one.unit != "位"
        and one.value > 0 and reading.movement(one) is None and additive(one)
    ]  # fmt: skip
    behind = sentence[place + 1 : place + 2]
    if behind and reading.folded.startswith("(", mean.end) and is_level(reading, behind[0]):
        found.append(behind[0])
    return found


def _parted(
    reading: Reading, sentence: list[Figure], place: int, each: re.Match[str]
) -> tuple[Figure, Figure] | None:
    """The sum and the number, by their words first, then by their place."""
    mean, levels = sentence[place], _levels(reading, sentence, place)
    unit, noun = each["one"] or each["unit"] or "", each["noun"] or ""
    family = FAMILIES.get(unit, {units.base_of(unit)}) if unit else set()
    sums = [one for one in levels if _adds_up(one, mean) and one.value > mean.value]
    heads = [one for one in levels if _counted(one, unit, noun, family)]
    heads = [one for one in heads if one.unit != mean.unit or mean.unit == "人次"]
    asked = [one for one in levels if one.unit in family] if family and not noun else levels
    if any(agrees_with(mean, total, one) for total in sums for one in asked if total is not one):
        return None
    near = _near(mean, sums)
    near = ([one for one in near if one not in heads] or near) if len(near) > 1 else near
    called = _alike(sums, re.sub("平均|[每约为达]", "", noun or each["words"] or ""))
    lead = _alike(heads, each.string[: each.start()]) if not each["one"] else []
    near, people = called or near, lead or _near(mean, heads)
    glued = [one for one in levels if near and one.unit == "人次" and one.end == near[-1].start]
    glued = glued if unit == "人" else []
    if not near or not (people or glued):
        return None
    total = near[-1]
    if lead:
        total = min(sums, key=lambda one: (one.start < lead[-1].start, abs(one.start - lead[-1].start)))
    if lead or glued or total.segment != mean.segment:
        head = min((*people, *glued), key=lambda one: (one.sentence != total.sentence, _apart(one, total)))
    else:
        head = people[-1]
    beside = head.sentence == total.sentence or (bool(called) and head.segment == mean.segment)
    return (total, head) if head is not total and beside else None


def _near(mean: Figure, levels: list[Figure]) -> list[Figure]:
    """Those of its segment; else of its sentence; else all."""
    return (
        [one for one in levels if one.segment == mean.segment]
        or [one for one in levels if one.sentence == mean.sentence]
        or levels
    )


def _apart(one: Figure, other: Figure) -> int:
    return abs(one.start - other.start)


def _adds_up(one: Figure, mean: Figure) -> bool:
    return summed(one.unit, mean.unit) or {one.unit, mean.unit} == {"次", "人次"}


def _counted(one: Figure, unit: str, noun: str, family: set[str]) -> bool:
    if one.value < 2:
        return False
    if unit in _BODIES and noun:
        if len(noun) > 1 and (noun[:2] in one.subject or noun[:2] in one.after[:6]):
            return True
        if unit in ("个", ""):
            return False
    return one.unit in family


def _alike(levels: list[Figure], words: str) -> list[Figure]:
    """The levels two characters of these words stand before."""
    pairs = [words[place : place + 2] for place in range(len(words) - 1)]
    return [one for one in levels if any(pair in one.subject for pair in pairs)]


def _meant(mean: Figure, total: Figure, head: Figure) -> bool:
    """One slip of the digits; beside each other also any near miss, or the point at a wrong place."""
    value = total.value / head.value
    if slip(*digits(mean, value)):
        return True
    if not mean.segment == total.segment == head.segment:
        return False
    times = value / mean.value
    moved = (times * 10**power for power in (-2, -1, 1, 2))
    return _LOW < times < _HIGH or any(abs(each - 1) < Fraction(3, 100) for each in moved)
