"""The words of one register, and how a name it does not know is said: shared by all its rules."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from mingjing.definitions.kinds.registers.building import NOTHING, BuiltIn
from mingjing.definitions.nodes import ListNode, Node, ScalarNode
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import nearest
from mingjing.definitions.shapes import Record
from mingjing.domain.expressions.reading import Expression, ExpressionError, read_expression
from mingjing.domain.ledgers.matters import COUNTS
from mingjing.domain.ledgers.register import FieldType
from mingjing.domain.ledgers.stepping import SURROUNDINGS

_WIDE_LIST = re.compile(r"[，、；,［］【】\[\]]")


@dataclass
class Words:
    """The labels of one file: fields with their types, states with whether they are final, acts."""

    record: Record
    built_in: BuiltIn = NOTHING
    fields: dict[str, FieldType] = field(init=False)
    states: dict[str, bool] = field(init=False)
    acts: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        written = {
            one.text("label"): one.get("type", FieldType) or FieldType.TEXT
            for one in tables(self.record, "fields").values()
        }
        self.fields = written | {one.label: one.type for one in self.built_in.fields}
        states = {one.text("label"): one.flag("final") for one in tables(self.record, "states").values()}
        given = {one.label: one.final for one in self.built_in.states}
        self.states = given | states if self.built_in.merged else states or given
        acts = tuple(one.text("label") for one in tables(self.record, "actions").values())
        given_acts = tuple(one.label for one in self.built_in.acts)
        self.acts = tuple(dict.fromkeys((*given_acts, *acts))) if self.built_in.merged else acts or given_acts

    def of(self, *kinds: FieldType) -> tuple[str, ...]:
        """The labels of the fields of some types."""
        return tuple(label for label, kind in self.fields.items() if kind in kinds)


def tables(record: Record, key: str) -> Mapping[str, Record]:
    """The tables under a key that maps short names to them."""
    return record.get(key, dict) or {}


def places(record: Record, key: str) -> list[ScalarNode]:
    """Every text written under a key that takes one or several."""
    node = record.node.entries.get(key)
    items = node.items if isinstance(node, ListNode) else [node] if node is not None else []
    return [item for item in items if isinstance(item, ScalarNode)]


def say_unknown(notes: Notes, at: Node, word: str, what: str, known: Iterable[str]) -> None:
    """Note a word of this file that the file does not know."""
    known = tuple(known)
    cause = f"没有“{word}”这个{what}。{nearest(word, known)}"
    parts = [part.strip() for part in _WIDE_LIST.split(word) if part.strip()]
    if word not in parts and any(part in known for part in parts):
        cause = f"“{word}”被读成了一个{what}。几个{what}写在英文方括号里，用英文逗号隔开。"
        notes.say(at, "unknown-name", cause, example=f"[{', '.join(parts)}]")
        return
    notes.say(
        at, "unknown-name", cause, allowed=known if len(known) <= 30 else (), example=next(iter(known), "")
    )


def say_moment(public: Record, words: Words, notes: Notes) -> None:
    """Note what is wrong with ``when`` of what goes outside: a state of the file, or a condition."""
    text = public.text("when")
    if text in words.states:
        return
    try:
        expression = read_expression(text)
    except ExpressionError as error:
        notes.say(
            public.at("when"), "bad-expression", error.message, allowed=tuple(words.states), example="已销号"
        )
        return
    if expression.fields == ((text, 0),) and text not in words.fields:
        say_unknown(notes, public.at("when"), text, "状态", words.states)
        return
    say_condition(expression, public.at("when"), words.fields, notes)


def say_condition(expression: Expression, at: Node, fields: Collection[str], notes: Notes) -> None:
    """Note every field of a condition that the register has not."""
    known = (*fields, *SURROUNDINGS, *COUNTS)
    inside = 0 if isinstance(at, ScalarNode) and (at.plain or at.block) else 1
    for name, column in expression.fields:
        if name not in known:
            say_unknown(notes, ScalarNode(name, at.line, at.column + inside + column), name, "字段", known)


def say_each(record: Record, key: str, known: Collection[str], what: str, notes: Notes) -> None:
    """Note every name under a key that is not known, or stands twice."""
    seen: set[str] = set()
    for at in places(record, key):
        if at.text not in known:
            say_unknown(notes, at, at.text, what, known)
        elif at.text in seen:
            notes.say(at, "duplicate-row", f"“{at.text}”写了两次。")
        seen.add(at.text)
