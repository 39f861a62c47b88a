"""Periods and the days told by them as files write them; shares in percent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mingjing.definitions.nodes import Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes.base import Edit, Schema, Shape, plain_text, rewrite
from mingjing.definitions.shapes.scalars import bent_lengths
from mingjing.domain.dates.period_days import BEGIN, CALLED, END, PeriodDay, read_period_day
from mingjing.domain.dates.periods import Every
from mingjing.domain.reasons import Unreadable

_DUE_SAMPLE = "期末后 5 天"
EVERY = {every.value: every for every in Every}


@dataclass(frozen=True)
class PeriodDayText(Shape[PeriodDay]):
    """``期末后 5 天``, ``期末前 31 天``, ``发起后 10 天``, ``11 月 30 日``, ``举办日期前 10 天``."""

    def read(self, node: Node, notes: Notes) -> PeriodDay | None:
        text = plain_text(node, notes, example=_DUE_SAMPLE)
        if text is None:
            return None
        try:
            return read_period_day(text)
        except Unreadable as refusal:
            notes.say(node, "bad-period-day", refusal.message, allowed=refusal.allowed, example=_DUE_SAMPLE)
            return None

    def schema(self) -> Schema:
        return {
            "type": "string",
            "examples": [_DUE_SAMPLE, END, "期末前 31 天", "发起后 10 天", "11 月 30 日"],
        }

    def edits(self, node: Node) -> Iterator[Edit]:
        if not isinstance(node, ScalarNode):
            return
        text = node.text.strip()
        if text in (BEGIN, END, CALLED):
            yield rewrite(node, f"{text}后 1 天")
            yield rewrite(node, f"{text}前 1 天")
        elif fixed := re.fullmatch(r"(\d+) 月 (\d+) 日", text):
            yield from (
                rewrite(node, f"{fixed[1]} 月 {int(fixed[2]) + step} 日")
                for step in (-1, 1)
                if 1 <= int(fixed[2]) + step <= 28
            )
        elif relative := re.fullmatch(r"(\S+?[前后])\s*(\S.*)", text):
            yield from (rewrite(node, f"{relative[1]} {bent}") for bent in bent_lengths(relative[2]))


@dataclass(frozen=True)
class Percent(Shape[Fraction]):
    """``10%``; more than 0, at most 100."""

    def read(self, node: Node, notes: Notes) -> Fraction | None:
        text = plain_text(node, notes, example="10%")
        if text is None:
            return None
        match = re.fullmatch(r"(\d{1,3}(?:\.\d)?)\s*%", text)
        share = Fraction(Decimal(match[1])) / 100 if match else Fraction(0)
        if not 0 < share <= 1:
            notes.say(node, "bad-number", f"“{text}”不是 0 到 100% 之间的比例。", example="10%")
            return None
        return share

    def schema(self) -> Schema:
        return {"type": "string", "examples": ["10%"]}

    def edits(self, node: Node) -> Iterator[Edit]:
        match = re.fullmatch(r"(\d+)\s*%", node.text.strip()) if isinstance(node, ScalarNode) else None
        if match is not None and isinstance(node, ScalarNode) and int(match[1]) < 100:
            yield rewrite(node, f"{int(match[1]) + 1}%")
