"""Shares and rates no whole was found for: of few wholes near, the one that one slip of the digits fits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mingjing.text.arithmetic import HALF
from mingjing.text.checks.changes import is_pair
from mingjing.text.checks.dividing import agrees, same_time, slipped_share, wrong_share
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding
from mingjing.text.leftovers.settled import (
    SHARE,
    Settled,
    clause_of,
    established,
    is_level,
    levels_before,
    one_value,
    unsettled,
)
from mingjing.text.reading import Reading

_AIM = re.compile(
    r"目标|力争|确保|不低于|全国|全省|全市平均|高于|低于|标准|同期|去年|上年|预计|增长率|溢价率"
)
_RATE = re.compile(r"(?P<stem>[一-鿿]{2})[度]?率(?:达到|达|为|是|仅)?$")
_CLEARED = re.compile(r"(?:清理|化解|压降|清零|消化|销号|清结|压减|下降|降低)率(?:达到|达|为)?$")
WIDE = 2
"""A share more than so many times off, a digit too many, was not meant of the whole."""
FAR = 20
"""Percentage points further than which a share was not meant of the two."""
SURE, LEAST = 100, 40
"""A smaller whole some slip of the digits fits by accident; in the segment of the share less so."""
FEW = 5
"""Wholes among which a slip of the digits is no accident."""


def check_leftover_shares(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every share or rate with decimals whose part stands right before it."""
    shared = established(reading)
    for sentence, place in unsettled(reading, settled):
        rate = sentence[place]
        if (cleared := _cleared(reading, sentence, place) or _behind(reading, sentence, place)) is not None:
            yield cleared
            continue
        if rate.unit != "%" or not rate.decimals or reading.movement(rate) or _AIM.search(rate.subject):
            continue
        clause = clause_of(reading, rate)
        rated = _RATE.search(rate.subject)
        if not (rated or SHARE.search(clause if rate.subject == "的" else rate.subject)):
            continue
        before = [one for one in sentence[:place] if is_level(reading, one)]
        if not before and _called(reading, rate) is None:
            continue
        part = _called(reading, rate) or before[-1]
        printed = re.search("占|完成|相当于", reading.between(*before[-2:])) if len(before) > 1 else None
        if printed and reading.between(before[-1], rate) == "的":
            part = before[-2]  # 支出58.6万元，占预算62万元的95.4%
        if rated and not _named(reading, part, rate, rated["stem"]):
            continue
        wholes = {
            one.value: one for one in _wholes(reading, settled, shared, rate, part, clause)
            if one.unit == part.unit and one.value > part.value and same_time(one, rate)
        }  # fmt: skip
        if _fits(reading, rate, part) or len(wholes) > FEW or re.search("两|三|合计|共", clause):
            continue
        total = re.search("(?:合计|共计|总计|共)$", sentence[place - 1].subject) if place else None
        direct = bool(total) and _called(reading, rate) is not None
        if (headed := _headed(reading, sentence, place)) is not None:
            yield wrong_share(rate, *headed, "share", "占比")
            continue
        slipped = [
            (part, one) for one in wholes.values()
            if slipped_share(rate, part, one, LEAST if one.segment == rate.segment else SURE)
            and (direct or _near(rate, part, one))
            and (
                reading.paragraph(one).start == reading.paragraph(rate).start
                or abs(part.value * 100 / one.value - rate.value) > HALF
            )
        ]  # fmt: skip
        pair = one_value(slipped)
        if pair is not None:
            code, name = ("rate", rated.group()) if rated else ("share", "占比")
            yield wrong_share(rate, *pair, code, name)


def _headed(reading: Reading, sentence: list[Figure], place: int) -> tuple[Figure, Figure] | None:
    """共1511项，其中线上措施809项，线上措施占48.5%: the two right before it, and the part by its name."""
    rate = sentence[place]
    name = re.sub("占.*", "", clause_of(reading, rate))
    before = [one for one in sentence[:place] if reading.depth(one) == reading.depth(rate)][-2:]
    if len(before) < 2 or len(name) < 2 or before[0].unit != before[1].unit:
        return None
    whole, part = before
    called = "其中" in reading.between(whole, part) and part.subject.removeprefix("其中") == name
    if not called or part.value > whole.value or not (is_level(reading, part) and is_level(reading, whole)):
        return None
    return (part, whole) if abs(part.value * 100 / whole.value - rate.value) <= FAR else None


