"""Mappings with known keys: which are required, what each means, what may not stand together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from mingjing.definitions.nodes import MapNode, Node, ScalarNode, is_empty, shown
from mingjing.definitions.notes import Notes
from mingjing.definitions.problems import closest, nearest
from mingjing.definitions.shapes.base import Edit, Schema, Shape, say_glued_key

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Record:
    """What was read from one mapping. Keys that were absent or wrong are missing from ``values``."""

    node: MapNode
    values: Mapping[str, object]

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def get(self, key: str, kind: type[V]) -> V | None:
        """The value if it is there; TypeError when the table reads it as something else."""
        value = self.values.get(key)
        if value is not None and not isinstance(value, kind):
            raise TypeError(f"{key} is read as {type(value).__name__}, not {kind.__name__}")
        return value

    def text(self, key: str) -> str:
        """The text, or an empty one when the key is absent."""
        return self.get(key, str) or ""

    def day(self, key: str) -> date:
        """The day of a required key."""
        value = self.get(key, date)
        if value is None:
            raise KeyError(key)
        return value

    def flag(self, key: str) -> bool:
        """Whether the key says 是; absent counts as 否."""
        return bool(self.get(key, bool))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts, empty when absent."""
        return tuple(str(item) for item in self.get(key, tuple) or ())

    def records(self, key: str) -> tuple[Record, ...]:
        """A list of tables, empty when absent."""
        return tuple(item for item in self.get(key, tuple) or () if isinstance(item, Record))

    def at(self, key: str) -> Node:
        """Where the value of ``key`` stands, or where the mapping begins when the key is absent."""
        return self.node.entries.get(key, self.node)


Rule = Callable[[Record, Notes], None]


@dataclass(frozen=True)
class Field:
    """One key: its shape, its meaning in Chinese.

    ``tested``: a wrong value ought to be noticed by an example (words shown to people are not).
    """

    key: str
    shape: Shape[object]
    title: str
    required: bool = False
    tested: bool = False


