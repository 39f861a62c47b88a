"""Scans as SELECTs: the groups, the period, and for each count how many, how many missing, how much."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingjing.analytics.indicators.aggregates import TRUE, Aggregates, Columns
from mingjing.analytics.indicators.dialects import Dialect
from mingjing.analytics.indicators.planning import Asked, Reading, Scan, plan
from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import MOMENT, At, Indicator, Population
from mingjing.domain.indicators.grains import Grain, buckets, first_day

PERIOD = "期间"


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

    def moments(self, at: At | None) -> Iterator[tuple[date, date]]:
        """First day of each whole period, and the day at whose end one looks."""
        for period in buckets(self.every, self.within):
            begin = first_day(self.every, period)
            yield begin, period.last if at is At.END else period.first - timedelta(days=1)


Told = tuple[tuple[Asked, Columns], ...]


@dataclass(frozen=True)
class Query:
    """One SELECT. Its columns are those of ``by``, the first day of the period, then what ``told`` says of
    each count it answers; for ``spread``, the values of that one count and how often each was."""

    text: str
    told: Told = ()
    spread: Asked | None = None


def compile_all(
    indicators: Sequence[Indicator], sources: Mapping[str, Source], cut: Cut, dialect: Dialect
) -> tuple[Query, ...]:
    """Every query these indicators need: one for each population and date, one more for each spread.

    What is counted by the day of coming or going is read together with what stands: both are the same days.
    """
    scans = plan(indicators)
    found: list[Query] = []
    for scan in scans:
        source = sources[scan.over]
        plain = Plain(scan, source, cut, dialect)
        if scan.reading is Reading.RUNNING:
            found.append(Running(scan, _carried(scans, scan.over, source), source, cut, dialect).query())
        elif not any(one is scan for one in _carried(scans, scan.over, source)):
            found.append(plain.counts())
        found += [plain.spread(one) for one in scan.ranked]
    return tuple(found)


def _carried(scans: Sequence[Scan], over: str, source: Source) -> list[Scan]:
    """The flows that the reading of a stock answers beside it; none where nothing stands."""
    same = [scan for scan in scans if scan.over == over]
    if not any(scan.reading is Reading.RUNNING for scan in same):
        return []
    days = (source.population.opened, source.population.ended)
    return [scan for scan in same if scan.reading is Reading.FLOW and scan.on in days]


class Plain:
    """One plain reading, for a flow or for looking."""

    def __init__(self, scan: Scan, source: Source, cut: Cut, dialect: Dialect) -> None:
        self._scan, self._source, self._cut, self._dialect = scan, source, cut, dialect
        self._sums = Aggregates(scan, source.population, dialect)

    def counts(self) -> Query:
        """How many of everything the scan is asked."""
        width = len(self._cut.by) + 1
        shift = {at: width + at for at in range(len(self._sums.texts))}
        told = tuple((one, self._sums.columns[one.number].moved(shift)) for one in self._scan.asked)
        aggregates = [f"{text} AS c{at}" for at, text in enumerate(self._sums.texts)]
        return Query(self._select(aggregates), told)

    def spread(self, asked: Asked) -> Query:
        """Every value that was counted with how often it was."""
        columns = [f"{self._value(asked)} AS c0", "count(*) AS c1"]
        return Query(self._select(columns, also=self._sums.holds(asked), groups=1), spread=asked)

    def _value(self, asked: Asked) -> str:
        """What is measured of a row: a quantity, or the number of its month or quarter."""
        measure, emitter = asked.count.measure, self._sums.emitter(asked)
        assert measure.of is not None
        if measure.each is not None:
            return self._dialect.place_of(measure.each, emitter.column(measure.of.text))
        return emitter.quantity(measure.of)[0]

    def _select(self, columns: Sequence[str], *, also: str = TRUE, groups: int = 0) -> str:
        within, period = self._cut.within, self._dialect.named(PERIOD)
        if self._scan.reading is Reading.FLOW:
            on = f"t.{self._dialect.named(self._scan.on)}"
            begin = self._dialect.begins(self._cut.every, on, within.first)
            first, last = self._dialect.day(within.first), self._dialect.day(within.last)
            conditions, source = [f"{on} BETWEEN {first} AND {last}"], f"{self._source.relation} AS t"
        else:
            begin, conditions, source = f"p.{period}", [], self._looked_at()
        heads = [*(f"t.{self._dialect.named(name)}" for name in self._cut.by), f"{begin} AS {period}"]
        conditions += [also] if also != TRUE else []
        text = f"SELECT {', '.join([*heads, *columns])}\nFROM {source}"
        text += f"\nWHERE {' AND '.join(conditions)}" if conditions else ""
        return text + f"\nGROUP BY {ordinals(len(heads) + groups)}"

    def _looked_at(self) -> str:
        rows = ", ".join(
            f"({self._dialect.day(begin)}, {self._dialect.day(moment)})"
            for begin, moment in self._cut.moments(self._scan.at)
        )
        looked, period = self._dialect.named(MOMENT), self._dialect.named(PERIOD)
        opened, ended = stays(self._source, self._dialect)
        return (
            f"{self._source.relation} AS t JOIN (VALUES {rows}) AS p({period}, {looked})\n"
            f"ON {opened} <= p.{looked} AND ({ended} IS NULL OR {ended} > p.{looked})"
        )


class Running:
    """What stands at the end of each period: what came less what went, summed up; beside it the flows that
    are counted by the same two days, which cost nothing more where they count the same.

    The period before the first holds all that came and went earlier. Every group has every period, so that
    what stands is told also where nothing moved. The few rows that went before they came, or went without
    having come, never stood: both days are taken back.
    """

    def __init__(self, scan: Scan, flows: Sequence[Scan], source: Source, cut: Cut, dialect: Dialect) -> None:
        self._scan, self._source, self._cut, self._dialect = scan, source, cut, dialect
        self._opened, self._ended = stays(source, dialect)
        self._period = dialect.named(PERIOD)
        begins = [begin for begin, _ in cut.moments(At.END)]
        self._begins, self._before = begins, min(begins[0], cut.within.first) - timedelta(days=1)
        self._stocks = Aggregates(scan, source.population, dialect)
        self._flows = [(one, Aggregates(one, source.population, dialect)) for one in flows]

    def query(self) -> Query:
        """The whole SELECT."""
        stocks, wanted = len(self._stocks.texts), self._wanted()
        width = stocks + sum(len(sums.texts) for _, sums in self._flows)
        shown = [self._running(at, when) for at, when in wanted]
        shown += [f"c{at}" for at in range(stocks, width)]
        names = [self._dialect.named(name) for name in self._cut.by]
        keys = "".join(f"{name}, " for name in names)
        listed = ", ".join(f"{text} AS d{number}" for number, text in enumerate(shown))
        text = (
            f"WITH moved AS (\n{self._moved()}\n), filled AS (\n{self._filled(width)}\n"
            f"), summed AS (\nSELECT {keys}{self._period}, {listed} FROM filled\n)\n"
            f"SELECT * FROM summed WHERE {self._period} > {self._dialect.day(self._before)}"
        )
        return Query(text, (*self._stock_told(wanted), *self._flow_told(len(wanted))))

    def _running(self, at: int, when: At) -> str:
        names = ", ".join(self._dialect.named(name) for name in self._cut.by)
        over = f"OVER ({f'PARTITION BY {names} ' if names else ''}ORDER BY {self._period})"
        return f"sum(c{at}) {over}" + (f" - c{at}" if when is At.BEGIN else "")

    def _wanted(self) -> list[tuple[int, At]]:
        """The running sums that some count needs, each once."""
        pairs = [
            (place, asked.lineage[0].at or At.END)
            for asked in self._scan.asked
            for one in (self._stocks.columns[asked.number],)
            for place in (one.rows, one.missing, one.total)
            if place is not None
        ]
        return list(dict.fromkeys(pairs))

    def _stock_told(self, wanted: Sequence[tuple[int, At]]) -> Iterator[tuple[Asked, Columns]]:
        width = len(self._cut.by) + 1
        for asked in self._scan.asked:
            at = asked.lineage[0].at or At.END
            places = {place: width + number for number, (place, when) in enumerate(wanted) if when is at}
            yield asked, self._stocks.columns[asked.number].moved(places)

    def _flow_told(self, before: int) -> Iterator[tuple[Asked, Columns]]:
        start = len(self._cut.by) + 1 + before
        for scan, sums in self._flows:
            shift = {at: start + at for at in range(len(sums.texts))}
            yield from ((one, sums.columns[one.number].moved(shift)) for one in scan.asked)
            start += len(sums.texts)

    def _moved(self) -> str:
        """Arrivals, and departures with a minus sign, by group and period, with the flows of their day;
        then those that never stood, taken back."""
        population, opened, ended = self._source.population, self._opened, self._ended
        sides = [
            self._side(opened, population.opened, ""),
            self._side(ended, population.ended, "-"),
            self._side(opened, "", "-", f"{ended} < {opened}"),
            self._side(ended, "", "", f"({opened} IS NULL OR {ended} < {opened})"),
        ]
        return "\nUNION ALL\n".join(sides)

    def _side(self, day: str, on: str, sign: str, also: str = "") -> str:
        heads = [f"t.{self._dialect.named(name)}" for name in self._cut.by]
        heads.append(f"{self._bucket(day)} AS {self._period}")
        texts = [f"{sign}{text}" for text in self._stocks.texts]
        for scan, sums in self._flows:
            texts += sums.texts if scan.on == on else ["0"] * len(sums.texts)
        columns = [f"{text} AS c{at}" for at, text in enumerate(texts)]
        last = f"{day} <= {self._dialect.day(self._cut.within.last)}"
        return (
            f"SELECT {', '.join([*heads, *columns])}\nFROM {self._source.relation} AS t\n"
            f"WHERE {f'{also} AND ' if also else ''}{last}\nGROUP BY {ordinals(len(heads))}"
        )

    def _bucket(self, day: str) -> str:
        """The period of a day, the one before the first for all that is earlier."""
        first, before = self._cut.within.first, self._dialect.day(self._before)
        begin = self._dialect.begins(self._cut.every, day, first)
        if self._cut.every is not Grain.WHOLE and self._begins[0] == first:
            return f"greatest({begin}, {before})"
        return f"CASE WHEN {day} < {self._dialect.day(first)} THEN {before} ELSE {begin} END"

    def _filled(self, width: int) -> str:
        """What moved, and nothing for every group in every period, added up."""
        names = [self._dialect.named(name) for name in self._cut.by]
        keys = "".join(f"{name}, " for name in names)
        days = ", ".join(f"({self._dialect.day(day)})" for day in (self._before, *self._begins))
        groups = f"(SELECT DISTINCT {keys[:-2]} FROM moved)" if names else "(VALUES (1))"  # noqa: S608
        added = ", ".join(f"sum(c{at}) AS c{at}" for at in range(width))
        zeros = ", ".join("0" for _ in range(width))
        kept = f"{''.join(f'g.{name}, ' for name in names)}p.{self._period}, {zeros}"
        still = f"SELECT {kept} FROM {groups} AS g\nCROSS JOIN (VALUES {days}) AS p({self._period})"  # noqa: S608
        both = f"SELECT * FROM moved UNION ALL\n{still}"  # noqa: S608
        summed = f"SELECT {keys}{self._period}, {added} FROM (\n{both}\n) AS every_one"  # noqa: S608
        return f"{summed}\nGROUP BY {ordinals(len(names) + 1)}"


def stays(source: Source, dialect: Dialect) -> tuple[str, str]:
    """The days from which and until which a row stands."""
    population = source.population
    return f"t.{dialect.named(population.opened)}", f"t.{dialect.named(population.ended)}"


def ordinals(number: int) -> str:
    """``1, 2, 3``."""
    return ", ".join(str(at + 1) for at in range(number))
