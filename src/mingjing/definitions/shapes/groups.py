"""Lists, one-or-many, mappings of free keys, and whitespace tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from mingjing.definitions.nodes import ListNode, MapNode, Node, ScalarNode, is_empty, shown
from mingjing.definitions.notes import Notes
from mingjing.definitions.shapes.base import Edit, Schema, Shape, plain_text, say_glued_key

V = TypeVar("V")


@dataclass(frozen=True)
class ListOf(Shape[tuple[V, ...]], Generic[V]):
    """A list with at least ``least`` items. ``drops``: leaving one out is a wrong edit."""

    item: Shape[V]
    least: int = 0
    drops: bool = True

    def read(self, node: Node, notes: Notes) -> tuple[V, ...] | None:
        if not isinstance(node, ListNode):
            wide = isinstance(node, ScalarNode) and node.text[:1] in ("［", "【", "〔")
            cause = "这里用了全角的方括号，请改成英文的“[”和“]”。" if wide else "这里应当是列表。"
            cause += "写作“[甲, 乙]”，或者每项一行、以“- ”开头。"
            notes.say(node, "not-a-list", cause, example="[甲, 乙]")
            return None
        if len(node.items) < self.least:
            notes.say(node, "empty-value", f"列表至少要有 {self.least} 项。", example="[甲, 乙]")
            return None
        read = [self.item.read(item, notes) for item in node.items]
        good = tuple(value for value in read if value is not None)
        return good if len(good) == len(read) else None

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema(), "minItems": self.least}

    def edits(self, node: Node) -> Iterator[Edit]:
        if not isinstance(node, ListNode):
            return
        for index, item in enumerate(list(node.items)):
            if self.drops and len(node.items) > self.least:
                yield _without(node, index, item)
            yield from self.item.edits(item)


def _without(node: ListNode, index: int, item: Node) -> Edit:
    def make() -> Callable[[], None]:
        del node.items[index]
        return lambda: node.items.insert(index, item)

    words = shown(item)
    return Edit(item.line, item.column, f"去掉“{words[:30] + '…' if len(words) > 30 else words}”", make)


@dataclass(frozen=True)
class OneOrMany(Shape[tuple[V, ...]], Generic[V]):
    """One value, or a list of them; always read as a tuple."""

    item: Shape[V]
    drops: bool = True

    def read(self, node: Node, notes: Notes) -> tuple[V, ...] | None:
        if isinstance(node, ListNode):
            return ListOf(self.item, least=1).read(node, notes)
        value = self.item.read(node, notes)
        return None if value is None else (value,)

    def schema(self) -> Schema:
        item = self.item.schema()
        return {"oneOf": [item, {"type": "array", "items": item, "minItems": 1}]}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, ListNode):
            yield from ListOf(self.item, least=1, drops=self.drops).edits(node)
        else:
            yield from self.item.edits(node)


@dataclass(frozen=True)
class MapOf(Shape[Mapping[str, V]], Generic[V]):
    """Free keys, each with a value of one shape."""

    value: Shape[V]
    example: str = "{案件类型: 民事一审}"

    def read(self, node: Node, notes: Notes) -> Mapping[str, V] | None:
        if not isinstance(node, MapNode):
            notes.say(node, "not-a-mapping", "这里应为“键: 值”的形式。", example=self.example)
            return None
        found: dict[str, V] = {}
        for key, child in node.entries.items():
            if say_glued_key(node, key, notes):
                continue
            value = self.value.read(child, notes)
            if value is not None:
                found[key] = value
        return found if len(found) == len(node.entries) else None

    def schema(self) -> Schema:
        return {"type": "object", "additionalProperties": self.value.schema()}

    def edits(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, MapNode):
            for child in node.entries.values():
                yield from self.value.edits(child)


@dataclass(frozen=True)
class Rows(Shape[tuple[tuple[int, tuple[str, ...]], ...]]):
    """A table in a ``|`` text: words parted by blanks, ``—`` for an empty cell, the first line naming the
    columns. Read as (line number in the file, cells), the heading first."""

    example: str = "|\n  名称  代码\n  立案  01"

    def read(self, node: Node, notes: Notes) -> tuple[tuple[int, tuple[str, ...]], ...] | None:
        text = plain_text(node, notes, example=self.example)
        if text is None or not isinstance(node, ScalarNode):
            return None
        if not node.block or is_empty(node):
            notes.say(
                node, "bad-table", "表格要写在“|”后面，每行一条，各列用空格隔开。", example=self.example
            )
            return None
        found: list[tuple[int, tuple[str, ...]]] = []
        for number, line in enumerate(node.text.split("\n"), node.line + 1):
            cells = line.split()
            if not cells or cells[0].startswith("#"):
                continue
            if "#" in line:
                at = next((i for i, cell in enumerate(cells) if cell.startswith("#")), len(cells))
                cells = cells[:at]
            found.append((number, tuple("" if cell == "—" else cell for cell in cells)))
        return tuple(found)

    def schema(self) -> Schema:
        return {"type": "string", "examples": [self.example]}
