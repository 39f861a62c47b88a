"""Accusations that another plain reading of the same sentence makes right, and that are therefore not made.

A check holds a figure against the figures it takes to be meant. Where the accused figure is exactly what two
or more others of its sentence make, those were meant: 80件、90件、40件，…实有200件，比简单相加的210件少10件.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from fractions import Fraction

from mingjing.text import units
from mingjing.text.checks.averages import agrees_with, summed
from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.changes import is_pair
from mingjing.text.checks.dividing import agrees
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding
from mingjing.text.leftovers.stocks import COMING
from mingjing.text.leftovers.vectors import right_together
from mingjing.text.reading import Reading

STEPS = 5
"""Levels before what is left that may have come and gone."""
_ACTOR = re.compile(r"[一-鿿]{0,6}(?:法院|法庭|部门|单位|支部|小组|团队|窗口)[一-鿿]{1,8}")
_EACH_HAS = re.compile(r"(?:每[人名家院庭所]|各)(?:兼?任|负责|联系|办理|承担|配备?|设)$")
_NOT_DUE = re.compile(r"(?:尚未|未|没有)(?:到期|届期|届满)")
_APART = re.compile(r"[^,。;:\d]{0,4}不(?:计入|纳入)")
SURE = 100
"""A smaller sum, or a mean of fewer digits, some other figures make by accident."""


def excused(reading: Reading, finding: Finding) -> bool:
    """Whether the figure it marks is right by other figures of its sentence."""
    marked = [one for one in reading.figures_in(finding.start, finding.end) if one.end <= finding.end]
    ask = _ASKED.get(finding.code)
    if ask is None or len(marked) != 1 or not marked[0].exact:
        return False
    if finding.code == "parts" and _speaks(reading, marked[0], finding):
        return True
    if finding.code in ("parts", "flow") and _counted(reading.sentences[marked[0].sentence]):
        return True
    listed = finding.message.startswith(("写作合计", "其中的"))
    if finding.code == "parts" and listed and _inner(reading, marked[0]):
        return True
    if finding.code == "flow" and _not_due(reading, marked[0]):
        return True
    return ask(reading, marked[0], reading.sentences[marked[0].sentence])


def _plain(reading: Reading, sentence: list[Figure], unit: str) -> list[Figure]:
    return [
        one for one in sentence
        if one.unit == unit and one.exact and additive(one) and reading.movement(one) is None
    ]  # fmt: skip


def _runs(levels: list[Figure], least: int) -> Iterator[list[Figure]]:
    for first, last in itertools.combinations(range(len(levels) + 1), 2):
        if last - first >= least:
            yield levels[first:last]


def _added(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """三庭简单相加的210件: it says it is a sum, and three or more before it make it."""
    levels = _plain(reading, sentence, one.unit)
    if one not in levels or one.value < SURE or not re.search("相加|之和", one.subject):
        return False
    place = levels.index(one)
    before = [run for run in _runs(levels[:place], 3) if run[0].segment == one.segment]
    return any(sum(each.value for each in run) == one.value for run in before)


def _moved_to(before: list[Figure], left: Fraction) -> bool:
    """Whether the first, with what came after it added and what went taken away, comes to what is left."""
    signs = [1 if COMING.search(one.subject) else -1 for one in before[1:]]
    moved = sum(one.value * sign for one, sign in zip(before[1:], signs, strict=True))
    return 1 in signs and before[0].value + moved == left


def _left(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """It is one of a stretch, to the end of the sentence, that makes the one before it."""
    levels = _plain(reading, sentence, one.unit)
    if one not in levels:
        return False
    place = levels.index(one)
    before = [each for each in levels[:place] if each.segment == one.segment]
    if 3 <= len(before) <= STEPS and _moved_to(before, one.value):
        return True  # 年初310件，清结220件，新增35件，尚存125件
    return any(
        levels[first].value == sum(each.value for each in levels[first + 1 :])
        for first in range(place) if len(levels) - first > 3
    )  # fmt: skip


def _apart(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """收5件，去年收6件，减少1件: how much the two right before it differ, the earlier named as such."""
    move = reading.movement(one)
    levels = [each for each in _plain(reading, sentence, one.unit) if each.segment == one.segment]
    before = [each for each in levels if each.end <= one.start][-2:]
    if move is None or len(before) != 2 or not is_prior(reading, before[1]) or is_prior(reading, before[0]):
        return False
    return (before[0].value - before[1].value) * move.sign == one.value


def _speaks(reading: Reading, whole: Figure, finding: Finding) -> bool:
    """58个，8个基层法院梳理206个: who did it is counted too, and is no part of what was done.

    每人兼任2所: nor is what each of several has.
    """
    starts = {start for start, _ in finding.beside}
    parts = [one for one in reading.by_paragraph[reading.paragraph(whole).start] if one.start in starts]
    if any(_EACH_HAS.search(one.subject) for one in parts):
        return True
    return any(
        _ACTOR.fullmatch(reading.between(one, other))
        and sum(each.value for each in parts if each is not one) == whole.value
        for one, other in itertools.pairwise(parts)
    )


def _counted(sentence: list[Figure]) -> bool:
    """应盘4250件，实盘4233件，盘亏20件，盘盈3件: what was lost and what was found, both."""
    named = {
        word: [one for one in sentence if one.subject.endswith(word) and one.exact and not one.is_rate]
        for word in ("应盘", "实盘", "盘亏", "盘盈")
    }
    if not all(named.values()):
        return False
    due, real, lost, found = (ones[0].value for ones in named.values())
    return due - lost + found == real


def _inner(reading: Reading, one: Figure) -> bool:
    """共63处：综合楼30处、4个法庭合计24处、档案库9处: a total that is itself one of a list that adds up."""
    near = reading.levels_near(one.unit, one.start)
    levels = [
        each for each in near if each.sentence == one.sentence and additive(each) and not reading.depth(each)
    ]
    wholes = {each.value for each in near if each.end <= one.start}
    return any(
        one in run and one is not run[-1] and sum(each.value for each in run) in wholes
        for run in _runs(levels, 3)
    )


def _not_due(reading: Reading, one: Figure) -> bool:
    """尚未到期的160件次不计入: what is left, but not of those that were due."""
    return bool(_NOT_DUE.search(reading.clause(one)) or _APART.match(reading.folded, one.end))


def _grown(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """共420件；同比500件下降16.0%，环比400件上升5.0%: from the level right before it to one told earlier."""
    move, place = reading.movement(one), sentence.index(one)
    if move is None or one.unit != units.PERCENT or not one.decimals or not place:
        return False
    then = sentence[place - 1]
    if then.is_rate or not then.exact or then.value <= 0 or reading.movement(then):
        return False
    if not re.search("同比|环比|较|比", reading.clause(then)) or re.search(
        "[,。;]", reading.between(then, one)
    ):
        return False
    return any(
        abs((now.value / then.value - 1) * 100 * move.sign - one.value) <= one.step / 2
        for now in reading.by_paragraph[reading.paragraph(one).start]
        if now.end < then.start and now.unit == then.unit and now.exact
    )


def _former(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """最多143件，最少22件，两者相差121件，前者是后者的6.5倍: the two before the difference were meant."""
    if one.unit != "倍" or "前者" not in reading.clause(one):
        return False
    levels = [each for each in sentence if each.end <= one.start and each.exact and each.value > 0]
    return any(
        former.unit == latter.unit and abs(former.value / latter.value - one.value) <= one.step / 2
        for former, latter in itertools.pairwise(levels)
    )


def _growth(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    ways = (_apart, _grown, _former)
    return any(way(reading, one, sentence) for way in ways)


def _wider(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """低于全市庭均31万元: of a wider circle; 96万元，庭均24万元: of the four courts told pages before."""
    clause = re.split("[,。;]", reading.folded[one.sentence[0] : one.start])[-1]
    if re.search("(?:高于|低于|超过|优于|多于|少于|不及)全[国省市州盟]", clause):
        return True
    noun = re.search("([院庭场])均$", one.subject)
    place = sentence.index(one)
    if noun and place and summed(sentence[place - 1].unit, one.unit):
        total = sentence[place - 1]
        named = [
            each for each in reading.figures
            if noun[1] in each.subject[-3:] + each.after[:5] and each.unit in ("个", "家", "场")
        ]  # fmt: skip
        if any(each.value > 1 and agrees_with(one, total, each) for each in named):
            return True
    near = reading.by_paragraph[reading.paragraph(one).start]
    return (
        "年月均" in clause and one.value / one.step >= SURE
        and any(each.unit == one.unit and abs(each.value / 12 - one.value) <= one.step / 2 for each in near)
    )  # 高于2023年月均的262.2件  # fmt: skip


def _mean(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    ways = (_meant, _wider, _of_run, _of_head)
    return any(way(reading, one, sentence) for way in ways)


def _of_run(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """10080件、10920件和11760件，年均10920件: the mean of three or more printed one after another."""
    levels = [each for each in _plain(reading, sentence, one.unit) if each.end <= one.start]
    return one.value >= SURE and any(
        abs(sum((each.value for each in run), start=Fraction(0)) / len(run) - one.value) <= one.step / 2
        for run in _runs(levels, 3)
    )


def _of_head(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """合计12000人次，…。干警1500人，人均8人次: exactly so many to each of those right before it."""
    place = sentence.index(one)
    head = sentence[place - 1] if place else None
    if head is None or not head.exact or head.value < SURE or head.unit == one.unit:
        return False
    near = reading.by_paragraph[reading.paragraph(one).start]
    return any(
        each.unit == one.unit
        and each.exact
        and each.end <= head.start
        and each.value == one.value * head.value
        for each in near
    )


def _meant(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """A mean any sum and any number of its sentence make."""
    if int(one.value / one.step) < SURE:
        return False
    levels = [each for each in sentence if each is not one and each.exact and reading.movement(each) is None]
    return any(
        summed(total.unit, one.unit) and total.unit != head.unit and head.unit != units.PERCENT
        and head.value > 1 and agrees_with(one, total, head)
        for total, head in itertools.permutations(levels, 2)
    )  # fmt: skip


def _shared(reading: Reading, one: Figure, _sentence: list[Figure]) -> bool:
    """三者占比依次为61.99%、21.95%、16.07%: the first of several, each of its own count."""
    return right_together(reading, one)


def _risen(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    """186个村中，由31个增加到93个，占比由16.7%升至50.0%: the share of the earlier of two counts."""
    place = sentence.index(one)
    pairs = [
        pair
        for pair in itertools.pairwise(sentence[:place])
        if is_pair(reading, *pair) and not pair[0].is_rate
    ]
    if not pairs or place + 1 >= len(sentence) or not is_pair(reading, one, sentence[place + 1]):
        return False
    then = pairs[-1][0]
    near = reading.by_paragraph[reading.paragraph(one).start]
    return any(
        each.unit == then.unit and each.exact and each.value > then.value and agrees(one, then, each)
        for each in near
    )


def _share(reading: Reading, one: Figure, sentence: list[Figure]) -> bool:
    return _shared(reading, one, sentence) or _risen(reading, one, sentence)


_ASKED: dict[str, Callable[[Reading, Figure, list[Figure]], bool]] = {
    "parts": _added,
    "flow": _left,
    "growth": _growth,
    "average": _mean,
    "share": _share,
}


def without_excused(reading: Reading, found: list[Finding]) -> list[Finding]:
    """The findings whose accusations nothing excuses."""
    return [one for one in found if not (one.verdict.accuses and excused(reading, one))]
