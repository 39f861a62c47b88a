"""Averages against the sum and the number they are of: 人均结案262件, 平均每件1.5万元, 平均每场4人次."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.dividing import same_time
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.numerals import read_number
from mingjing.text.reading import Reading

_AVERAGE = re.compile(
    r"(?:人均|法官人均)(?P<verb>审?执?办?结案?|办案|受理|收案|新收)?(?:数|量)?(?:达到|达|为|约)?$"
)
_DIVISION = re.compile(r"庭|团队|局|中院")
_UNITS = "件案人户笔次场家名辆起份篇天日月年"
_EACH = re.compile(
    rf"(?:平均[每一](?:个|名|件|位|台)?([{_UNITS}])|[每一](?:个)?([{_UNITS}])(?:平均)|每([{_UNITS}])"
    r"|([人户件笔案车场次篇家日月期批院庭宗份])均)"
    r"[^,。;:\d]{0,8}$"
)
FAMILIES = {
    "案": {"件"}, "件": {"件"}, "名": {"人"}, "人": {"人"}, "场": {"场", "场次"},
    "次": {"次", "人次", "场次"}, "车": {"辆"}, "天": {"天", "工作日"}, "日": {"天", "工作日", "日"},
    "月": {"个月"}, "年": {"年"}, "院": {"家", "个"}, "批": {"批", "批次"}, "宗": {"件"}, "庭": {"家", "个"},
}  # fmt: skip
"""Of each word before 均 the units in which what it stands for is counted."""
_YEARLY = re.compile(r"年均(?!增|递|下|上|减|缩|涨)[^,。;:\d]{0,6}$")
_FROM_TO = re.compile(r"(20\d\d)年?(?:至|到|—|-|~)+(20\d\d)年")
SHORT = 1000
"""Digits of a mean, without its point, under which one of many sums is a slip away by chance."""
LOOSE = Fraction(1, 8)
"""Of itself a mean with 约 before it may be off, where it is a round number."""
TIGHT = Fraction(1, 25)
"""Of itself a mean with 约 before it may be off, where its last digit is no round one."""
_JUDGES = re.compile(r"法官|干警|人员|办案人")


def check_averages(reading: Reading) -> Iterator[Finding]:
    """Every mean whose sum and number the text prints."""
    for sentence in reading.sentences.values():
        for place, mean in enumerate(sentence):
            if reading.movement(mean) or mean.qualifier not in ("", "约", "近", "余"):
                continue
            parted = (
                _of_judges(reading, sentence, place)
                or _of_each(reading, sentence, place)
                or _of_staff(reading, sentence, place)
            )
            yearly = _of_years(reading, sentence, place) if parted is None else None
            yearly = yearly or (_of_months(reading, mean) if parted is None else None)
            if yearly is not None:
                yield yearly
            kinds = {reading.role(one).kind for one in (mean, parted[0])} - {""} if parted else set()
            if parted is not None and (len(kinds) < 2 or agrees_with(mean, *parted)):
                yield _average(mean, *parted)


def _of_years(reading: Reading, sentence: list[Figure], place: int) -> Finding | None:
    """2021年至2025年，审结51936件，年均结案10387件: the sum of so many years, by the years."""
    mean = sentence[place]
    if not _YEARLY.search(mean.subject) or not mean.exact:
        return None
    words = reading.folded[mean.sentence[0] : mean.start]
    told = _FROM_TO.findall(words)
    count = int(told[-1][1]) - int(told[-1][0]) + 1 if told else 0
    said = re.findall(r"([二两三四五六七八])年(?:来|间|累计|共|以来)|近([二两三四五六七八])年", words)
    said = [one or other for one, other in said]
    if not count and said:
        count = int(read_number(said[-1]) or 0)
    sums = [
        one for one in sentence[:place]
        if one.unit == mean.unit and one.exact and one.value > mean.value and reading.movement(one) is None
    ]  # fmt: skip
    if not 2 <= count <= 10 or not sums:
        return None
    fitting = [one for one in sums if abs(one.value / count - mean.value) <= mean.step]
    total = (fitting or sums)[-1]
    if not fitting and reading.role(mean).kind not in ("", reading.role(total).kind):
        return None
    value = total.value / count
    line = f"{total.text} ÷ {count} = {printed(value, mean.decimals + 1)}"
    beside = ((total.start, total.end),)
    if fitting:
        return Finding("average", Verdict.OK, mean.start, mean.end, "与各年合计相符", (line,), (), beside)
    shown = f"{mean.worded(rounded(value / mean.step, 0) * mean.step)}"
    return Finding(
        "average", Verdict.MISMATCH, mean.start, mean.end,
        f"{mean.subject}{mean.text}，按{count}年合计应为 {shown}", (line,),
        (f"改为 {shown}", "或核对合计"), beside,
    )  # fmt: skip


def _of_months(reading: Reading, mean: Figure) -> Finding | None:
    """1—3月结案2318件，月均结案773件: the sum of the same kind in the paragraph, by the months it is of."""
    kind, period = reading.role(mean).kind, mean.period
    monthly = re.search(r"月均[^,。;:\d]{0,6}$", mean.subject)
    if not monthly or not kind or period is None or not period.months:
        return None
    months = period.months[1] - period.months[0] + 1
    sums = [
        one for one in reading.by_paragraph[reading.paragraph(mean).start]
        if one.end < mean.start and one.unit == mean.unit and one.exact and reading.role(one).kind == kind
        and not reading.role(one).topic and one.value > mean.value and not reading.movement(one)
        and same_time(one, mean)
    ]  # fmt: skip
    if months < 2 or len({one.value for one in sums}) != 1:
        return None
    value = sums[0].value / months
    beside = ((sums[0].start, sums[0].end),)
    line = f"{sums[0].text} ÷ {months} = {printed(value, mean.decimals + 1)}"
    if abs(value - mean.value) <= mean.step:
        return Finding("average", Verdict.OK, mean.start, mean.end, "与合计相符", (line,), (), beside)
    if abs(value - mean.value) * 3 > value:
        return None
    shown = mean.worded(rounded(value / mean.step, 0) * mean.step)
    message = f"{mean.subject}{mean.text}，按{months}个月合计应为 {shown}"
    return Finding(
        "average", Verdict.MISMATCH, mean.start, mean.end, message, (line,), (f"改为 {shown}", "或核对合计"),
        beside,
    )  # fmt: skip


def _of_judges(reading: Reading, sentence: list[Figure], place: int) -> tuple[Figure, Figure] | None:
    """法官人均结案: the closings and the judges of the sentence, or the only ones of the text."""
    mean = sentence[place]
    named = _AVERAGE.search(mean.subject)
    if not named or mean.unit == units.MONEY:
        return None
    kind = "受理" if named["verb"] in ("受理", "收案") else "新收" if named["verb"] == "新收" else "结案"
    enforced = named["verb"] == "执结"
    heads, sums = _judges(reading, sentence[:place], kind, enforced)
    behind = sentence[place + 1 : place + 2]
    if not heads and behind and reading.depth(behind[0]) > reading.depth(mean):
        heads, _ = _judges(reading, behind, kind, enforced)
    if not sums and named["verb"] and ("法官" in mean.subject or heads):
        near = [one for unit in ("件", "人") for one in reading.levels_near(unit, mean.start)]
        everywhere, sums = _judges(reading, near, kind, enforced)
        heads = heads or everywhere
        sums = [one for one in sums if not reading.role(one).topic and same_time(one, mean)]
        agreeing = [
            (total, head) for total in sums for head in heads if head.value and agrees_with(mean, total, head)
        ]
        if agreeing:
            return agreeing[0]
        if len({one.value for one in heads}) != 1 or not sums:
            return None
        long = mean.value / mean.step >= SHORT
        slipped = [one for one in sums if long and slip(*_digits(mean, one, heads[0]))]
        if len({one.value for one in slipped}) == 1:
            return slipped[0], heads[0]
        if len({one.value for one in sums}) > 1:
            sums = [one for one in sums if re.match("全", reading.role(one).scope) or one is sums[0]][:1]
            if not slip(*_digits(mean, sums[0], heads[0])):
                return None
        heads, sums = heads[:1], sums[:1]
    sums = [one for one in sums if one.segment == mean.segment] or sums
    if not heads and len(sums) == 1 and sums[0].exact:
        heads = _called_heads(reading, mean, sums[0])
    if len(heads) != 1 or len(sums) != 1 or heads[0].value <= 0:
        return None
    return sums[0], heads[0]


def _called_heads(reading: Reading, mean: Figure, total: Figure) -> list[Figure]:
    """普通法官34人 …；普通法官结案13147件，人均386.7件: the people of that name, told once before; where none
    is named, the only ones a slip of the digits of the mean fits, if no others fit."""
    people = [
        one for one in reading.levels_near("人", mean.start)
        if one.end < total.start and one.exact and one.value > 1 and not reading.movement(one)
        and (_JUDGES.search(one.subject + one.after[:6]) or re.search("领导|负责人|庭长", one.subject))
    ]  # fmt: skip
    fitting = [one for one in people if agrees_with(mean, total, one)]
    if fitting:
        return fitting[:1]
    who = re.sub(r"(?:全年|共|累计)*(?:审?执?办?结案?|办案)$", "", total.subject).removeprefix("其中")
    called = [one for one in people if len(who) > 2 and one.subject.removeprefix("其中").endswith(who)]
    if len({one.value for one in called}) == 1:
        return called[:1]
    slipped = [one for one in people if mean.value / mean.step >= SHORT and slip(*_digits(mean, total, one))]
    return slipped[:1] if len({one.value for one in slipped}) == 1 else []


def _digits(mean: Figure, total: Figure, head: Figure) -> tuple[int, int]:
    """The mean as printed and as it should be, without their points."""
    if not head.value:
        return 0, 0
    right = rounded(total.value / head.value / mean.step, 0)
    return int(mean.value / mean.step), int(right)


def _judges(
    reading: Reading, figures: Sequence[Figure], kind: str, enforced: bool
) -> tuple[list[Figure], list[Figure]]:
    """The people and what they closed; ``enforced`` where the mean is of enforcement cases."""
    heads = [one for one in figures if one.unit == "人" and _JUDGES.search(one.subject + one.after[:6])]
    sums = [
        one for one in figures
        if reading.role(one).kind == kind and not is_earlier(reading, one)
        and not _DIVISION.search(reading.role(one).scope)
        and not re.search("均|执行完毕", one.subject) and not reading.movement(one)
        and (enforced or not re.search("(?<!审)执结", one.subject))
    ]  # fmt: skip
    return heads, sums


def _of_staff(reading: Reading, sentence: list[Figure], place: int) -> tuple[Figure, Figure] | None:
    """培训412人次，人均5.8次: the attendances of the sentence, and all the staff the text tells of once."""
    mean = sentence[place]
    if mean.unit != "次" or not re.search(r"人均[^,。;:\d]{0,6}$", mean.subject):
        return None
    sums = [one for one in sentence[:place] if one.unit == "人次" and one.exact and not reading.movement(one)]
    people = [
        one for one in reading.figures
        if one.unit == "人" and one.exact and one.end <= mean.start and not reading.movement(one)
    ]  # fmt: skip
    heads = [one for one in people if re.search("实有|全院|在编|在职|在岗|^(?:现有)?干警$", one.subject)]
    if len(sums) != 1 or len({one.value for one in heads}) != 1 or heads[0].value < 2:
        return None
    if any(one.value and abs(sums[0].value / one.value - mean.value) < mean.step for one in people):
        return None
    return sums[0], heads[0]


def _of_each(reading: Reading, sentence: list[Figure], place: int) -> tuple[Figure, Figure] | None:
    """318万元，惠及204人，人均约15588元: the amount and the count of what each is one of.

    The only ones of the segment; else the nearest, where a slip of one digit parts them from the mean.
    """
    mean = sentence[place]
    named = _EACH.search(_clause(reading, mean))
    if not named:
        return None
    unit = next(group for group in named.groups() if group)
    family = FAMILIES.get(unit, {units.base_of(unit)})
    if mean.unit in family and mean.unit != "人次":
        return None
    levels = [one for one in sentence[:place] if not reading.movement(one) and not is_earlier(reading, one)]
    sums = [one for one in levels if summed(one.unit, mean.unit) and one.value > mean.value]
    heads = [one for one in levels if one.unit in family and one.value > 1]
    if any(one.unit == "人次" for one in sums):
        heads = [one for one in heads if one.unit != "人次"]
    if unit in "天日月" and not heads:
        heads = [one for one in sentence[place + 1 :] if one.unit in family and one.value > 1]
    if sums and not heads and mean.unit == units.MONEY:
        heads = _told_before(reading, mean, family) or _shifted(reading, mean, sums[-1], family)
    times = [one for one in levels if one.unit == "人次"] if mean.unit == units.MONEY else []
    if any(agrees_with(mean, total, head) for total in sums for head in (*heads, *times)):
        heads = [*heads, *times]
        return next((total, head) for total in sums for head in heads if agrees_with(mean, total, head))
    here = [[one for one in found if one.segment == mean.segment] for found in (sums, heads)]
    if len(here[1]) > 1 and here[0] and (added := _added(mean, here[0][-1], here[1])):
        return here[0][-1], added
    if here[0] and len(heads) == 1 and heads[0].sentence != mean.sentence:
        return here[0][-1], heads[0]
    if unit in "天日月" and len(heads) == 1 and here[0]:
        return here[0][-1], heads[0]
    if len(here[0]) == len(here[1]) == 1:
        return here[0][0], here[1][0]
    if not here[0] or not here[1]:
        return None
    total, head = here[0][-1], here[1][-1]
    if mean.unit == units.MONEY and (moved := _shifted(reading, mean, total, family)):
        return total, moved[0]
    near = slip(*_digits(mean, total, head))
    return (total, head) if near and total.exact and head.exact else None


def _told_before(reading: Reading, mean: Figure, family: set[str]) -> list[Figure]:
    """The only count of its unit in the paragraph of a mean and the one before it."""
    paragraph = reading.paragraph(mean)
    place = reading.outline.paragraphs.index(paragraph)
    start = reading.outline.paragraphs[max(place - 1, 0)].start
    found = [
        one for unit in family for one in reading.levels_near(unit, mean.start)
        if start <= one.start < mean.start and one.value > 1 and not is_earlier(reading, one)
        and additive(one) and one.step == 1
    ]  # fmt: skip
    found = [one for one in found if not reading.depth(one)] or found
    return found[:1] if len({one.value for one in found}) == 1 else []


def _added(mean: Figure, total: Figure, heads: list[Figure]) -> Figure | None:
    """大会1场、旁听2场、参观3场，合计356人次，场均59人次: all together, if they make the mean or a slip."""
    value = sum((one.value for one in heads), start=Fraction(0))
    added = replace(heads[0], value=value, text="（" + " + ".join(one.text for one in heads) + "）")
    listed = len({one.segment for one in heads}) == 1 and all(one.end <= total.start for one in heads)
    summed = bool(re.search("合计|共|总", total.subject))
    return (
        added
        if listed and (summed or agrees_with(mean, total, added) or slip(*_digits(mean, total, added)))
        else None
    )


def _shifted(reading: Reading, mean: Figure, total: Figure, family: set[str]) -> list[Figure]:
    """案均1.03万元 of 2.95亿元 in 2869件: the only count before it that moves the mean's point."""
    levels = [
        one for unit in family for one in reading.levels_near(unit, mean.start)
        if one.end <= mean.start and one.value > 1 and one.step == 1
    ]  # fmt: skip
    if any(agrees_with(mean, total, one) for one in levels) or mean.value / mean.step < 10:
        return []
    moved = [replace(mean, value=mean.value * by, step=mean.step * by) for by in (10, 100, Fraction(1, 10))]
    found = [one for one in levels if any(agrees_with(each, total, one) for each in moved)]
    return found[:1] if len({one.value for one in found}) == 1 else []


