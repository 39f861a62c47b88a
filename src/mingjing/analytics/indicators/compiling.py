"""A scan as one SELECT: the groups, the period, and for each count how many, how many missing, how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from mingjing.analytics.indicators.dialects import Dialect
from mingjing.analytics.indicators.emitting import Emitter
from mingjing.analytics.indicators.planning import Asked, Reading, Scan, plan
from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.kinds import Kind, field_names
from mingjing.domain.indicators.counts import MOMENT, At, Count, Indicator, MeasureKind, Population
from mingjing.domain.indicators.grains import Grain, buckets, first_day

PERIOD = "期间"
COUNTED = "count(*)"


@dataclass(frozen=True)
class Source:
    """A population and what stands after FROM: a table's name, or a file as the engine reads it."""

    population: Population
    relation: str


@dataclass(frozen=True)
class Cut:
    """By what the counts are kept apart, and within which time."""

    within: Period
    by: tuple[str, ...] = ()
    every: Grain = Grain.WHOLE


@dataclass(frozen=True)
class Columns:
    """Where a count's answers stand among the columns of a query, from 0: the rows that count, those that
    count or cannot be told, the sum."""

    rows: int
    may: int
    total: int | None = None


@dataclass(frozen=True)
class Query:
    """One SELECT. Its columns are those of ``by``, the first day of the period, then what ``places`` tells
    of each count by number; for ``spread``, the values of that one count and how often each was."""

    scan: Scan
    text: str
    places: Mapping[int, Columns] = field(default_factory=dict)
    spread: Asked | None = None


def compile_all(
    indicators: Sequence[Indicator], sources: Mapping[str, Source], cut: Cut, dialect: Dialect
) -> tuple[Query, ...]:
    """Every query these indicators need: one for each population and date, one more for each spread."""
    found: list[Query] = []
    for scan in plan(indicators):
        writer = _Writer(scan, sources[scan.over], cut, dialect)
        found.append(writer.counts())
        found += [writer.spread(one) for one in scan.ranked]
    return tuple(found)


