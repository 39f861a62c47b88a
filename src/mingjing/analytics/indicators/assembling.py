"""Rows of an engine → the tallies of the domain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from mingjing.analytics.indicators.compiling import Cut, Query
from mingjing.domain.indicators.counts import Indicator
from mingjing.domain.indicators.grains import buckets, first_day
from mingjing.domain.indicators.tallying import ZERO, Slot, Tallies, Tally, gathered

Sums = dict[tuple[Slot, str, str], Tally]


def assemble(
    indicators: Sequence[Indicator],
    cut: Cut,
    answered: Iterable[tuple[Query, Sequence[str], Iterable[Sequence[Any]]]],
) -> Tallies:
    """The answers of all queries, each with the names of its columns, as one table of tallies."""
    periods = {first_day(cut.every, one): one for one in buckets(cut.every, cut.within)}
    sums: Sums = {}
    for query, columns, rows in answered:
        at = {name: place for place, name in enumerate(columns)}
        width = len(cut.by)
        for row in rows:
            slot = Slot(tuple(row[:width]), periods[_day(row[width])])
            if query.spread is not None:
                _put(
                    sums, slot, query.spread.answers, Tally(spread={Decimal(row[width + 1]): row[width + 2]})
                )
                continue
            for asked in query.scan.asked:
                tally = _tally(row, at, asked.number)
                if tally:
                    _put(sums, slot, asked.answers, tally)
    return gathered(indicators, sums)


def _tally(row: Sequence[Any], at: Mapping[str, int], number: int) -> Tally:
    rows = row[at[f"n{number}"]]
    missing = row[at[f"k{number}"]] - rows if f"k{number}" in at else 0
    total = row[at[f"s{number}"]] if f"s{number}" in at else None
    return Tally(rows, missing, ZERO if total is None else Decimal(total))


def _put(sums: Sums, slot: Slot, answers: Sequence[tuple[str, str]], tally: Tally) -> None:
    for id_, label in answers:
        sums[(slot, id_, label)] = sums.get((slot, id_, label), Tally()) + tally


def _day(value: object) -> date:
    assert isinstance(value, date)
    return date(value.year, value.month, value.day)
