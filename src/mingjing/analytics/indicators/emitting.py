"""A condition as SQL with the meaning the domain gives it: true, false, or NULL for what cannot be told.

SQL's own AND and OR are not used as they are: ``NULL AND FALSE`` is FALSE in SQL, while the domain stops at
the first thing it lacks. Every number is a BIGINT or a DECIMAL of exactly the digits the domain computed.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from mingjing.analytics.indicators.dialects import Dialect
from mingjing.domain.expressions.kinds import Kind, Typed, kind_of
from mingjing.domain.expressions.reading import Expression, Value

_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "=",
    ast.NotEq: "<>",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}
MOST_OF_BIGINT = 18


@dataclass(frozen=True)
class Emitter:
    """Writes expressions over the fields of one population. ``absent`` is what empty fields stand for;
    ``instead`` names SQL for fields that are no columns (the moment of a stock)."""

    dialect: Dialect
    kinds: Mapping[str, Kind]
    absent: Mapping[str, Value]
    instead: Mapping[str, str]

    def condition(self, expression: Expression) -> str:
        """A condition that ``check_condition`` has accepted, as a boolean or NULL."""
        return self._condition(expression.tree, expression)

    def quantity(self, expression: Expression) -> tuple[str, Typed]:
        """A quantity that ``quantity_of`` has accepted, with its digits."""
        typed = kind_of(expression.tree, expression, self.kinds)
        return self._value(expression.tree, expression), typed

    def column(self, name: str) -> str:
        """A field, with what stands for it where it is empty."""
        if name in self.instead:
            return self.instead[name]
        plain = f"t.{self.dialect.named(name)}"
        if name not in self.absent:
            return plain
        return f"coalesce({plain}, {self._literal(self.absent[name])})"

    def _condition(self, node: ast.expr, whole: Expression) -> str:
        if isinstance(node, ast.BoolOp):
            parts = [self._condition(value, whole) for value in node.values]
            return self._all(parts) if isinstance(node.op, ast.And) else self._any(parts)
        if isinstance(node, ast.UnaryOp):
            return f"(NOT {self._condition(node.operand, whole)})"
        if isinstance(node, ast.Compare):
            return self._comparison(node, whole)
        assert isinstance(node, ast.Name)
        return self.column(node.id)

    def _all(self, parts: list[str]) -> str:
        *before, last = parts
        for part in reversed(before):
            last = f"CASE WHEN {part} THEN {last} ELSE {part} END"
        return f"({last})"

    def _any(self, parts: list[str]) -> str:
        *before, last = parts
        for part in reversed(before):
            last = f"CASE WHEN NOT {part} THEN {last} ELSE {part} END"
        return f"({last})"

    def _comparison(self, node: ast.Compare, whole: Expression) -> str:
        left, found = node.left, []
        for sign, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(right, (ast.Tuple, ast.List)):
                items = ", ".join(self._side(item, left, whole) for item in right.elts)
                no = "NOT " if isinstance(sign, ast.NotIn) else ""
                found.append(f"({self._side(left, left, whole)} {no}IN ({items}))")
            else:
                one, other = self._side(left, right, whole), self._side(right, left, whole)
                found.append(f"({one} {_SIGNS[type(sign)]} {other})")
            left = right
        return self._all(found) if len(found) > 1 else found[0]

    def _side(self, node: ast.expr, other: ast.expr, whole: Expression) -> str:
        """One side of a comparison; 是 and 否 beside a flag are true and false, a text beside a day a day."""
        beside = kind_of(other, whole, self.kinds).kind
        typed = kind_of(node, whole, self.kinds)
        if typed.constant and typed.kind is Kind.TEXT:
            word = node.id if isinstance(node, ast.Name) else str(getattr(node, "value", ""))
            if beside is Kind.FLAG:
                return "TRUE" if word == "是" else "FALSE"
            return (
                self.dialect.day(date.fromisoformat(word)) if beside is Kind.DAY else self.dialect.text(word)
            )
        return self._value(node, whole)

    def _value(self, node: ast.expr, whole: Expression) -> str:
        if isinstance(node, ast.Name):
            return self.column(node.id)
        if isinstance(node, ast.Constant):
            return format(Decimal(repr(node.value)), "f")
        if isinstance(node, ast.UnaryOp):
            return f"(-{self._value(node.operand, whole)})"
        assert isinstance(node, ast.BinOp)
        return self._sum(node, whole)

    def _sum(self, node: ast.BinOp, whole: Expression) -> str:
        sides = [(side, kind_of(side, whole, self.kinds)) for side in (node.left, node.right)]
        if sides[0][1].kind is Kind.DAY:
            return self.dialect.days_between(*(self._value(side, whole) for side, _ in sides))
        typed = kind_of(node, whole, self.kinds)
        sign = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*"}[type(node.op)]
        plain = _is_small(typed)
        targets = [typed, typed]
        if isinstance(node.op, ast.Mult):
            # One side as wide as the product: two DECIMAL(18) are multiplied within 18 digits.
            targets = [replace(sides[0][1], digits=typed.digits), sides[1][1]]
        left, right = (
            f"CAST({self._value(side, whole)} AS {_number(target, plain=plain)})"
            for (side, _), target in zip(sides, targets, strict=True)
        )
        return f"CAST({left} {sign} {right} AS {_number(typed, plain=plain)})"

    def _literal(self, value: Value) -> str:
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        if isinstance(value, date):
            return self.dialect.day(value)
        return self.dialect.text(value) if isinstance(value, str) else format(value, "f")


def _is_small(typed: Typed) -> bool:
    return typed.scale == 0 and typed.digits <= MOST_OF_BIGINT


def _number(typed: Typed, *, plain: bool) -> str:
    return "BIGINT" if plain else f"DECIMAL({typed.digits},{typed.scale})"
