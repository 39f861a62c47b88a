"""Shares of a whole (占 …%), averages (人均 …), amounts in units that lose nothing (N-011, N-074)."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from mingjing.text import units
from mingjing.text.arithmetic import Span, printed, rounded
from mingjing.text.checks.rates import agrees, same_time, worked, wrong_share
from mingjing.text.checks.spreads import check_spreads
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_SHARE = re.compile(
    r"(?:占比|占|相当于)(?P<of>[^,。;:、\d]{0,16}?)(?:的?(?:比例|比重|比率))?(?:达到|达|为|约为|约|近|是|超过)?(?:的)?$"
)
_TOGETHER = re.compile(r"^(?:合计|共计|总计|共|三者|两者|二者|三类|四类)(?:合计|共)?占")
_OF_BEFORE = re.compile(r"^\)?的(?:比例为|比重为)?$")
_WHOLE_NAMED = re.compile(r"占|相当于|完成[^,。;]{0,6}预算")
_AVERAGE = re.compile(
    r"(?:人均|法官人均)(?P<verb>审?执?办?结案?|办案|受理|收案)?(?:数|量)?(?:达到|达|为|约)?$"
)
_DIVISION = re.compile(r"庭|团队|局|中院")
_EACH = re.compile(
    r"(?:平均每([件案人户笔次场家名])|每([件案人户笔次场家名])(?:平均)?|([人户件笔案])均)[^,。;:\d]{0,6}$"
)
_JUDGES = re.compile(r"法官|干警|人员|办案人")


def check_shares(reading: Reading) -> Iterator[Finding]:
    """占比 against the count before it and the total; several of one whole against 100%."""
    listed = list(check_spreads(reading))
    yield from listed
    done = {found.start for found in listed}
    for sentence in reading.sentences.values():
        for place, figure in enumerate(sentence):
            if figure.unit != "%" or reading.movement(figure) or figure.start in done:
                continue
            named = _SHARE.search(figure.subject)
            if named:
                yield _share(reading, sentence, place, named["of"])
            elif place > 1 and _OF_BEFORE.match(figure.subject):
                yield from _of_printed(reading, *sentence[place - 2 : place + 1])
    yield from _averages(reading)
    yield from _amounts(reading)


def _share(reading: Reading, sentence: list[Figure], place: int, of: str) -> Finding:
    rate = sentence[place]
    before = [
        one for one in sentence[:place] if not one.is_rate and not reading.movement(one) and one.unit != "位"
    ]
    part = before[-1] if before else None
    if part is None or part.segment != rate.segment or rate.qualifier:
        return _open(rate)
    if _TOGETHER.search(rate.subject):
        part = _together(reading, before)
    words = re.sub("总数|全部|案件|总量|的|同期|所有|结案|收案|审结", "", of)
    if not part.exact and not words:
        return _open(rate)
    wholes = _wholes(reading, part, rate, words)
    if words:
        wholes = [one for one in wholes if words in one.subject or one.subject[-2:] in words] or wholes
    for whole in reversed(wholes):
        if agrees(rate, part, whole):
            return Finding(
                "share",
                Verdict.OK,
                rate.start,
                rate.end,
                f"占比{rate.text}与文中的数相符",
                (worked(part, whole, rate.decimals),),
                (),
                ((part.start, part.end), (whole.start, whole.end)),
            )
    close = [one for one in wholes if one.sentence == rate.sentence]
    among = bool(close) and "其中" in reading.folded[close[0].end : rate.start]
    if not close or not (among or words) or _excused(reading, part, rate):
        return _open(rate)
    if len({one.value for one in close}) > 1 and not among:
        return _open(rate)
    nearest = min(reversed(close), key=lambda one: abs(part.value * 100 / one.value - rate.value))
    return wrong_share(rate, part, nearest, "share", "占比")


def _together(reading: Reading, before: list[Figure]) -> Figure:
    """甲、乙、丙分别3418件、2906件、9655件，合计占: the list before, added."""
    listed = [before[-1]]
    for one in reversed(before[:-1]):
        if one.unit != listed[0].unit or not re.fullmatch(
            "[、和][^,。;]{0,12}", reading.between(one, listed[0])
        ):
            break
        listed.insert(0, one)
    if len(listed) == 1:
        return before[-1]
    added = sum((one.value for one in listed), start=Fraction(0))
    return replace(listed[0], value=added, text="（" + " + ".join(one.text for one in listed) + "）")


def _wholes(reading: Reading, part: Figure, rate: Figure, words: str) -> list[Figure]:
    """What the part may be a share of: earlier in the paragraph, of its unit, itself no share of anything."""
    paragraph = reading.by_paragraph[reading.paragraph(rate).start]
    return [
        one for one, follower in itertools.pairwise(paragraph)
        if one.start < part.start and one.unit == part.unit and one.value >= part.value and one.exact
        and not reading.movement(one) and same_time(one, rate)
        and (
            not (follower.unit == "%" and _SHARE.search(follower.subject))
            or (words and words in one.subject)
        )
    ]  # fmt: skip


def _of_printed(reading: Reading, part: Figure, whole: Figure, rate: Figure) -> Iterator[Finding]:
    """8640件，占全部立案10800件的80%: the whole is printed right before the share."""
    if not _WHOLE_NAMED.search(whole.subject) or part.unit != whole.unit or part.segment != rate.segment:
        return
    if reading.movement(part) or not (part.exact and whole.exact and rate.exact) or whole.value <= 0:
        return
    if agrees(rate, part, whole):
        beside = ((part.start, part.end), (whole.start, whole.end))
        yield Finding("share", Verdict.OK, rate.start, rate.end, f"占比{rate.text}与文中的数相符",
                      (worked(part, whole, rate.decimals),), (), beside)  # fmt: skip
    else:
        yield wrong_share(rate, part, whole, "share", "占比")


def _excused(reading: Reading, part: Figure, rate: Figure) -> bool:
    """Whether some other figure of the text, however far, would make the share right."""
    return any(
        one.unit == part.unit and one.value >= part.value and one.exact and agrees(rate, part, one)
        for one in reading.figures
        if one is not part and not reading.movement(one)
    )


def _open(rate: Figure) -> Finding:
    verdict = Verdict.APPROX if rate.qualifier else Verdict.UNCHECKED
    return Finding(
        "share", verdict, rate.start, rate.end, f"{rate.subject}{rate.text}：分子、分母文中没有给出"
    )


def _averages(reading: Reading) -> Iterator[Finding]:
    for sentence in reading.sentences.values():
        for place, mean in enumerate(sentence):
            if reading.movement(mean) or not mean.exact:
                continue
            parted = _of_judges(reading, sentence, place) or _of_each(reading, sentence, place)
            if parted is not None:
                yield _average(mean, *parted)


def _of_judges(reading: Reading, sentence: list[Figure], place: int) -> tuple[Figure, Figure] | None:
    """法官人均结案: the closings and the judges of the sentence, or the only ones of the text."""
    mean = sentence[place]
    named = _AVERAGE.search(mean.subject)
    if not named or mean.unit == units.MONEY:
        return None
    kind = "受理" if named["verb"] in ("受理", "收案") else "结案"
    heads, sums = _judges(reading, sentence[:place], kind)
    if not sums and named["verb"] and ("法官" in mean.subject or heads):
        everywhere, sums = _judges(reading, reading.figures, kind)
        heads = heads or everywhere
        sums = [one for one in sums if not reading.role(one).topic and same_time(one, mean)]
        if len({one.value for one in heads}) > 1 or len({one.value for one in sums}) > 1:
            return None
        heads, sums = heads[:1], sums[:1]
    if len(heads) != 1 or len(sums) != 1 or heads[0].value <= 0:
        return None
    return sums[0], heads[0]


def _judges(reading: Reading, figures: Sequence[Figure], kind: str) -> tuple[list[Figure], list[Figure]]:
    heads = [one for one in figures if one.unit == "人" and _JUDGES.search(one.subject + one.after[:6])]
    sums = [
        one for one in figures
        if reading.role(one).kind == kind and not _DIVISION.search(reading.role(one).scope)
        and not re.search("(?<!审)执结|均", one.subject) and not reading.movement(one)
    ]  # fmt: skip
    return heads, sums


def _of_each(reading: Reading, sentence: list[Figure], place: int) -> tuple[Figure, Figure] | None:
    """318万元，惠及204人，人均约15588元: the only amount and the only count of what each is one of."""
    mean = sentence[place]
    named = _EACH.search(mean.subject)
    if not named:
        return None
    unit = units.base_of(next(group for group in named.groups() if group))
    levels = [one for one in sentence[:place] if one.segment == mean.segment and not reading.movement(one)]
    sums = [one for one in levels if one.unit == mean.unit and one.value > mean.value]
    heads = [one for one in levels if one.unit == unit and one.value > 1]
    if len(sums) != 1 or len(heads) != 1 or mean.unit == unit:
        return None
    return sums[0], heads[0]


def _average(mean: Figure, total: Figure, heads: Figure) -> Finding:
    value = total.value / heads.value
    right = rounded(value, mean.decimals)
    line = f"{total.text} ÷ {heads.text} = {printed(value, mean.decimals + 2)}"
    beside = ((total.start, total.end), (heads.start, heads.end))
    loose = not (total.exact and heads.exact)
    spread = total.span.over(heads.span)
    near = total.step != 1 and spread is not None and spread.meets(mean.span)
    if loose or near or abs(value - mean.value) < mean.step:
        verdict = Verdict.APPROX if loose else Verdict.OK
        return Finding(
            "average",
            verdict,
            mean.start,
            mean.end,
            f"{mean.subject}{mean.text}与文中的数相符",
            (line,),
            (),
            beside,
        )
    return Finding(
        "average",
        Verdict.MISMATCH,
        mean.start,
        mean.end,
        f"{mean.subject}{mean.text}，按文中的数应为 {printed(right, mean.decimals)}{mean.unit}",
        (line,),
        (f"改为 {printed(right, mean.decimals)}{mean.unit}", "或核对总数和人数"),
        beside,
    )


def _amounts(reading: Reading) -> Iterator[Finding]:
    """Each amount in plain yuan, with what one piece comes to where the text counts the pieces."""
    for sentence in reading.sentences.values():
        for place, amount in enumerate(sentence):
            if amount.unit != units.MONEY or amount.printed_unit == units.MONEY or reading.movement(amount):
                continue
            verdict = Verdict.DERIVED if amount.exact else Verdict.APPROX
            lines = [f"{amount.text} = {amount.in_plain()}"]
            counted = sentence[place - 1] if place else None
            if (
                counted is not None
                and counted.unit in ("笔", "件")
                and counted.exact
                and amount.exact
                and counted.value > 1
            ):
                near = re.fullmatch(
                    r",?(?:共计?|合计|总?金额|标的额?|涉案标的|计|共)(?:达|为)?",
                    reading.between(counted, amount),
                )
                if near:
                    each = Span(amount.span.low / counted.value, amount.span.high / counted.value)
                    middle = printed(rounded(amount.value / counted.value, 0))
                    shown = f"{printed(rounded(each.low, 0))}–{printed(rounded(each.high, 0))}"
                    lines.append(
                        f"平均每{counted.printed_unit}约 {middle}元（{shown}，因{amount.text}是取整的数）"
                    )
            yield Finding(
                "units", verdict, amount.start, amount.end, f"折合 {amount.in_plain()}", tuple(lines)
            )
