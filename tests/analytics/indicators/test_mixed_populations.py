"""Counts of cases, events and records in one indicator: both engines answer what plain Python answers."""

from __future__ import annotations

from typing import Any

import duckdb
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from mingjing.analytics.indicators.duck import fill_table, run_duckdb
from mingjing.analytics.indicators.planning import columns_used
from mingjing.analytics.indicators.sparking import SparkMissing, fill_view, open_spark, run_spark
from mingjing.domain.indicators.tallying import Tallies, tally_all
from tests.analytics.indicators.mixed import POPULATIONS, TABLE_OF, Mixed, mixed

CONNECTION = duckdb.connect()


def counted_plainly(world: Mixed) -> Tallies:
    return tally_all(
        world.indicators, world.tables, within=world.cut.within, by=world.cut.by, every=world.cut.every
    )


@settings(derandomize=True, deadline=None, max_examples=40)
@given(mixed())
def test_duckdb_counts_every_population_as_the_domain_does(world: Mixed) -> None:
    used = columns_used(world.indicators, POPULATIONS, world.cut.by)
    sources = {
        over: fill_table(CONNECTION, TABLE_OF[over], POPULATIONS[over], names, world.rows[over])
        for over, names in used.items()
    }
    assert run_duckdb(CONNECTION, world.indicators, sources, world.cut) == counted_plainly(world)


def test_spark_counts_every_population_as_the_domain_does() -> None:
    session = opened()
    try:
        for number, world in enumerate(some_worlds()):
            used = columns_used(world.indicators, POPULATIONS, world.cut.by)
            sources = {
                over: fill_view(
                    session, f"{TABLE_OF[over]}{number}", POPULATIONS[over], names, world.rows[over]
                )
                for over, names in used.items()
            }
            assert run_spark(session, world.indicators, sources, world.cut) == counted_plainly(world)
    finally:
        session.stop()


def opened() -> Any:
    try:
        return open_spark(**{"spark.sql.shuffle.partitions": "2", "spark.log.level": "ERROR"})
    except SparkMissing as missing:
        pytest.skip(missing.message)


def some_worlds() -> list[Mixed]:
    """The same three worlds every time, none of them without rows."""
    found: list[Mixed] = []

    @settings(
        derandomize=True,
        deadline=None,
        max_examples=6,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(mixed(most=30))
    def collect(world: Mixed) -> None:
        if all(world.rows.values()):
            found.append(world)

    collect()
    assert found
    return found[:3]
