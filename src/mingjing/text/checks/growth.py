"""What grew or fell: last year's figure implied or held against the printed one (N-002, N-003, N-050)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import Span, befores, cut, printed, rounded
from mingjing.text.checks.bases import (
    SPAN_OF_YEARS,
    base_of,
    by_name,
    elsewhere,
    fits_otherwise,
    in_time_bracket,
    listed_part,
    prior_of,
    said_before,
)
from mingjing.text.checks.changes import is_pair
from mingjing.text.checks.differences import absolute, of_three, of_two, times
from mingjing.text.checks.labelled import is_labelled
from mingjing.text.checks.parts import slipped_for
from mingjing.text.checks.respective import respectively
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import WAYS, Movement

FAR = (Fraction(3, 10), Fraction(10, 3))
"""Two levels further apart than this, with a small growth printed, were not meant for each other."""


def check_growth(reading: Reading) -> Iterator[Finding]:
    """Growth of counts and movement of rates."""
    for sentence in reading.sentences.values():
        listed: set[int] = set()
        for place, figure in enumerate(sentence):
            for moved, base, move, prior in respectively(reading, sentence, place):
                listed.add(moved.start)
                yield from _held(reading, sentence, sentence.index(moved), base, prior, move)
            found = reading.movement(figure)
            if found is not None and figure.start not in listed and not is_labelled(reading, figure):
                yield from _moved(reading, sentence, place, found)


def _moved(reading: Reading, sentence: list[Figure], place: int, move: Movement) -> Iterator[Finding]:
    moved = sentence[place]
    if moved.unit not in ("%", "个百分点", "倍") and not _counts(reading, sentence, place):
        return
    if place > 1 and is_pair(reading, sentence[place - 2], sentence[place - 1]) and not _late(reading, moved):
        return  # 由63.5%提高到98.2%，提高34.7个百分点: held against the two where they are read
    three = of_three(reading, sentence, place)
    if three is not None:
        yield three
        return
    named = by_name(reading, sentence, place)
    if named is not None:
        yield from _held(reading, sentence, place, *named, move)
        return
    base = (
        base_of(reading, sentence, place)
        or elsewhere(reading, sentence, place)
        or (said_before(reading, sentence, place) if moved.unit != "个百分点" else None)
    )
    if base is None and (near := _in_bracket(reading, sentence, place, move)):
        yield near
        return
    if base is None and (two := of_two(reading, sentence, place)):
        yield two
        return
    if base is None or base.unit in ("个百分点", "倍"):
        yield _open(moved, "文中没有与之对应的基数")
        return
    prior = prior_of(reading, sentence, place, base, move)
    if prior is not None and prior.value and not FAR[0] < base.value / prior.value < FAR[1]:
        base = _comparable(reading, sentence[:place], base, prior)
    found = list(_held(reading, sentence, place, base, prior, move))
    if prior is not None and any(one.verdict.accuses for one in found):
        found = _excused(reading, sentence, place, prior, move) or found
    yield from found


def _late(reading: Reading, moved: Figure) -> bool:
    """Whether a movement behind two levels is none of theirs: named itself, or compared with another time."""
    words = reading.clause(moved)
    return bool(re.search("同比|环比|比|较|分别", words)) or not re.match(
        rf"(?:累计|共|净|大幅|整整)?(?:{WAYS})", words
    )


def _comparable(reading: Reading, before: list[Figure], base: Figure, prior: Figure) -> Figure:
    """全年9.46万次，平均每月7883次，比上年的8.12万次增长: the level about as large as the one before."""
    near = [
        one for one in before
        if one.unit == prior.unit and one is not prior and reading.movement(one) is None
        and FAR[0] < one.value / prior.value < FAR[1] and one.segment == base.segment
        and not listed_part(reading, before, one, prior)
    ]  # fmt: skip
    return near[-1] if near else base


def _in_bracket(reading: Reading, sentence: list[Figure], place: int, move: Movement) -> Finding | None:
    """占32.2%，适用率提高5.6个百分点（2024年为26.6%）: the rate before it, where a slip parts the three."""
    moved = sentence[place]
    behind = sentence[place + 1] if place + 1 < len(sentence) else None
    if moved.unit != "个百分点" or behind is None or not behind.is_rate:
        return None
    if not in_time_bracket(reading, behind):
        return None
    before = [one for one in sentence[:place] if one.is_rate and reading.movement(one) is None and one.exact]
    if not before or before[-1].segment != moved.segment:
        return None
    found = _points(moved, before[-1], behind, move)
    right = before[-1].value - moved.value * move.sign
    return found if not found.verdict.accuses or slipped_for(behind, right) else None


def _excused(
    reading: Reading, sentence: list[Figure], place: int, prior: Figure, move: Movement
) -> list[Finding]:
    """What another level of the sentence says, where it makes the movement right: levels are not always
    named twice."""
    for base in reversed(sentence[:place]):
        if base.unit == prior.unit and base is not prior and reading.movement(base) is None:
            found = list(_held(reading, sentence, place, base, prior, move))
            if any(one.verdict is Verdict.OK for one in found):
                return found
    return []


def _held(
    reading: Reading, sentence: list[Figure], place: int, base: Figure, prior: Figure | None, move: Movement
) -> Iterator[Finding]:
    moved = sentence[place]
    if moved.unit == "个百分点":
        rated = any(one.is_rate and reading.movement(one) is None for one in sentence[:place])
        if not base.is_rate and (rated or sentence[place - 1] is not base):
            yield _open(moved, "文中没有与之对应的比率")
        else:
            yield _points(moved, base, prior, move)
    elif moved.unit == "%" and base.is_rate:
        yield _relative(moved, base, prior, move)
    elif moved.unit == "%" and prior is None and fits_otherwise(reading, sentence, base, moved, move):
        yield _open(moved, "不止一个数可以是它的基数，或是截掉了后面的数字")
    elif moved.unit == "%":
        yield from _percent(moved, base, prior, move)
    elif moved.unit == "倍":
        told = times(moved, base, prior) if prior is not None else None
        yield told or _open(moved, "倍数只作参考")
    elif moved.unit == base.unit and "分别" not in moved.subject and not _listed(reading, sentence, place):
        yield from absolute(reading, sentence, place, base, prior, move)


def _listed(reading: Reading, sentence: list[Figure], place: int) -> bool:
    """分别增加826件、914件，增长…: the second of two, whose percent is not the next."""
    before = sentence[place - 1] if place else None
    return (
        before is not None and "分别" in before.subject and reading.between(before, sentence[place]) in "、和"
    )


def _counts(reading: Reading, segment: list[Figure], place: int) -> bool:
    """Whether a count says how many more, 同比增加120件, rather than a level."""
    moved, move = segment[place], reading.movement(segment[place])
    told = move is not None and (move.against or re.search("[快慢多少高低长短早晚]了$", moved.subject))
    head = reading.folded[moved.sentence[0] : moved.start]
    told = told or (move is not None and re.search(r"(?:(?:与|同)[^,。;]{2,8}相比|同比[看来],)", head))
    told = told or (move is not None and SPAN_OF_YEARS.search(moved.subject))
    before = segment[place - 1] if place else None
    if before is not None and move is not None and before.unit == "%" and reading.movement(before):
        told = told or re.fullmatch(f",(?:净)?(?:{WAYS})了?", reading.between(before, moved))
    return bool(told) and not moved.is_rate


def _open(moved: Figure, why: str) -> Finding:
    return Finding("growth", Verdict.UNCHECKED, moved.start, moved.end, f"{moved.subject}{moved.text}：{why}")


def _percent(moved: Figure, base: Figure, prior: Figure | None, move: Movement) -> Iterator[Finding]:
    percent = moved.value * move.sign
    beside: tuple[tuple[int, int], ...] = ((base.start, base.end),)
    if prior is not None and prior.value > 0:
        yield _against(moved, base, prior, percent)
        return
    if percent == -100 and not base.value:
        yield Finding("growth", Verdict.OK, moved.start, moved.end, "降到 0 就是下降 100%", (), (), beside)
        return
    place = (moved.start, moved.end)
    if percent <= -100:
        message = f"{base.text}不可能是下降{moved.text}的结果：降 100% 就是 0"
        yield Finding("growth", Verdict.MISMATCH, *place, message, (), (), beside)
        return
    if base.value and base.value.denominator == 1 and base.step == 1 and base.exact and moved.exact:
        found = befores(base.value, percent, moved.decimals)
        if found is None and "分别" in moved.subject:
            yield _open(moved, "看不出各是哪个数的升降")
            return
        if found is None:
            sign = "+" if move.sign > 0 else "−"
            yield Finding(
                "growth",
                Verdict.MISMATCH,
                moved.start,
                moved.end,
                f"没有哪个整数的上期值能得出{moved.subject}{moved.text}",
                (f"{base.text} ÷ (1 {sign} {moved.text})，四舍五入的范围内没有整数",),
                (),
                beside,
            )
            return
        low, high = found
        near = rounded(base.value * 100 / (100 + percent), 0)
        shown = f"{low:,}" if low == high else f"{low:,}–{high:,}"
        line = f"{base.text} ÷ (1 {'+' if move.sign > 0 else '−'} {moved.text}) ≈ {printed(near)}"
        yield Finding(
            "growth",
            Verdict.DERIVED,
            moved.start,
            moved.end,
            f"{moved.subject}{moved.text}，上期应为 {shown}{base.unit}",
            (line,),
            (),
            beside,
        )
        return
    verdict = Verdict.DERIVED if base.exact and moved.exact else Verdict.APPROX
    value = base.value * 100 / (100 + percent)
    yield Finding(
        "growth",
        verdict,
        moved.start,
        moved.end,
        f"{moved.subject}{moved.text}，上期约为 {base.worded(rounded(value, 2))}",
        (),
        (),
        beside,
    )


def _against(moved: Figure, base: Figure, prior: Figure, percent: Fraction) -> Finding:
    grown = (base.value - prior.value) * 100 / prior.value
    beside = ((base.start, base.end), (prior.start, prior.end))
    right = rounded(grown, moved.decimals)
    line = f"({base.text} − {prior.text}) ÷ {prior.text} = {printed(grown, moved.decimals + 2)}%"
    loose = not (base.exact and prior.exact and moved.exact)
    spread = base.span.over(prior.span)
    fits = spread is not None and Span((spread.low - 1) * 100, (spread.high - 1) * 100).meets(
        Span(percent - moved.step / 2, percent + moved.step / 2)
    )
    if right == percent or (fits and (loose or base.step != 1 or prior.step != 1)):
        return Finding(
            "growth", Verdict.OK, moved.start, moved.end, f"{moved.text}与两期的数相符", (line,), (), beside
        )
    way = "上升" if right >= 0 else "下降"
    message = f"{moved.subject}{moved.text}，按文中两期的数应为{way} {printed(abs(right), moved.decimals)}%"
    if loose:
        return Finding("growth", Verdict.APPROX, moved.start, moved.end, message, (line,), (), beside)
    if abs(percent) < 50 and not FAR[0] < base.value / prior.value < FAR[1]:
        return _open(moved, "文中的两个数相差太远，不像是同一个数的两期")
    cut_off = cut(grown, moved.decimals) == percent
    return Finding(
        "growth",
        Verdict.TENSION if cut_off else Verdict.MISMATCH,
        moved.start,
        moved.end,
        message + ("（像是截掉了后面的数字）" if cut_off else ""),
        (line,),
        (f"改为{way} {printed(abs(right), moved.decimals)}%", "或核对两期的数"),
        beside,
    )


def _points(moved: Figure, base: Figure, prior: Figure | None, move: Movement) -> Finding:
    beside: tuple[tuple[int, int], ...] = ((base.start, base.end),)
    if not base.is_rate:
        return Finding(
            "points",
            Verdict.MISMATCH,
            moved.start,
            moved.end,
            f"{base.text}是件数或数额，升降用百分数；“个百分点”只用于两个比率相减",
            (),
            (f"改为{moved.text.removesuffix('个百分点')}%，或写明是哪个比率",),
            beside,
        )
    before = base.value - moved.value * move.sign
    line = f"{base.text} {'−' if move.sign > 0 else '+'} {moved.text} = {printed(before)}%"
    if prior is not None:
        apart = base.value - prior.value
        beside = (*beside, (prior.start, prior.end))
        shown = f"{base.text} − {prior.text} = {printed(apart)} 个百分点"
        aim = re.search("目标|标准|要求", prior.subject)  # 目标值40% is no rounded rate
        loose = max(base.step, moved.step) if aim else max(base.step, prior.step, moved.step)
        if abs(apart - moved.value * move.sign) <= loose:
            return Finding(
                "points", Verdict.OK, moved.start, moved.end, "与两期的比率相符", (shown,), (), beside
            )
        return Finding(
            "points",
            Verdict.MISMATCH,
            moved.start,
            moved.end,
            f"{moved.subject}{moved.text}，按文中两期的比率应为 {printed(apart)} 个百分点",
            (shown,),
            (f"改为 {printed(abs(apart))} 个百分点", "或核对两期的比率"),
            beside,
        )
    if before < 0 or (
        before > 100 and re.search("满意|率$|率(?=较|同比|比|达)", base.subject + moved.subject)
    ):
        return Finding(
            "points",
            Verdict.MISMATCH,
            moved.start,
            moved.end,
            f"照此推算上期为 {printed(before)}%，比率不会是这个数",
            (line,),
            (),
            beside,
        )
    return Finding(
        "points",
        Verdict.DERIVED,
        moved.start,
        moved.end,
        f"上期应为 {printed(before)}%（个百分点是相减，不是增幅）",
        (line,),
        (),
        beside,
    )


def _relative(moved: Figure, base: Figure, prior: Figure | None, move: Movement) -> Finding:
    """A percent said of a rate: relative growth, unless points were meant."""
    beside: tuple[tuple[int, int], ...] = ((base.start, base.end),)
    if prior is None or prior.value == 0:
        points = base.value - moved.value * move.sign
        ratio = base.value * 100 / (100 + moved.value * move.sign) if moved.value < 100 else Fraction(0)
        return Finding(
            "points",
            Verdict.DERIVED,
            moved.start,
            moved.end,
            f"比率的升降写作{moved.text}：若是增幅，上期约 {printed(ratio, 2)}%；"
            f"若指个百分点，上期为 {printed(points)}%；请写明是哪一种",
            (),
            (),
            beside,
        )
    apart, grown = base.value - prior.value, (base.value - prior.value) * 100 / prior.value
    beside = (*beside, (prior.start, prior.end))
    lines = (f"{base.text} − {prior.text} = {printed(apart)} 个百分点", f"相对变化 {printed(grown, 2)}%")
    if rounded(grown, moved.decimals) == moved.value * move.sign:
        return Finding(
            "points", Verdict.OK, moved.start, moved.end, "与两期的比率相符（增幅）", lines, (), beside
        )
    if apart == moved.value * move.sign:
        return Finding(
            "points",
            Verdict.MISMATCH,
            moved.start,
            moved.end,
            f"两个比率相减得到的是个百分点，不是百分数：应写 {printed(abs(apart))} 个百分点",
            lines,
            (f"改为 {printed(abs(apart))} 个百分点",),
            beside,
        )
    return Finding(
        "points",
        Verdict.MISMATCH,
        moved.start,
        moved.end,
        f"{moved.subject}{moved.text}与两期的比率对不上",
        lines,
        (f"改为 {printed(abs(apart))} 个百分点", "或核对两期的比率"),
        beside,
    )
