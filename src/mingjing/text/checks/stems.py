"""What a rate is named after, and the two counts that the name points at: 整改率, 调撤率, 出庭应诉率."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from mingjing.text.figures import Figure
from mingjing.text.reading import Reading
from mingjing.text.roles import CLOSED, bare_topic

_ALIASES = {
    "调撤": ("调撤", "调解撤诉", "调解、撤诉", "调解和撤诉", "调解或撤诉"),
    "发改": ("发改", "改判发回", "发回重审", "改判"),
    "执行到位": ("到位",),
    "出庭应诉": ("出庭",),
    "到会": ("实到", "到会"),
    "参会": ("实到", "参会"),
    "出席": ("实到", "出席"),
    "参训": ("参训", "实训"),
    "整改完成": ("整改",),
    "撤诉": ("撤诉", "撤回"),
}
_STEMS = tuple(
    sorted(
        {*_ALIASES}
        | {
            "销号",
            "办结",
            "整改",
            "完成",
            "满意",
            "差错",
            "错误",
            "合格",
            "优秀",
            "改判",
            "调解",
            "上诉",
            "化解",
            "填报",
            "签订",
            "当庭宣判",
            "电子送达",
            "网上立案",
            "息诉",
            "公开",
            "上网",
            "履行",
            "申诉",
            "信访",
            "参学",
            "答复",
            "反馈",
            "清结",
            "兑付",
            "发放",
            "回访",
            "陪审",
            "保全",
            "合议",
            "缺席",
            "送达",
            "通过",
            "达标",
            "办理",
            "采纳",
            "督办",
            "登记",
            "录入",
            "归档",
            "适用",
            "覆盖",
            "报到",
            "拘留",
        },
        key=len,
        reverse=True,
    )
)
_WITHOUT = {"服判息诉": ("上诉",)}
"""Rates of what did not happen: judged cases without an appeal."""
_OPPOSITE = re.compile(r"未|不|没|非")


def stem_pairs(reading: Reading, levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """What may be divided by what for a rate of this name, likeliest first."""
    stem = next((one for one in _STEMS if name.endswith((f"{one}率", f"{one}完成率"))), "")
    if not stem:
        yield from _next_to(reading, levels, name)
        return
    topic = bare_topic(name.removesuffix("率").removesuffix("完成").removesuffix(stem))
    words = _ALIASES.get(stem, (stem,))
    lost = _WITHOUT.get("服判息诉" if name.endswith("服判息诉率") else "", ())
    if stem == "调撤":
        yield from _mediated_and_withdrawn(reading, levels)
    for place in range(len(levels) - 1, -1, -1):
        part = levels[place]
        said = part.subject + ("" if lost else part.after[:6])
        if not any(word in said for word in (lost or words)) or _OPPOSITE.search(part.subject):
            continue
        wholes = [
            one for one in levels
            if one is not part and one.unit == part.unit and one.value >= part.value and one.value > 0
            and one.start < part.start and not any(word in one.subject for word in (lost or words))
        ]  # fmt: skip
        fitting = [one for one in wholes if not topic or topic in one.subject + one.after + part.subject]
        for whole in reversed(fitting):
            yield (_rest(part, whole), whole) if lost else (part, whole)


def _next_to(reading: Reading, levels: list[Figure], name: str) -> Iterator[tuple[Figure, Figure]]:
    """发出46份，回复45份，回复率…: a rate of any name behind the two counts it is made of."""
    stem = name.removesuffix("率")[-2:]
    if len(levels) < 2 or len(stem) < 2 or not name.endswith("率"):
        return
    whole, part = levels[-2:]
    near = whole.unit == part.unit and whole.segment == part.segment and 0 < part.value <= whole.value
    near = near and "、" not in reading.between(whole, part)
    if near and stem in part.subject and stem not in whole.subject and not _OPPOSITE.search(part.subject):
        yield part, whole


def _mediated_and_withdrawn(reading: Reading, levels: list[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """调解58件、撤诉79件 added, of what was closed."""
    settled = [one for one in levels if re.search("调解(?:结案)?$", one.subject)]
    dropped = [one for one in levels if re.search("撤诉|撤回起诉", one.subject) and "调" not in one.subject]
    if not settled or not dropped or settled[-1].unit != dropped[-1].unit:
        return
    one, other = settled[-1], dropped[-1]
    both = replace(one, value=one.value + other.value, text=f"（{one.text} + {other.text}）")
    listed = [each for each in reading.sentences[one.sentence] if each.unit == one.unit]
    if listed[-1].subject.startswith("其他") and listed[0].subject.startswith("判决"):
        added = sum((each.value for each in listed), start=Fraction(0))
        yield both, replace(listed[0], value=added, text=f"（各项合计 {added}{one.unit}）")
    for whole in reversed(levels):
        done = reading.role(whole).kind == CLOSED and "调解" not in whole.subject + whole.after
        if whole.start < one.start and done and whole.value >= both.value:
            yield both, whole


def _rest(part: Figure, whole: Figure) -> Figure:
    return replace(part, value=whole.value - part.value, text=f"（{whole.text} − {part.text}）")
