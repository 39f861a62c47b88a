"""A file somebody brings as a table of DuckDB: text tables and workbooks as texts, Parquet as it is."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from mingjing.analytics.indicators.dialects import DUCKDB
from mingjing.analytics.indicators.duck import PASSED
from mingjing.domain.reasons import Refusal, Unreadable
from mingjing.imports.headers import header_name
from mingjing.imports.limits import Limits
from mingjing.imports.rows import Cell
from mingjing.imports.tables import read_table
from mingjing.imports.values import read_text

LIMITS = Limits(bytes=64 << 30, inflated=16 << 30, rows=200_000_000, columns=2000, area=1 << 40)
"""Whoever computes on a machine of their own may bring what it holds."""
PARQUET = b"PAR1"
ROW = "文件里的行号"


class BroughtWrong(Refusal):
    """A file that somebody brings to count over is not there, is no table, or is damaged."""

    code = "brought-file"


@dataclass(frozen=True, slots=True)
class Opened:
    """A table as it was brought. ``relation`` stands after FROM; ``columns``: name as compared → name in the
    relation; ``types``: name in the relation → DuckDB's type; ``row``: SQL of a row's number in the file,
    counted as its reader counts (a text file's header is row 1). ``notes`` say how it was read."""

    name: str
    relation: str
    columns: Mapping[str, str]
    types: Mapping[str, str]
    row: str
    since_1904: bool = False
    notes: tuple[str, ...] = ()


def open_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    work: Path,
    *,
    expected: Collection[str] = (),
    encoding: str = "",
) -> Opened:
    """Open a file, or a folder of Parquet files, as ``table``. ``expected`` are the columns that are needed,
    which help to find the header; ``work`` is a folder for what must be written on the way.

    Raises
    ------
    BroughtWrong     no such file, a folder without Parquet files, a damaged Parquet file
    ImportRefused    torn, empty, protected, of an unknown kind or encoding
    """
    if not path.exists():
        raise BroughtWrong(f"没有文件“{path}”。", example="案件.csv")
    files = sorted(path.glob("**/*.parquet")) if path.is_dir() else [path]
    if not files:
        raise BroughtWrong(f"文件夹“{path}”里没有 .parquet 文件。")
    if path.is_dir() or _is_parquet(path):
        return _open_parquet(connection, files, path.name)
    return _open_table(connection, path, table, work, expected, encoding)


def _is_parquet(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4) == PARQUET


def _open_parquet(connection: duckdb.DuckDBPyConnection, files: Sequence[Path], name: str) -> Opened:
    listed = ", ".join(DUCKDB.text(str(one)) for one in files)
    relation = f"read_parquet([{listed}], union_by_name = true)"
    try:
        found = connection.execute(f"DESCRIBE FROM {relation}").fetchall()
    except duckdb.Error as error:
        raise BroughtWrong(f"“{name}”不是完整的 Parquet 文件：{_first_line(error)}") from error
    types = {str(row[0]): str(row[1]) for row in found}
    return Opened(name, relation, _compared(name, types), types, "(file_row_number + 1)")


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


def _compared(name: str, given: Collection[str]) -> dict[str, str]:
    """Name as compared → name as given."""
    found: dict[str, str] = {}
    for one in given:
        plain = header_name(one)
        if plain in found:
            raise BroughtWrong(f"“{name}”有两列都叫“{plain}”。请删去或改名其中一列。")
        found[plain] = one
    return found


def _open_table(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    table: str,
    work: Path,
    expected: Collection[str],
    encoding: str,
) -> Opened:
    with path.open("rb") as file:
        found = read_table(file, path.name, encoding=encoding, expected=expected, limits=LIMITS)
        names = [*found.header]
        types = ", ".join(f"{DUCKDB.named(name)} VARCHAR" for name in names)
        connection.execute(f"CREATE TABLE {table} ({DUCKDB.named(ROW)} BIGINT, {types})")
        passed = work / f"{table}.csv"
        with passed.open("w", encoding="utf-8", newline="") as target:
            writer = csv.writer(target, quoting=csv.QUOTE_ALL)
            writer.writerows([row.number, *_texts(row.cells, len(names))] for row in found)
    if passed.stat().st_size:
        connection.execute(f"COPY {table} FROM {DUCKDB.text(str(passed))} {PASSED}")
    passed.unlink()
    notes = [f"编码 {found.encoding}（{found.because}），{found.delimiter}分隔"] if found.encoding else []
    if found.skipped.total:
        notes.append(f"合计、小计行 {found.skipped.total} 行没有算")
    return Opened(
        path.name,
        table,
        _compared(path.name, names),
        dict.fromkeys(names, "VARCHAR"),
        DUCKDB.named(ROW),
        found.since_1904,
        tuple(notes),
    )


def _texts(cells: Sequence[Cell], width: int) -> Iterator[str]:
    for cell in cells[:width]:
        yield _text(cell)


def _text(cell: Cell) -> str:
    """A cell as text; what a reader would refuse (an error of a formula) is left for whoever needs it."""
    if isinstance(cell, str):
        return cell.strip()
    try:
        return read_text(cell)
    except Unreadable:
        return str(cell)
