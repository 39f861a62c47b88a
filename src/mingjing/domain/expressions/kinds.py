"""What every part of a condition is: words, numbers, money, days, flags. Found before any row is read, so
that an engine which must know its columns answers exactly what the closures answer.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import NoReturn

from mingjing.domain.expressions.reading import Expression, ExpressionError, character_at

MOST_DIGITS = 38
"""The digits a decimal of DuckDB and of Spark can hold."""
MOST_DEPTH = 4
"""How deep ``and`` and ``or`` may lie within each other: SQL has to write each inner part twice."""
SCALE = 6
"""Decimal places of a number that is not money."""


class Kind(Enum):
    """What a field holds. Numbers have 12 digits and 6 decimals, money 16 digits and 2 decimals (元)."""

    TEXT = "文字"
    NUMBER = "数字"
    MONEY = "金额"
    DAY = "日期"
    FLAG = "是否"


@dataclass(frozen=True, slots=True)
class Typed:
    """A part of a condition. ``digits`` and ``scale`` are of its decimal, as Spark counts them; ``days`` and
    ``money`` its unit (days to the power of 1, 元 to the power of 1); a constant has no unit of its own."""

    kind: Kind
    digits: int = 0
    scale: int = 0
    days: int = 0
    money: int = 0
    constant: bool = False

    @property
    def numeric(self) -> bool:
        """Whether it can be computed with."""
        return self.kind in (Kind.NUMBER, Kind.MONEY)


_OF = {
    Kind.TEXT: Typed(Kind.TEXT),
    Kind.NUMBER: Typed(Kind.NUMBER, 18, SCALE),
    Kind.MONEY: Typed(Kind.MONEY, 18, 2, money=1),
    Kind.DAY: Typed(Kind.DAY),
    Kind.FLAG: Typed(Kind.FLAG),
}
_DAYS_BETWEEN = Typed(Kind.NUMBER, 9, 0, days=1)


def check_condition(expression: Expression, kinds: Mapping[str, Kind]) -> None:
    """Whether a condition can be asked of rows with these fields.

    Raises ExpressionError, with the column, for an unknown field, a text that is ordered or computed with,
    a flag compared with anything but 是 or 否, a number too long for an exact decimal.
    """
    typing = _Typing(expression, kinds)
    if _depth(expression.tree) > MOST_DEPTH:
        typing.refuse(expression.tree, f"and 和 or 套得太深，最多 {MOST_DEPTH} 层。请拆成几个计数。")
    typing.condition(expression.tree)


def check_kinds(expression: Expression, kinds: Mapping[str, Kind]) -> None:
    """As ``check_condition``, for a condition that no engine has to write as SQL: it may lie as deep as it
    likes. Raises ExpressionError."""
    _Typing(expression, kinds).condition(expression.tree)


def kind_of(node: ast.expr, expression: Expression, kinds: Mapping[str, Kind]) -> Typed:
    """What a value within an expression is. Raises ExpressionError as ``check_condition`` does."""
    return _Typing(expression, kinds).value(node)


def quantity_of(expression: Expression, kinds: Mapping[str, Kind]) -> Typed:
    """What a quantity is. Raises ExpressionError also for what is not a number."""
    typing = _Typing(expression, kinds)
    typed = typing.value(expression.tree)
    if not typed.numeric:
        typing.refuse(expression.tree, f"这里要一个数，“{expression.text}”是{typed.kind.value}。")
    return typed


def field_names(expression: Expression, kinds: Mapping[str, Kind]) -> frozenset[str]:
    """The fields an expression looks at, given which names are fields."""
    must = {name for name, _ in expression.fields}
    named = {node.id for node in ast.walk(expression.tree) if isinstance(node, ast.Name)}
    return frozenset(named & (must | set(kinds)))


@dataclass
class _Typing:
    expression: Expression
    kinds: Mapping[str, Kind]

    def condition(self, node: ast.expr) -> None:
        if isinstance(node, ast.BoolOp):
            for value in node.values:
                self.condition(value)
        elif isinstance(node, ast.UnaryOp):
            self.condition(node.operand)
        elif isinstance(node, ast.Compare):
            self.comparison(node)
        elif (typed := self.value(node)).kind is not Kind.FLAG:
            self.refuse(node, f"单独作条件的应是“是/否”数据项，这里是{typed.kind.value}。")

    def comparison(self, node: ast.Compare) -> None:
        left = self.value(node.left)
        listed = any(isinstance(sign, (ast.In, ast.NotIn)) for sign in node.ops)
        if listed and len(node.ops) > 1:
            self.refuse(node, "in 不能和别的比较连着写。请用 and 连接。")
        at: ast.expr = node.left
        for sign, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(right, (ast.Tuple, ast.List)):
                for item in right.elts:
                    self.member(left, node.left, item)
                continue
            other = self.value(right)
            self.pair(sign, (at, left), (right, other))
            at, left = right, other

    def member(self, left: Typed, at: ast.expr, item: ast.expr) -> None:
        typed = self.value(item)
        if not typed.constant:
            words = ast.unparse(item)
            self.refuse(item, f"in 的列表里不能写数据项。“{words}”若是一个词，请加引号写成 '{words}'。")
        self.equal((at, left), (item, typed))

    def pair(self, sign: ast.cmpop, one: tuple[ast.expr, Typed], other: tuple[ast.expr, Typed]) -> None:
        if isinstance(sign, (ast.Eq, ast.NotEq)):
            self.equal(one, other)
            return
        days = [typed.kind is Kind.DAY or _is_day(node) for node, typed in (one, other)]
        if all(days) and Kind.DAY in (one[1].kind, other[1].kind):
            return
        for node, typed in (one, other):
            if not typed.numeric:
                self.refuse(node, f"{typed.kind.value}不能这样比大小：两边都要是数，或者都要是日期。")
        self.comparable(one, other)

    def comparable(self, one: tuple[ast.expr, Typed], other: tuple[ast.expr, Typed]) -> None:
        whole = max(typed.digits - typed.scale for _, typed in (one, other))
        if whole + max(typed.scale for _, typed in (one, other)) > MOST_DIGITS:
            self.refuse(other[0], f"两边合起来超过 {MOST_DIGITS} 位数，比不准。请少乘一次。")

    def equal(self, one: tuple[ast.expr, Typed], other: tuple[ast.expr, Typed]) -> None:
        left, right = one[1], other[1]
        if left.numeric and right.numeric:
            self.comparable(one, other)
            return
        if Kind.FLAG in (left.kind, right.kind):
            for node, typed in (one, other):
                if typed.kind is not Kind.FLAG and not (typed.constant and _word(node) in ("是", "否")):
                    self.refuse(node, "“是/否”数据项只能和“是”“否”比较。")
            return
        if left.kind is not right.kind or (left.kind is Kind.DAY and (left.constant or right.constant)):
            said = f"{left.kind.value}和{right.kind.value}"
            self.refuse(other[0], f"{said}永远不会相等。两边要是同一类；某一天请写成 >= 和 <=。")

    def value(self, node: ast.expr) -> Typed:
        if isinstance(node, ast.Constant):
            return self.constant(node)
        if isinstance(node, ast.Name):
            return self.name(node)
        if isinstance(node, ast.UnaryOp):
            return self.number(node.operand)
        if not isinstance(node, ast.BinOp):
            self.refuse(node, "这里要写数据项、数字或者词。")
        return self.sum(node)

    def constant(self, node: ast.Constant) -> Typed:
        if isinstance(node.value, str):
            return Typed(Kind.TEXT, constant=True)
        exact = abs(Decimal(repr(node.value)))
        whole, _, places = format(exact, "f").partition(".")
        places = places.rstrip("0")
        if len(places) > SCALE:
            self.refuse(node, f"小数最多 {SCALE} 位。")
        return Typed(Kind.NUMBER, max(len(whole), 1) + len(places), len(places), constant=True)

    def name(self, node: ast.Name) -> Typed:
        if node.id in self.kinds:
            return _OF[self.kinds[node.id]]
        if any(name == node.id for name, _ in self.expression.fields):
            self.refuse(node, f"没有“{node.id}”这个数据项。")
        return Typed(Kind.TEXT, constant=True)

    def number(self, node: ast.expr) -> Typed:
        typed = self.value(node)
        if not typed.numeric:
            self.refuse(node, f"{typed.kind.value}不能参加计算。")
        return typed

    def sum(self, node: ast.BinOp) -> Typed:
        left, right = self.value(node.left), self.value(node.right)
        if isinstance(node.op, ast.Sub) and left.kind is right.kind is Kind.DAY:
            return _DAYS_BETWEEN
        left, right = self.number(node.left), self.number(node.right)
        scale = left.scale + right.scale
        digits = left.digits + right.digits + 1
        unit = {"days": left.days + right.days, "money": left.money + right.money}
        if not isinstance(node.op, ast.Mult):
            scale = max(left.scale, right.scale)
            digits = max(left.digits - left.scale, right.digits - right.scale) + scale + 1
            if not (left.constant or right.constant) and (left.days, left.money) != (right.days, right.money):
                self.refuse(node, "天数、金额和件数不能互相加减。")
            unit = {"days": max(left.days, right.days), "money": max(left.money, right.money)}
        if digits > MOST_DIGITS:
            self.refuse(node, f"结果可能超过 {MOST_DIGITS} 位数，算不准。请少乘一次。")
        return Typed(Kind.NUMBER, digits, scale, constant=left.constant and right.constant, **unit)

    def refuse(self, node: ast.expr, message: str) -> NoReturn:
        raise ExpressionError(message, character_at(self.expression.text, node.col_offset))


def _depth(node: ast.AST) -> int:
    """How many ``and`` and ``or`` lie around the innermost comparison; a chain of comparisons is one."""
    own = isinstance(node, ast.BoolOp) or (isinstance(node, ast.Compare) and len(node.ops) > 1)
    return own + max((_depth(one) for one in ast.iter_child_nodes(node)), default=0)


def _word(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _is_day(node: ast.expr) -> bool:
    if not (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return False
    try:
        date.fromisoformat(node.value)
    except ValueError:
        return False
    return True
