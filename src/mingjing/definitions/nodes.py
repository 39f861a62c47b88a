"""The tree of a definition file: texts, lists and mappings that know where they stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class ScalarNode:
    """A text as written; nothing is converted here (``yes`` stays ``yes``, ``2024-03-01`` stays text).

    ``line`` and ``column`` count from 1. ``block`` marks a ``|`` text, whose first line is ``line + 1``.
    ``plain`` is true for a text without quotes.
    """

    text: str
    line: int
    column: int
    plain: bool = True
    block: bool = False


@dataclass(slots=True, eq=False)
class ListNode:
    """Items in order."""

    items: list[Node]
    line: int
    column: int


@dataclass(slots=True, eq=False)
class MapNode:
    """Keys and values in order of writing; ``keys`` holds the place of each key."""

    entries: dict[str, Node]
    line: int
    column: int
    keys: dict[str, ScalarNode] = field(default_factory=dict)


Node = ScalarNode | ListNode | MapNode


def is_empty(node: Node) -> bool:
    """Whether nothing was written (``limit:`` with nothing behind it, ``~`` or ``null``)."""
    return isinstance(node, ScalarNode) and node.plain and node.text in ("", "~", "null")


def shown(node: Node) -> str:
    """The node as one would say it in a sentence."""
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, ListNode):
        return "、".join(shown(item) for item in node.items)
    return "，".join(f"{key}: {shown(value)}" for key, value in node.entries.items())


def walk(node: Node) -> Iterator[Node]:
    """The node and everything inside it, in order of writing."""
    yield node
    if isinstance(node, ListNode):
        for item in node.items:
            yield from walk(item)
    elif isinstance(node, MapNode):
        for value in node.entries.values():
            yield from walk(value)
