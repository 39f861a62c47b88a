"""What one row gives to every count of a court, as dated parts that add up: the counts, compiled once.

It must equal ``domain.indicators.tallying`` whatever the period; a property test holds the two together.
A stock becomes what it gains and loses on single days. Where its condition looks at the day itself
(``时点``), the days on which the condition turns are found; a measured age is kept as the day it counts from.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, localcontext

from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.reading import Expression, MissingFieldError, Value, WrongFieldError
from mingjing.domain.indicators.counts import (
    MOMENT,
    At,
    Count,
    Indicator,
    MeasureKind,
    Population,
    read_row,
)
from mingjing.domain.indicators.tallying import PRECISION, Tallied, Tally
from mingjing.services.figures.cells import Amount, Amounts, Part
from mingjing.services.figures.wordings import Asked, Left, Wordings, asked_of

SCALE = 10**6
"""Sums are kept as whole millionths."""
HORIZON = timedelta(days=36_600)
"""So long after a case was opened a condition on its age may still turn."""
Given = Mapping[str, Value]
_keys: dict[tuple[int, ...], tuple[tuple[Count, ...], str, bool]] = {}
"""Keys and whether they can be kept, by the identity of the counts, held so that it stays theirs."""
MOST_KEYS = 5000


def key_of(lineage: Sequence[Count]) -> str:
    """The key of a count: what it and those it is a part of count, whatever they are called."""
    return _known(lineage)[1]


def _known(lineage: Sequence[Count]) -> tuple[tuple[Count, ...], str, bool]:
    asked = tuple(map(id, lineage))
    known = _keys.get(asked)
    if known is None:
        if len(_keys) >= MOST_KEYS:
            _keys.clear()
        known = _keys[asked] = tuple(lineage), _told(lineage), _keepable(lineage)
    return known


def _told(lineage: Sequence[Count]) -> str:
    told = "\n".join(replace(count, at=count.at and At.END).key for count in lineage)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def keepable(lineage: Sequence[Count]) -> bool:
    """Whether a count can be kept by day: a condition looks at the day only so that it turns once, and what
    is measured does not depend on it but as an age in days (``时点 - 立案日期``)."""
    return _known(lineage)[2]


def _keepable(lineage: Sequence[Count]) -> bool:
    of = lineage[-1].measure.of
    if of is not None and MOMENT in _names(of.tree) and not _is_age(of.tree):
        return False
    wheres = [count.where.tree for count in lineage if count.where is not None]
    atoms = (node for tree in wheres for node in ast.walk(tree) if isinstance(node, ast.Compare))
    return all(_times(atom) <= 1 for atom in atoms)


def _is_age(tree: ast.expr) -> bool:
    if not isinstance(tree, ast.BinOp) or not isinstance(tree.op, ast.Sub):
        return False
    return isinstance(tree.left, ast.Name) and tree.left.id == MOMENT and _times(tree) == 1


def _times(tree: ast.AST) -> int:
    """How often the day is named."""
    return sum(isinstance(node, ast.Name) and node.id == MOMENT for node in ast.walk(tree))


@dataclass(frozen=True, slots=True)
class Turn:
    """A comparison with the day, which turns once at most. ``near``: it does so on that day, an
    ordinal, or on the next; None where only searching tells. Equal ``text``: the same comparison."""

    text: str
    says: Callable[[Mapping[str, object]], bool]
    near: Callable[[Given], int | None]


Stay = tuple[date, date | None]
Turned = dict[str, date | None]
"""For one row: a comparison → the day on which it turns."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """One count of a court, ready to be asked of a row. ``ages``: what is measured grows by one with every
    day; ``sums``: it is added up."""

    key: str
    root: Count
    asked: tuple[Asked, ...]
    turns: tuple[Turn, ...]
    ages: bool
    sums: bool


@dataclass(frozen=True, slots=True)
class _Alike:
    """The counts for which an empty field stands for the same."""

    absent: Given
    wordings: Wordings[_Left]

    @classmethod
    def of(cls, counts: tuple[Compiled, ...]) -> _Alike:
        """Counts whose roots say the same of empty fields."""
        wordings = Wordings([one.asked for one in counts], lambda left: _Left.of(counts, left))
        return cls(counts[0].root.absent, wordings)


Told = tuple[str, int, int]
"""A count that words alone settled: its key, rows, rows that lack."""


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of some counts for rows of one wording: those that are settled, flows by their date, and
    those that still want to be asked of the row."""

    flows: tuple[tuple[str, tuple[Told, ...]], ...]
    stocks: tuple[Told, ...]
    asked: tuple[tuple[Compiled, Left], ...]

    @classmethod
    def of(cls, counts: Sequence[Compiled], left: Iterable[Left]) -> _Left:
        """What is left of each count, arranged."""
        flows: dict[str, list[Told]] = {}
        stocks: list[Told] = []
        asked: list[tuple[Compiled, Left]] = []
        for each in left:
            one, sure = counts[each.place], each.sure
            if each.rest or sure is None:
                asked.append((one, each))
                continue
            told = stocks if one.root.at is not None else flows.setdefault(one.root.on, [])
            told.append((one.key, sure.rows, sure.missing))
        return cls(tuple((on, tuple(told)) for on, told in flows.items()), tuple(stocks), tuple(asked))


