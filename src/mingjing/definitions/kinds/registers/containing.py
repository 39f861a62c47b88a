"""Conditions that ask for a word of a field with several: such a field, and one of its options."""

from __future__ import annotations

from mingjing.definitions.nodes import Node
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes import Record
from mingjing.domain.expressions.containing import contained
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.ledgers.register import FieldType


def say_contained(expression: Expression, at: Node, record: Record, notes: Notes) -> None:
    """Note what ``一个词 in 字段`` asks for in vain. Options that a dictionary gives are not looked at."""
    fields = record.get("fields", dict) or {}
    known = {one.text("label"): one for one in fields.values() if isinstance(one, Record)}
    several = [label for label, one in known.items() if one.get("type", FieldType) is FieldType.CHOICES]
    for word, name in contained(expression.tree):
        if name.id not in known:
            continue  # said already: no such field
        if name.id not in several:
            cause = f"“{name.id}”不是多选，不能问它里面有没有“{word}”。判断相等请写 {name.id} == {word}。"
            notes.say(at, "bad-expression", cause, allowed=tuple(several), example=f"{name.id} == {word}")
        elif (options := known[name.id].texts("options")) and word not in options:
            notes.say(at, "unknown-name", f"“{name.id}”的可选内容里没有“{word}”。", allowed=tuple(options))
