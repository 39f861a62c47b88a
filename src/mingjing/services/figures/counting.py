"""What one row gives to every count of a court, as dated parts that add up: the counts, compiled once.

It must equal ``domain.indicators.tallying`` whatever the period; a property test holds the two together.
A stock becomes what it gains and loses on single days. Where its condition looks at the day itself
(``时点``), the days on which the condition turns are found; a measured age is kept as the day it counts from.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal, localcontext

from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import Value
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
from mingjing.services.figures.answers import SCALE, Answer, Found, answer_of, is_typed
from mingjing.services.figures.cells import Amount, Amounts, Part
from mingjing.services.figures.turning import Turn, Turned, days_of, is_age, names_of, times, turns_of
from mingjing.services.figures.wordings import Asked, Left, Wordings, asked_of

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
    if of is not None and MOMENT in names_of(of.tree) and not is_age(of.tree):
        return False
    wheres = [count.where.tree for count in lineage if count.where is not None]
    atoms = (node for tree in wheres for node in ast.walk(tree) if isinstance(node, ast.Compare))
    return all(times(atom) <= 1 for atom in atoms)


Stay = tuple[date, date | None]


@dataclass(frozen=True, slots=True)
class Compiled:
    """One count of a court, ready to be asked of a row. ``ages``: what is measured grows by one with every
    day; ``sums``: it is added up; ``typed``: what empty fields stand for is of their kind."""

    key: str
    root: Count
    asked: tuple[Asked, ...]
    turns: tuple[Turn, ...]
    ages: bool
    sums: bool
    typed: bool


@dataclass(frozen=True, slots=True)
class _Alike:
    """The counts for which an empty field stands for the same."""

    absent: Given
    wordings: Wordings[_Left]

    @classmethod
    def of(cls, counts: tuple[Compiled, ...]) -> _Alike:
        """Counts whose roots say the same of empty fields."""
        written: Written = {}
        wordings = Wordings([one.asked for one in counts], lambda left: _Left.of(counts, left, written))
        return cls(counts[0].root.absent, wordings)


Told = tuple[str, int, int]
"""A count that words alone settled: its key, rows, rows that lack."""


@dataclass(frozen=True, slots=True)
class _Left:
    """What is left of some counts for rows of one wording: those that are settled, flows by their date, and
    those that still want to be asked of the row, flows by their date as well."""

    flows: tuple[tuple[str, tuple[Told, ...]], ...]
    stocks: tuple[Told, ...]
    asked_flows: tuple[tuple[str, tuple[tuple[str, Answer], ...]], ...]
    asked_stocks: tuple[tuple[Compiled, Answer], ...]

    @classmethod
    def of(cls, counts: Sequence[Compiled], left: Iterable[Left], written: Written) -> _Left:
        """What is left of each count, arranged."""
        flows: dict[str, list[Told]] = {}
        asked_flows: dict[str, list[tuple[str, Answer]]] = {}
        stocks: list[Told] = []
        asked_stocks: list[tuple[Compiled, Answer]] = []
        for each in left:
            one, sure = counts[each.place], each.sure
            stands, on = one.root.at is not None, one.root.on
            if not each.rest and sure is not None:
                told = stocks if stands else flows.setdefault(on, [])
                told.append((one.key, sure.rows, sure.missing))
            elif stands:
                asked_stocks.append((one, _answer(one, each, written)))
            else:
                asked_flows.setdefault(on, []).append((one.key, _answer(one, each, written)))
        return cls(
            tuple((on, tuple(told)) for on, told in flows.items()),
            tuple(stocks),
            tuple((on, tuple(asked)) for on, asked in asked_flows.items()),
            tuple(asked_stocks),
        )


Written = dict[tuple[object, ...], Answer]
"""What is left of a count → its function, so that wordings which leave the same share it."""


def _answer(one: Compiled, left: Left, written: Written) -> Answer:
    """The function for what is left of a count."""
    sure = None if left.sure is None else (left.sure.rows, left.sure.missing)
    mark = (left.place, *map(id, left.rest), sure)
    if mark not in written:
        lines = [asked.lines for asked in left.rest if asked.lines is not None]
        whole = one.typed and len(lines) == len(left.rest)
        written[mark] = answer_of(lines, sure) if whole else _asking(one, left)
    return written[mark]


def _asking(one: Compiled, left: Left) -> Answer:
    """What is left of a count, asked question by question."""

    def answer(given: dict[str, Value]) -> Found | None:
        found = left.found(given)
        if not found:
            return None
        if not found.rows or not (one.sums or found.spread):
            return found.rows, found.missing, 0, ""
        day = given[MOMENT]
        back = day.toordinal() if one.ages and isinstance(day, date) else 0
        with localcontext(prec=PRECISION):
            total = int((found.total - back) * SCALE) if one.sums else 0
            value = next((str(value - back) for value in found.spread), "")
        return found.rows, found.missing, total, value

    return answer


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
            for on, asked in left.asked_flows:
                if isinstance(day := row.get(on), date):
                    given[MOMENT] = day
                    answers = [(key, answer(given)) for key, answer in asked]
                    found += [Part(key, day, False, *each) for key, each in answers if each is not None]
            if stay is not None and left.asked_stocks:
                turned: Turned = {}
                for one, answer in left.asked_stocks:
                    found += self._stock(one, answer, given, stay, turned)
        return tuple(sorted(found))

    def _stay(self, given: Given) -> Stay | None:
        """From which day and until which (None: it still does) a row stands; None where it never does."""
        opened, ended = given.get(self._population.opened), given.get(self._population.ended)
        if not isinstance(opened, date):
            return None
        until = ended if isinstance(ended, date) else None
        return None if until is not None and until <= opened else (opened, until)

    def _stock(
        self, one: Compiled, answer: Answer, given: dict[str, Value], stay: Stay, turned: Turned
    ) -> Iterator[Part]:
        """What a row adds on the day it comes to stand and takes back where that ends or turns."""
        opened, until = stay
        standing: Found | None = None
        for day in days_of(one.turns, given, opened, until, turned):
            given[MOMENT] = day
            found = answer(given)
            if found == standing:
                continue
            if standing is not None:
                yield _taken_back(one.key, standing, day)
            if found is not None:
                yield Part(one.key, day, True, *found)
            standing = found
        if standing is not None and until is not None:
            yield _taken_back(one.key, standing, until)


def _taken_back(key: str, standing: Found, day: date) -> Part:
    n, missing, total, value = standing
    return Part(key, day, True, -n, -missing, -total, value)


def _compiled(
    key: str,
    lineage: tuple[Count, ...],
    population: Population,
    asked: dict[str, Asked],
) -> Compiled:
    kinds = {**population.kinds, MOMENT: Kind.DAY}
    typed = is_typed(lineage[0].absent, kinds)
    turns: list[Turn] = []
    for count in lineage:
        if count.key not in asked:
            asked[count.key] = asked_of(count, population, frozenset(kinds))
        if count.where is not None and lineage[0].at is not None:
            turns += turns_of(count.where, kinds, typed=typed)
    measure = lineage[-1].measure
    return Compiled(
        key,
        root=lineage[0],
        asked=tuple(asked[one.key] for one in lineage),
        turns=tuple(turns),
        ages=measure.of is not None and MOMENT in names_of(measure.of.tree),
        sums=measure.kind is MeasureKind.SUM,
        typed=typed,
    )


def _read(count: Count) -> set[str]:
    """The fields a count looks at, and words that could be fields."""
    found = {count.on, *count.needs, *count.absent}
    for expression in (count.where, count.measure.of):
        if expression is not None:
            found |= names_of(expression.tree)
    return found


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
    forth = moment.toordinal() if of is not None and MOMENT in names_of(of.tree) else 0
    with localcontext(prec=PRECISION):
        sums = count.measure.kind is MeasureKind.SUM
        total = Decimal(amount.total) / SCALE + amount.n * forth if sums else Decimal(0)
        spread = {Decimal(value) + forth: times for value, times in (amount.values or {}).items()}
    return Tally(amount.n, amount.missing, total, spread)