class Counting:
    """Every count a court asks of one population."""

    def __init__(self, counts: Iterable[tuple[Count, ...]], population: Population) -> None:
        self._population = population
        compiled: dict[str, Compiled] = {}
        asked: dict[str, Asked] = {}
        used = {population.opened, population.ended}
        for lineage in counts:
            key = key_of(lineage)
            if key not in compiled and lineage[0].over == population.over and keepable(lineage):
                compiled[key] = _compiled(key, lineage, population, asked)
                used |= {name for count in lineage for name in _read(count)}
        self.keys = frozenset(compiled)
        self._kinds = {name: kind for name, kind in population.kinds.items() if name in used}
        alike: dict[str, list[Compiled]] = {}
        for one in compiled.values():
            alike.setdefault(repr(sorted(one.root.absent.items())), []).append(one)
        self._alike = [_Alike.of(tuple(counts)) for counts in alike.values()]

    def parts(self, fields: Mapping[str, object]) -> tuple[Part, ...]:
        """What a row gives to every count, in the order of their keys and days, days to come among them."""
        row = read_row(fields, self._kinds)
        found: list[Part] = []
        for alike in self._alike:
            given: dict[str, Value] = {**alike.absent, **row}
            left, stay = alike.wordings.left(given), self._stay(given)
            for on, told in left.flows:
                if isinstance(day := row.get(on), date):
                    found += [Part(key, day, False, n, missing) for key, n, missing in told]
            if stay is not None:
                opened, until = stay
                found += [Part(key, opened, True, n, missing) for key, n, missing in left.stocks]
                if until is not None:
                    found += [Part(key, until, True, -n, -missing) for key, n, missing in left.stocks]
            turned: Turned = {}
            for one, asked in left.asked:
                if one.root.at is not None:
                    found += [] if stay is None else self._stock(one, asked, given, stay, turned)
                elif isinstance(day := row.get(one.root.on), date):
                    part = _part(one, _on(asked, given, day), day, stock=False)
                    found += [] if part is None else [part]
        return tuple(sorted(found))

    def _stay(self, given: Given) -> Stay | None:
        """From which day and until which (None: it still does) a row stands; None where it never does."""
        opened, ended = given.get(self._population.opened), given.get(self._population.ended)
        if not isinstance(opened, date):
            return None
        until = ended if isinstance(ended, date) else None
        return None if until is not None and until <= opened else (opened, until)

    def _stock(
        self, one: Compiled, left: Left, given: dict[str, Value], stay: Stay, turned: Turned
    ) -> Iterator[Part]:
        """What a row adds on the day it comes to stand and takes back where that ends or turns."""
        opened, until = stay
        standing: Part | None = None
        for day in _days(one, given, opened, until, turned):
            now = _part(one, _on(left, given, day), day, stock=True)
            if standing is not None and now is not None and now[3:] == standing[3:]:
                continue
            if standing is not None:
                yield _taken_back(standing, day)
            if now is not None:
                yield now
            standing = now
        if standing is not None and until is not None:
            yield _taken_back(standing, until)


def _on(left: Left, given: dict[str, Value], day: date) -> Tally:
    """What the row makes of the count, looked at on a day."""
    given[MOMENT] = day
    return left.found(given)


def _taken_back(standing: Part, day: date) -> Part:
    return standing._replace(day=day, n=-standing.n, missing=-standing.missing, total=-standing.total)


def _part(one: Compiled, found: Tally, day: date, *, stock: bool) -> Part | None:
    """The tally of one row as a part; an age is kept as the day from which it counts."""
    if not found:
        return None
    if not found.rows or not (one.sums or found.spread):
        return Part(one.key, day, stock, found.rows, found.missing)
    back = day.toordinal() if one.ages else 0
    with localcontext(prec=PRECISION):
        total = int((found.total - back) * SCALE) if one.sums else 0
        value = next((str(value - back) for value in found.spread), "")
    return Part(one.key, day, stock, found.rows, found.missing, total, value)


