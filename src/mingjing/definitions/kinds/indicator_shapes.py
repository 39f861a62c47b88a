"""How an indicator's own values are written: quantities, formulas, periods, rows of an example."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from mingjing.definitions.nodes import MapNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Edit, Shape, plain_text
from mingjing.definitions.shapes.base import Schema, rewrite, say_glued_key
from mingjing.definitions.shapes.scalars import read_days
from mingjing.domain.dates.periods import Period, read_period
from mingjing.domain.expressions.reading import Expression, ExpressionError, read_quantity
from mingjing.domain.indicators.formula import Formula, read_formula
from mingjing.domain.reasons import Unreadable

V = TypeVar("V")
_PERIOD = "2024-Q1"
_NEXT = {"/": "*", "*": "/", "+": "-", "-": "+"}


def place_in(node: Node, column: int) -> tuple[int, int]:
    """Line and column in the file of the ``column``-th character (from 0) of a text."""
    quoted = isinstance(node, ScalarNode) and not node.plain and not node.block
    return node.line, node.column + quoted + column


@dataclass(frozen=True)
class Quantity(Shape[Expression]):
    """A number of a row: a field, or days between two days."""

    def read(self, node: Node, notes: Notes) -> Expression | None:
        return _read_with(read_quantity, node, notes, example="结案日期 - 立案日期")

    def schema(self) -> Schema:
        return {"type": "string", "examples": ["到位金额", "结案日期 - 立案日期"]}

    def edits(self, node: Node) -> Iterator[Edit]:
        """Another sign, a day more."""
        if isinstance(node, ScalarNode):
            yield rewrite(node, f"{node.text} + 1")


@dataclass(frozen=True)
class FormulaText(Shape[Formula]):
    """``审限内结案 / 结案``."""

    def read(self, node: Node, notes: Notes) -> Formula | None:
        return _read_with(read_formula, node, notes, example="审限内结案 / 结案")

    def schema(self) -> Schema:
        return {"type": "string", "examples": ["审限内结案 / 结案", "未结 / 结案 * 期间天数"]}

    def edits(self, node: Node) -> Iterator[Edit]:
        """Another sign, another number, the two sides of a division the other way round."""
        text = node.text if isinstance(node, ScalarNode) else ""
        if not isinstance(node, ScalarNode) or not text:
            return
        for match in re.finditer(r"[-+*/]|(?<![\w.])\d+(?![\w.])", text):
            found = match[0]
            words = [str(int(found) + 1)] if found.isdigit() else [_NEXT[found]]
            yield from (rewrite(node, text[: match.start()] + word + text[match.end() :]) for word in words)
        left, sign, right = (part.strip() for part in text.partition("/"))
        if sign and "/" not in right:
            yield rewrite(node, f"({right}) / ({left})")


def _read_with(read: Callable[[str], V], node: Node, notes: Notes, *, example: str) -> V | None:
    text = plain_text(node, notes, example=example)
    if text is None:
        return None
    try:
        return read(text)
    except ExpressionError as error:
        notes.say(place_in(node, error.column), "bad-expression", error.message, example=example)
        return None


@dataclass(frozen=True)
class PeriodText(Shape[Period]):
    """``2024``, ``2024-H1``, ``2024-Q1``, ``2024-03``, ``2024-W09``, or any two days."""

    def read(self, node: Node, notes: Notes) -> Period | None:
        text = plain_text(node, notes, example=_PERIOD)
        if text is None:
            return None
        if "至" in text:
            days = read_days(text, node, notes)
            if days is None or days.last is None:
                return None
            return Period(days.first, days.last, f"{days.first}..{days.last}", text)
        try:
            return read_period(text)
        except Unreadable as refusal:
            notes.say(node, "bad-date", refusal.message, allowed=refusal.allowed, example=_PERIOD)
            return None

    def schema(self) -> Schema:
        return {"type": ["string", "integer"], "examples": [_PERIOD, "2024-03", "2024-01-01 至 2024-03-10"]}


@dataclass(frozen=True)
class RowText(Shape[Mapping[str, str]]):
    """The fields of one row as texts; which kind each has is known when all files are read."""

    def read(self, node: Node, notes: Notes) -> Mapping[str, str] | None:
        if not isinstance(node, MapNode):
            notes.say(
                node, "not-a-mapping", "这里应为“数据项: 内容”的形式。", example="{结案日期: 2024-02-01}"
            )
            return None
        found: dict[str, str] = {}
        for key, child in node.entries.items():
            if say_glued_key(node, key, notes):
                return None
            text = plain_text(child, notes, example="2024-02-01")
            if text is None:
                return None
            found[key] = text
        return found

    def schema(self) -> Schema:
        return {"type": "object"}


@dataclass(frozen=True)
class Stands(Shape[Mapping[str, str]]):
    """``{延长次数: 0}``: what an empty field stands for."""

    def read(self, node: Node, notes: Notes) -> Mapping[str, str] | None:
        return RowText().read(node, notes)

    def schema(self) -> Schema:
        return {"type": "object", "examples": [{"延长次数": 0}]}

    def edits(self, node: Node) -> Iterator[Edit]:
        """Another number, the other of 是 and 否."""
        if not isinstance(node, MapNode):
            return
        for child in node.entries.values():
            if isinstance(child, ScalarNode) and child.text.isdecimal():
                yield rewrite(child, str(int(child.text) + 1))
            elif isinstance(child, ScalarNode) and child.text in ("是", "否"):
                yield rewrite(child, "否" if child.text == "是" else "是")
