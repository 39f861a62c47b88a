"""A scan as one SELECT: the groups, the period, and for each count how many, how many missing, how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingjing.analytics.indicators.dialects import Dialect
from mingjing.analytics.indicators.emitting import Emitter
from mingjing.analytics.indicators.planning import Asked, Scan, plan
from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import MOMENT, At, Count, Indicator, MeasureKind, Population
from mingjing.domain.indicators.grains import Grain, buckets, first_day

PERIOD = "期间"
VALUE, TIMES = "值", "次数"


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
class Query:
    """One SELECT. ``spread`` is None for the counts of a scan, else the count whose values it lists.

    Its columns are those of ``by``, the first day of the period, then for each count ``n`` rows, ``k`` rows
    of which some may be missing, ``s`` the sum; or value and times for a spread.
    """

    scan: Scan
    text: str
    spread: Asked | None = None


def compile_all(
    indicators: Sequence[Indicator], sources: Mapping[str, Source], cut: Cut, dialect: Dialect
) -> tuple[Query, ...]:
    """Every query these indicators need: one for each population and date, one more for each spread."""
    found: list[Query] = []
    for scan in plan(indicators):
        writer = _Writer(scan, sources[scan.over], cut, dialect)
        found.append(Query(scan, writer.counts()))
        found += [Query(scan, writer.spread(one), one) for one in scan.ranked]
    return tuple(found)


@dataclass(frozen=True)
class _Written:
    """A count in SQL. ``holds``: it counts; ``may``: it counts or cannot be told."""

    holds: str
    may: str
    quantity: str
    total: str


class _Writer:
    def __init__(self, scan: Scan, source: Source, cut: Cut, dialect: Dialect) -> None:
        self._scan, self._source, self._cut, self._dialect = scan, source, cut, dialect
        self._kinds = {**source.population.kinds, **({MOMENT: Kind.DAY} if scan.at else {})}

    def counts(self) -> str:
        """How many of everything the scan is asked."""
        columns = [text for asked in self._scan.asked for text in self._columns(asked)]
        return self._select(columns)

    def spread(self, asked: Asked) -> str:
        """Every value that was counted with how often it was."""
        written = self._written(asked)
        value = f"{written.quantity} AS {self._dialect.named(VALUE)}"
        times = f"count(*) AS {self._dialect.named(TIMES)}"
        return self._select([value, times], also=written.holds, group_value=True)

    def _columns(self, asked: Asked) -> Iterator[str]:
        written = self._written(asked)
        yield f"{self._number(written.holds)} AS n{asked.number}"
        if written.may != written.holds:
            yield f"{self._number(written.may)} AS k{asked.number}"
        if asked.count.measure.kind is MeasureKind.SUM:
            yield f"{written.total} FILTER (WHERE {written.holds}) AS s{asked.number}"

    def _number(self, holds: str) -> str:
        return "count(*)" if holds == "TRUE" else f"count(*) FILTER (WHERE {holds})"

    def _written(self, asked: Asked) -> _Written:
        root = asked.lineage[0]
        quoted = f"p.{self._dialect.named(MOMENT)}"
        emitter = Emitter(self._dialect, self._kinds, root.absent, {MOMENT: quoted})
        *elders, own = asked.lineage
        before = [text for elder in elders for text in _holds(elder, emitter)]
        where = [emitter.condition(own.where)] if own.where else []
        may = [f"({text} IS NOT FALSE)" for text in where] if where else []
        quantity, total = "", ""
        if own.measure.of:
            quantity, typed = emitter.quantity(own.measure.of)
            total = self._dialect.total(quantity, typed.digits, typed.scale)
        return _Written(
            " AND ".join([*before, *_holds(own, emitter)]) or "TRUE",
            " AND ".join([*before, *may]) or "TRUE",
            quantity,
            total,
        )

    def _select(self, columns: Sequence[str], *, also: str = "", group_value: bool = False) -> str:
        keys = [f"t.{self._dialect.named(name)}" for name in self._cut.by]
        heads = [*keys, f"{self._period()} AS {self._dialect.named(PERIOD)}"]
        groups = len(heads) + group_value
        text = f"SELECT {', '.join([*heads, *columns])}\nFROM {self._from()}"
        conditions = [one for one in (self._within(), also) if one and one != "TRUE"]
        if conditions:
            text += f"\nWHERE {' AND '.join(conditions)}"
        return text + f"\nGROUP BY {', '.join(str(at + 1) for at in range(groups))}"

    def _period(self) -> str:
        if self._scan.at:
            return f"p.{self._dialect.named(PERIOD)}"
        within = self._cut.within
        return self._dialect.begins(self._cut.every, f"t.{self._dialect.named(self._scan.on)}", within.first)

    def _within(self) -> str:
        if self._scan.at:
            return ""
        within, on = self._cut.within, f"t.{self._dialect.named(self._scan.on)}"
        return f"{on} BETWEEN {self._dialect.day(within.first)} AND {self._dialect.day(within.last)}"

    def _from(self) -> str:
        if not self._scan.at:
            return f"{self._source.relation} AS t"
        rows = ", ".join(
            f"({self._dialect.day(begin)}, {self._dialect.day(moment)})"
            for begin, moment in self._moments(self._scan.at)
        )
        period, looked = self._dialect.named(PERIOD), self._dialect.named(MOMENT)
        opened = f"t.{self._dialect.named(self._source.population.opened)}"
        ended = f"t.{self._dialect.named(self._source.population.ended)}"
        return (
            f"{self._source.relation} AS t JOIN (VALUES {rows}) AS p({period}, {looked})\n"
            f"ON {opened} <= p.{looked} AND ({ended} IS NULL OR {ended} > p.{looked})"
        )

    def _moments(self, at: At) -> Iterator[tuple[date, date]]:
        """First day of the whole period, and the day at whose end one looks."""
        for period in buckets(self._cut.every, self._cut.within):
            begin = first_day(self._cut.every, period)
            yield begin, period.last if at is At.END else period.first - timedelta(days=1)


def _holds(count: Count, emitter: Emitter) -> list[str]:
    """What must be true for a row to count, beyond its date."""
    found = [emitter.condition(count.where)] if count.where else []
    found += [f"{emitter.column(name)} IS NOT NULL" for name in count.needs if name not in emitter.absent]
    if count.measure.of:
        found.append(f"{emitter.quantity(count.measure.of)[0]} IS NOT NULL")
    return found
