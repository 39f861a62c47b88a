"""Means no sum or number was found for, and products: 办班2期，每期5天，共12天."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import printed, rounded, slip
from mingjing.text.checks.bases import is_prior
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.leftovers.settled import Settled, clause_of, digits, is_level, levels_before
from mingjing.text.reading import Reading
from mingjing.text.roles import CLOSED

_MEAN = re.compile(
    r"平均|人均|[件案户场次篇批期院庭车份]均|每(?:个|家|件|场|期|组|名|人|院|案|处|户|次|批|支)"
)
_MORE = re.compile(r"最|中位|年均|月均|日均|天均|增长|审理|用时|周期|时长|长度")
_EACH = re.compile(
    r"(?P<many>\d[\d,]*)(?P<unit>个|期|组|批|场|次|家|支|处|班|轮|院)[^,。;:\d]{0,12},(?:平均)?每(?:个)?(?P=unit)[^,。;:\d]{0,4}"
    r"(?P<each>\d[\d,]*(?:\.\d+)?)(?P<of>[一-鿿]{1,2}),[^,。;:\d]{0,4}(?:共|合计|总计|累计)[^,。;:\d]{0,6}(?P<all>\d[\d,]*(?:\.\d+)?)(?:人次|(?P=of))"
)
_SPLIT = re.compile(
    r"(?P<all>\d[\d,]*)(?P<of>[名人件])(?:[^,。;:\d]{0,8},|,)?(?:平均)?(?:共)?分(?:为|成)?(?P<many>\d{1,2})个?(?P<unit>组|期|批|班|片区)"
    r",每(?P=unit)(?P<each>\d[\d,]*)(?P=of)"
)
_DAILY = re.compile(r"日均[^,。;:\d]{0,8}$")
_MONTHLY = re.compile(r"月均[^,。;:\d]{0,8}$")


def check_leftover_means(reading: Reading, settled: Settled) -> Iterator[Finding]:
    """Every mean nothing was said of, and every product."""
    for match in _EACH.finditer(reading.folded):
        yield from _product(reading, match)
    for sentence in reading.sentences.values():
        yield from _of_noun(reading, sentence)
    for match in _SPLIT.finditer(reading.folded):
        yield from _split(match)
    for sentence in reading.sentences.values():
        for mean in sentence:
            if mean.qualifier not in ("", "约") or settled.knows(mean):
                continue
            clause = clause_of(reading, mean)
            if mean.is_rate or reading.movement(mean):
                continue
            found = None
            if _DAILY.search(clause):
                found = _daily(reading, sentence, mean)
            elif _MONTHLY.search(clause):
                found = _monthly(reading, mean)
            elif _MEAN.search(clause) and not _MORE.search(clause):
                found = _bracketed(reading, sentence, mean) or _slipped(reading, sentence, mean)
            if found is not None:
                yield found


def _of_noun(reading: Reading, sentence: list[Figure]) -> Iterator[Finding]:
    """调解组织68个、调解员412名，平均每个组织7名: the two counts right before it, by the noun."""
    for total, mean in itertools.pairwise(sentence):
        place = sentence.index(mean)
        head = sentence[place - 2] if place > 1 else None
        said = re.search(r"平均每(?:个|家|支|处|所|名)([一-鿿]{2,4})$", mean.subject)
        if head is None or said is None or not mean.exact or total.unit != mean.unit:
            continue
        plain = is_level(reading, head) and is_level(reading, total) and head.segment == mean.segment
        if not plain or said[1][-2:] not in head.subject + head.after or head.value < 2:
            continue
        apart = abs(total.value / head.value - mean.value)
        if apart > mean.step * 3 / 5 and apart < mean.value / 4:
            yield wrong_mean(mean, total, head)


def _monthly(reading: Reading, mean: Figure) -> Finding | None:
    """全年到位19370万元，…月均到位1714万元: the only level of its paragraph that a slip parts from it."""
    words = reading.folded[: mean.start]
    period = mean.period
    months = {period.months[1] - period.months[0] + 1} if period is not None and period.months else set()
    months |= {12} if re.search("全年|年度", words[-400:]) else set()
    levels = [
        one for one in reading.by_paragraph[reading.paragraph(mean).start]
        if one.end <= mean.start and one.unit == mean.unit and is_level(reading, one)
        and one.value > mean.value and not is_prior(reading, one)
    ]  # fmt: skip
    whole = [(one, count) for one in levels for count in sorted(months) if count > 1]
    if any(abs(one.value / count - mean.value) <= mean.step for one, count in whole):
        return None
    near = [(one, count) for one, count in whole if slip(*digits(mean, one.value / count))]
    if len({one.value / count for one, count in near}) != 1 or mean.value / mean.step < 100:
        return None
    total, count = near[0]
    return wrong_mean(mean, total, replace(total, value=Fraction(count), text=f"{count}个月"))


def _daily(reading: Reading, sentence: list[Figure], mean: Figure) -> Finding | None:
    """为期100天，…办结1286件，日均结案14.9件: the days told before, the count right before it."""
    days = [
        one for one in reading.figures
        if one.end <= mean.start and one.unit in ("天", "工作日") and one.exact and one.value > 4
        and not re.search("平均|用时|周期|时长", clause_of(reading, one)) and reading.movement(one) is None
    ]  # fmt: skip
    sums = [
        one for one in sentence
        if one.end <= mean.start and one.unit == mean.unit and one.value > mean.value
        and is_level(reading, one)
    ]  # fmt: skip
    pairs = [(total, head) for total in sums for head in days]
    if any(abs(total.value / head.value - mean.value) <= mean.step for total, head in pairs):
        return None
    near = [(total, head) for total, head in pairs if slip(*digits(mean, total.value / head.value))]
    few = len({head.value for head in days}) <= 3 and mean.value / mean.step >= 100
    return (
        wrong_mean(mean, *near[0]) if few and len({one.value / two.value for one, two in near}) == 1 else None
    )


def _bracketed(reading: Reading, sentence: list[Figure], mean: Figure) -> Finding | None:
    """办案费1246万元，案均1320元（全年结案9840件）: the number right behind it, of the only sum before it."""
    place = sentence.index(mean)
    head = sentence[place + 1] if place + 1 < len(sentence) else None
    inside = head and re.fullmatch(r"\([^(),。;\d]{0,10}", reading.between(mean, head))
    if head is None or not inside or not is_level(reading, head) or head.unit == mean.unit or head.value < 2:
        return None
    sums = [
        one for one in sentence[:place]
        if one.unit == mean.unit and is_level(reading, one) and not is_prior(reading, one)
        and one.segment == mean.segment and one.value > mean.value
        and not re.search(r"(?:上年|去年|同期|较|比)[^,。;:]{0,8}$", clause_of(reading, one))
    ]  # fmt: skip
    if len({one.value for one in sums}) != 1 or not _near(mean, sums[0], head):
        return None
    return wrong_mean(mean, sums[0], head)


def _near(mean: Figure, total: Figure, head: Figure) -> bool:
    value = total.value / head.value
    apart = abs(value - mean.value)
    return mean.step + total.step / head.value < apart < value / 4


def _split(match: re.Match[str]) -> Iterator[Finding]:
    """36名，分6组，每组8名: no group has so many."""
    all_, many, each = (int(match[name].replace(",", "")) for name in ("all", "many", "each"))
    if "均" in match.group() or not many or abs(all_ - many * each) < many:
        return
    shown = f"{printed(Fraction(all_, many), 1)}"
    yield Finding(
        "average", Verdict.MISMATCH, match.start("each"), match.end("each"),
        f"写作每{match['unit']}{match['each']}，{match['all']}分作{match['many']}{match['unit']}应为 {shown}",
        (f"{match['all']} ÷ {match['many']} = {shown}",), (f"改为 {shown}", "或核对总数"),
        (match.span("all"), match.span("many")),
    )  # fmt: skip


def _slipped(reading: Reading, sentence: list[Figure], mean: Figure) -> Finding | None:
    """The only sum and number of the sentence whose quotient is a slip of the mean's digits away."""
    if mean.value / mean.step < 100:
        return None
    near = [
        one for one in sentence if one is not mean and is_level(reading, one) and not is_prior(reading, one)
    ]
    heads = [one for one in near if one.unit != units.MONEY and one.step == 1 and one.value > 1]
    sums = [one for one in near if one.unit == mean.unit and one.value > mean.value]
    if re.search("法官人均|干警人均|人均", clause_of(reading, mean)):
        wide = [one for one in levels_before(reading, mean) if one.sentence != mean.sentence]
        heads += [one for one in wide if re.search("法官|干警", one.subject)]
        sums += [one for one in wide if one.unit == mean.unit and reading.role(one).kind == CLOSED]
    elif each := re.search("([案户场期院庭批])均", clause_of(reading, mean)):
        wide = [one for one in levels_before(reading, mean) if one.sentence != mean.sentence]
        counted = {"案": "件", "院": "家", "庭": "个"}.get(each[1], each[1])
        heads += [one for one in wide if one.unit == counted and one.value > 1 and one.step == 1]
        sums += [one for one in wide if one.unit == mean.unit and one.value > mean.value]
    pairs = []
    for total in sums:
        for head in heads:
            kinds = {reading.role(one).kind for one in (mean, total)} - {""}
            if head is total or len(kinds) > 1:
                continue
            value = total.value / head.value
            slack = mean.step + total.step / head.value / 2
            if abs(value - mean.value) <= slack + (mean.value / 50 if mean.qualifier else 0):
                return None
            if total.step <= mean.step * head.value and slip(*digits(mean, value)):
                pairs.append((total, head))
    if len({total.value / head.value for total, head in pairs}) != 1:
        return None
    return wrong_mean(mean, *pairs[0])