def _days(
    one: Compiled, given: dict[str, Value], opened: date, until: date | None, turned: Turned
) -> list[date]:
    """The days on which a stock may change: when it comes to stand and where a condition on the day turns."""
    if not one.turns:
        return [opened]
    last = until - timedelta(days=1) if until else opened + HORIZON
    found = {opened}
    for turn in one.turns:
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
    except (MissingFieldError, WrongFieldError):
        return None
    return date.fromordinal(high)


def _turn(atom: Expression, names: frozenset[str]) -> Turn:
    return Turn(ast.dump(atom.tree), atom.exact().compile(names), _near(atom.tree))


def _near(atom: ast.expr) -> Callable[[Given], int | None]:
    """When a comparison turns: ``时点 - 立案日期 > 365`` on the 366th day after that of filing."""
    sides = (atom.left, atom.comparators[0]) if isinstance(atom, ast.Compare) else ()
    plain = [side for side in sides if MOMENT not in _names(side)]
    moved = [side for side in sides if MOMENT in _names(side)]
    if len(plain) == 1 and len(moved) == 1:
        one, day = plain[0], moved[0]
        if isinstance(day, ast.Name) and isinstance(one, ast.Name):
            return lambda given: _ordinal(given.get(one.id), 0)
        if _is_age(day) and isinstance(one, ast.Constant) and isinstance(day, ast.BinOp):
            since = day.right
            if isinstance(since, ast.Name) and isinstance(one.value, (int, float)):
                days = int(one.value)
                return lambda given: _ordinal(given.get(since.id), days)
    return lambda given: None


def _ordinal(value: object, days: int) -> int | None:
    return value.toordinal() + days if isinstance(value, date) else None


def _compiled(
    key: str,
    lineage: tuple[Count, ...],
    population: Population,
    asked: dict[str, Asked],
) -> Compiled:
    names = frozenset((*population.kinds, MOMENT))
    turns: list[Turn] = []
    for count in lineage:
        if count.key not in asked:
            asked[count.key] = asked_of(count, population, names)
        if count.where is not None and lineage[0].at is not None:
            turns += [_turn(atom, names) for atom in _atoms(count.where)]
    measure = lineage[-1].measure
    return Compiled(
        key,
        root=lineage[0],
        asked=tuple(asked[one.key] for one in lineage),
        turns=tuple(turns),
        ages=measure.of is not None and MOMENT in _names(measure.of.tree),
        sums=measure.kind is MeasureKind.SUM,
    )


def _atoms(where: Expression) -> Iterator[Expression]:
    """The comparisons of a condition that look at the day, each of which turns once at most."""
    for node in ast.walk(where.tree):
        if not isinstance(node, ast.Compare) or MOMENT not in _names(node):
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


def _read(count: Count) -> set[str]:
    """The fields a count looks at, and words that could be fields."""
    found = {count.on, *count.needs, *count.absent}
    for expression in (count.where, count.measure.of):
        if expression is not None:
            found |= _names(expression.tree)
    return found


def _names(tree: ast.AST) -> set[str]:
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}


def tallied(
    indicator: Indicator, period: Period, flows: Amounts, opening: Amounts, closing: Amounts
) -> Tallied:
    """The counts of an indicator from sums: what flowed, what stood before the first day and at the last."""
    counts = {}
    for count in indicator.parts:
        lineage = indicator.lineage(count.label)
        root, key = lineage[0], key_of(lineage)
        if root.at is None:
            source, moment = flows, period.last
        elif root.at is At.BEGIN:
            source, moment = opening, period.first - timedelta(days=1)
        else:
            source, moment = closing, period.last
        counts[count.label] = _tally(source.get(key) or Amount(), lineage[-1], moment)
    return Tallied(counts, period)


def _tally(amount: Amount, count: Count, moment: date) -> Tally:
    of = count.measure.of
    forth = moment.toordinal() if of is not None and MOMENT in _names(of.tree) else 0
    with localcontext(prec=PRECISION):
        sums = count.measure.kind is MeasureKind.SUM
        total = Decimal(amount.total) / SCALE + amount.n * forth if sums else Decimal(0)
        spread = {Decimal(value) + forth: times for value, times in (amount.values or {}).items()}
    return Tally(amount.n, amount.missing, total, spread)
