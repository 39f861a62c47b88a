"""One quantity printed twice with two values, and one count under two units (N-072)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.arithmetic import slip
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import clean, scope_within

_RATE = re.compile(r"[^,。;:、()\d“”]{0,24}?(?:率|满意度)(?=(?:达到|达|为|是)?$)")
_AMOUNT = re.compile(r"执行到位|到位金额|到位债权|诉讼费|罚金|执行案款|追赃挽损|司法救助")
_DIVISION = re.compile(r"[一-鿿]{1,4}(?:庭|团队|法庭|局|院)[:,]?")
_AIM = re.compile(r"目标|力争|预计|计划|同比|去年|上年|同期|全国|全省平均|平均|预算")


def check_repeated(reading: Reading) -> Iterator[Finding]:
    """The first printing of a quantity holds; a later one of another value is marked."""
    seen: dict[tuple[str, ...], Figure] = {}
    told: set[tuple[str, ...]] = set()
    for figure in reading.figures:
        key = _key(reading, figure)
        if key is None:
            continue
        first = seen.setdefault(key, figure)
        if first.value == figure.value or key in told or first.sentence == figure.sentence:
            continue
        if first.step != figure.step and first.span.meets(figure.span):
            continue
        told.add(key)
        yield _apart(first, figure)


def _key(reading: Reading, figure: Figure) -> tuple[str, ...] | None:
    """What the figure counts, of which court and when; None where the text does not say it closely enough."""
    if reading.movement(figure) or not figure.exact or _AIM.search(figure.subject) or figure.period is None:
        return None
    if figure.period.year is None or figure.period.months is None or figure.period.since:
        return None
    role = reading.role(figure)
    head = reading.folded[figure.sentence[0] : figure.start]
    scope = role.scope or scope_within(head)
    when = f"{figure.period.year}-{figure.period.months}"
    if role.kind:
        if not scope or (role.kind == "结案" and figure.subject in ("", "结")):
            return None
        topic = role.topic or _said_before(reading, figure)
        return None if topic is None else (role.kind, topic, scope, when)
    if figure.unit == "%" and scope:
        named = _RATE.search(figure.subject)
        topic = _said_before(reading, figure)
        if named is None or topic is None:
            return None
        return ("率", clean(named.group()), topic, scope, when)
    if figure.unit == "元" and scope and _AMOUNT.search(figure.subject):
        return ("额", clean(figure.subject), scope, when)
    return None


def _said_before(reading: Reading, figure: Figure) -> str | None:
    """The topic earlier clauses of the sentence gave; None where the sentence lists several."""
    topics = {
        reading.role(one).topic for one in reading.sentences[figure.sentence]
        if reading.role(one).kind and one.start <= figure.start
    } - {""}  # fmt: skip
    words = reading.folded[figure.sentence[0] : figure.start]
    if len(topics) > 1 or len(_DIVISION.findall(words)) > 2:
        return None
    return next(iter(topics), "")


def _apart(first: Figure, again: Figure) -> Finding:
    lines = (f"前面写{first.text}，这里写{again.text}，相差 {first.worded(abs(first.value - again.value))}",)
    how = ""
    if first.value.denominator == again.value.denominator == 1:
        how = slip(int(again.value), int(first.value))
    return Finding(
        "repeated",
        Verdict.MISMATCH,
        again.start,
        again.end,
        f"同一个数前后不一：前面是{first.text}，这里是{again.text}",
        lines,
        (f"统一为{first.text}或{again.text}" + (f"（{how}，像是笔误）" if how else ""),),
        ((first.start, first.end),),
    )