def summed(total: str, mean: str) -> bool:
    """Whether a mean in the one unit is worked out of a sum in the other."""
    return total == mean or {total, mean} <= {"人", "人次"} or {total, mean} <= {"件", "次", "件次"}


def agrees_with(mean: Figure, total: Figure, head: Figure) -> bool:
    """Whether the sum by the number, as loosely as they were printed, is the mean."""
    if not head.value or not total.value:
        return False
    value = float(total.value) / float(head.value)
    slack = value * (float(total.step) / float(total.value) + float(head.step) / float(head.value))
    plain = total.exact and head.exact and mean.exact
    if plain and abs(value - float(mean.value)) > 2 * (float(mean.step) + slack):
        return False  # the exact question is dear
    spread = total.span.over(head.span)
    return spread is not None and (
        spread.meets(mean.span) or abs(total.value / head.value - mean.value) < mean.step
    )


def _room(mean: Figure) -> Fraction:
    """约15人 leaves more open than 约158公里."""
    counted = int(mean.value / mean.step)
    return TIGHT if mean.qualifier == "约" and counted >= 100 and counted % 10 else LOOSE


def _clause(reading: Reading, one: Figure) -> str:
    return re.split(r"[,。;:]", reading.folded[one.sentence[0] : one.start])[-1]


def _average(mean: Figure, total: Figure, heads: Figure) -> Finding:
    value = total.value / heads.value
    scale = mean.step * 10**mean.decimals
    line = f"{total.text} ÷ {heads.text} = {printed(value / scale, mean.decimals + 2)}{mean.printed_unit}"
    beside = ((total.start, total.end), (heads.start, heads.end))
    place = (mean.start, mean.end)
    loose = not (total.exact and heads.exact)
    about = bool(mean.qualifier) and abs(value - mean.value) <= max(mean.value * _room(mean), mean.step)
    loose = loose and abs(value - mean.value) <= mean.value * LOOSE
    if loose or about or (mean.exact and agrees_with(mean, total, heads)):
        verdict = Verdict.APPROX if loose or not mean.exact else Verdict.OK
        message = f"{mean.subject}{mean.text}与文中的数相符"
        return Finding("average", verdict, *place, message, (line,), (), beside)
    shown = mean.worded(rounded(value / mean.step, 0) * mean.step)
    return Finding(
        "average", Verdict.MISMATCH, *place, f"{mean.subject}{mean.text}，按文中的数应为 {shown}", (line,),
        (f"改为 {shown}", "或核对总数和人数"), beside,
    )  # fmt: skip
