"""Conditions that definitions state: a part of Python's syntax with Chinese names, compiled to a closure.

Allowed: ``and or not``, comparisons, ``in`` / ``not in`` with a list in brackets, ``+ - *`` on numbers,
numbers, texts in quotes, and names. A name standing alone, on the left of a comparison or on
either side of ``< <= > >=`` is a field; on the right of ``== != in`` it is a field only if the court's
dictionary knows it, else the word itself (``案件类型 == 民事一审``). Where the caller says so, ``一个词 in
字段`` asks whether a field with several words holds one.
Nothing else is accepted: no calls, no attributes, no subscripts, no ``**``.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Collection, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, NoReturn

from mingjing.domain.expressions.containing import asks_containing, containing, word_of

Value = bool | int | float | Decimal | str | date
Given = Mapping[str, object]
MOST_LENGTH = 500
MOST_NODES = 100
MOST_NUMBER = 10**12


class ExpressionError(Exception):
    """A condition that cannot be read. ``column`` counts characters of the condition from 0."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message = message
        self.column = column


class MissingFieldError(Exception):
    """A field the condition needs is absent or empty."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class WrongFieldError(Exception):
    """A field is of another kind than the condition needs (text compared with a number)."""


@dataclass(frozen=True)
class Expression:
    """A condition. ``fields`` lists the names that certainly are fields, with their columns."""

    text: str
    tree: ast.expr = field(compare=False, repr=False)
    fields: tuple[tuple[str, int], ...]

    def compile(self, known: Collection[str] = ()) -> Callable[[Given], bool]:
        """The condition as a function of the fields; ``known`` settles which right-hand names are fields.

        The function raises MissingFieldError or WrongFieldError. ``and`` and ``or`` stop as early as in
        Python.
        """
        names = {name for name, _ in self.fields} | set(known)
        value = _compile(self.tree, names)
        return lambda given: _truth(value(given), self.text)

    def compile_quantity(self, known: Collection[str] = ()) -> Callable[[Given], int | float | Decimal]:
        """What ``read_quantity`` has read, as a function of the fields; raises as ``compile`` does."""
        value = _compile(self.tree, {name for name, _ in self.fields} | set(known))
        return lambda given: _number(value(given))

    def exact(self) -> Expression:
        """The same with its decimals as ``Decimal``, for fields that are never ``float``."""
        return Expression(self.text, _Exact().visit(deepcopy(self.tree)), self.fields)


class _Exact(ast.NodeTransformer):
    """Decimals as they were written, not as the nearest binary fraction."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        if isinstance(node.value, float):
            node.value = Decimal(repr(node.value))  # type: ignore[assignment] # never printed as source
        return node


def read_expression(text: str, *, several: bool = False) -> Expression:
    """Read a condition; ``several``: there are fields with several words, which ``一个词 in 字段`` may ask.

    Raises ExpressionError with the column of the mistake.
    """
    tree = _parsed(text)
    _Checker(text, several=several).condition(tree)
    return Expression(text, tree, tuple(_fields(tree, text)))


def read_quantity(text: str) -> Expression:
    """Read a number to be computed: a field, days between two days, a sum. Raises ExpressionError."""
    tree = _parsed(text)
    if isinstance(tree, ast.Constant):
        raise ExpressionError("这里要写数据项或者由数据项算出的数，例如 结案日期 - 立案日期。", 0)
    _Checker(text).value(tree)
    return Expression(text, tree, tuple(_fields(tree, text)))


def _parsed(text: str) -> ast.expr:
    if len(text) > MOST_LENGTH:
        raise ExpressionError(f"条件太长，最多 {MOST_LENGTH} 个字。请拆成几条规则。", MOST_LENGTH)
    for column, letter in enumerate(text):
        if letter in _WIDE:
            raise ExpressionError(f"条件里用了全角符号“{letter}”。请改成英文符号“{_WIDE[letter]}”。", column)
    try:
        tree = ast.parse(text, mode="eval").body
    except SyntaxError as error:
        column = character_at(text, max((error.offset or 1) - 1, 0), in_bytes=False)
        raise ExpressionError(_syntax_cause(text), column) from None
    except (ValueError, RecursionError, MemoryError):
        raise ExpressionError("条件无法读取：嵌套太深，或者有看不见的字符。", 0) from None
    if sum(1 for _ in ast.walk(tree)) > MOST_NODES:
        raise ExpressionError("条件太复杂。请拆成几条规则。", 0)
    return tree


_WIDE = {
    "（": "(",
    "）": ")",
    "，": ",",
    "＞": ">",
    "＜": "<",
    "＝": "=",
    "“": '"',
    "”": '"',
    "≥": ">=",
    "≤": "<=",
    "≠": "!=",
}
_ALLOWED = "可用：and、or、not、in、not in、==、!=、<、<=、>、>=、+、-、*、数字、名称、加引号的文字。"
_COMPARE: dict[type[ast.cmpop], Callable[[object, object], bool]] = {
    ast.Eq: lambda a, b: a == b,
    ast.NotEq: lambda a, b: a != b,
    ast.Lt: lambda a, b: _ordered(a, b, lambda x, y: x < y),
    ast.LtE: lambda a, b: _ordered(a, b, lambda x, y: x <= y),
    ast.Gt: lambda a, b: _ordered(a, b, lambda x, y: x > y),
    ast.GtE: lambda a, b: _ordered(a, b, lambda x, y: x >= y),
}
_OF_ALIKE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
}


