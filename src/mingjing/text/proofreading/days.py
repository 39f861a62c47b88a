"""Days: that they exist, that what happened has happened, in order, on the day the case says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from mingjing.text.proofreading.known import Known
from mingjing.text.proofreading.paper import Day, Paper
from mingjing.text.proofreading.remarks import Remark

_HAPPENED = ("立案", "受理", "公开开庭", "开庭审理", "不公开开庭", "作出", "送达")
"""What follows a day that must lie in the past."""


def check_days(paper: Paper, known: Known) -> Iterator[Remark]:
    """Every day that can be checked by the calendar, the order of things, or the case."""
    for one in paper.days:
        if one.day is None:
            yield Remark("没有这一天", one.start, one.end, f"日历上没有“{_shown(paper, one)}”", "公历", "")
        elif one.day > known.on and _said_of(paper, one):
            yield Remark(
                "日期还没有到",
                one.start,
                one.end,
                f"{one.day} 还没有到，写的是已经办过的事",
                f"今天 {known.on}",
                "",
            )
    filed, heard = (
        _in_the_lead(paper, ("立案", "受理")),
        _in_the_lead(paper, ("公开开庭", "不公开开庭", "开庭")),
    )
    yield from _order(paper, filed, heard)
    yield from _case(paper, known, filed, heard)
    signed = paper.signed
    if signed is not None and signed.figures and signed.day is not None:
        yield Remark(
            "落款日期写法",
            signed.start,
            signed.end,
            "落款日期用了阿拉伯数字",
            "裁判文书落款日期用汉字书写",
            han_day(signed.day),
        )


def han_day(day: date) -> str:
    """``二〇二六年五月六日``."""
    year = "".join("〇一二三四五六七八九"[int(sign)] for sign in str(day.year))
    return f"{year}年{_han(day.month)}月{_han(day.day)}日"


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    digits = "零一二三四五六七八九"
    head = "" if tens == 0 else "十" if tens == 1 else f"{digits[tens]}十"
    return head + (digits[ones] if ones else "")


def _shown(paper: Paper, one: Day) -> str:
    return paper.text[one.start : one.end]


def _said_of(paper: Paper, one: Day) -> bool:
    after = paper.folded[one.end : one.end + 8].lstrip("对依法")
    return after.startswith(_HAPPENED)


def _in_the_lead(paper: Paper, words: tuple[str, ...]) -> list[Day]:
    """The days of the lead right before one of these words."""
    if paper.lead is None:
        return []
    start, end = paper.lead
    found = []
    for one in paper.days:
        if start <= one.start < end and one.day is not None:
            after = paper.folded[one.end : one.end + 8].removeprefix("依法").removeprefix("对本案")
            if after.startswith(words):
                found.append(one)
    return found


def _order(paper: Paper, filed: list[Day], heard: list[Day]) -> Iterator[Remark]:
    """立案, then 开庭, then the day of the foot."""
    stages = [("立案", one) for one in filed[:1]] + [("开庭", one) for one in heard]
    if paper.signed is not None:
        stages.append(("落款", paper.signed))
    for (earlier, one), (later, two) in pairwise(stages):
        if one.day and two.day and two.day < one.day and earlier != later:
            yield Remark(
                "日期先后颠倒",
                two.start,
                two.end,
                f"{later}的 {two.day} 早于{earlier}的 {one.day}",
                "立案、开庭、落款的先后",
                "",
            )


def _case(paper: Paper, known: Known, filed: list[Day], heard: list[Day]) -> Iterator[Remark]:
    for one in filed[:1]:
        if known.filed_on is not None and one.day != known.filed_on:
            day = known.filed_on
            yield Remark(
                "立案日期不一致",
                one.start,
                one.end,
                f"写的是 {one.day}，案件信息里是 {day}",
                "与案件信息核对",
                f"{day.year}年{day.month}月{day.day}日",
            )
    for one in heard:
        if known.hearings and one.day not in known.hearings:
            listed = "、".join(str(day) for day in known.hearings)
            yield Remark(
                "开庭日期不一致",
                one.start,
                one.end,
                f"案件信息里没有 {one.day} 的开庭",
                f"案件信息里的开庭：{listed}",
                "",
            )
