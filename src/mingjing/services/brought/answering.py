"""Indicators over brought files, counted by one engine or by all three, which must agree."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from mingjing.analytics.indicators.compiling import Cut, Source
from mingjing.analytics.indicators.dialects import DUCKDB
from mingjing.analytics.indicators.duck import run_duckdb
from mingjing.analytics.indicators.planning import columns_used
from mingjing.analytics.indicators.sparking import open_spark, read_files, run_spark
from mingjing.definitions.shelf import Shelf
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import Indicator, Population
from mingjing.domain.indicators.tallying import Slot, Table, Tallies, tally_all
from mingjing.domain.reasons import Refusal
from mingjing.services.brought.filling import Choices, Filled, fill
from mingjing.services.brought.sources import open_file

ENGINES = ("duckdb", "python", "spark")


class BroughtUnasked(Refusal):
    """The files brought are not those the indicators count, or what is asked of them makes no sense."""

    code = "brought-asked"


@dataclass(frozen=True)
class Answered:
    """What the engines counted. ``by_engine``: engine → seconds it took; ``notes``: population → what there
    is to say of its file; ``rows``: population → rows read; ``differing``: where an engine says otherwise."""

    indicators: tuple[Indicator, ...]
    cut: Cut
    tallies: Tallies
    by_engine: Mapping[str, float]
    notes: Mapping[str, tuple[str, ...]]
    rows: Mapping[str, int]
    differing: tuple[str, ...]


def answer(
    shelf: Shelf,
    ids: Sequence[str],
    files: Mapping[str, Path],
    cut: Cut,
    *,
    on: date,
    choices: Choices = Choices(),  # noqa: B008 (frozen)
    engines: Sequence[str] = ("duckdb",),
) -> Answered:
    """Count indicators over files (population → file) within a cut, by each of ``engines``.

    Raises
    ------
    UnknownDefinition, NotInForce   no such indicator on that day
    BroughtUnasked                  a population without a file, a file nobody counts, groups that are no text
    ColumnsMissing, CellsUnread     see ``fill``
    SparkMissing                    Spark was asked for and is not there
    """
    indicators = tuple(shelf.indicator(id_, on) for id_ in ids)
    populations = _populations(shelf, indicators, files)
    with tempfile.TemporaryDirectory(prefix="mingjing-") as folder:
        work = Path(folder)
        with duckdb.connect(str(work / "brought.duckdb")) as connection:
            connection.execute(f"SET temp_directory = {DUCKDB.text(folder)}")
            connection.execute("SET preserve_insertion_order = false")
            filled = _filled(connection, shelf, indicators, populations, files, cut, choices, work)
            found: dict[str, Tallies] = {}
            seconds: dict[str, float] = {}
            for engine in engines:
                began = time.perf_counter()
                found[engine] = _ENGINES[engine](connection, indicators, filled, cut, work)
                seconds[engine] = time.perf_counter() - began
    first = found[engines[0]]
    differing = tuple(
        line for engine in engines[1:] for line in _differing(engines[0], first, engine, found[engine])
    )
    notes = {over: one.notes for over, one in filled.items()}
    rows = {over: one.rows for over, one in filled.items()}
    return Answered(indicators, cut, first, seconds, notes, rows, differing)


def populations_of(shelf: Shelf, indicators: Sequence[Indicator]) -> dict[str, Population]:
    """What the indicators count, by name."""
    overs = dict.fromkeys(part.over for one in indicators for part in one.parts if not part.among)
    found = {over: shelf.population(over) for over in overs}
    return {over: one for over, one in found.items() if one is not None}


def _populations(
    shelf: Shelf, indicators: Sequence[Indicator], files: Mapping[str, Path]
) -> dict[str, Population]:
    populations = populations_of(shelf, indicators)
    if lacking := [over for over in populations if over not in files]:
        raise BroughtUnasked(
            f"这些指标还要数{'、'.join(lacking)}，没有给它的文件。",
            example=f"--data {lacking[0]}=文件.csv",
        )
    if needless := [over for over in files if over not in populations]:
        raise BroughtUnasked(
            f"这些指标不数{'、'.join(needless)}，不知道这个文件派什么用。", allowed=tuple(populations)
        )
    return populations


def _filled(
    connection: duckdb.DuckDBPyConnection,
    shelf: Shelf,
    indicators: Sequence[Indicator],
    populations: Mapping[str, Population],
    files: Mapping[str, Path],
    cut: Cut,
    choices: Choices,
    work: Path,
) -> dict[str, Filled]:
    used = columns_used(indicators, populations, ())
    found = {}
    for number, (over, population) in enumerate(populations.items()):
        for name in cut.by:
            if population.kinds.get(name, Kind.TEXT) is not Kind.TEXT:
                raise BroughtUnasked(f"不能按“{name}”分组：它是{population.kinds[name].value}，不是文字。")
        names = tuple(dict.fromkeys((*cut.by, *used[over])))
        opened = open_file(
            connection, files[over], f"raw{number}", work, expected=names, encoding=choices.encoding
        )
        found[over] = fill(connection, opened, f"rows{number}", population, names, shelf, choices)
    return found


Engine = Callable[[duckdb.DuckDBPyConnection, Sequence[Indicator], Mapping[str, Filled], Cut, Path], Tallies]


def _by_duckdb(
    connection: duckdb.DuckDBPyConnection,
    indicators: Sequence[Indicator],
    filled: Mapping[str, Filled],
    cut: Cut,
    work: Path,
) -> Tallies:
    return run_duckdb(connection, indicators, {over: one.source for over, one in filled.items()}, cut)


def _by_python(
    connection: duckdb.DuckDBPyConnection,
    indicators: Sequence[Indicator],
    filled: Mapping[str, Filled],
    cut: Cut,
    work: Path,
) -> Tallies:
    tables = {}
    for over, one in filled.items():
        rows = connection.execute(f"FROM {one.source.relation}").fetchall()
        tables[over] = Table(one.source.population, (dict(zip(one.names, row, strict=False)) for row in rows))
    return tally_all(indicators, tables, within=cut.within, by=cut.by, every=cut.every)


def _by_spark(
    connection: duckdb.DuckDBPyConnection,
    indicators: Sequence[Indicator],
    filled: Mapping[str, Filled],
    cut: Cut,
    work: Path,
) -> Tallies:
    session = open_spark(**{"spark.sql.shuffle.partitions": "4", "spark.log.level": "ERROR"})
    try:
        sources: dict[str, Source] = {}
        for over, one in filled.items():
            path = work / f"{one.source.relation}.parquet"
            connection.execute(f"COPY {one.source.relation} TO {DUCKDB.text(str(path))} (FORMAT parquet)")
            sources[over] = read_files(session, one.source.relation, one.source.population, str(path))
        return run_spark(session, indicators, sources, cut)
    finally:
        session.stop()


_ENGINES: Mapping[str, Engine] = {"duckdb": _by_duckdb, "python": _by_python, "spark": _by_spark}


def _differing(first: str, one: Tallies, second: str, other: Tallies) -> list[str]:
    """Where two engines disagree, in words."""
    lines = []
    for slot in sorted({*one, *other}, key=order_of):
        left, right = one.get(slot, {}), other.get(slot, {})
        for id_ in sorted({*left, *right}):
            if left.get(id_) != right.get(id_):
                place = "、".join(key or "未登记" for key in slot.keys)
                says = f"{first} {left.get(id_)}，{second} {right.get(id_)}"
                lines.append(f"{place} {slot.period.label} {id_}：{says}")
    return lines


def order_of(slot: Slot) -> tuple[object, ...]:
    """Slots by group, who is in none last, and by time."""
    return tuple((key is None, key or "") for key in slot.keys), slot.period.first
