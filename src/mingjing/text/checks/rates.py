"""Rates recomputed from the parts the same sentence prints (N-001, N-006, N-009, N-010, N-020)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.arithmetic import (
    printed,
    rounded,
)
from mingjing.text.checks.blocks import is_earlier
from mingjing.text.checks.dividing import FAR, FEW, agrees, same_time, slipped_share, worked, wrong_share
from mingjing.text.checks.stems import INCLUDING, stem_pairs
from mingjing.text.checks.wholes import wholes_called
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import CARRIED, CLOSED, FILED, RECEIVED, Role, bare_topic, clean

_NAMED = re.compile(
    r"(?P<name>[^,。;:、()\d“”]{0,24}?(?:率|结收比|结收案比|比例))(?:已|均|都|也|仍|平均|同期|目前|首次)*"
    r"(?:达到|达|为|是|约|近|保持在|稳定在|维持在|升至|提升至|提升到|上升至|降至|下降至|增至|:|高达|仅|仅为)*$"
)
_BASED = re.compile(
    r"(?P<name>[^,。;:、()\d]{2,16}率)\((?:[以按](?P<of>[^,。;()]{2,10}?)(?:计算?|为基数|为分母)|占(?P<whole>[^,。;()]{2,10}?))\)(?:达到|达|为)?$"
)
_BY_UNIT = re.compile(r"\([按以](?:件|案|人|金额|标的)(?:数|计算?|统计)*\)$")
_AIM = re.compile(
    r"目标|力争|确保|不低于|不高于|要求|全国|平均(?![^,。;]{1,8}率)|高于|低于|标准|同期|去年|上年|比重|预计"
)
_FLOWING = re.compile(r"^(?P<topic>.*?)(?P<verb>审执结|审结|执结|办结|结案)率$")
_OBLIGED = re.compile(r"(?:填报|报告|参训|参学|参会|到会|签订|参测|测试通过|通过|优秀|合格|谈话|覆盖)率$")
_EVERYBODY = re.compile(r"全院|全庭|全体|全部|应")


_DID = re.compile(
    r"作出|签发|出具|核准|准予|裁定|已|成功|实际|完成|按期|按时|其中|收到|采用|办结|化解|通过|有效"
)


def check_rates(reading: Reading) -> Iterator[Finding]:
    """One finding for each rate that is a level: recomputed, or that it cannot be."""
    for figure in reading.figures:
        if figure.unit != "%" or reading.movement(figure):
            continue
        named = _NAMED.search(figure.subject)
        based = _BASED.search(reading.folded[figure.sentence[0] : figure.start]) if not named else None
        with_ = INCLUDING.search(reading.folded[figure.sentence[0] : figure.start]) if not named else None
        if not named and not with_:
            named = _NAMED.search(_BY_UNIT.sub("", reading.folded[figure.sentence[0] : figure.start]))
        if named:
            yield _checked(reading, figure, named["name"])
        elif with_:
            yield _checked(reading, figure, with_.group())
        elif based:
            yield _checked(reading, figure, based["name"], based["of"] or based["whole"])


def _checked(reading: Reading, rate: Figure, name: str, of: str = "") -> Finding:
    """``of`` the words in brackets that say what the rate is worked out of."""
    if (
        _AIM.search(rate.subject)
        or re.search("溢价率|增值率|升值率|增长率", name)
        or rate.qualifier == "以下"
    ):
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
    pairs = (
        pairs if sure else [*pairs, *(one for one in _whole_above(reading, rate, name) if one not in pairs)]
    )
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
    inside = re.fullmatch(
        r"\((?!上年|去年|上月|同期|其中|含|另|较|比|比上)[^,。;()\d]{1,12}", reading.between(rate, whole)
    )
    inside = inside if reading.folded[whole.end : whole.end + 1] == ")" else None
    alike = part.unit == whole.unit or ({part.unit, whole.unit} == {"份", "人"} and "全" in whole.subject)
    plain = alike and part.exact and whole.exact and 0 < part.value <= whole.value
    return [(part, whole)] if inside and plain and reading.movement(part) is None else []


def _slipped(rate: Figure, pairs: Pairs) -> tuple[Figure, Figure] | None:
    """The only pair of few that one slip of the rate's digits parts from it."""
    near = [pair for pair in pairs if pair[0].exact and pair[1].exact and slipped_share(rate, *pair)]
    few = len({(part.value, whole.value) for part, whole in pairs}) <= FEW
    return near[0] if few and len({pair[0].value / pair[1].value for pair in near}) == 1 else None


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
        if name.endswith(("结收比", "结收案比")):
            earlier = is_earlier(reading, rate)
            found = list(_cleared(reading, [one for one in levels if is_earlier(reading, one) == earlier]))
            if found:
                filed = reading.role(found[0][1]).kind == FILED
                together = len({one.sentence for one in found[0]}) == 1
                plain = not any(reading.role(one).topic for one in found[0]) and not bare_topic(
                    re.sub("结收案?比", "", name)
                )
                return found, filed and together and (close or plain)
            continue
        found = list(_flow_pairs(reading, levels, flowing)) if flowing else []
        if not found:
            found = list(stem_pairs(reading, levels, name))
        elif not _received(reading, found) and not any(agrees(rate, *pair) for pair in found):
            return found, False
        if found:
            sure = close and (_received(reading, found) or len({whole.value for _, whole in found}) == 1)
            return found, sure and _same_scope(reading, rate, found)
    found = list(_right_before(reading, rate))
    if sister := _own_part(reading, rate, name):
        return [sister], True
    if not found and (among := _whole_among(reading, rate, name)):
        return among, len({whole.value for _, whole in among}) == 1
    if not found and (above := _whole_above(reading, rate, name)):
        return above, len({whole.value for _, whole in above}) == 1
    return found, bool(found) and _named_after(reading, name, found[0][0])


