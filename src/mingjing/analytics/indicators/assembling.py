"""Rows of an engine → the tallies of the domain."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from mingjing.analytics.indicators.aggregates import Columns
from mingjing.analytics.indicators.compiling import Cut, Query
from mingjing.domain.indicators.counts import Indicator
from mingjing.domain.indicators.grains import buckets, first_day
from mingjing.domain.indicators.tallying import ZERO, Slot, Tallies, Tally, gathered

Sums = dict[tuple[Slot, str, str], Tally]


def assemble(
    indicators: Sequence[Indicator], cut: Cut, answered: Iterable[tuple[Query, Iterable[Sequence[Any]]]]
) -> Tallies:
    """The answers of all queries as one table of tallies."""
    periods = {first_day(cut.every, one): one for one in buckets(cut.every, cut.within)}
    sums: Sums = {}
    width = len(cut.by)
    for query, rows in answered:
        for row in rows:
            slot = Slot(tuple(row[:width]), periods[row[width]])
            if query.spread is not None:
                spread = Tally(spread={Decimal(row[width + 1]): row[width + 2]})
                _put(sums, slot, query.spread.answers, spread)
                continue
            for asked, columns in query.told:
                _put(sums, slot, asked.answers, _tally(row, columns))
    return gathered(indicators, sums)


def _tally(row: Sequence[Any], at: Columns) -> Tally:
    missing = 0 if at.missing is None else int(row[at.missing])
    total = None if at.total is None else row[at.total]
    return Tally(int(row[at.rows]), missing, ZERO if total is None else Decimal(total))


def _put(sums: Sums, slot: Slot, answers: Sequence[tuple[str, str]], tally: Tally) -> None:
    for id_, label in answers if tally or tally.spread else ():
        sums[(slot, id_, label)] = sums.get((slot, id_, label), Tally()) + tally
