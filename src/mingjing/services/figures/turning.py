"""On which day a condition that looks at the day itself (``时点``) turns."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import Expression, MissingFieldError, Value, WrongFieldError
from mingjing.domain.indicators.counts import MOMENT
from mingjing.services.figures.answers import says_of

HORIZON = timedelta(days=36_600)
"""So long after a case was opened a condition on its age may still turn."""
Given = Mapping[str, Value]


def names_of(tree: ast.AST) -> set[str]:
    """Fields, and words that could be fields."""
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def is_age(tree: ast.expr) -> bool:
    """Whether it is the days from one day to that which is looked at."""
    if not isinstance(tree, ast.BinOp) or not isinstance(tree.op, ast.Sub):
        return False
    return isinstance(tree.left, ast.Name) and tree.left.id == MOMENT and times(tree) == 1


def times(tree: ast.AST) -> int:
    """How often the day is named."""
    return sum(isinstance(node, ast.Name) and node.id == MOMENT for node in ast.walk(tree))


@dataclass(frozen=True, slots=True)
class Turn:
    """A comparison with the day, which turns once at most. ``near``: it does so on that day, an
    ordinal, or on the next; None where only searching tells. Equal ``text``: the same comparison."""

    text: str
    says: Callable[[Mapping[str, object]], bool]
    near: Callable[[Given], int | None]


Turned = dict[str, date | None]
"""For one row: a comparison → the day on which it turns."""


def days_of(
    turns: Sequence[Turn], given: dict[str, Value], opened: date, until: date | None, turned: Turned
) -> list[date]:
    """The days on which a stock may change: when it comes to stand and where a condition on the day turns."""
    if not turns:
        return [opened]
    last = until - timedelta(days=1) if until else opened + HORIZON
    found = {opened}
    for turn in turns:
        if turn.text not in turned:
            turned[turn.text] = _turning(turn, given, opened, last)
        day = turned[turn.text]
        if day is not None:
            found.add(day)
    return sorted(found)


def _turning(turn: Turn, given: dict[str, Value], first: date, last: date) -> date | None:
    """The first day on which a comparison no longer says what it said on ``first``; None if it never does."""

    def says(day: int) -> bool:
        given[MOMENT] = date.fromordinal(day)
        return turn.says(given)

    low, high = first.toordinal(), last.toordinal()
    near = turn.near(given)
    try:
        if near is not None:
            days = (day for day in (near, near + 1) if low < day <= high and says(day) != says(day - 1))
            return next(map(date.fromordinal, days), None)
        before = says(low)
        if says(high) == before:
            return None
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if says(middle) == before else (low, middle)
    except (KeyError, MissingFieldError, WrongFieldError):
        return None
    return date.fromordinal(high)


def turns_of(where: Expression, kinds: Mapping[str, Kind], *, typed: bool) -> Iterator[Turn]:
    """The comparisons of a condition that look at the day; ``typed``: every field is surely of its kind."""
    for atom in _atoms(where):
        says = says_of(atom, kinds) if typed else None
        yield Turn(ast.dump(atom.tree), says or atom.exact().compile(frozenset(kinds)), _near(atom.tree))


def _near(atom: ast.expr) -> Callable[[Given], int | None]:
    """When a comparison turns: ``时点 - 立案日期 > 365`` on the 366th day after that of filing."""
    sides = (atom.left, atom.comparators[0]) if isinstance(atom, ast.Compare) else ()
    plain = [side for side in sides if MOMENT not in names_of(side)]
    moved = [side for side in sides if MOMENT in names_of(side)]
    if len(plain) == 1 and len(moved) == 1:
        one, day = plain[0], moved[0]
        if isinstance(day, ast.Name) and isinstance(one, ast.Name):
            return lambda given: _ordinal(given.get(one.id), 0)
        if is_age(day) and isinstance(one, ast.Constant) and isinstance(day, ast.BinOp):
            since = day.right
            if isinstance(since, ast.Name) and isinstance(one.value, (int, float)):
                days = int(one.value)
                return lambda given: _ordinal(given.get(since.id), days)
    return lambda given: None


def _ordinal(value: object, days: int) -> int | None:
    return value.toordinal() + days if isinstance(value, date) else None


def _atoms(where: Expression) -> Iterator[Expression]:
    """The comparisons of a condition that look at the day, each of which turns once at most."""
    for node in ast.walk(where.tree):
        if not isinstance(node, ast.Compare) or MOMENT not in names_of(node):
            continue
        left = node.left
        for operator, right in zip(node.ops, node.comparators, strict=True):
            for wanted in _ordered(operator):
                pair = ast.Compare(left, [wanted], [right])
                yield Expression(where.text, ast.copy_location(pair, node), where.fields)
            left = right


def _ordered(operator: ast.cmpop) -> tuple[ast.cmpop, ...]:
    """Equality turns twice: where it begins and where it ends."""
    return (ast.Lt(), ast.LtE()) if isinstance(operator, (ast.Eq, ast.NotEq)) else (operator,)
