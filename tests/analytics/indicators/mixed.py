"""Random indicators whose counts are of cases, of events and of records, each with rows of its own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from mingjing.analytics.indicators.compiling import Cut
from mingjing.domain.indicators.counts import Indicator, Population
from mingjing.domain.indicators.tallying import Table
from tests.analytics.indicators.worlds import CASES, KINDS, rows, worlds

EVENTS = Population("事项", KINDS, "", "")
RECORDS = Population("ledger.made", KINDS, "立案日期", "结案日期")
POPULATIONS = {one.over: one for one in (CASES, EVENTS, RECORDS)}
TABLE_OF = {CASES.over: "cases", EVENTS.over: "events", RECORDS.over: "records"}


@dataclass(frozen=True)
class Mixed:
    """Rows by what they are, indicators over all of them, and how to cut."""

    rows: Mapping[str, list[dict[str, object]]]
    indicators: tuple[Indicator, ...]
    cut: Cut

    @property
    def tables(self) -> dict[str, Table]:
        """As the plain domain reads them."""
        return {over: Table(one, self.rows[over]) for over, one in POPULATIONS.items()}


@st.composite
def mixed(draw: st.DrawFn, most: int = 12) -> Mixed:
    """A world whose outermost counts are each of some population; an event never stands."""
    world = draw(worlds(most))
    made = []
    for indicator in world.indicators:
        parts = []
        for part in indicator.parts:
            overs = [RECORDS.over, CASES.over] if part.at else [EVENTS.over, RECORDS.over, CASES.over]
            parts.append(part if part.among else replace(part, over=draw(st.sampled_from(overs))))
        made.append(replace(indicator, parts=tuple(parts)))
    tables = {over: draw(rows(most)) for over in POPULATIONS}
    return Mixed(tables, tuple(made), world.cut)
