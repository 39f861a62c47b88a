"""A condition over typed fields as one line of Python, for whoever asks it of millions of rows.

Only what ``reading`` has accepted and ``kinds`` has typed is written, and of that only what plain Python
says exactly as the closures of ``reading`` do: names become texts in quotes, so nothing of a definition is
ever run as code. Whatever else a condition says is not written, and its closure is asked.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from mingjing.domain.expressions.kinds import Kind, kind_of
from mingjing.domain.expressions.reading import Expression, ExpressionError

ROW = "given"
"""What a line calls the row: field → value of its kind. A field that is not there raises KeyError."""
_SIGNS: dict[type[ast.AST], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.In: "in",
    ast.NotIn: "not in",
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.And: " and ",
    ast.Or: " or ",
}
_EQUAL = (ast.Eq, ast.NotEq)
_WORDS = {Kind.TEXT, Kind.FLAG}
"""Flags compare as the words 是 and 否."""


class _UnwrittenError(Exception):
    """Something plain Python does not say in the same way."""


def condition_line(expression: Expression, kinds: Mapping[str, Kind]) -> str | None:
    """A condition as Python; None where only its closure can say it."""
    try:
        return _Writer(expression, kinds).condition(expression.tree)
    except (_UnwrittenError, ExpressionError):
        return None


def days_line(expression: Expression, kinds: Mapping[str, Kind]) -> str | None:
    """The days from one day to another as Python, a whole number; None for every other quantity."""
    tree = expression.tree
    try:
        writer = _Writer(expression, kinds)
        return writer.value(tree) if isinstance(tree, ast.BinOp) and writer.is_days(tree) else None
    except (_UnwrittenError, ExpressionError):
        return None


def read_line(name: str) -> str:
    """A field of the row."""
    return f"{ROW}[{name!r}]"


class _Writer:
    """Writes one expression."""

    def __init__(self, expression: Expression, kinds: Mapping[str, Kind]) -> None:
        self._whole, self._kinds = expression, kinds

    def condition(self, node: ast.expr) -> str:
        if isinstance(node, ast.BoolOp):
            return f"({_SIGNS[type(node.op)].join(map(self.condition, node.values))})"
        if isinstance(node, ast.UnaryOp):
            return f"(not {self.condition(node.operand)})"
        if isinstance(node, ast.Compare):
            return self.comparison(node)
        if isinstance(node, ast.Name) and self._kinds.get(node.id) is Kind.FLAG:
            return read_line(node.id)
        raise _UnwrittenError

    def comparison(self, node: ast.Compare) -> str:
        """A chain, which Python stops as early as the closures do."""
        parts, left = [self.value(node.left)], node.left
        for sign, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(sign, (ast.In, ast.NotIn)):
                parts += [_SIGNS[type(sign)], self.listed(left, right)]
            else:
                self.pair(sign, left, right)
                parts += [_SIGNS[type(sign)], self.value(right)]
            left = right
        return f"({' '.join(parts)})"

    def listed(self, left: ast.expr, right: ast.expr) -> str:
        """Words in brackets, one of which a text or a flag may be."""
        if not isinstance(right, (ast.Tuple, ast.List)) or self.kind(left) not in _WORDS:
            raise _UnwrittenError
        if any(self.kind(item) is not Kind.TEXT for item in right.elts):
            raise _UnwrittenError
        return f"({', '.join(map(self.value, right.elts))},)"

    def pair(self, sign: ast.cmpop, left: ast.expr, right: ast.expr) -> None:
        """Two days, two numbers, or two words that are equal or not; a day in quotes is not written."""
        both = {self.kind(left), self.kind(right)}
        if both <= _WORDS and isinstance(sign, _EQUAL):
            return
        if both != {Kind.DAY} and not both <= {Kind.NUMBER, Kind.MONEY}:
            raise _UnwrittenError

    def value(self, node: ast.expr) -> str:
        if isinstance(node, ast.Name):
            if self._kinds.get(node.id) is Kind.FLAG:
                return f"('是' if {read_line(node.id)} else '否')"
            return read_line(node.id) if node.id in self._kinds else repr(node.id)
        if isinstance(node, ast.Constant) and type(node.value) in (int, str):
            return repr(node.value)
        if isinstance(node, ast.UnaryOp):
            return f"(-{self.value(node.operand)})"
        if isinstance(node, ast.BinOp):
            left, right = self.value(node.left), self.value(node.right)
            if self.is_days(node):
                return f"({left}.toordinal() - {right}.toordinal())"
            return f"({left} {_SIGNS[type(node.op)]} {right})"
        raise _UnwrittenError

    def is_days(self, node: ast.BinOp) -> bool:
        """Whether one day is taken from another."""
        return isinstance(node.op, ast.Sub) and self.kind(node.left) is self.kind(node.right) is Kind.DAY

    def kind(self, node: ast.expr) -> Kind:
        """What a value is. Raises ExpressionError where it is nothing."""
        return kind_of(node, self._whole, self._kinds).kind
