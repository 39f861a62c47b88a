"""Rates recomputed from the parts the same sentence prints (N-001, N-006, N-009, N-010, N-020)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.arithmetic import (
    Span,
    cut,
    denominators,
    numerators,
    printed,
    rounded,
    slip,
    slips_between,
)
from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.stems import stem_pairs
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import CARRIED, CLOSED, FILED, RECEIVED, Role, bare_topic

_NAMED = re.compile(
    r"(?P<name>[^,。;:、()\d“”]{0,24}?(?:率|结收比|比例))(?:已|均|都|也|仍|平均|同期|目前|首次)*"
    r"(?:达到|达|为|是|约|近|保持在|稳定在|维持在|升至|提升至|提升到|上升至|降至|下降至|增至|:|高达|仅|仅为)*$"
)
_BASED = re.compile(
    r"(?P<name>[^,。;:、()\d]{2,16}率)\((?:[以按](?P<of>[^,。;()]{2,10}?)(?:计算?|为基数|为分母)|占(?P<whole>[^,。;()]{2,10}?))\)(?:达到|达|为)?$"
)
_AIM = re.compile(
    r"目标|力争|确保|不低于|不高于|要求|全国|平均(?![^,。;]{1,8}率)|高于|低于|标准|同期|去年|上年|比重|预计"
)
_FLOWING = re.compile(r"^(?P<topic>.*?)(?P<verb>审执结|审结|执结|办结|结案)率$")
_OBLIGED = re.compile(r"(?:填报|报告|参训|参学|参会|到会|签订|参测|测试通过|通过|优秀|合格|谈话|覆盖)率$")
_EVERYBODY = re.compile(r"全院|全庭|全体|全部|应")


_DID = re.compile(r"已|成功|实际|完成|按期|按时|其中|收到|采用|办结|化解|通过|有效")
FEW = 4
"""Ways to pair parts and wholes among which a slip of the rate's digits is no accident."""
FAR = 30
"""Percentage points; a share further off than this was taken from parts that do not belong to the rate."""


def check_rates(reading: Reading) -> Iterator[Finding]:
    """One finding for each rate that is a level: recomputed, or that it cannot be."""
    for figure in reading.figures:
        if figure.unit != "%" or reading.movement(figure):
            continue
        named = _NAMED.search(figure.subject)
        based = _BASED.search(reading.folded[figure.sentence[0] : figure.start]) if not named else None
        if named:
            yield _checked(reading, figure, named["name"])
        elif based:
            yield _checked(reading, figure, based["name"], based["of"] or based["whole"])


def _checked(reading: Reading, rate: Figure, name: str, of: str = "") -> Finding:
    """``of`` the words in brackets that say what the rate is worked out of."""
    if _AIM.search(rate.subject) or rate.qualifier == "以下":
        return _open(rate, name, "这是目标、参照或上期的数，文中没有可比的分项")
    pairs, sure = _based(reading, rate, name, of) if of else _pairs(reading, rate, name)
    behind = _whole_behind(reading, rate)
    if behind and not any(agrees(rate, *pair) for pair in pairs):
        pairs, sure = behind, True
    if not pairs and (out_of_reach := _out_of_reach(reading, rate, name)):
        return out_of_reach
    if not pairs:
        return _open(rate, name, "分子、分母文中没有给出")
    if rate.qualifier:
        return _loosely(rate, name, pairs[0], sure)
    for part, whole in pairs:
        if agrees(rate, part, whole):
            return _right(rate, name, part, whole)
    part, whole = pairs[0]
    if not sure and not _explained(reading, rate, part, whole) and (one := _slipped(rate, pairs)):
        return wrong_share(rate, *one, "rate", name)
    far = abs(part.value * 100 / whole.value - rate.value) > FAR
    if far or not sure or _explained(reading, rate, part, whole):
        return _open(rate, name, "文中的分项不止一种配法，都得不出这个数，不能断定哪个错")
    return wrong_share(rate, part, whole, "rate", name)


def _based(reading: Reading, rate: Figure, name: str, of: str) -> tuple[Pairs, bool]:
    """上诉率（以判决案件计）: the count of the rate's name, of the only level its bracket names."""
    stem = re.sub(r"(?:比率|比例|率)$", "", bare_topic(name))[-2:]
    before = [one for one in reading.by_paragraph[reading.paragraph(rate).start] if one.end <= rate.start]
    parts = [
        one for one in before
        if stem in one.subject + one.after[:4] and one.exact and not one.is_rate and not reading.movement(one)
    ]  # fmt: skip
    words = re.sub(r"案件|总数|总量|数|的", "", of)
    if not parts or len(words) < 2:
        return [], False
    wholes = [
        one for one in reading.figures
        if one.unit == parts[-1].unit and one.value >= parts[-1].value and words in one.subject and one.exact
        and one.end <= rate.start and not reading.movement(one) and same_time(one, rate)
    ]  # fmt: skip
    return [(parts[-1], one) for one in reversed(wholes)], len({one.value for one in wholes}) == 1


