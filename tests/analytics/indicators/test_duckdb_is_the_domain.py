"""Whatever the table and whatever the indicators: DuckDB answers what plain Python answers."""

from __future__ import annotations

import duckdb
from hypothesis import given, settings

from mingjing.analytics.indicators.duck import fill_table, run_duckdb
from mingjing.analytics.indicators.planning import columns_used
from mingjing.domain.indicators.figures import figure
from mingjing.domain.indicators.tallying import Table, tally_all
from tests.analytics.indicators.worlds import CASES, World, worlds

CONNECTION = duckdb.connect()


@settings(derandomize=True, deadline=None, max_examples=60)
@given(worlds())
def test_every_count_of_every_group_is_the_same(world: World) -> None:
    used = columns_used(world.indicators, {"案件": CASES}, world.cut.by)["案件"]
    source = fill_table(CONNECTION, "cases", CASES, used, world.rows)
    found = run_duckdb(CONNECTION, world.indicators, {"案件": source}, world.cut)
    expected = tally_all(
        world.indicators,
        {"案件": Table(CASES, world.rows)},
        within=world.cut.within,
        by=world.cut.by,
        every=world.cut.every,
    )
    assert found == expected
    for slot, by_id in expected.items():
        for indicator in world.indicators:
            if indicator.id in by_id:
                assert figure(indicator, found[slot][indicator.id]) == figure(indicator, by_id[indicator.id])


def test_texts_that_break_a_line_or_hold_quotes_are_read_as_they_are() -> None:
    odd = ["x\ny", "x\ry", "x\r\ny", 'a"b', '"', "a,b", "\\", "NULL", " ", "　", "\ufeff甲", "#x"]
    source = fill_table(CONNECTION, "odd", CASES, ("法院", "立案日期"), [{"法院": one} for one in odd])
    assert CONNECTION.execute(f"SELECT 法院 FROM {source.relation}").fetchall() == [(one,) for one in odd]
