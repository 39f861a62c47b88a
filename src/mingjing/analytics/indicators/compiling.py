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
    having come, never stood: both days are taken back. Only what stands is carried from period to period;
    the flows are looked up at the end, for most columns are theirs.
    """

    def __init__(self, scan: Scan, flows: Sequence[Scan], source: Source, cut: Cut, dialect: Dialect) -> None:
        self._scan, self._source, self._cut, self._dialect = scan, source, cut, dialect
        self._opened, self._ended = stays(source, dialect)
        self._period = dialect.named(PERIOD)
        begins = [begin for begin, _ in cut.moments(At.END)]
        self._begins, self._before = begins, min(begins[0], cut.within.first) - timedelta(days=1)
        self._stocks = Aggregates(scan, source.population, dialect)
        self._flows = [(one, Aggregates(one, source.population, dialect)) for one in flows]
        self._keys = [*(dialect.named(name) for name in cut.by), self._period]

    def query(self) -> Query:
        """The whole SELECT."""
        wanted, population = self._wanted(), self._source.population
        came = self._side(self._opened, "", on=population.opened)
        went = self._side(self._ended, "-", on=population.ended)
        parts = {"came": came, "went": went, "moved": self._moved(), "filled": self._filled()}
        parts["summed"] = self._summed(wanted)
        shown = [f"s.s{at} - s.c{at}" if when is At.BEGIN else f"s.s{at}" for at, when in wanted]
        joins = ""
        for name, on in (("came", population.opened), ("went", population.ended)):
            if flows := self._flow_columns(on):
                shown += [f"coalesce({name}.{column}, 0)" for column in flows]
                joins += f"\nLEFT JOIN {name} ON {self._same(name)}"
        columns = [f"s.{key}" for key in self._keys]
        columns += [f"{text} AS d{number}" for number, text in enumerate(shown)]
        listed = ", ".join(f"{name} AS (\n{text}\n)" for name, text in parts.items())
        text = (
            f"WITH {listed}\nSELECT {', '.join(columns)}\nFROM summed AS s{joins}\n"
            f"WHERE s.{self._period} > {self._dialect.day(self._before)}"
        )
        return Query(text, (*self._stock_told(wanted), *self._flow_told(len(wanted))))

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
        width = len(self._keys)
        for asked in self._scan.asked:
            at = asked.lineage[0].at or At.END
            places = {place: width + number for number, (place, when) in enumerate(wanted) if when is at}
            yield asked, self._stocks.columns[asked.number].moved(places)

    def _flow_told(self, before: int) -> Iterator[tuple[Asked, Columns]]:
        start = len(self._keys) + before
        for on in (self._source.population.opened, self._source.population.ended):
            for scan, sums in self._flows:
                if scan.on == on:
                    shift = {at: start + at for at in range(len(sums.texts))}
                    yield from ((one, sums.columns[one.number].moved(shift)) for one in scan.asked)
                    start += len(sums.texts)

    def _flow_columns(self, on: str) -> list[str]:
        """The columns of the flows that are counted by one of the two days."""
        texts = [text for scan, sums in self._flows if scan.on == on for text in sums.texts]
        return [f"f{at}" for at in range(len(texts))]

    def _side(self, day: str, sign: str, *, on: str = "", also: str = "") -> str:
        """What stands from or until a day, by group and period, with the flows counted by that day."""
        heads = [f"t.{self._dialect.named(name)}" for name in self._cut.by]
        heads.append(f"{self._bucket(day)} AS {self._period}")
        columns = [f"{sign}{text} AS c{at}" for at, text in enumerate(self._stocks.texts)]
        flows = [text for scan, sums in self._flows if scan.on == on for text in sums.texts]
        columns += [f"{text} AS f{at}" for at, text in enumerate(flows)]
        last = f"{day} <= {self._dialect.day(self._cut.within.last)}"
        return (
            f"SELECT {', '.join([*heads, *columns])}\nFROM {self._source.relation} AS t\n"
            f"WHERE {f'{also} AND ' if also else ''}{last}\nGROUP BY {ordinals(len(heads))}"
        )

    def _moved(self) -> str:
        """Arrivals, and departures with a minus sign; then those that never stood, taken back."""
        listed = ", ".join([*self._keys, *(f"c{at}" for at in range(len(self._stocks.texts)))])
        opened, ended = self._opened, self._ended
        sides = [
            f"SELECT {listed} FROM came",  # noqa: S608
            f"SELECT {listed} FROM went",  # noqa: S608
            self._side(opened, "-", also=f"{ended} < {opened}"),
            self._side(ended, "", also=f"({opened} IS NULL OR {ended} < {opened})"),
        ]
        return "\nUNION ALL\n".join(sides)

    def _bucket(self, day: str) -> str:
        """The period of a day, the one before the first for all that is earlier."""
        first, before = self._cut.within.first, self._dialect.day(self._before)
        begin = self._dialect.begins(self._cut.every, day, first)
        if self._cut.every is not Grain.WHOLE and self._begins[0] == first:
            return f"greatest({begin}, {before})"
        return f"CASE WHEN {day} < {self._dialect.day(first)} THEN {before} ELSE {begin} END"

    def _filled(self) -> str:
        """What moved, and nothing for every group in every period, added up."""
        *names, period = self._keys
        days = ", ".join(f"({self._dialect.day(day)})" for day in (self._before, *self._begins))
        groups = f"(SELECT DISTINCT {', '.join(names)} FROM moved)" if names else "(VALUES (1))"  # noqa: S608
        width = len(self._stocks.texts)
        added = "".join(f", sum(c{at}) AS c{at}" for at in range(width))
        kept = ", ".join([*(f"g.{name}" for name in names), f"p.{period}", *("0" for _ in range(width))])
        still = f"SELECT {kept} FROM {groups} AS g\nCROSS JOIN (VALUES {days}) AS p({period})"  # noqa: S608
        both = f"SELECT * FROM moved UNION ALL\n{still}"  # noqa: S608
        summed = f"SELECT {', '.join(self._keys)}{added} FROM (\n{both}\n) AS every_one"  # noqa: S608
        return f"{summed}\nGROUP BY {ordinals(len(self._keys))}"

    def _summed(self, wanted: Sequence[tuple[int, At]]) -> str:
        """The running sums beside what moved in each period."""
        *names, period = self._keys
        apart = f"PARTITION BY {', '.join(names)} " if names else ""
        over = f"OVER ({apart}ORDER BY {period})"
        places = dict.fromkeys(at for at, _ in wanted)
        sums = "".join(f", c{at}, sum(c{at}) {over} AS s{at}" for at in places)
        return f"SELECT {', '.join(self._keys)}{sums} FROM filled"  # noqa: S608

    def _same(self, name: str) -> str:
        """The same group and period; who is in no group is a group of their own."""
        *names, period = self._keys
        alike = [f"{name}.{key} IS NOT DISTINCT FROM s.{key}" for key in names]
        return " AND ".join([*alike, f"{name}.{period} = s.{period}"])


def stays(source: Source, dialect: Dialect) -> tuple[str, str]:
    """The days from which and until which a row stands."""
    population = source.population
    return f"t.{dialect.named(population.opened)}", f"t.{dialect.named(population.ended)}"


def ordinals(number: int) -> str:
    """``1, 2, 3``."""
    return ", ".join(str(at + 1) for at in range(number))
