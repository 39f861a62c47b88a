"""A batch of random tables and indicators in one Spark session: Spark answers what plain Python answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from mingjing.analytics.indicators.planning import columns_used
from mingjing.analytics.indicators.sparking import SparkMissing, fill_view, open_spark, run_spark
from mingjing.domain.indicators.tallying import Table, tally_all
from tests.analytics.indicators.worlds import CASES, World, worlds

WORLDS = 4


@pytest.fixture(scope="module")
def session() -> Iterator[Any]:
    try:
        opened = open_spark(**{"spark.sql.shuffle.partitions": "2", "spark.log.level": "ERROR"})
    except SparkMissing as missing:
        pytest.skip(missing.message)
    yield opened
    opened.stop()


def random_worlds() -> list[World]:
    """The same few worlds every time."""
    found: list[World] = []

    @settings(
        derandomize=True,
        deadline=None,
        max_examples=WORLDS,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(worlds(most=60))
    def collect(world: World) -> None:
        if world.rows:
            found.append(world)

    collect()
    return found


def test_every_count_of_every_group_is_the_same(session: Any) -> None:
    made = random_worlds()
    assert made
    for number, world in enumerate(made):
        used = columns_used(world.indicators, {"案件": CASES}, world.cut.by)["案件"]
        source = fill_view(session, f"cases{number}", CASES, used, world.rows)
        found = run_spark(session, world.indicators, {"案件": source}, world.cut)
        assert found == tally_all(
            world.indicators,
            {"案件": Table(CASES, world.rows)},
            within=world.cut.within,
            by=world.cut.by,
            every=world.cut.every,
        )
