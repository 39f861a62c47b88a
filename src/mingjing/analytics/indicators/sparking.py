"""Indicators in Spark, for more cases than one machine holds. Needs ``mingjing[spark]`` and Java."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from mingjing.analytics.indicators.assembling import assemble
from mingjing.analytics.indicators.compiling import Cut, Query, Source, compile_all
from mingjing.analytics.indicators.dialects import SPARK, ZONE
from mingjing.domain.indicators.counts import Indicator, Population, read_row
from mingjing.domain.indicators.tallying import Tallies
from mingjing.domain.reasons import Refusal

SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.session.timeZone": ZONE,
    # Errors instead of NULL or a rounded decimal where a number does not fit.
    "spark.sql.ansi.enabled": "true",
    "spark.sql.decimalOperations.allowPrecisionLoss": "false",
    "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
}


class SparkMissing(Refusal):
    """PySpark is not installed, or there is no Java."""

    code = "spark-missing"


def open_spark(master: str = "local[2]", **settings: str) -> Any:
    """A session with the settings under which Spark answers what the other engines answer.

    Raises
    ------
    SparkMissing   ``pyspark`` cannot be imported, or no Java starts
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise SparkMissing("没有安装 PySpark。", example='pip install "mingjing[spark]"') from None
    builder = SparkSession.builder.master(master).appName("mingjing")
    for name, value in {**SETTINGS, **settings}.items():
        builder = builder.config(name, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        raise SparkMissing(f"Spark 没有启动：{type(error).__name__}。请确认装了 Java 17。") from error


def run_spark(
    session: Any, indicators: Sequence[Indicator], sources: Mapping[str, Source], cut: Cut
) -> Tallies:
    """Count indicators over tables of the session; the answers are those of ``tally_all``."""
    queries = compile_all(indicators, sources, cut, SPARK)
    return assemble(indicators, cut, _answers(session, queries))


def _answers(session: Any, queries: Sequence[Query]) -> Iterator[tuple[Query, list[Any]]]:
    for query in queries:
        yield query, session.sql(query.text).collect()


def fill_view(
    session: Any,
    name: str,
    population: Population,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
) -> Source:
    """Make a temporary view of some fields of a population from its rows, for what fits into memory."""
    kinds = {column: population.kinds[column] for column in columns}
    schema = ", ".join(f"{SPARK.named(column)} {SPARK.type_of(kind)}" for column, kind in kinds.items())
    read = (read_row(row, kinds) for row in rows)
    given = [tuple(row.get(column) for column in columns) for row in read]
    session.createDataFrame(given, schema).createOrReplaceTempView(name)
    return Source(population, SPARK.named(name))


def read_files(session: Any, name: str, population: Population, *paths: str) -> Source:
    """A temporary view of Parquet files whose columns are fields of a population, each as its kind: a moment
    is its day in Beijing, an empty text is nothing. Columns of other names are left out."""
    found = session.read.parquet(*paths)
    picked = [
        f"{SPARK.read_as(population.kinds[column])(SPARK.named(column))} AS {SPARK.named(column)}"
        for column in found.columns
        if column in population.kinds
    ]
    found.selectExpr(*picked).createOrReplaceTempView(name)
    return Source(population, SPARK.named(name))