def _whole_behind(reading: Reading, rate: Figure) -> Pairs:
    """覆盖312所，覆盖率95.1%（全市328所）: the level right before the rate, of the one in its bracket."""
    sentence = reading.sentences[rate.sentence]
    place = sentence.index(rate)
    if not place or place + 1 >= len(sentence):
        return []
    part, whole = sentence[place - 1], sentence[place + 1]
    inside = re.fullmatch(r"\((?:全|共|应|总)[^,。;()\d]{0,10}", reading.between(rate, whole))
    plain = part.unit == whole.unit and part.exact and whole.exact and 0 < part.value <= whole.value
    return [(part, whole)] if inside and plain and reading.movement(part) is None else []


def _slipped(rate: Figure, pairs: Pairs) -> tuple[Figure, Figure] | None:
    """The only pair of few that one slip of the rate's digits parts from it."""
    near = [pair for pair in pairs if pair[0].exact and pair[1].exact and slipped_share(rate, *pair)]
    few = len({(part.value, whole.value) for part, whole in pairs}) <= FEW
    return near[0] if few and len({pair[0].value / pair[1].value for pair in near}) == 1 else None


def slipped_share(rate: Figure, part: Figure, whole: Figure, least: int = 100) -> bool:
    """Whether one slip of the digits makes the rate of these two of what was printed."""
    right = rounded(part.value * 100 / whole.value, rate.decimals) / rate.step
    return bool(rate.decimals and whole.value >= least and slip(int(rate.value / rate.step), int(right)))


def _explained(reading: Reading, rate: Figure, part: Figure, whole: Figure) -> bool:
    """Whether the paragraph has another whole for the part, or another part of the whole, that fits."""
    levels = [
        one for one in reading.by_paragraph[reading.paragraph(rate).start]
        if one.unit == part.unit and one.value > 0 and not reading.movement(one)
    ]  # fmt: skip
    return any(
        (one.value >= part.value and one.start != part.start and agrees(rate, part, one))
        or (rate.decimals and one.value <= whole.value and agrees(rate, one, whole))
        for one in levels
    )


def _out_of_reach(reading: Reading, rate: Figure, name: str) -> Finding | None:
    """全院128名干警 …, 填报率99.8%: no whole number of 128 people is 99.8% of them (N-052)."""
    if not _OBLIGED.search(name) or not rate.exact:
        return None
    heads = [
        one
        for one in reading.segments[rate.segment]
        if one.unit == "人" and one.start < rate.start and _EVERYBODY.search(one.subject) and one.exact
    ]
    if len(heads) != 1 or heads[0].value < 1 or heads[0].value.denominator != 1:
        return None
    whole = heads[0]
    near = int(rate.value * whole.value / 100)
    reached = [rounded(count * 100 / whole.value, rate.decimals) for count in (near, near + 1)]
    if rate.value in reached or rate.value > 100:
        return None
    shown = "、".join(f"{printed(one, rate.decimals)}%" for one in reached if one <= 100)
    return Finding(
        "feasible",
        Verdict.TENSION,
        rate.start,
        rate.end,
        f"{whole.text}里取不出{rate.text}：最近的是 {shown}",
        (f"{near} ÷ {whole.text}、{near + 1} ÷ {whole.text}",),
        ("核对人数，或写明比率按什么人数算",),
        ((whole.start, whole.end),),
    )


