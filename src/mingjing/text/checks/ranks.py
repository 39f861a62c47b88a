"""How many places a rank moved: 由第8位升至第5位，前进3位."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.arithmetic import printed
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

_WAY = re.compile(r"(?P<way>前进|上升|提升|提高|进位|跃升|升|进|后退|下降|下滑|退步|退|降)(?:了)?$")
_BACK = ("后退", "下降", "下滑", "退步", "退", "降")
_THEN = re.compile(r"(?:较|比|由|从|自)[^,。;]{0,14}$|(?:上年|去年|同期|上期|上月|上季度)[^,。;]{0,6}$")


def check_ranks(reading: Reading) -> Iterator[Finding]:
    """Each 3位 behind two ranks of its segment."""
    for segment in reading.segments.values():
        ranks: list[Figure] = []
        for one in segment:
            if one.unit != "位":
                continue
            if one.text.startswith("第"):
                ranks.append(one)
            elif len(ranks) >= 2 and (way := _WAY.search(one.subject)):
                yield from _moved(reading, ranks[-2], ranks[-1], one, way["way"] in _BACK)


def _moved(reading: Reading, one: Figure, other: Figure, moved: Figure, back: bool) -> Iterator[Finding]:
    """``one`` is printed before ``other``; the words before them tell which is the earlier."""
    then, now = (other, one) if _told_then(reading, other) and not _told_then(reading, one) else (one, other)
    apart = then.value - now.value
    line = f"第 {then.value} → 第 {now.value}，{'前进' if apart > 0 else '后退'} {printed(abs(apart))} 位"
    beside = ((then.start, then.end), (now.start, now.end))
    place = (moved.start, moved.end)
    if abs(apart) == moved.value and (apart < 0) == back:
        yield Finding("rank", Verdict.OK, *place, "名次的变化相符", (line,), (), beside)
    elif apart:
        yield Finding(
            "rank", Verdict.MISMATCH, *place, f"写作{moved.subject}{moved.text}，按前后两个名次应为"
            f"{'前进' if apart > 0 else '后退'} {printed(abs(apart))} 位",
            (line,), (f"改为 {printed(abs(apart))} 位", "或核对两个名次"), beside,
        )  # fmt: skip


def _told_then(reading: Reading, rank: Figure) -> bool:
    head = reading.folded[max(rank.sentence[0], rank.start - 20) : rank.start]
    return bool(_THEN.search(re.split(r"[,。;]", head)[-1]))
