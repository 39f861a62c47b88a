"""Counting in plain Python: what every other engine must equal."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal, localcontext

from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.reading import MissingFieldError, Value, WrongFieldError
from mingjing.domain.indicators.counts import (
    MOMENT,
    At,
    Count,
    Indicator,
    Measure,
    MeasureKind,
    Population,
    read_row,
)
from mingjing.domain.indicators.evenness import place_of
from mingjing.domain.indicators.grains import Grain, buckets

Row = Mapping[str, object]
ZERO = Decimal(0)
PRECISION = 60


@dataclass(frozen=True)
class Tally:
    """What a count came to. ``rows`` counted, ``missing`` could not be told; ``total`` is the sum of a SUM,
    ``spread`` how often each value occurred for a RANK, each part of the period for an EVEN. All of it
    adds up."""

    rows: int = 0
    missing: int = 0
    total: Decimal = ZERO
    spread: Mapping[Decimal, int] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        spread = dict(self.spread)
        for value, times in other.spread.items():
            spread[value] = spread.get(value, 0) + times
        with localcontext(prec=PRECISION):
            total = self.total + other.total
        return Tally(self.rows + other.rows, self.missing + other.missing, total, spread)

    def __bool__(self) -> bool:
        return bool(self.rows or self.missing)


@dataclass(frozen=True)
class Tallied:
    """The counts of one indicator in one period, by label."""

    counts: Mapping[str, Tally]
    period: Period


@dataclass(frozen=True)
class Table:
    """A population with its rows, as they come."""

    population: Population
    rows: Iterable[Row]


@dataclass(frozen=True, slots=True)
class Slot:
    """A group and a period. ``keys`` follow the ``by`` asked for; None where a row says nothing."""

    keys: tuple[str | None, ...]
    period: Period


Tallies = dict[Slot, dict[str, Tallied]]
"""Group and period → id of the indicator → its counts. Where nothing counts and nothing is missing there
is no slot."""


def tally(indicator: Indicator, tables: Mapping[str, Table], period: Period) -> Tallied:
    """Count one indicator over whole tables (population → table) in one period."""
    found = tally_all((indicator,), tables, within=period)
    empty = Tallied({one.label: Tally() for one in indicator.parts}, period)
    return found.get(Slot((), period), {}).get(indicator.id, empty)


def tally_all(
    indicators: Sequence[Indicator],
    tables: Mapping[str, Table],
    *,
    within: Period,
    by: Sequence[str] = (),
    every: Grain = Grain.WHOLE,
) -> Tallies:
    """Count indicators by group and by period.

    ``by`` names text fields of every population. Periods are those of ``every`` that touch ``within``, cut
    to it; a stock is counted at each of them.
    """
    periods = buckets(every, within)
    rows = {
        over: [read_row(row, table.population.kinds) for row in table.rows] for over, table in tables.items()
    }
    sums: dict[tuple[Slot, str, str], Tally] = {}
    for indicator in indicators:
        counter = _Counter(indicator, {over: table.population for over, table in tables.items()})
        for over in {one.over for one in indicator.parts if not one.among}:
            for row in rows[over]:
                keys = tuple(_key(row, name) for name in by)
                for label, period, found in counter.of(row, over, periods):
                    at = (Slot(keys, period), indicator.id, label)
                    sums[at] = sums.get(at, Tally()) + found
    return gathered(indicators, sums)


def gathered(indicators: Sequence[Indicator], sums: Mapping[tuple[Slot, str, str], Tally]) -> Tallies:
    """Tallies by slot, indicator and label as ``Tallied``, with zeros for labels that came to nothing."""
    labels = {one.id: tuple(part.label for part in one.parts) for one in indicators}
    found: dict[Slot, dict[str, dict[str, Tally]]] = {}
    for (slot, id_, label), one in sums.items():
        if one:
            found.setdefault(slot, {}).setdefault(id_, {})[label] = one
    nothing = Tally()
    return {
        slot: {
            id_: Tallied({label: counts.get(label, nothing) for label in labels[id_]}, slot.period)
            for id_, counts in by_id.items()
        }
        for slot, by_id in found.items()
    }


def add(parts: Iterable[Tallied]) -> Tallied:
    """Groups of one period together: departments to a court, courts to a region. Raises ValueError for none
    or for different periods."""
    whole = list(parts)
    if not whole or any(one.period != whole[0].period for one in whole):
        raise ValueError("only groups of one and the same period add up")
    labels = dict.fromkeys(label for one in whole for label in one.counts)
    sums = {label: _sum(one.counts.get(label, Tally()) for one in whole) for label in labels}
    return Tallied(sums, whole[0].period)


def in_turn(indicator: Indicator, parts: Sequence[Tallied], period: Period) -> Tallied:
    """Periods that follow each other as one: flows add up, a stock is that of the first or last day.

    Raises ValueError unless the periods fill ``period`` without a gap.
    """
    ordered = sorted(parts, key=lambda one: one.period.first)
    ends = [one.period.last + timedelta(days=1) for one in ordered[:-1]]
    whole = bool(ordered) and (ordered[0].period.first, ordered[-1].period.last) == (
        period.first,
        period.last,
    )
    if not whole or ends != [one.period.first for one in ordered[1:]]:
        raise ValueError("the periods do not fill the whole")
    counts: dict[str, Tally] = {}
    for count in indicator.parts:
        tallies = [one.counts[count.label] for one in ordered]
        at = indicator.lineage(count.label)[0].at
        edge = {At.BEGIN: tallies[0], At.END: tallies[-1]}
        counts[count.label] = _sum(tallies) if at is None else edge[at]
    return Tallied(counts, period)


def _sum(tallies: Iterable[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total += one
    return total


def _key(row: Mapping[str, Value], name: str) -> str | None:
    value = row.get(name)
    return None if value is None else str(value)


NOTHING, ONE, MISSING = Tally(), Tally(1), Tally(missing=1)
"""What nearly every row makes of a count; made once."""
Question = Callable[[Mapping[str, object]], Tally]
"""A count compiled: what it makes of one row, its whole left aside."""
Measured = Callable[[Mapping[str, object]], int | float | Decimal]


def question(count: Count, names: Collection[str]) -> Question:
    """A count as a question to one row; ``names`` are the fields of its population and the day.

    A row that lacks what the count needs, or whose fields its condition cannot read, is one that is missing.
    """
    where = count.where.exact().compile(names) if count.where else None
    measure = count.measure
    quantity = _quantity(measure, names)
    unmeasured = Tally(1, spread={ZERO: 1}) if measure.kind is MeasureKind.RANK else ONE

    def ask(given: Mapping[str, object]) -> Tally:
        try:
            if where is not None and not where(given):
                return NOTHING
            for name in count.needs:
                if name not in given:
                    return MISSING
            if quantity is None:
                return unmeasured
            with localcontext(prec=PRECISION):
                amount = Decimal(quantity(given))
        except (MissingFieldError, WrongFieldError):
            return MISSING
        if measure.kind is MeasureKind.SUM:
            return Tally(1, total=amount)
        return Tally(1, spread={amount: 1} if measure.spreads else {})

    return ask


def _quantity(measure: Measure, names: Collection[str]) -> Measured | None:
    """What is measured of a row: a quantity, or the month or quarter it falls into."""
    if measure.of is None:
        return None
    each, field_ = measure.each, measure.of.text
    if each is None:
        return measure.of.exact().compile_quantity(names)

    def place(given: Mapping[str, object]) -> int:
        day = given.get(field_)
        if not isinstance(day, date):
            raise MissingFieldError(field_)
        return place_of(each, day)

    return place


def answered(questions: Sequence[Question], given: Mapping[str, object]) -> Tally:
    """What the last count of a lineage makes of a row; what its elders cannot tell is told by them alone."""
    found = Tally()
    for place, ask in enumerate(questions, 1):
        found = ask(given)
        if not found.rows:
            return found if place == len(questions) else Tally()
    return found


class _Counter:
    """One indicator, ready to be asked of one row after another."""

    def __init__(self, indicator: Indicator, populations: Mapping[str, Population]) -> None:
        self._indicator = indicator
        self._populations = populations
        self._questions = {one.label: self._lineage_of(one) for one in indicator.parts}

    def of(
        self, row: Mapping[str, Value], over: str, periods: Sequence[Period]
    ) -> Iterator[tuple[str, Period, Tally]]:
        """What the row adds to each count, in each period."""
        for count in self._indicator.parts:
            lineage = self._indicator.lineage(count.label)
            if lineage[0].over != over:
                continue
            for period, moment in self._periods(lineage[0], row, periods):
                given = {**lineage[0].absent, **row, MOMENT: moment}
                if found := answered(self._questions[count.label], given):
                    yield count.label, period, found

    def _lineage_of(self, count: Count) -> tuple[Question, ...]:
        lineage = self._indicator.lineage(count.label)
        names = {*self._populations[lineage[0].over].kinds, MOMENT}
        return tuple(question(one, names) for one in lineage)

    def _periods(
        self, root: Count, row: Mapping[str, Value], periods: Sequence[Period]
    ) -> Iterator[tuple[Period, date]]:
        population = self._populations[root.over]
        for period in periods:
            if root.at is None:
                if row.get(root.on) in period:
                    yield period, period.last
            else:
                begins = period.first - timedelta(days=1)
                moment = period.last if root.at is At.END else begins
                if _stands(row.get(population.opened), row.get(population.ended), moment):
                    yield period, moment


def _stands(opened: object, ended: object, moment: date) -> bool:
    return isinstance(opened, date) and opened <= moment and not (isinstance(ended, date) and ended <= moment)