class _Sums:
    """The aggregates of a query; what is asked twice is computed once."""

    def __init__(self) -> None:
        self.texts: list[str] = []

    def place(self, text: str) -> int:
        """Where an aggregate stands; it is added if it is new."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text)


class _Writer:
    def __init__(self, scan: Scan, source: Source, cut: Cut, dialect: Dialect) -> None:
        self._scan, self._source, self._cut, self._dialect = scan, source, cut, dialect
        looking = scan.reading is Reading.LOOKING
        self._kinds = {**source.population.kinds, **({MOMENT: Kind.DAY} if looking else {})}
        self._period = dialect.named(PERIOD)
        self._keys = [f"t.{dialect.named(name)}" for name in cut.by]

    def counts(self) -> Query:
        """How many of everything the scan is asked."""
        sums = _Sums()
        found = {asked.number: self._columns(asked, sums) for asked in self._scan.asked}
        if self._scan.reading is Reading.RUNNING:
            text, wanted = self._running(sums, found)
            places = {number: self._moved(number, one, wanted) for number, one in found.items()}
            return Query(self._scan, text, places)
        width = len(self._cut.by) + 1
        places = {
            number: Columns(
                width + one.rows, width + one.may, None if one.total is None else width + one.total
            )
            for number, one in found.items()
        }
        aggregates = [f"{text} AS c{at}" for at, text in enumerate(sums.texts)]
        return Query(self._scan, self._select(aggregates), places)

    def spread(self, asked: Asked) -> Query:
        """Every value that was counted with how often it was."""
        emitter = self._emitter(asked)
        of = asked.count.measure.of
        value = emitter.quantity(of)[0] if of else ""
        columns = [f"{value} AS c0", f"{COUNTED} AS c1"]
        text = self._select(columns, also=self._holds(asked, emitter), groups=1)
        return Query(self._scan, text, spread=asked)

    def _columns(self, asked: Asked, sums: _Sums) -> Columns:
        emitter = self._emitter(asked)
        holds, may = self._holds(asked, emitter), self._may(asked, emitter)
        rows, maybe = sums.place(_counted(holds)), sums.place(_counted(may))
        measure = asked.count.measure
        if measure.kind is not MeasureKind.SUM or measure.of is None:
            return Columns(rows, maybe)
        quantity, typed = emitter.quantity(measure.of)
        total = self._dialect.total(quantity, typed.digits, typed.scale)
        return Columns(rows, maybe, sums.place(total + _filter(holds)))

    def _emitter(self, asked: Asked) -> Emitter:
        looked = {MOMENT: f"p.{self._dialect.named(MOMENT)}"}
        return Emitter(self._dialect, self._kinds, asked.lineage[0].absent, looked)

    def _holds(self, asked: Asked, emitter: Emitter) -> str:
        parts = [part for one in asked.lineage for part in self._conditions(one, emitter)]
        return " AND ".join(dict.fromkeys(parts)) or "TRUE"

    def _may(self, asked: Asked, emitter: Emitter) -> str:
        """As ``_holds``, but where the count itself cannot be told it is let through."""
        *elders, own = asked.lineage
        parts = [part for one in elders for part in self._conditions(one, emitter)]
        if own.where:
            needed = {name for one in elders for name in one.needs} | {self._scan.on, *emitter.absent}
            sure = field_names(own.where, self._kinds) <= needed
            plain = emitter.condition(own.where)
            parts.append(plain if sure else f"({plain} IS NOT FALSE)")
        return " AND ".join(dict.fromkeys(parts)) or "TRUE"

    def _conditions(self, count: Count, emitter: Emitter) -> Iterator[str]:
        """What must be true for a row to count, beyond its date."""
        if count.where:
            yield emitter.condition(count.where)
        measured = field_names(count.measure.of, self._kinds) if count.measure.of else frozenset()
        for name in (*count.needs, *sorted(measured)):
            if name not in (MOMENT, self._scan.on, *emitter.absent):
                yield f"{emitter.column(name)} IS NOT NULL"

    def _select(self, columns: Sequence[str], *, also: str = "TRUE", groups: int = 0) -> str:
        """One plain reading, for a flow or for looking."""
        within = self._cut.within
        if self._scan.reading is Reading.FLOW:
            on = f"t.{self._dialect.named(self._scan.on)}"
            begin = self._dialect.begins(self._cut.every, on, within.first)
            first, last = self._dialect.day(within.first), self._dialect.day(within.last)
            conditions, source = [f"{on} BETWEEN {first} AND {last}"], f"{self._source.relation} AS t"
        else:
            begin, conditions, source = f"p.{self._period}", [], self._looked_at()
        heads = [*self._keys, f"{begin} AS {self._period}"]
        conditions += [also] if also != "TRUE" else []
        text = f"SELECT {', '.join([*heads, *columns])}\nFROM {source}"
        text += f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
        return text + f"\nGROUP BY {_ordinals(len(heads) + groups)}"

    def _looked_at(self) -> str:
        rows = ", ".join(
            f"({self._dialect.day(begin)}, {self._dialect.day(moment)})"
            for begin, moment in self._moments(self._scan.at)
        )
        looked = self._dialect.named(MOMENT)
        opened, ended = self._stays()
        return (
            f"{self._source.relation} AS t JOIN (VALUES {rows}) AS p({self._period}, {looked})\n"
            f"ON {opened} <= p.{looked} AND ({ended} IS NULL OR {ended} > p.{looked})"
        )

    def _moments(self, at: At | None) -> Iterator[tuple[date, date]]:
        """First day of the whole period, and the day at whose end one looks."""
        for period in buckets(self._cut.every, self._cut.within):
            begin = first_day(self._cut.every, period)
            yield begin, period.last if at is At.END else period.first - timedelta(days=1)

    def _stays(self) -> tuple[str, str]:
        population = self._source.population
        return f"t.{self._dialect.named(population.opened)}", f"t.{self._dialect.named(population.ended)}"

    def _running(self, sums: _Sums, found: Mapping[int, Columns]) -> tuple[str, list[tuple[int, At]]]:
        """What came less what went, period by period, summed up; and which sum, when, each column is.

        The period before the first holds all that came and went earlier. Every group has every period, so
        that what stands is told also where nothing moved.
        """
        begins = [begin for begin, _ in self._moments(At.END)]
        before = min(begins[0], self._cut.within.first) - timedelta(days=1)
        opened, ended = self._stays()
        gone = f"CASE WHEN {ended} > {opened} THEN {ended} ELSE {opened} END"
        came, went = self._moved_by(opened, "", sums, before), self._moved_by(gone, ended, sums, before)
        names = [self._dialect.named(name) for name in self._cut.by]
        keys, columns = "".join(f"{name}, " for name in names), [f"c{at}" for at in range(len(sums.texts))]
        days = ", ".join(f"({self._dialect.day(day)})" for day in (before, *begins))
        zeros = ", ".join("0" for _ in columns)
        groups = f"(SELECT DISTINCT {keys[:-2]} FROM moved)" if names else "(VALUES (1))"  # noqa: S608
        added = ", ".join(f"sum({one}) AS {one}" for one in columns)
        over = f"OVER ({f'PARTITION BY {keys[:-2]} ' if names else ''}ORDER BY {self._period})"
        wanted = self._wanted(found)
        shown = ", ".join(
            f"{f'sum({columns[at]}) {over}' + (f' - {columns[at]}' if when is At.BEGIN else '')} AS d{number}"
            for number, (at, when) in enumerate(wanted)
        )
        text = (
            f"WITH moved AS (\n{came}\nUNION ALL\n{went}\n), filled AS (\n"
            f"SELECT {keys}{self._period}, {added} FROM (\nSELECT * FROM moved UNION ALL\n"
            f"SELECT {''.join(f'g.{name}, ' for name in names)}p.{self._period}, {zeros} FROM {groups} AS g\n"
            f"CROSS JOIN (VALUES {days}) AS p({self._period})\n) AS every_one\n"
            f"GROUP BY {_ordinals(len(names) + 1)}\n), summed AS (\n"
            f"SELECT {keys}{self._period}, {shown} FROM filled\n)\n"
            f"SELECT * FROM summed WHERE {self._period} > {self._dialect.day(before)}"
        )
        return text, wanted

    def _moved_by(self, day: str, gone: str, sums: _Sums, before: date) -> str:
        """Arrivals, or departures with a minus sign, by group and period."""
        within = self._cut.within
        begin = self._dialect.begins(self._cut.every, day, within.first)
        early = f"CASE WHEN {day} < {self._dialect.day(within.first)} THEN {self._dialect.day(before)}"
        heads = [*self._keys, f"{early} ELSE {begin} END AS {self._period}"]
        sign = "-" if gone else ""
        columns = [f"{sign}{text} AS c{at}" for at, text in enumerate(sums.texts)]
        last = self._dialect.day(within.last)
        opened, _ = self._stays()
        conditions = f"{opened} <= {last}" + (f" AND {gone} <= {last}" if gone else "")
        source = f"{self._source.relation} AS t"
        return (
            f"SELECT {', '.join([*heads, *columns])}\nFROM {source}\n"
            f"WHERE {conditions}\nGROUP BY {_ordinals(len(heads))}"
        )

    def _wanted(self, found: Mapping[int, Columns]) -> list[tuple[int, At]]:
        """The running sums that some count needs, each once."""
        ats = {asked.number: asked.lineage[0].at or At.END for asked in self._scan.asked}
        pairs = [
            (place, ats[number])
            for number, one in found.items()
            for place in (one.rows, one.may, one.total)
            if place is not None
        ]
        return list(dict.fromkeys(pairs))

    def _moved(self, number: int, found: Columns, wanted: list[tuple[int, At]]) -> Columns:
        at = next(one.lineage[0].at for one in self._scan.asked if one.number == number) or At.END
        width = len(self._cut.by) + 1
        total = None if found.total is None else width + wanted.index((found.total, at))
        return Columns(width + wanted.index((found.rows, at)), width + wanted.index((found.may, at)), total)


def _counted(holds: str) -> str:
    return COUNTED if holds == "TRUE" else f"count(*){_filter(holds)}"


def _filter(holds: str) -> str:
    return "" if holds == "TRUE" else f" FILTER (WHERE {holds})"


def _ordinals(number: int) -> str:
    return ", ".join(str(at + 1) for at in range(number))
