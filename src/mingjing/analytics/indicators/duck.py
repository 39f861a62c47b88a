"""Indicators in DuckDB: inside the process, one reading for all of them."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from mingjing.analytics.indicators.assembling import assemble
from mingjing.analytics.indicators.compiling import Cut, Query, Source, compile_all
from mingjing.analytics.indicators.dialects import DUCKDB, ZONE
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import Indicator, Population, read_row
from mingjing.domain.indicators.tallying import Tallies

PASSED = (
    "(FORMAT csv, HEADER false, QUOTE '\"', ESCAPE '\"', DELIMITER ',', NULLSTR '', "
    "AUTO_DETECT false, NEW_LINE '\\r\\n')"
)
"""How DuckDB reads what Python's csv wrote: told, not guessed, for a line may break within a cell."""


def run_duckdb(
    connection: duckdb.DuckDBPyConnection,
    indicators: Sequence[Indicator],
    sources: Mapping[str, Source],
    cut: Cut,
) -> Tallies:
    """Count indicators over tables of the connection; the answers are those of ``tally_all``."""
    queries = compile_all(indicators, sources, cut, DUCKDB)
    return assemble(indicators, cut, _answers(connection, queries))


def _answers(
    connection: duckdb.DuckDBPyConnection, queries: Sequence[Query]
) -> Iterator[tuple[Query, list[tuple[Any, ...]]]]:
    for query in queries:
        yield query, connection.execute(query.text).fetchall()


def fill_table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    population: Population,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, object]],
) -> Source:
    """Make a table of some fields of a population from its rows, as ``read_row`` reads them.

    Goes through a file, which is a hundred times faster than inserting row by row.
    """
    table = DUCKDB.named(name)
    kinds = {column: population.kinds[column] for column in columns}
    types = ", ".join(f"{DUCKDB.named(column)} {DUCKDB.type_of(kind)}" for column, kind in kinds.items())
    connection.execute(f"CREATE OR REPLACE TABLE {table} ({types})")
    with tempfile.TemporaryDirectory(prefix="mingjing-") as folder:
        path = Path(folder) / "rows.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, quoting=csv.QUOTE_ALL)
            for row in rows:
                read = read_row(row, kinds)
                writer.writerow([_cell(read.get(column), kind) for column, kind in kinds.items()])
        if path.stat().st_size:
            connection.execute(f"COPY {table} FROM {DUCKDB.text(str(path))} {PASSED}")
    return Source(population, table)


def read_files(
    connection: duckdb.DuckDBPyConnection, name: str, population: Population, *paths: str
) -> Source:
    """A view of Parquet files whose columns are fields of a population, each as its kind: a moment is its day
    in Beijing, an empty text is nothing. Columns of other names are left out."""
    listed = ", ".join(DUCKDB.text(path) for path in paths)
    files = f"read_parquet([{listed}], union_by_name = true)"
    found = connection.execute(f"DESCRIBE FROM {files}").fetchall()
    picked = ", ".join(
        f"{_read(column, type_, population.kinds[column])} AS {DUCKDB.named(column)}"
        for column, type_, *_ in found
        if column in population.kinds
    )
    connection.execute(f"CREATE OR REPLACE VIEW {DUCKDB.named(name)} AS FROM {files} SELECT {picked}")
    return Source(population, DUCKDB.named(name))


def _read(column: str, type_: str, kind: Kind) -> str:
    plain = DUCKDB.named(column)
    if type_ == "TIMESTAMP WITH TIME ZONE" and kind is Kind.DAY:
        plain = f"timezone('{ZONE}', {plain})"
    return DUCKDB.read_as(kind)(plain)


def _cell(value: object, kind: Kind) -> object:
    if value is None:
        return ""
    return ("true" if value else "false") if kind is Kind.FLAG else value