def _near(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Whether the share is not more than twice as large as it should be, nor half as large."""
    printed, right = rate.value * whole.value, part.value * 100
    return printed < WIDE * right and right < WIDE * printed


def _wholes(
    reading: Reading, settled: Settled, shared: dict[int, list[int]], rate: Figure, part: Figure, clause: str
) -> list[Figure]:
    """The levels before it in its paragraph; what its neighbours are shares of; 占全市: those above."""
    found = levels_before(reading, rate)
    paragraphs = reading.outline.paragraphs
    place = paragraphs.index(reading.paragraph(rate))
    begin, end = paragraphs[max(place - 4, 0)].start, paragraphs[min(place + 4, len(paragraphs) - 1)].end
    near = {whole for whole, parts in shared.items() if sum(begin <= each < end for each in parts) > 1}
    near |= {whole for each, whole in settled.wholes.items() if begin <= each < end}
    found += [one for one in reading.figures if one.start in near and one not in found]
    if place and re.search("占(?:全[市院省县区]|总)", clause):
        above = reading.by_paragraph.get(paragraphs[place - 1].start, [])
        kind = reading.role(part).kind
        if kind:
            above = [
                one
                for one in reading.figures
                if begin <= one.start < rate.start and reading.role(one).kind == kind
            ]
        found += [one for one in above if is_level(reading, one) and one not in found]
    return found


def _cleared(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """由36件减至9件，清理率80.0%: what is gone, of what there was."""
    rate = sentence[place]
    if place < 2 or rate.unit != "%" or not _CLEARED.search(rate.subject) or reading.movement(rate):
        return None
    then, now = sentence[place - 2 : place]
    if not is_pair(reading, then, now) or now.value >= then.value or now.segment != rate.segment:
        return None
    if not (then.exact and now.exact) or then.is_rate or agrees(rate, now, then):
        return None
    gone = replace(now, value=then.value - now.value, text=f"（{then.text} − {now.text}）")
    if agrees(rate, gone, then):
        return None
    return wrong_share(rate, gone, then, "rate", rate.subject)


def _behind(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """改判发回率7.7%，143件上诉案件中有10件: the two counts behind the rate, and none of them before."""
    rate, two = sentence[place], sentence[place + 1 : place + 3]
    if (
        rate.unit != "%"
        or len(two) < 2
        or not rate.subject.endswith(("率", "率为", "率达"))
        or reading.movement(rate)
    ):
        return None
    whole, part = two
    among = re.fullmatch(r"[^,。;:\d]{0,10}中,?(?:共?有|仅有|已有)", reading.between(whole, part))
    plain = reading.between(rate, whole) in (",", ",即", "(") and whole.unit == part.unit
    if not among or not plain or not (is_level(reading, part) and is_level(reading, whole)):
        return None
    if part.value > whole.value or agrees(rate, part, whole):
        return None
    return wrong_share(rate, part, whole, "rate", rate.subject)


def _called(reading: Reading, rate: Figure) -> Figure | None:
    """民事案件占比58.6%, 民一庭次之，占24.3%: the only level of its paragraph of the name in its clause."""
    clauses = re.split(r"[,。;:]", reading.folded[rate.sentence[0] : rate.start])
    said = re.match(r"(?:其中)?([一-鿿]{2,8}?)(?:的?占比|占|所占)", clauses[-1])
    if said is None and len(clauses) > 1 and re.match("占", clauses[-1]):
        said = re.match(r"([一-鿿]{2,8}?)(?:次之|居次|其次|居首|最多)$", clauses[-2])
    name = re.sub("^(?:其中|以)|案件$", "", said[1]) if said else ""
    if len(name) < 2 or re.match("合计|总|共", name):
        return None
    before = [(re.sub("^其中|案件$", "", one.subject), one) for one in levels_before(reading, rate)]
    called = [one for words, one in before if words == name or (len(words) > 2 and name == f"{words}费")]
    return called[0] if len({one.value for one in called}) == 1 else None


def _named(reading: Reading, part: Figure, rate: Figure, stem: str) -> bool:
    """Whether the words of the part, on either side of it, are those of the rate."""
    words = clause_of(reading, part) + reading.folded[part.end : rate.start].rsplit(",", 1)[0]
    return stem in words


def _fits(reading: Reading, rate: Figure, part: Figure) -> bool:
    """Whether any whole of the text, or any two levels of the paragraph, make the share right."""
    if any(agrees(rate, part, one) for one in reading.levels_near(part.unit, part.start)):
        return True
    near = [
        one for one in reading.by_paragraph[reading.paragraph(rate).start]
        if one.exact and not one.is_rate and one.value > 0
    ]  # fmt: skip
    return any(
        one.unit == other.unit and one.value < other.value and agrees(rate, one, other)
        for one in near for other in near
    )  # fmt: skip
