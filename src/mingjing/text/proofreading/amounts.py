"""Amounts: words against figures, sums against parts, the fee against its half and its shares."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.numerals import chinese
from mingjing.text.proofreading.paper import Paper
from mingjing.text.proofreading.remarks import Remark

_FIGURES = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_SCALE = r"(?:万|亿)?"
_CAPITAL = "[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+"
_MONEY = re.compile(rf"(?<![\d.,])(?P<number>{_FIGURES})(?P<scale>{_SCALE})元")
_BOTH = (
    re.compile(
        rf"(?P<words>{_CAPITAL})[元圆](?P<jiao>[壹贰叁肆伍陆柒捌玖]角)?(?P<fen>[壹贰叁肆伍陆柒捌玖]分)?整?"
        rf"\((?:小写:?)?(?:人民币)?[¥￥]?(?P<number>{_FIGURES})(?P<scale>{_SCALE})元?\)"
    ),
    re.compile(
        rf"(?P<number>{_FIGURES})(?P<scale>{_SCALE})元\((?:大写:?|人民币)*(?P<words>{_CAPITAL})[元圆]"
        rf"(?P<jiao>[壹贰叁肆伍陆柒捌玖]角)?(?P<fen>[壹贰叁肆伍陆柒捌玖]分)?整?\)"
    ),
)
_TOTAL = re.compile(r"(?:以上)?(?:共计|合计|总计)(?:人民币|为)?$")
_LESS = re.compile(r"已|扣|减|抵|尚欠|其中|超|不足|余|剩")
_HALF = re.compile(
    rf"案件受理费(?:人民币)?(?P<whole>{_FIGURES})元[,、(](?:因[^,。;]{{0,20}},)?(?:适用[^,。;]{{0,10}}程序)?[,]?减半收取(?:计|为)?(?P<half>{_FIGURES})元"
)
_SHARED = re.compile(
    rf"(?:案件受理费|减半收取(?:计|为)?)(?:人民币)?(?P<whole>{_FIGURES})元,(?:由)?(?P<parts>(?:[^,。;\d]{{2,40}}(?:负担|承担|交纳|缴纳){_FIGURES}元[,、]?){{2,6}})[。;]"
)
_BORNE = re.compile(rf"(?:负担|承担|交纳|缴纳)({_FIGURES})元")
_GROUPS = re.compile(r"(?<![\d.,])\d{1,3}(?:,\d+)+(?:\.\d+)?(?=元|万元)")
_WELL = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_TWICE = re.compile(r"元元|万万元|人民币人民币|元人民币元")


def value_of(number: str, scale: str = "") -> Fraction:
    """An amount in 元."""
    return Fraction(number.replace(",", "")) * {"": 1, "万": 10**4, "亿": 10**8}[scale]


def printed(value: Fraction) -> str:
    """``12800.5`` as people write it: at most two decimals."""
    return str(int(value)) if value.denominator == 1 else f"{float(value):.2f}"


def check_amounts(paper: Paper) -> Iterator[Remark]:
    """Everything about money that can be recomputed from the text alone."""
    yield from _capitals(paper)
    yield from _totals(paper)
    yield from _fees(paper)
    for match in _GROUPS.finditer(paper.folded):
        if not _WELL.fullmatch(match.group()):
            yield Remark(
                "金额写法", *match.span(), f"“{match.group()}”的千分号没有三位一分", "从个位起三位一分", ""
            )
    for match in _TWICE.finditer(paper.folded):
        yield Remark("金额写法", *match.span(), f"“{match.group()}”重复", "单位只写一次", "")


def _capitals(paper: Paper) -> Iterator[Remark]:
    for pattern in _BOTH:
        for match in pattern.finditer(paper.folded):
            words = chinese(match["words"])
            if words is None:
                continue
            for part, worth in (("jiao", Fraction(1, 10)), ("fen", Fraction(1, 100))):
                if match[part]:
                    words += (chinese(match[part][0]) or 0) * worth
            figures = value_of(match["number"], match["scale"])
            if words != figures:
                yield Remark(
                    "大小写不一致",
                    *match.span(),
                    f"大写是 {printed(words)} 元，小写是 {printed(figures)} 元",
                    "大写与小写应当相同",
                    "",
                )


def _totals(paper: Paper) -> Iterator[Remark]:
    """A、B、C，共计 T: only where nothing but separators and what each is for stands between them."""
    found = list(_MONEY.finditer(paper.folded))
    for place, total in enumerate(found):
        head = paper.folded[max(0, total.start() - 8) : total.start()]
        mark = _TOTAL.search(head)
        if mark is None:
            continue
        parts: list[re.Match[str]] = []
        edge = total.start() - len(mark.group())
        for part in reversed(found[:place]):
            between = paper.folded[part.end() : edge]
            if not _joins(between, first=not parts):
                break
            parts.append(part)
            edge = part.start()
        if len(parts) < 2 or _LESS.search(paper.folded, parts[-1].end(), total.start()):
            continue
        if _unnamed(paper.folded, parts[-1].start()):
            continue
        summed = sum((value_of(one["number"], one["scale"]) for one in parts), Fraction(0))
        told = value_of(total["number"], total["scale"])
        if summed != told and not _rounded(parts, total):
            items = " + ".join(printed(value_of(one["number"], one["scale"])) for one in reversed(parts))
            yield Remark(
                "合计不等于分项",
                *total.span(),
                f"{items} = {printed(summed)} 元，写的是 {printed(told)} 元",
                "分项之和",
                f"{printed(summed)}元",
            )


def _joins(between: str, *, first: bool) -> bool:
    """What stands between two parts of a sum: a separator and what the next part is for; before the total,
    only a separator."""
    if first:
        return between in (",", "、", "") or bool(
            re.fullmatch(r"[,、]?(?:各项|上述|以上)?(?:费用|损失|款项)?", between)
        )
    return between == "、" or bool(re.fullmatch(r"(?:、|,|和|及|以及)[^,、。;\d\n]{1,14}", between))


def _unnamed(folded: str, start: int) -> bool:
    """Whether the first part is named by nothing: it may be a whole of which the others are parts."""
    return not re.search(r"[\u4e00-\u9fff]{2}$|分别为$", folded[max(0, start - 4) : start])


def _rounded(parts: list[re.Match[str]], total: re.Match[str]) -> bool:
    return any(one["scale"] != total["scale"] for one in parts)


def _fees(paper: Paper) -> Iterator[Remark]:
    for match in _HALF.finditer(paper.folded):
        whole, half = value_of(match["whole"]), value_of(match["half"])
        if half * 2 != whole and abs(half * 2 - whole) >= 1:
            start, end = match.span("half")
            yield Remark(
                "减半收取算错",
                start,
                end,
                f"{printed(whole)} 元减半是 {printed(whole / 2)} 元，写的是 {printed(half)} 元",
                "《诉讼费用交纳办法》的减半交纳",
                printed(whole / 2),
            )
    for match in _SHARED.finditer(paper.folded):
        shares = [value_of(one) for one in _BORNE.findall(match["parts"])]
        whole = value_of(match["whole"])
        if len(shares) >= 2 and sum(shares) != whole:
            start, end = match.span("whole")
            yield Remark(
                "诉讼费分担算错",
                start,
                end,
                f"各人负担的合计 {printed(sum(shares, Fraction(0)))} 元，诉讼费是 {printed(whole)} 元",
                "各人负担之和",
                "",
            )
