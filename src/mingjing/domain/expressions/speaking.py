"""A condition as a Chinese sentence, for whoever reads what a rule asks and does not write rules."""

from __future__ import annotations

import ast

from mingjing.domain.expressions.containing import asks_containing
from mingjing.domain.expressions.reading import Expression

DAY = "日期"
"""What the names of days end in."""
_ORDER: dict[type[ast.cmpop], tuple[str, str]] = {
    ast.Lt: ("小于", "早于"),
    ast.LtE: ("不超过", "不晚于"),
    ast.Gt: ("大于", "晚于"),
    ast.GtE: ("不少于", "不早于"),
}
_SUMS: dict[type[ast.operator], str] = {ast.Add: "加", ast.Sub: "减", ast.Mult: "乘以"}


def spoken(expression: Expression) -> str:
    """``类案冲突 == 是`` as ``类案冲突为“是”``; what is written as a word stands in quotes."""
    return _condition(expression.tree, {name for name, _ in expression.fields}).strip()


def _condition(node: ast.expr, fields: set[str]) -> str:
    if isinstance(node, ast.BoolOp):
        return ("，并且" if isinstance(node.op, ast.And) else "，或者").join(
            f"（{_condition(part, fields)}）" if isinstance(part, ast.BoolOp) else _condition(part, fields)
            for part in node.values
        )
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        if isinstance(node.operand, ast.Name):
            return f"{node.operand.id}为“否”"
        return f"并非（{_condition(node.operand, fields)}）"
    if isinstance(node, ast.Compare):
        rights = zip([node.left, *node.comparators], node.ops, node.comparators, strict=False)
        return "，并且".join(_comparison(left, sign, right, fields) for left, sign, right in rights)
    return f"{_value(node, fields)}为“是”"


def _comparison(left: ast.expr, sign: ast.cmpop, right: ast.expr, fields: set[str]) -> str:
    if asks_containing(sign, right):
        holds = "含" if isinstance(sign, ast.In) else "不含"
        return f"{_value(right, fields)}{holds}{_word(left, set())}"
    said = _value(left, fields) + (" " if isinstance(left, ast.Constant) else "")
    if isinstance(right, (ast.Tuple, ast.List)):
        words = "、".join(_word(item, fields) for item in right.elts)
        return f"{said}是{words}之一" if isinstance(sign, ast.In) else f"{said}不是{words}中的任何一个"
    if isinstance(sign, (ast.Eq, ast.NotEq)):
        word = _word(right, fields)
        equal = "为" if word.startswith("“") else "等于"
        return f"{said}{equal if isinstance(sign, ast.Eq) else f'不{equal}'}{word}"
    return f"{said}{_ORDER[type(sign)][_is_day(left) and _is_day(right)]}{_value(right, fields)}"


def _word(node: ast.expr, fields: set[str]) -> str:
    """A word in quotes; a number and a field without them."""
    if isinstance(node, ast.Name) and node.id not in fields:
        return f"“{node.id}”"
    return _value(node, fields)


def _value(node: ast.expr, fields: set[str]) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Constant):
        return f"“{node.value}”" if isinstance(node.value, str) else f" {node.value!r}"
    if isinstance(node, ast.UnaryOp):
        return f"负{_value(node.operand, fields).strip()}"
    assert isinstance(node, ast.BinOp)
    if isinstance(node.op, ast.Sub) and _is_day(node.left) and _is_day(node.right):
        return f"{_value(node.right, fields)}到{_value(node.left, fields)}的天数"
    parts = [
        f"（{_value(side, fields).strip()}）" if isinstance(side, ast.BinOp) else _value(side, fields)
        for side in (node.left, node.right)
    ]
    return _SUMS[type(node.op)].join(parts)


def _is_day(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id.endswith(DAY)
