"""Conditions that compare in vain: two kinds that never meet, a word no option or state is called by."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from mingjing.definitions.nodes import Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Record
from mingjing.domain.expressions.containing import contained
from mingjing.domain.expressions.kinds import Kind, check_kinds
from mingjing.domain.expressions.reading import Expression, ExpressionError, character_at
from mingjing.domain.ledgers.matters import COUNTS
from mingjing.domain.ledgers.register import FieldType
from mingjing.domain.ledgers.stepping import OPENED, STATE, TODAY

_KINDS = {
    FieldType.TEXT: Kind.TEXT,
    FieldType.LONG: Kind.TEXT,
    FieldType.CHOICE: Kind.TEXT,
    FieldType.INTEGER: Kind.NUMBER,
    FieldType.DECIMAL: Kind.NUMBER,
    FieldType.MONEY: Kind.MONEY,
    FieldType.DAY: Kind.DAY,
    FieldType.FLAG: Kind.FLAG,
}
_AROUND = {STATE: Kind.TEXT, TODAY: Kind.DAY, OPENED: Kind.DAY, **dict.fromkeys(COUNTS, Kind.NUMBER)}


def say_compared(expression: Expression, at: Node, record: Record, notes: Notes) -> None:
    """Note what a condition compares in vain. Fields of other kinds, and those a kind brings along, are not
    looked at; nor are options that a dictionary gives (``say_words`` does, with the dictionary)."""
    written = record.get("fields", dict) or {}
    fields = {one.text("label"): one for one in written.values() if isinstance(one, Record)}
    types = {label: one.get("type", FieldType) for label, one in fields.items()}
    kinds = _AROUND | {label: _KINDS[kind] for label, kind in types.items() if kind in _KINDS}
    asked = any(True for _ in contained(expression.tree))
    if not asked and all(name in kinds for name, _ in expression.fields):
        try:
            check_kinds(expression, kinds)
        except ExpressionError as error:
            place = _place(at, error.column)
            notes.say(place, "bad-expression", error.message, example=_sample(expression, kinds))
            return
    say_words(expression, at, {label: one.texts("options") for label, one in fields.items()}, notes)


def say_words(expression: Expression, at: Node, options: Mapping[str, tuple[str, ...]], notes: Notes) -> None:
    """Note every word a field is compared with that is none of its options; fields without are left out."""
    for label, word, node in _compared(expression.tree):
        allowed = options.get(label, ())
        if allowed and word and word not in allowed and word not in options:
            cause = f"“{label}”的可选内容里没有“{word}”。{nearest(word, allowed)}"
            shown = allowed if len(allowed) <= 30 else ()
            place = _place(at, character_at(expression.text, node.col_offset))
            notes.say(place, "unknown-name", cause, allowed=shown, example=f"{label} == {allowed[0]}")


def _compared(tree: ast.expr) -> Iterator[tuple[str, str, ast.expr]]:
    """A name on the left of ``==``, ``!=`` or ``in``, and each word on the right."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Compare) or not isinstance(node.left, ast.Name):
            continue
        if not isinstance(node.ops[0], (ast.Eq, ast.NotEq, ast.In, ast.NotIn)):
            continue
        right = node.comparators[0]
        for one in right.elts if isinstance(right, (ast.Tuple, ast.List)) else (right,):
            if isinstance(one, ast.Name):
                yield node.left.id, one.id, one
            elif isinstance(one, ast.Constant) and isinstance(one.value, str):
                yield node.left.id, one.value, one


def _place(at: Node, column: int) -> Node:
    inside = 0 if isinstance(at, ScalarNode) and (at.plain or at.block) else 1
    return ScalarNode("", at.line, at.column + inside + column)


def _sample(expression: Expression, kinds: Mapping[str, Kind]) -> str:
    """A comparison that can be made with the first field of the condition."""
    first = next((name for name, _ in expression.fields), "")
    if not first:
        return "佐证数 >= 1"
    samples = {Kind.DAY: f"{first} >= {TODAY}", Kind.FLAG: first, Kind.TEXT: f"{first} == 内容"}
    return samples.get(kinds[first], f"{first} >= 1")
