"""``一个词 in 多选字段``: whether a field with several words holds one of them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

JOINT = "、"
"""What parts the words of a field with several."""


def asks_containing(sign: ast.cmpop, right: ast.expr) -> bool:
    """Whether a comparison asks what a field contains: ``in`` with a name and no brackets."""
    return isinstance(sign, (ast.In, ast.NotIn)) and isinstance(right, ast.Name)


def word_of(node: ast.expr) -> str:
    """The word looked for, in quotes or without; empty where something else stands there."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return node.id if isinstance(node, ast.Name) else ""


def contained(tree: ast.expr) -> Iterator[tuple[str, ast.Name]]:
    """Every word looked for in a field, with the name of the field."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare) and asks_containing(node.ops[0], node.comparators[0]):
            field = node.comparators[0]
            assert isinstance(field, ast.Name)
            yield word_of(node.left), field


def containing(word: str, *, wanted: bool) -> Callable[[object], bool]:
    """A test of a field's words joined by JOINT."""
    return lambda held: (word in str(held).split(JOINT)) is wanted
