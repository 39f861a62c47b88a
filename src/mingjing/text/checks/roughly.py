"""Growth in round words against the two levels it is of: 增长了五成五, 压缩近两成, 缩短了三分之一强."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingjing.text.arithmetic import printed, rounded
from mingjing.text.checks.bases import in_time_bracket, is_prior
from mingjing.text.checks.loose import FAR, SLACK, WORDS, range_of
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading
from mingjing.text.roles import WAYS, sign_of

_MOVES = re.compile(rf"(?P<way>{WAYS})(?:了|幅度?|率)?(?:达到?|为)?$")
_BEGUN = re.compile(r"(?:从|由|自)[^,。;\d]{0,12}(?:\d{4}年)?[^,。;\d]{0,6}$")


def check_roughly(reading: Reading) -> Iterator[Finding]:
    """Each round word behind a word that says how something moved."""
    for match in WORDS.finditer(reading.folded):
        sentence = reading.outline.sentence_at(match.start())
        moves = _MOVES.search(reading.folded, sentence[0], match.start())
        levels = [
            one for one in reading.sentences.get(sentence, [])
            if one.exact and not one.is_rate and one.unit != "位" and _is_level(reading, one)
        ]  # fmt: skip
        pair = _now_and_then(reading, levels, match) if moves else None
        if moves and pair:
            yield from _held(match, *pair, sign_of(moves["way"]))


def _is_level(reading: Reading, one: Figure) -> bool:
    """由98件下降为41件: what something fell to is a level."""
    return reading.movement(one) is None or one.subject.endswith(("到", "至", "为"))


def _now_and_then(
    reading: Reading, levels: list[Figure], match: re.Match[str]
) -> tuple[Figure, Figure] | None:
    """The level that moved and the one it moved from; None where the words leave them open."""
    head = [one for one in levels if one.end <= match.start()]
    behind = [one for one in levels if one.start >= match.end()]
    near = reading.outline.segment_at(match.start())
    head = [one for one in head if one.segment == near]
    if behind and in_time_bracket(reading, behind[0]) and behind[0].start - match.end() < 12:
        now = [one for one in head if one.unit == behind[0].unit and not is_prior(reading, one)]
        return (now[-1], behind[0]) if now else None
    if len(head) < 2 or head[-1].unit != head[-2].unit:
        return None
    first, second = head[-2:]
    if is_prior(reading, second) != is_prior(reading, first):
        return (first, second) if is_prior(reading, second) else (second, first)
    begun = _BEGUN.search(reading.folded[max(first.sentence[0], first.start - 20) : first.start])
    joined = re.match(r"[^,。;]{0,6}[至到为]", reading.between(first, second))
    return (second, first) if begun and joined else None


def _held(match: re.Match[str], now: Figure, then: Figure, sign: int) -> Iterator[Finding]:
    if not then.value:
        return
    asked = range_of(match)
    grown = (now.value - then.value) * 100 / then.value * sign
    if asked.low - SLACK <= grown <= asked.high + SLACK:
        return
    if min(abs(grown - asked.low), abs(grown - asked.high)) > FAR:
        return
    shown = f"{printed(rounded(grown, 1), 1)}%"
    line = f"({now.text} − {then.text}) ÷ {then.text} = {shown}"
    yield Finding(
        "growth", Verdict.MISMATCH, match.start(), match.end(),
        f"写作“{match.group()}”，按文中的数是 {shown}", (line,),
        (f"改为 {shown}，或换一个相称的说法", "或核对两个数"),
        ((now.start, now.end), (then.start, then.end)),
    )  # fmt: skip