def wrong_mean(mean: Figure, total: Figure, head: Figure) -> Finding:
    """A mean that is not the sum by the number."""
    value = total.value / head.value
    shown = mean.worded(rounded(value / mean.step, 0) * mean.step)
    line = (
        f"{total.text} ÷ {head.text} = {printed(value / (mean.step * 10**mean.decimals), mean.decimals + 2)}"
    )
    return Finding(
        "average", Verdict.MISMATCH, mean.start, mean.end,
        f"{mean.subject}{mean.text}，按文中的数应为 {shown}",
        (line,), (f"改为 {shown}", "或核对总数和个数"), ((total.start, total.end), (head.start, head.end)),
    )  # fmt: skip


def _product(reading: Reading, match: re.Match[str]) -> Iterator[Finding]:
    many, each, all_ = (Fraction(match[name].replace(",", "")) for name in ("many", "each", "all"))
    right = many * each
    loose = "平均" in match.group() or "约" in match.group()
    if abs(right - all_) <= (right / 10 if loose else 0):
        return
    shown = f"{printed(right)}{match['of']}"
    yield Finding(
        "average", Verdict.MISMATCH, match.start("all"), match.end("all"),
        f"写作共{match['all']}，按{match['many']}{match['unit']}、每{match['unit']}{match['each']}应为{shown}",
        (f"{match['many']} × {match['each']} = {shown}",), (f"改为 {shown}", "或核对个数"),
        (match.span("many"), match.span("each")),
    )  # fmt: skip