def _syntax_cause(text: str) -> str:
    if "=" in text and not any(sign in text for sign in ("==", ">=", "<=", "!=")):
        return "条件写得不完整。判断相等要写两个等号“==”。" + _ALLOWED
    return "条件写得不完整，或者多了符号。" + _ALLOWED


def character_at(text: str, offset: int, *, in_bytes: bool = True) -> int:
    """``ast`` counts UTF-8 bytes within a line, people count characters."""
    return len(text.encode()[:offset].decode(errors="ignore")) if in_bytes else min(offset, len(text))


@dataclass
class _Checker:
    """Walks the tree and refuses everything not on the list, at its column."""

    text: str
    several: bool = False

    def condition(self, node: ast.expr) -> None:
        """Something true or false."""
        if isinstance(node, ast.BoolOp):
            for value in node.values:
                self.condition(value)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self.condition(node.operand)
        elif isinstance(node, ast.Compare):
            self.comparison(node)
        elif not isinstance(node, ast.Name):
            self.refuse(node, "条件的结果应为“是”或“否”，要有比较或者一个“是/否”的数据项。")

    def comparison(self, node: ast.Compare) -> None:
        """``a < b <= c``, ``a in (b, c)``, ``a in b``."""
        if self.several and len(node.ops) == 1 and asks_containing(node.ops[0], node.comparators[0]):
            if not word_of(node.left):
                self.refuse(node, "in 前面写一个词，后面写一个多选字段，例如 宴请 in 报告事项。")
            return
        self.value(node.left)
        for sign, right in zip(node.ops, node.comparators, strict=True):
            if isinstance(sign, (ast.In, ast.NotIn)):
                if not isinstance(right, (ast.Tuple, ast.List)) or not right.elts:
                    self.refuse(right, "in 后面要写括号里的列表，例如 案件类型 in (民事一审, 民事二审)。")
                for item in right.elts:
                    self.value(item)
            elif type(sign) not in _COMPARE:
                self.refuse(node, "不能用 is。判断相等请用“==”。")
            else:
                self.value(right)

    def value(self, node: ast.expr) -> None:
        """A number, a text, a name, or a sum of them."""
        if isinstance(node, ast.Constant):
            if not isinstance(node.value, (int, float, str)) or isinstance(node.value, bool):
                self.refuse(node, "这里只能写数字、名称或者加引号的文字。")
            if isinstance(node.value, (int, float)) and abs(node.value) > MOST_NUMBER:
                self.refuse(node, "数字太大。")
        elif isinstance(node, ast.BinOp):
            if not isinstance(node.op, (ast.Add, ast.Sub, ast.Mult)):
                self.refuse(node, "只能用 +、-、* 计算。")
            for side in (node.left, node.right):
                if isinstance(side, ast.Constant) and isinstance(side.value, str):
                    self.refuse(side, "文字不能参加计算。")
                self.value(side)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            self.value(node.operand)
        elif not isinstance(node, ast.Name):
            self.refuse(node, f"这里不能这样写。{_ALLOWED}")

    def refuse(self, node: ast.expr, message: str) -> NoReturn:
        """Stop at a node."""
        raise ExpressionError(message, character_at(self.text, node.col_offset))


def _fields(tree: ast.expr, text: str) -> Iterator[tuple[str, int]]:
    """Names that must be fields: alone, left of a comparison, ordered, or part of a sum."""
    if isinstance(tree, ast.Name):
        yield tree.id, character_at(text, tree.col_offset)
    elif isinstance(tree, ast.BoolOp):
        for value in tree.values:
            yield from _fields(value, text)
    elif isinstance(tree, ast.UnaryOp):
        yield from _fields(tree.operand, text)
    elif isinstance(tree, ast.BinOp):
        yield from _fields(tree.left, text)
        yield from _fields(tree.right, text)
    elif isinstance(tree, ast.Compare) and asks_containing(tree.ops[0], tree.comparators[0]):
        yield from _fields(tree.comparators[0], text)
    elif isinstance(tree, ast.Compare):
        yield from _fields(tree.left, text)
        for sign, right in zip(tree.ops, tree.comparators, strict=True):
            # Words have no order: what is more or less than something is a field.
            ordered = isinstance(sign, (ast.Lt, ast.LtE, ast.Gt, ast.GtE))
            if ordered or isinstance(right, (ast.BinOp, ast.UnaryOp)):
                yield from _fields(right, text)


