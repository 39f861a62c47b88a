"""Conditions over fields, and plain fields as an example gives them to a condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from mingjing.definitions.nodes import MapNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes.base import Edit, Schema, Shape, plain_text, rewrite, say_glued_key
from mingjing.domain.expressions.reading import Expression, ExpressionError, read_expression


@dataclass(frozen=True)
class Condition(Shape[Expression]):
    """A condition over fields; its fields are looked up in ``names`` once all files are read, unless that is
    empty. ``several``: there are fields with several words, of which one may be asked for."""

    names: str = "facts"
    several: bool = False
    example: str = "当事人人数 >= 10"

    def read(self, node: Node, notes: Notes) -> Expression | None:
        text = plain_text(node, notes, example=self.example)
        if text is None or not isinstance(node, ScalarNode):
            return None
        if node.plain and text.count("(") > text.count(")"):
            cause = (
                "条件里的括号没有成对。写在花括号“{ }”里的条件，内容有逗号就会在逗号处断开，"
                "请给整个条件加上英文引号。"
            )
            notes.say(node, "bad-expression", cause, example='when: "案件类型 in (民事一审, 民事二审)"')
            return None
        inside = 0 if node.plain or node.block else 1
        try:
            expression = read_expression(text, several=self.several)
        except ExpressionError as error:
            place = (node.line, node.column + inside + error.column)
            notes.say(place, "bad-expression", error.message, example=self.example)
            return None
        for name, column in expression.fields if self.names else ():
            notes.refer(self.names, ScalarNode(name, node.line, node.column + inside + column), "案件数据项")
        return expression

    def schema(self) -> Schema:
        return {
            "type": "string",
            "examples": [self.example, "案件类型 in (民事一审, 民事二审) and not 移送管辖"],
        }

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, ScalarNode):
            yield from (rewrite(node, bent) for bent in bent_conditions(node.text))


def bent_conditions(text: str) -> Iterator[str]:
    """The condition with one sign, number or joining word slightly wrong."""
    swaps = (
        ("<=", "<"),
        (">=", ">"),
        ("==", "!="),
        ("!=", "=="),
        ("<", "<="),
        (">", ">="),
        ("and", "or"),
        ("or", "and"),
    )
    for match in re.finditer(
        r"<=|>=|==|!=|<|>|\band\b|\bor\b|\bnot\s+(?!in\b)|(?<![\w.])\d{1,9}(?![\w.])", text
    ):
        found = match[0]
        if found.startswith("not"):
            words = [""]
        elif found.isdigit():
            words = [str(int(found) + step) for step in (-1, 1) if int(found) + step >= 0]
        else:
            words = [new for old, new in swaps if old == found]
        for word in words:
            yield text[: match.start()] + word + text[match.end() :]


@dataclass(frozen=True)
class PlainFields(Shape[Mapping[str, object]]):
    """Fields of an item: 是/否, whole or decimal numbers, ISO days, words. Empty values are left out."""

    def read(self, node: Node, notes: Notes) -> Mapping[str, object] | None:
        if not isinstance(node, MapNode):
            notes.say(node, "not-a-mapping", "这里应为“数据项: 内容”的形式。", example="{当事人人数: 12}")
            return None
        found: dict[str, object] = {}
        for key, child in node.entries.items():
            if say_glued_key(node, key, notes):
                return None
            notes.refer("facts", node.keys[key], "案件数据项")
            text = plain_text(child, notes, example="12")
            if text is None:
                return None
            found[key] = plain_field(text)
        return found

    def schema(self) -> Schema:
        return {"type": "object"}


def plain_field(text: str) -> object:
    """A field as conditions compare it."""
    if text in ("是", "否"):
        return text == "是"
    if re.fullmatch(r"-?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"-?\d{1,15}\.\d{1,6}", text):
        return float(text)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