def agrees(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Whether the share of the parts, as loosely as they were printed, rounds to the rate."""
    if not whole.value or _far_off(rate, part, whole):
        return False
    if part.exact and whole.exact and part.span.low == part.span.high and whole.span.low == whole.span.high:
        return rounded(part.value * 100 / whole.value, rate.decimals) == rate.value
    share = part.span.over(whole.span)
    return share is not None and Span(share.low * 100, share.high * 100).meets(rate.span)


def _far_off(rate: Figure, part: Figure, whole: Figure) -> bool:
    """Whether no rounding could bring the share to the rate; a cheap question before the exact one."""
    if not (rate.exact and part.exact and whole.exact) or not part.value:
        return False
    share = float(part.value) * 100 / float(whole.value)
    slack = share * (float(part.step) / float(part.value) + float(whole.step) / float(whole.value))
    return abs(share - float(rate.value)) > 2 * (float(rate.step) + slack)


def worked(part: Figure, whole: Figure, decimals: int) -> str:
    """The division, with three digits more than were printed."""
    share = part.value * 100 / whole.value
    more = f"{printed(share, decimals + 3)}%"
    short = f"{printed(rounded(share, decimals), decimals)}%"
    return f"{part.text} ÷ {whole.text} = {more}，取 {decimals} 位小数为 {short}"


def wrong_share(rate: Figure, part: Figure, whole: Figure, code: str, name: str) -> Finding:
    """A contradiction with its arithmetic and all it takes to mend it at either end."""
    share = part.value * 100 / whole.value
    right = f"{printed(rounded(share, rate.decimals), rate.decimals)}%"
    cut_off = cut(share, rate.decimals) == rate.value
    message = (
        f"{name or '占比'}写作{rate.text}，按四舍五入应为 {right}（像是截掉了后面的数字）"
        if cut_off
        else f"{name or '占比'}写作{rate.text}，按文中的数应为 {right}"
    )
    apart = rounded(share, rate.decimals) - rate.value
    arithmetic = (
        worked(part, whole, rate.decimals),
        f"{right} − {rate.text} = {printed(apart, rate.decimals)} 个百分点",
    )
    verdict = Verdict.TENSION if cut_off or not (part.exact and whole.exact) else Verdict.MISMATCH
    return Finding(
        code, verdict, rate.start, rate.end, message, arithmetic,
        (f"比率改为 {right}", *_repairs(rate, part, whole)),
        ((part.start, part.end), (whole.start, whole.end)),
    )  # fmt: skip


def _repairs(rate: Figure, part: Figure, whole: Figure) -> Iterator[str]:
    if not (part.value.denominator == whole.value.denominator == 1):
        return
    for label, old, found in (
        ("分子", part, numerators(whole.value, rate.value, rate.decimals)),
        ("分母", whole, denominators(part.value, rate.value, rate.decimals)),
    ):
        if found is None:
            continue
        low, high = found
        text = f"{low:,}" if low == high else f"{low:,}–{high:,}"
        slips = slips_between(int(old.value), low, high)
        told = "；".join(f"{right}↔{int(old.value)} {how}，像是笔误" for right, how in slips[:3])
        yield f"或{label}应为 {text}" + (f"（{told}）" if told else "")


def _right(rate: Figure, name: str, part: Figure, whole: Figure) -> Finding:
    return Finding(
        "rate", Verdict.OK, rate.start, rate.end, f"{name}{rate.text} 与文中的数相符",
        (worked(part, whole, rate.decimals),), (), ((part.start, part.end), (whole.start, whole.end)),
    )  # fmt: skip


def _loosely(rate: Figure, name: str, pair: tuple[Figure, Figure], sure: bool) -> Finding:
    """近、约 leave much open, but not half or twice as much."""
    part, whole = pair
    share = part.value * 100 / whole.value
    fits = rate.span.low <= share <= rate.span.high
    widely = Fraction(2, 3) * rate.value <= share <= Fraction(4, 3) * rate.value
    if fits or (rate.qualifier in ("近", "约") and (widely or not sure)):
        return Finding(
            "rate", Verdict.APPROX, rate.start, rate.end,
            f"{name}{rate.text} 是约数，按文中的数为 {printed(share, 2)}%",
            (worked(part, whole, 2),),
        )  # fmt: skip
    return Finding(
        "rate", Verdict.MISMATCH, rate.start, rate.end,
        f"{name}写作{rate.text}，按文中的数只有 {printed(share, 2)}%", (worked(part, whole, 2),),
        (f"比率改为 {printed(share, 2)}%",), ((part.start, part.end), (whole.start, whole.end)),
    )  # fmt: skip


def _open(rate: Figure, name: str, why: str) -> Finding:
    more = "；如果分母为 0，应写“无数据”，不写 100%" if rate.value == 100 else ""
    verdict = Verdict.APPROX if rate.qualifier else Verdict.UNCHECKED
    return Finding("rate", verdict, rate.start, rate.end, f"{name}{rate.text}：{why}{more}")


def same_time(one: Figure, other: Figure) -> bool:
    """Whether two figures speak of one period, as far as the text says."""
    if one.period is None or other.period is None or one.period.start == other.period.start:
        return True
    return (one.period.year, one.period.months) == (other.period.year, other.period.months)


def near(reading: Reading, rate: Figure) -> Iterator[tuple[list[Figure], bool]]:
    """The other levels of segment, sentence and paragraph; True where near enough to accuse."""
    start = reading.paragraph(rate).start
    rings = (reading.segments[rate.segment], reading.sentences[rate.sentence], reading.by_paragraph[start])
    for index, ring in enumerate(rings):
        levels = [
            one for one in ring if one is not rate and not reading.movement(one) and same_time(one, rate)
        ]
        before = [one for one in levels if one.start < rate.start]
        yield before, index < 2
        if index == 0:
            yield levels, True


Pairs = list[tuple[Figure, Figure]]


def _pairs(reading: Reading, rate: Figure, name: str) -> tuple[Pairs, bool]:
    """What may be divided by what, likeliest first, and whether a contradiction may be told from it."""
    flowing = _FLOWING.match(name)
    found: Pairs = []
    for levels, close in near(reading, rate):
        if name.endswith("结收比"):
            earlier = is_earlier(reading, rate)
            found = list(_cleared(reading, [one for one in levels if is_earlier(reading, one) == earlier]))
            if found:
                filed = reading.role(found[0][1]).kind == FILED
                return found, close and filed and len({one.sentence for one in found[0]}) == 1
            continue
        found = list(_flow_pairs(reading, levels, flowing)) if flowing else []
        if not found:
            found = list(stem_pairs(reading, levels, name))
        elif not _received(reading, found) and not any(agrees(rate, *pair) for pair in found):
            return found, False
        if found:
            sure = close and (_received(reading, found) or len({whole.value for _, whole in found}) == 1)
            return found, sure and _same_scope(reading, rate, found)
    return list(_right_before(reading, rate)), False


def _right_before(reading: Reading, rate: Figure) -> Iterator[tuple[Figure, Figure]]:
    """督办124件，已结112件，清结率90.3%: what was done, right behind what there was to do."""
    levels = [
        one for one in reading.segments[rate.segment]
        if one.end <= rate.start and not one.is_rate and reading.movement(one) is None
    ][-2:]  # fmt: skip
    if len(levels) < 2 or levels[0].unit != levels[1].unit or not 0 < levels[1].value < levels[0].value:
        return
    near = re.fullmatch(r",[^,。;\d]{2,16}", reading.between(levels[1], rate))
    among = "其中" in reading.between(*levels)
    if near and (among or _DID.match(levels[1].subject)):
        yield levels[1], levels[0]


def _cleared(reading: Reading, levels: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """结收比: the closings nearest before it, of the filings nearest before them."""
    closed = [one for one in levels if reading.role(one).kind == CLOSED]
    filed = [one for one in levels if reading.role(one).kind in (FILED, RECEIVED)]
    for done in reversed(closed):
        for taken in reversed(filed):
            if taken.value > 0 and reading.role(taken).topic in ("", reading.role(done).topic):
                yield done, taken


def _received(reading: Reading, pairs: Pairs) -> bool:
    """Whether the likeliest whole is what was received: cases filed alone leave out those carried over."""
    return reading.role(pairs[0][1]).kind == RECEIVED


def _same_scope(reading: Reading, rate: Figure, pairs: Pairs) -> bool:
    """No part of a likeliest pair names another court or division than the rate does."""
    own = reading.role(rate).scope
    scopes = {reading.role(one).scope for one in pairs[0]} - {""}
    return len(scopes) < 2 and (not own or not scopes or own in scopes)


def _flow_pairs(
    reading: Reading, levels: Iterable[Figure], flowing: re.Match[str]
) -> Iterator[tuple[Figure, Figure]]:
    topic, verb = bare_topic(flowing["topic"]), flowing["verb"]
    listed = [(one, reading.role(one)) for one in levels if one.unit == "件"]
    closed = [one for one in reversed(listed) if one[1].kind == CLOSED]
    whole = [one for one in reversed(listed) if one[1].kind in (RECEIVED, FILED, CARRIED)]
    whole.sort(key=lambda one: one[1].kind != RECEIVED)
    for part, done in closed:
        for total, taken in whole:
            known = {done.topic, taken.topic} - {""}
            if topic and not any(topic in one for one in known):
                continue
            if done.topic and taken.topic and done.topic != taken.topic:
                continue
            if verb == "执结" and taken.topic and "执" not in taken.topic:
                continue
            if verb == "审结" and "执" in taken.topic:
                continue
            if total.value > 0:
                yield part, total
        both = _carried_and_filed(whole)
        if both is not None:
            yield part, both


def _carried_and_filed(whole: list[tuple[Figure, Role]]) -> Figure | None:
    """旧存 and 新收 added, where the text prints no 受理: standing at the place of the first."""
    kinds = {role.kind: figure for figure, role in whole}
    if RECEIVED in kinds or FILED not in kinds or CARRIED not in kinds:
        return None
    filed, carried = kinds[FILED], kinds[CARRIED]
    return replace(carried, value=filed.value + carried.value, text=f"（{carried.text} + {filed.text}）")
