"""Parquet as other systems write it: moments, doubles, empty texts; DuckDB and Spark count as Python does."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from mingjing.analytics.indicators.compiling import Cut
from mingjing.analytics.indicators.duck import read_files, run_duckdb
from mingjing.analytics.indicators.sparking import SparkMissing, open_spark, run_spark
from mingjing.analytics.indicators.sparking import read_files as read_files_in_spark
from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.reading import read_expression, read_quantity
from mingjing.domain.indicators.counts import At, Count, Indicator, Measure, MeasureKind
from mingjing.domain.indicators.grains import Grain
from mingjing.domain.indicators.tallying import Table, Tallies, tally_all
from tests.analytics.indicators.worlds import CASES
from tests.domain.indicators.samples import indicator

YEAR = Period(date(2024, 1, 1), date(2024, 12, 31), "2024", "2024年")
CUT = Cut(YEAR, ("法院",), Grain.MONTH)
ROWS = """
SELECT * FROM (VALUES
  ('甲', TIMESTAMP '2024-12-31 23:59:00', TIMESTAMPTZ '2024-03-31 20:00:00+00',
   0.1::DOUBLE + 0.2::DOUBLE, 'x'),
  ('甲', TIMESTAMP '2024-01-01 00:00:00', TIMESTAMPTZ '2024-03-31 12:00:00+00', 1.5::DOUBLE, 'y'),
  ('', TIMESTAMP '2023-12-31 23:59:00', NULL, NULL, 'z')
) AS t("法院", "结案日期", "立案日期", "标的额", "别的")"""


def asked() -> Indicator:
    """What was closed, for how much, and what stands."""
    parts = (
        Count("结案", on="结案日期"),
        Count("金额", on="结案日期", measure=Measure(MeasureKind.SUM, read_quantity("标的额"))),
        Count("新收", on="立案日期", where=read_expression("标的额 > 0.3")),
        Count("未结", at=At.END),
    )
    return indicator("金额 / 结案", *parts, unit="元")


@pytest.fixture
def path(tmp_path: Path) -> str:
    target = tmp_path / "案件.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY ({ROWS}) TO '{target}' (FORMAT parquet)")
    return str(target)


def by_hand() -> Tallies:
    """The same rows as somebody reads them: days of Beijing, an empty text is nobody."""
    rows: list[dict[str, object]] = [
        {"法院": "甲", "结案日期": date(2024, 12, 31), "立案日期": date(2024, 4, 1), "标的额": 0.30},
        {"法院": "甲", "结案日期": date(2024, 1, 1), "立案日期": date(2024, 3, 31), "标的额": 1.5},
        {"结案日期": date(2023, 12, 31)},
    ]
    return tally_all((asked(),), {"案件": Table(CASES, rows)}, within=YEAR, by=("法院",), every=Grain.MONTH)


def test_duckdb(path: str) -> None:
    with duckdb.connect() as connection:
        source = read_files(connection, "cases", CASES, path)
        assert run_duckdb(connection, (asked(),), {"案件": source}, CUT) == by_hand()


def test_spark(path: str) -> None:
    session = opened()
    try:
        source = read_files_in_spark(session, "brought", CASES, path)
        assert run_spark(session, (asked(),), {"案件": source}, CUT) == by_hand()
    finally:
        session.stop()


def opened() -> Any:
    try:
        return open_spark(**{"spark.sql.shuffle.partitions": "2", "spark.log.level": "ERROR"})
    except SparkMissing as missing:
        pytest.skip(missing.message)