@dataclass(frozen=True)
class Table(Shape[Record]):
    """A mapping with known keys. ``rules`` look at several keys together."""

    fields: tuple[Field, ...]
    title: str = ""
    rules: tuple[Rule, ...] = ()
    example: str = "label: 简易程序审理期限"
    known: Mapping[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known", {item.key: item for item in self.fields})

    def read(self, node: Node, notes: Notes) -> Record | None:
        if not isinstance(node, MapNode):
            notes.say(
                node,
                "not-a-mapping",
                "这里应为“键: 值”的形式。",
                allowed=tuple(self.known),
                example=self.example,
            )
            return None
        before = notes.errors
        meant: set[str] = set()
        values: dict[str, object] = {}
        for key, child in node.entries.items():
            known = self.known.get(key)
            if known is None:
                if notes.errors == before or not _is_rest(node, key):
                    meant.add(self._say_unknown(node, key, notes))
                continue
            value = known.shape.read(child, notes)
            if value is not None:
                values[key] = value
        for item in self.fields:
            if item.required and item.key not in node.entries and item.key not in meant:
                cause = f"缺少“{item.key}”（{item.title}）。"
                notes.say(node, "missing-key", cause, example=_sample(item))
        record = Record(node, values)
        for rule in self.rules:
            rule(record, notes)
        return record if notes.errors == before else None

    def _say_unknown(self, node: MapNode, key: str, notes: Notes) -> str:
        """Note a key that is not known; gives back the key that was probably meant."""
        if (name := say_glued_key(node, key, notes)) in self.known:
            return name
        if bare := _without_colon(key, self.known):
            cause = f"“{bare}”后面少了冒号。写作英文冒号“:”，后面再加一个空格。"
            notes.say(node.keys[key], "unknown-key", cause, example=_sample(self.known[bare]))
            return bare
        if not name:
            cause = f"不认识的键“{key}”。{nearest(key, self.known) or self._by_meaning(key)}"
            meant = self.known.get(closest(key, self.known))
            example = _sample(meant) if meant else self.example
            notes.say(node.keys[key], "unknown-key", cause, allowed=tuple(self.known), example=example)
        return closest(key, self.known)

    def _by_meaning(self, key: str) -> str:
        """``您是不是想写“number”（编号的格式）？`` for a key written as what it means."""
        if len(key) < 2 or key.isascii():
            return ""
        meant = [one for one in self.fields if key in one.title or one.title in key]
        meant.sort(key=lambda one: not one.title.startswith(key))
        return f"您是不是想写“{meant[0].key}”（{meant[0].title}）？" if meant else ""

    def schema(self) -> Schema:
        found: Schema = {
            "type": "object",
            "properties": {
                item.key: {"description": item.title} | item.shape.schema() for item in self.fields
            },
            "required": [item.key for item in self.fields if item.required],
            "additionalProperties": False,
        }
        return {"description": self.title} | found if self.title else found

    def edits(self, node: Node) -> Iterator[Edit]:
        if not isinstance(node, MapNode):
            return
        for key in list(node.entries):
            item = self.known.get(key)
            if item is None or not item.tested:
                continue
            if not item.required:
                yield leave_out(node, key)
            yield from item.shape.edits(node.entries[key])


def _is_rest(node: MapNode, key: str) -> bool:
    """Whether a key is what a comma has cut off a text with an open bracket (``{when: 甲 in (乙, 丙)}``):
    the text has been complained of already."""
    cut = (value for value in node.entries.values() if isinstance(value, ScalarNode) and value.plain)
    return is_empty(node.entries[key]) and any(one.text.count("(") > one.text.count(")") for one in cut)


def leave_out(node: MapNode, key: str) -> Edit:
    """The edit that removes a key with its value."""
    entries = dict(node.entries)
    rest = {name: value for name, value in entries.items() if name != key}

    def make() -> Callable[[], None]:
        node.entries = rest

        def undo() -> None:
            node.entries = entries

        return undo

    place, words = node.keys[key], f"{key}: {shown(entries[key])}"
    return Edit(place.line, place.column, f"去掉“{words[:40] + '…' if len(words) > 40 else words}”", make)


def _sample(item: Field) -> str:
    schema = item.shape.schema()
    for key in ("examples", "enum"):
        values = schema.get(key)
        if isinstance(values, list) and values:
            return f"{item.key}: {values[0]}"
    return f"{item.key}: …"


def _misspelt(node: MapNode, keys: Iterable[str], notes: Notes) -> bool:
    """Whether one of the keys was written wrongly, which has been said already."""
    said = {(one.line, one.column) for one in notes.problems if one.code == "unknown-key"}
    return any(
        (at.line, at.column) in said and (closest(key, keys) or _without_colon(key, keys))
        for key, at in node.keys.items()
    )


def _without_colon(key: str, known: Iterable[str]) -> str:
    """``expect`` of ``expect 2024-06-13``: a known key, then what was to be its value."""
    first, blank, _ = key.partition(" ")
    return first if blank and first in known else ""


def exactly_one(*keys: str) -> Rule:
    """Exactly one of the keys must be written."""

    def rule(record: Record, notes: Notes) -> None:
        written = [key for key in record.node.entries if key in keys]
        choice = "、".join(f"“{key}”" for key in keys)
        if not written and not _misspelt(record.node, keys, notes):
            notes.say(record.node, "conflicting-keys", f"{choice} 必须写一个。")
        elif len(written) > 1:
            at = record.node.keys[written[1]]
            notes.say(at, "conflicting-keys", f"{choice} 只能写一个，请删去多余的。")

    return rule


def at_least_one(*keys: str) -> Rule:
    """At least one of the keys must be written."""

    def rule(record: Record, notes: Notes) -> None:
        written = any(key in record.node.entries for key in keys)
        if not written and not _misspelt(record.node, keys, notes):
            choice = "、".join(f"“{key}”" for key in keys)
            notes.say(record.node, "conflicting-keys", f"{choice} 至少要写一个。")

    return rule