def _compile(node: ast.expr, names: Collection[str]) -> Callable[[Given], object]:
    if isinstance(node, ast.Constant):
        constant = node.value
        return lambda given: constant
    if isinstance(node, ast.Name):
        return _name(node.id, names)
    if isinstance(node, ast.BoolOp):
        return _logic(node, names)
    if isinstance(node, ast.UnaryOp):
        operand = _compile(node.operand, names)
        if isinstance(node.op, ast.Not):
            return lambda given: not _truth(operand(given), "not")
        return lambda given: -_number(operand(given))
    if isinstance(node, ast.BinOp):
        return _sum(node, names)
    assert isinstance(node, ast.Compare)
    return _comparison(node, names)


def _name(name: str, names: Collection[str]) -> Callable[[Given], object]:
    if name not in names:
        return lambda given: name

    def read(given: Given) -> object:
        value = given.get(name)
        if value is None or value == "":
            raise MissingFieldError(name)
        return value

    return read


def _logic(node: ast.BoolOp, names: Collection[str]) -> Callable[[Given], object]:
    parts = [_compile(value, names) for value in node.values]
    if isinstance(node.op, ast.And):
        return lambda given: all(_truth(part(given), "and") for part in parts)
    return lambda given: any(_truth(part(given), "or") for part in parts)


def _sum(node: ast.BinOp, names: Collection[str]) -> Callable[[Given], object]:
    left, right = _compile(node.left, names), _compile(node.right, names)
    if isinstance(node.op, ast.Add):
        return lambda given: _number(left(given)) + _number(right(given))
    if isinstance(node.op, ast.Sub):
        return lambda given: _difference(left(given), right(given))
    return lambda given: _number(left(given)) * _number(right(given))


def _comparison(node: ast.Compare, names: Collection[str]) -> Callable[[Given], object]:
    if asks_containing(node.ops[0], node.comparators[0]):
        test = containing(word_of(node.left), wanted=isinstance(node.ops[0], ast.In))
        held = _compile(node.comparators[0], names)
        return lambda given: test(held(given))
    left = _compile(node.left, names)
    tests: list[tuple[Callable[[object, object], bool], Callable[[Given], object]]] = []
    for sign, right in zip(node.ops, node.comparators, strict=True):
        if isinstance(sign, (ast.In, ast.NotIn)):
            assert isinstance(right, (ast.Tuple, ast.List))
            tests.append(
                (_member(isinstance(sign, ast.In)), _listing([_compile(item, names) for item in right.elts]))
            )
        else:
            tests.append((_COMPARE[type(sign)], _compile(right, names)))

    if len(tests) == 1:
        return _pair(left, *tests[0], _OF_ALIKE.get(type(node.ops[0])))

    def compare(given: Given) -> bool:
        one = left(given)
        for test, right_of in tests:
            other = right_of(given)
            if not test(_plain(one), _plain(other)):
                return False
            one = other
        return True

    return compare


def _pair(
    left: Callable[[Given], object],
    test: Callable[[object, object], bool],
    right: Callable[[Given], object],
    of_alike: Callable[[Any, Any], bool] | None,
) -> Callable[[Given], object]:
    """One comparison, by far the most frequent; two days or two whole numbers need no look."""

    def compare(given: Given) -> bool:
        one, other = left(given), right(given)
        if type(one) is type(other) and type(one) in (date, int) and of_alike is not None:
            return of_alike(one, other)
        return test(_plain(one), _plain(other))

    return compare


def _listing(items: list[Callable[[Given], object]]) -> Callable[[Given], object]:
    return lambda given: tuple(_plain(item(given)) for item in items)


def _member(wanted: bool) -> Callable[[object, object], bool]:
    return lambda one, items: isinstance(items, tuple) and (one in items) is wanted


def _plain(value: object) -> object:
    """Flags compare as the words 是 and 否."""
    return ("是" if value else "否") if isinstance(value, bool) else value


def _truth(value: object, where: str) -> bool:
    if isinstance(value, bool):
        return value
    if value in ("是", "否"):
        return value == "是"
    raise WrongFieldError(f"“{value}”不是“是”或“否”，不能单独作为条件（{where}）。")


def _number(value: object) -> Any:
    """An int, a float or a Decimal; which of the two is the caller's to keep apart (see ``exact``)."""
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        raise WrongFieldError(f"“{value}”不是数字，不能参加计算。")
    return value


def _difference(left: object, right: object) -> Any:
    """Two days give the days between them; everything else must be numbers."""
    if isinstance(left, date) and isinstance(right, date):
        return left.toordinal() - right.toordinal()
    return _number(left) - _number(right)


def _ordered(left: object, right: object, test: Callable[[Any, Any], bool]) -> bool:
    if isinstance(left, date) and isinstance(right, date):
        return test(left.toordinal(), right.toordinal())
    if isinstance(left, date) or isinstance(right, date):
        return test(_ordinal(left), _ordinal(right))
    return test(_number(left), _number(right))


def _ordinal(value: object) -> int:
    if isinstance(value, date):
        return value.toordinal()
    try:
        return date.fromisoformat(str(value)).toordinal()
    except ValueError:
        raise WrongFieldError(f"“{value}”不是日期，不能和日期比较。") from None
