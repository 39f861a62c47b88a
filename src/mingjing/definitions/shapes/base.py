"""What every shape can do: read a node, describe itself to an editor, and propose small wrong edits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from mingjing.definitions.nodes import MapNode, Node, ScalarNode, is_empty
from mingjing.definitions.notes import Notes

T_co = TypeVar("T_co", covariant=True)
Schema = dict[str, object]


@dataclass(frozen=True, slots=True)
class Edit:
    """A small wrong edit of a file. ``make`` changes the tree and gives back what undoes the change."""

    line: int
    column: int
    says: str
    make: Callable[[], Callable[[], None]]


def rewrite(node: ScalarNode, text: str) -> Edit:
    """The edit that writes ``text`` where ``node`` stands."""
    before = node.text

    def put(value: str) -> None:
        node.text = value

    def make() -> Callable[[], None]:
        put(text)
        return lambda: put(before)

    return Edit(node.line, node.column, f"把“{before}”改成“{text}”", make)


class Shape(ABC, Generic[T_co]):
    """One way of writing a value. ``read`` gives None only after noting a problem."""

    @abstractmethod
    def read(self, node: Node, notes: Notes) -> T_co | None:
        """The value, or None after noting every problem found inside ``node``."""

    @abstractmethod
    def schema(self) -> Schema:
        """JSON Schema (draft 2020-12) of what may be written."""

    def edits(self, node: Node) -> Iterator[Edit]:
        """Small wrong edits an example ought to notice."""
        yield from ()


def plain_text(node: Node, notes: Notes, *, example: str) -> str | None:
    """The text of a scalar, or None after noting that it is empty or not a text."""
    if isinstance(node, MapNode) and len(node.entries) == 1 and is_empty(next(iter(node.entries.values()))):
        blank = f'"{{{next(iter(node.entries))}}}"'
        notes.say(node, "special-character", "以“{”开头的内容要加上英文引号。", example=blank)
        return None
    if not isinstance(node, ScalarNode):
        notes.say(node, "not-text", "这里应当是一段文字，不能是列表或“键: 值”。", example=example)
        return None
    if is_empty(node):
        notes.say(node, "empty-value", "冒号后面没有内容。没有就把整行删去，不要留空。", example=example)
        return None
    return node.text.strip()


def say_glued_key(node: MapNode, key: str, notes: Notes) -> str:
    """Note a key that has swallowed its value (``键：值``, ``键:值``); gives back the key, or nothing."""
    if not is_empty(node.entries[key]):
        return ""
    for colon, code, cause in (
        ("：", "full-width-colon", "“{}”后面用了全角冒号“：”。请改成英文冒号“:”，后面再加一个空格。"),
        (":", "no-space-after-colon", "“{}:”的冒号后面缺一个空格。"),
    ):
        name, found, rest = key.partition(colon)
        if found and name.strip() and rest.strip():
            name = name.strip()
            notes.say(node.keys[key], code, cause.replace("{}", name), example=f"{name}: {rest.strip()}")
            return name
    return ""
