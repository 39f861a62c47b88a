"""The aggregates of a reading: for each count the rows that count, those that cannot be told, the sum."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from mingjing.analytics.indicators.dialects import Dialect
from mingjing.analytics.indicators.emitting import Emitter
from mingjing.analytics.indicators.planning import Asked, Reading, Scan
from mingjing.domain.expressions.kinds import Kind, field_names
from mingjing.domain.indicators.counts import MOMENT, Count, MeasureKind, Population

TRUE = "TRUE"


@dataclass(frozen=True)
class Columns:
    """Where a count's answers stand among some columns, from 0: the rows that count, those that cannot be
    told (None: every row can), the sum (None: nothing is summed)."""

    rows: int
    missing: int | None = None
    total: int | None = None

    def moved(self, places: Mapping[int, int]) -> Columns:
        """The same answers after their columns came to stand elsewhere."""
        missing, total = self.missing, self.total
        return Columns(
            places[self.rows],
            None if missing is None else places[missing],
            None if total is None else places[total],
        )


class Aggregates:
    """The aggregates of one scan; what is asked twice is computed once.

    ``texts`` are the aggregates in order, ``columns`` says by the number of a count where its answers are.
    """

    def __init__(self, scan: Scan, population: Population, dialect: Dialect) -> None:
        self._scan, self._dialect = scan, dialect
        looking = scan.reading is Reading.LOOKING
        self._kinds = {**population.kinds, **({MOMENT: Kind.DAY} if looking else {})}
        self.texts: list[str] = []
        self.columns = {asked.number: self._columns(asked) for asked in scan.asked}

    def emitter(self, asked: Asked) -> Emitter:
        """Writes the expressions of a count."""
        looked = {MOMENT: f"p.{self._dialect.named(MOMENT)}"}
        return Emitter(self._dialect, self._kinds, asked.lineage[0].absent, looked)

    def holds(self, asked: Asked) -> str:
        """What is true for the rows that count."""
        emitter = self.emitter(asked)
        parts = [part for one in asked.lineage for part in self._conditions(one, emitter)]
        return _all(parts)

    def _place(self, text: str) -> int:
        """Where an aggregate stands; it is added if it is new."""
        if text not in self.texts:
            self.texts.append(text)
        return self.texts.index(text)

    def _columns(self, asked: Asked) -> Columns:
        holds, unsure = self.holds(asked), self._unsure(asked)
        rows = self._place(f"count(*){_filter(holds)}")
        missing = None if unsure is None else self._place(f"count(*){_filter(unsure)}")
        measure = asked.count.measure
        if measure.kind is not MeasureKind.SUM or measure.of is None:
            return Columns(rows, missing)
        quantity, typed = self.emitter(asked).quantity(measure.of)
        total = self._dialect.total(quantity, typed.digits, typed.scale)
        return Columns(rows, missing, self._place(total + _filter(holds)))

    def _unsure(self, asked: Asked) -> str | None:
        """What is true for the rows of which the count itself cannot be told; None where there are none.

        Few rows are, so this is cheaper to ask than who may count.
        """
        emitter = self.emitter(asked)
        *elders, own = asked.lineage
        parts = [part for one in elders for part in self._conditions(one, emitter)]
        needed = {name for one in elders for name in one.needs} | {self._scan.on, *emitter.absent}
        lacking = [
            f"{emitter.column(name)} IS NULL" for name in self._needed(own, emitter) if name not in needed
        ]
        if own.where:
            where = emitter.condition(own.where)
            sure = field_names(own.where, self._kinds) <= needed
            if not sure:
                lacking.insert(0, f"{where} IS NULL")
                where = f"{where} IS NOT FALSE"
            if sure or len(lacking) > 1:
                parts.append(where)
        if not lacking:
            return None
        return _all([*parts, lacking[0] if len(lacking) == 1 else f"({' OR '.join(lacking)})"])

    def _conditions(self, count: Count, emitter: Emitter) -> Iterator[str]:
        """What must be true for a row to count, beyond its date."""
        if count.where:
            yield emitter.condition(count.where)
        yield from (f"{emitter.column(name)} IS NOT NULL" for name in self._needed(count, emitter))

    def _needed(self, count: Count, emitter: Emitter) -> list[str]:
        """The fields a row must have besides those of its condition."""
        measured = field_names(count.measure.of, self._kinds) if count.measure.of else frozenset()
        known = (MOMENT, self._scan.on, *emitter.absent)
        return [name for name in dict.fromkeys((*count.needs, *sorted(measured))) if name not in known]


def _all(parts: list[str]) -> str:
    return " AND ".join(dict.fromkeys(parts)) or TRUE


def _filter(holds: str) -> str:
    return "" if holds == TRUE else f" FILTER (WHERE {holds})"
