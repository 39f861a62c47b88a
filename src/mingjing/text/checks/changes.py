"""从 A 降至 B: the way it went, by how much, and the growth printed behind it (N-051, N-052)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction

from mingjing.text.arithmetic import least_whole, printed, rounded
from mingjing.text.checks.differences import times
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_DATE = r"\d{4}年(?:\d{1,2}月)?|\d{1,2}月份?|[一二三四上本]季度|年初|期初|上年末"
_FROM = re.compile(
    rf"(?:从|由|自)(?:(?:上年|去年|前年|整改前|{_DATE})(?:同期)?(?:底|初|末)?的?|[^,。;:\d]{{1,8}}的|(?:平均|原来|原先|过去)的?)?$"
)
_TO = re.compile(
    r"^[^,。;\d]{0,3}?(?P<way>提升|上升|提高|增加|增长|跃升|升|增|扩大|延长|下降|降低|减少|压减|缩短|回落|下滑|降|减|压缩|跌)"
    rf"(?:至|到|为)(?:了)?(?:今年|目前|现在|当前|年末|期末|{_DATE})?(?:同期|底|末)?的?$"
)
_FALLING = "下降低减压缩回落滑跌"


def check_changes(reading: Reading) -> Iterator[Finding]:
    """Two figures of one sentence that 从…至 joins."""
    for sentence in reading.sentences.values():
        for place in range(1, len(sentence)):
            if is_pair(reading, sentence[place - 1], sentence[place]):
                yield from _from_to(reading, sentence, place)


def is_pair(reading: Reading, first: Figure, second: Figure) -> bool:
    """Whether 从…至 joins two figures."""
    head = reading.folded[max(first.sentence[0], first.start - 14) : first.start]
    return bool(
        first.unit == second.unit and _FROM.search(head) and _TO.match(reading.between(first, second))
    )


def _from_to(reading: Reading, segment: list[Figure], place: int) -> Iterator[Finding]:
    first, second = segment[place - 1], segment[place]
    if first.unit == "位":
        return
    way = _TO.match(reading.between(first, second))
    assert way is not None  # asked by the caller
    falling = way["way"][0] in _FALLING or way["way"] == "压减"
    beside = ((first.start, first.end),)
    apart = second.value - first.value
    if first.exact and second.exact and apart and (apart < 0) != falling:
        yield Finding(
            "movement",
            Verdict.MISMATCH,
            second.start,
            second.end,
            f"从{first.text}到{second.text}是{'下降' if apart < 0 else '上升'}，文中写“{way['way']}”",
            (),
            ("改正升降的用词，或核对两个数",),
            beside,
        )
        return
    unit = " 个百分点" if first.is_rate else first.unit
    lines = [f"{second.text} − {first.text} = {printed(apart)}{unit}"]
    if first.value:
        lines.append(f"相对变化 {printed(apart * 100 / first.value, 2)}%")
    least = least_whole(second.value, second.decimals) if second.is_rate and second.value > 99 else None
    if least:
        lines.append(f"能取到{second.text}的最小人数（件数）是 {least}")
    yield Finding(
        "movement",
        Verdict.DERIVED,
        second.start,
        second.end,
        f"变化 {printed(apart)}{unit}",
        tuple(lines),
        (),
        beside,
    )
    if first.exact and second.exact:
        for other in segment[place + 1 : place + 2]:
            if "分别" in other.subject:
                yield from _respectively(reading, segment, place)
                continue
            move = reading.movement(other)
            if move is not None and other.segment == second.segment and other.exact:
                yield from _growth_behind(first, second, other, move.sign, tuple(lines))


def _respectively(reading: Reading, sentence: list[Figure], place: int) -> Iterator[Finding]:
    """由56天降到49天，…由21天降到17天，分别下降12.5%、19.0%: each pair with its own."""
    moves = [sentence[place + 1]]
    for one in sentence[place + 2 :]:
        if one.unit != moves[0].unit or not re.fullmatch(
            r"[、和及与]{1,2}[一-鿿]{0,4}", reading.between(moves[-1], one)
        ):
            break
        moves.append(one)
    pairs = [
        (sentence[at - 1], sentence[at]) for at in range(1, place + 1)
        if is_pair(reading, sentence[at - 1], sentence[at])
    ][-len(moves) :]  # fmt: skip
    move = reading.movement(moves[0])
    if move is None or len(moves) < 2 or len(pairs) != len(moves):
        return
    for (first, second), other in zip(pairs, moves, strict=True):
        if other.exact and first.exact and second.exact and first.value:
            yield from _growth_behind(first, second, other, move.sign, ())


def _growth_behind(
    first: Figure, second: Figure, other: Figure, sign: int, lines: tuple[str, ...]
) -> Iterator[Finding]:
    """The difference or the growth printed behind two figures."""
    apart = second.value - first.value
    beside = ((first.start, first.end), (second.start, second.end))
    if other.unit == "个百分点" or (other.unit == first.unit and not first.is_rate):
        right = abs(apart)
    elif other.unit == "倍" and first.value and (sign < 0) == (apart < 0):
        told = times(other, second, first)
        if told is not None:
            yield told
        return
    elif other.unit == "%" and first.value:
        right = rounded(abs(apart) * 100 / first.value, other.decimals)
        ratio = second.span.over(first.span)
        if first.step != 1 and not first.is_rate and ratio is not None:
            low, high = sorted((abs(ratio.low - 1) * 100, abs(ratio.high - 1) * 100))
            right = other.value if low - other.step <= other.value <= high + other.step else right
    else:
        return
    way = "下降" if apart < 0 else "上升"
    place = (other.start, other.end)
    loose = other.step if first.is_rate else Fraction(0)
    if other.unit == first.unit and first.step != 1:
        loose = max(other.step, first.step)
    if abs(right - other.value) <= loose and (sign < 0) == (apart < 0):
        message = f"{other.text}与{first.text}到{second.text}相符"
        yield Finding("growth", Verdict.OK, *place, message, lines, (), beside)
    elif first.is_rate and other.unit == "%" and abs(apart) == other.value:
        message = f"两个比率相减得到的是个百分点，不是百分数：应写 {printed(abs(apart))} 个百分点"
        repairs = (f"改为 {printed(abs(apart))} 个百分点",)
        yield Finding("points", Verdict.MISMATCH, *place, message, lines, repairs, beside)
    else:
        shown = f"{other.worded(right)}"
        message = f"{other.text}，按{first.text}到{second.text}应为{way} {shown}"
        yield Finding("growth", Verdict.MISMATCH, *place, message, lines, (f"改为 {shown}",), beside)