def _own_part(reading: Reading, rate: Figure, name: str) -> tuple[Figure, Figure] | None:
    """楼盘37个，已复工29个、交付21个，复工率78.4%、交付率56.8%: each called after its part, of the only whole
    before them, or of the one that the others make up: 核定286名，实有243名，缺编43名."""
    called = clean(re.sub("比率|比例|率$", "", name))
    levels = [
        one for one in reading.segments[rate.segment]
        if one.end <= rate.start and not one.is_rate and one.exact and reading.movement(one) is None
    ]  # fmt: skip
    parts = [one for one in levels if len(called) > 1 and clean(one.subject).endswith(called)]
    if len(parts) != 1:
        return None
    alike = [one for one in levels if one.unit == parts[0].unit]
    before = [one for one in alike if one.start < parts[0].start and one.value > parts[0].value]
    made = [one for one in before if sum(each.value for each in alike if each is not one) == one.value]
    others = [rate_.subject for rate_ in reading.segments[rate.segment] if rate_.is_rate]
    free = [one for one in before if not any(clean(one.subject)[-2:] in words for words in others)]
    wholes = made or free
    return (parts[0], wholes[0]) if len({one.value for one in wholes}) == 1 else None


def _whole_among(reading: Reading, rate: Figure, name: str) -> Pairs:
    """审结案件中被告缺席审理的3908件，缺席率42.3%: the whole is named in words, printed elsewhere."""
    segment = [one for one in reading.segments[rate.segment] if one.end <= rate.start]
    if (
        not segment
        or segment[-1].is_rate
        or not segment[-1].exact
        or not _named_after(reading, name, segment[-1])
    ):
        return []
    part = segment[-1]
    said = re.match(
        r"\s*(?P<of>[^,。;:\d]{2,12}?)中(?!级|院|心)", reading.folded[part.segment[0] : part.start]
    )
    return [(part, one) for one in wholes_called(reading, part, rate, said["of"])] if said else []


def _whole_above(reading: Reading, rate: Figure, name: str) -> Pairs:
    """分流12846件。其中调解成功8093件，成功率63.0%: what was done, of the counts of the sentence before."""
    sentence = reading.sentences[rate.sentence]
    place = sentence.index(rate)
    before = reading.sentences_before(rate.sentence, 1)
    if place != 1 or not before or not re.match(r"\s*其中", reading.folded[rate.sentence[0] :]):
        return []
    part = sentence[0]
    if part.is_rate or not part.exact or reading.movement(part) or not _named_after(reading, name, part):
        return []
    return [
        (part, one) for one in reversed(reading.sentences[before[0]])
        if one.unit == part.unit and one.exact and one.value > part.value and not reading.movement(one)
        and reading.paragraph(one).start == reading.paragraph(rate).start and same_time(one, rate)
    ]  # fmt: skip


def _named_after(reading: Reading, name: str, part: Figure) -> bool:
    """整改完成率, of 已完成整改35个: whether the rate is called what was done."""
    bare = re.sub("比率|比例|率$", "", name)
    words = part.subject + "".join(re.findall("“([^”]{2,8})”", reading.clause(part)))
    return any(bare[place : place + 2] in words for place in range(len(bare) - 1))


def _right_before(reading: Reading, rate: Figure) -> Iterator[tuple[Figure, Figure]]:
    """督办124件，已结112件，清结率90.3%: what was done, right behind what there was to do."""
    levels = [
        one for one in reading.segments[rate.segment]
        if one.end <= rate.start and not one.is_rate and reading.movement(one) is None
    ]  # fmt: skip
    levels = [one for one in levels if one.unit == levels[-1].unit][-2:]
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
            topics = {reading.role(taken).topic, reading.role(done).topic}
            here = not reading.role(done).topic and taken.sentence == done.sentence
            if taken.value > 0 and (reading.role(taken).topic == "" or len(topics) == 1 or here):
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
