"""A value computed from counts after they were added; dividing by zero gives no data."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NoReturn

from mingjing.domain.expressions.reading import ExpressionError, character_at

_ALLOWED = "可用：+、-、*、/、括号、数字和计数的名称。"
_SIGNS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "×", ast.Div: "÷"}
MOST_LENGTH = 200


@dataclass(frozen=True)
class Formula:
    """A value over counts. ``names`` lists each label with its column, counted from 0."""

    text: str
    tree: ast.expr = field(compare=False, repr=False)
    names: tuple[tuple[str, int], ...]

    @property
    def divides(self) -> bool:
        """Whether anything is divided."""
        return any(isinstance(node, ast.Div) for node in ast.walk(self.tree))

    @property
    def quotient(self) -> tuple[str, str] | None:
        """The two labels where the whole is one count divided by another."""
        tree = self.tree
        if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Div):
            left, right = tree.left, tree.right
            if isinstance(left, ast.Name) and isinstance(right, ast.Name):
                return left.id, right.id
        return None

    def compute(self, given: Mapping[str, Fraction | None]) -> Fraction | None:
        """The exact value; None where a count says nothing or the denominator is zero."""
        return _compute(self.tree, given)

    def shown(self, given: Mapping[str, str]) -> str:
        """The formula with what each label stands for: ``21 ÷ 42``."""
        return _shown(self.tree, given)


def read_formula(text: str) -> Formula:
    """Read a formula. Raises ExpressionError with the column of the mistake, also for a division by a
    difference or by the number zero, which could come out as zero or less."""
    if len(text) > MOST_LENGTH:
        raise ExpressionError(f"算式太长，最多 {MOST_LENGTH} 个字。", MOST_LENGTH)
    for column, letter in enumerate(text):
        if letter in "（）÷×＋－＊／":
            raise ExpressionError(f"算式里用了“{letter}”，请改用英文符号。{_ALLOWED}", column)
    try:
        tree = ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise ExpressionError(f"算式写得不完整，或者多了符号。{_ALLOWED}", 0) from None
    _check(tree, text)
    names = tuple((node.id, character_at(text, node.col_offset)) for node in _names(tree))
    return Formula(text, tree, names)


def _names(tree: ast.expr) -> Iterator[ast.Name]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    yield from sorted(found, key=lambda node: node.col_offset)


def _check(node: ast.expr, text: str) -> None:
    if isinstance(node, ast.Name):
        return
    if isinstance(node, ast.Constant):
        if isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
            _refuse(node, text, f"算式里只能写数字和名称。{_ALLOWED}")
        if node.value > 10**9:
            _refuse(node, text, "数字太大。")
        return
    if not isinstance(node, ast.BinOp) or type(node.op) not in _SIGNS:
        _refuse(node, text, f"算式里不能这样写。{_ALLOWED}")
    _check(node.left, text)
    _check(node.right, text)
    if isinstance(node.op, ast.Div):
        _check_denominator(node.right, text)


def _check_denominator(node: ast.expr, text: str) -> None:
    for inner in ast.walk(node):
        if isinstance(inner, ast.BinOp) and isinstance(inner.op, ast.Sub):
            _refuse(inner, text, "分母里不能相减：差可能是零或者负数。请另写一个计数作分母。")
        if isinstance(inner, ast.Constant) and inner.value == 0:
            _refuse(inner, text, "分母里不能写 0。")


def _refuse(node: ast.expr, text: str, message: str) -> NoReturn:
    raise ExpressionError(message, character_at(text, node.col_offset))


def _compute(node: ast.expr, given: Mapping[str, Fraction | None]) -> Fraction | None:
    if isinstance(node, ast.Name):
        return given[node.id]
    if isinstance(node, ast.Constant):
        return Fraction(repr(node.value))
    assert isinstance(node, ast.BinOp)
    left, right = _compute(node.left, given), _compute(node.right, given)
    if left is None or right is None:
        return None
    if isinstance(node.op, ast.Add):
        return left + right
    if isinstance(node.op, ast.Sub):
        return left - right
    if isinstance(node.op, ast.Mult):
        return left * right
    return None if right == 0 else left / right


def _shown(node: ast.expr, given: Mapping[str, str]) -> str:
    if isinstance(node, ast.Name):
        return given.get(node.id, node.id)
    if isinstance(node, ast.Constant):
        return repr(node.value)
    assert isinstance(node, ast.BinOp)
    left, right = _shown(node.left, given), _shown(node.right, given)
    own = _binds(node)
    if _binds(node.left) < own:
        left = f"({left})"
    if _binds(node.right) < own + isinstance(node.op, (ast.Sub, ast.Div)):
        right = f"({right})"
    return f"{left} {_SIGNS[type(node.op)]} {right}"


def _binds(node: ast.expr) -> int:
    """How tightly a part holds together: sums 1, products 2, names and numbers 3."""
    if not isinstance(node, ast.BinOp):
        return 3
    return 1 if isinstance(node.op, (ast.Add, ast.Sub)) else 2
