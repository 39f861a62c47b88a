"""The SQL of each engine for one indicator, word for word: a change of meaning shows as a change of text."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingjing.analytics.indicators.compiling import Cut, Source, compile_all
from mingjing.analytics.indicators.dialects import DUCKDB, SPARK, Dialect
from mingjing.analytics.indicators.planning import columns_used, plan
from mingjing.definitions.registry import Registry
from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.grains import Grain

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = Path(__file__).parent / "golden"
SHELF = Registry.load(ROOT / "institutions/cn")
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31), "2024", "2024年")
NAMES = ("within_limit", "closing_rate", "disposition_time", "recovery_rate", "closing_evenness")
MIXED = ("pre_suit_effect", "hearings_held", "exposed_post_signals")
"""Counts of records, of events, of records that stand, beside those of cases."""
TABLES = {"案件": "cases", "事项": "events"}
ON = date(2026, 1, 1)


def sql(dialect: Dialect, name: str) -> str:
    indicator = SHELF.indicator(f"indicator.{name}", ON)
    sources = {}
    for over in sorted({one.over for one in indicator.parts if not one.among}):
        population = SHELF.population(over)
        assert population is not None
        table = TABLES.get(over, over.replace(".", "_"))
        sources[over] = Source(population, dialect.named(table))
    cut = Cut(YEAR, ("法院", "承办人"), Grain.MONTH)
    return "\n\n".join(query.text for query in compile_all((indicator,), sources, cut, dialect)) + "\n"


@pytest.mark.parametrize("name", NAMES + MIXED)
@pytest.mark.parametrize("dialect", (DUCKDB, SPARK), ids=lambda one: one.name)
def test_the_sql_is_the_one_that_was_read_and_approved(dialect: Dialect, name: str) -> None:
    assert sql(dialect, name) == (GOLDEN / f"{name}.{dialect.name}.sql").read_text(encoding="utf-8")


def test_indicators_that_count_the_same_read_it_once() -> None:
    names = ("closing_rate", "clearance_rate", "disposition_time")
    scans = plan([SHELF.indicator(f"indicator.{name}", ON) for name in names])
    assert sorted(scan.on for scan in scans) == ["", "立案日期", "结案日期"]
    assert sum(len(scan.asked) for scan in scans) == 4, "旧存、未结、新收、结案，三个指标合用"


def test_only_the_fields_that_are_looked_at_need_columns() -> None:
    population = SHELF.population("案件")
    assert population is not None
    indicator = SHELF.indicator("indicator.within_limit", ON)
    used = columns_used((indicator,), {"案件": population}, ("法院",))
    assert set(used["案件"]) == {"法院", "结案日期", "审限届满日", "有无审限"}
