"""All indicators by court, judge and month over ten million cases: ours, plain SQL, pandas, SQLite, Spark.

    .venv/bin/python benchmarks/indicators_speed.py --write benchmarks/results/indicators_speed.md

Seven indicators of institutions/cn over synthetic cases (indicators_cases.py): 100 courts, 10,000 judges, 24
months. Each side answers the same questions, what is missing counted apart, and leaves its answer as a
table of its own; loading is outside the time. Every side is a process of its own. DuckDB, ours and the
hand-written, and pandas are given words as numbers (ENUM, category), SQLite days as integers. ``--large`` is
the number of cases read from Parquet files at the end, made and deleted in pieces.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from benchmarks.indicators_cases import CHECKED, COLUMNS, HAND, NAMES, for_sqlite, made
from benchmarks.machine import machine_line, write_result
from mingjing.analytics.indicators.aggregates import Columns
from mingjing.analytics.indicators.compiling import Cut, Query, Source, compile_all
from mingjing.analytics.indicators.dialects import DUCKDB, SPARK
from mingjing.definitions.registry import Registry
from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import Indicator, Population
from mingjing.domain.indicators.grains import Grain

HERE = Path(__file__).resolve().parent
WORK = HERE / ".work" / "indicators"
PANDAS = HERE / ".work" / "pandas" / "bin" / "python"
CUT = Cut(Period(date(2023, 1, 1), date(2024, 12, 31), "x", "x"), ("法院", "承办人"), Grain.MONTH)
PIECE = 10_000_000
TURNS = 2


def indicators() -> tuple[list[Indicator], Population]:
    """The seven, and what they count."""
    root = HERE.parent / "institutions" / "cn"
    shelf = Registry.load(root / "dictionary", root / "indicators")
    population = shelf.population("案件")
    assert population is not None
    return [shelf.indicator(f"indicator.{name}", date(2026, 1, 1)) for name in NAMES], population


def queries(relation: str) -> Sequence[Query]:
    """Our SQL for DuckDB."""
    asked, population = indicators()
    return compile_all(asked, {"案件": Source(population, relation)}, CUT, DUCKDB)


def connect() -> duckdb.DuckDBPyConnection:
    """Two threads and three gigabytes, whatever the machine has."""
    connection = duckdb.connect()
    connection.execute("SET threads = 2; SET memory_limit = '3GB'; SET preserve_insertion_order = false")
    connection.execute(f"SET temp_directory = '{WORK}'")
    return connection


def peak() -> int:
    """The most memory this process has had, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def best(run: Callable[[], object], turns: int = TURNS) -> dict[str, float]:
    """Wall and processor seconds of the turn that used the least processor."""
    found = []
    for _ in range(turns):
        wall, cpu = time.perf_counter(), time.process_time()
        run()
        found.append((time.process_time() - cpu, time.perf_counter() - wall))
    return {"cpu": min(found)[0], "wall": min(found)[1]}


def numbered(connection: duckdb.DuckDBPyConnection, path: str) -> None:
    """The cases as a table of DuckDB, the words of a column numbered, as ``mingjing indicator count`` keeps
    them and as pandas is given them."""
    picked = []
    for name, type_, *_ in connection.execute(f"DESCRIBE FROM '{path}'").fetchall():
        words = f"SELECT DISTINCT {name} FROM '{path}' WHERE {name} IS NOT NULL ORDER BY 1"
        if type_ == "VARCHAR":
            connection.execute(f"CREATE TYPE {name}_words AS ENUM ({words})")
        picked.append(f"{name}::{name}_words AS {name}" if type_ == "VARCHAR" else name)
    connection.execute(f"CREATE TABLE cases AS SELECT {', '.join(picked)} FROM '{path}'")


def side_duckdb(path: str, own: bool) -> dict[str, Any]:
    """Ours or the hand-written, over the same table of DuckDB's own."""
    connection = connect()
    numbered(connection, path)
    texts = [one.text for one in queries("cases")] if own else list(HAND.values())

    def run() -> None:
        for at, text in enumerate(texts):
            connection.execute(f"CREATE OR REPLACE TABLE answer{at} AS {text}")

    found = best(run)
    return {**found, "peak": peak(), "version": duckdb.__version__}


def side_same(path: str) -> dict[str, Any]:
    """How many cells of ours differ from the hand-written, over all groups and months."""
    connection = connect()
    numbered(connection, path)
    differing, cells = 0, 0
    for query in queries("cases"):
        connection.execute(f"CREATE OR REPLACE TABLE ours AS {query.text}")
        names = [one[0] for one in connection.execute("DESCRIBE ours").fetchall()]
        told = {answer: columns for one, columns in query.told for answer in one.answers}
        for name, columns in _alike(told):
            # Where nothing came or went the hand-written has no row and ours has noughts: left out of both.
            ours = _some([f'"{names[at]}"' for at in columns], "期间", "ours")
            hand = _some(CHECKED[name].split(", "), "m", f"({HAND[name]})")
            for one, other in ((ours, hand), (hand, ours)):
                row = connection.execute(f"SELECT count(*) FROM ({one} EXCEPT ALL {other})").fetchone()
                differing += row[0] if row else 0
            row = connection.execute(f"SELECT count(*) FROM ({hand})").fetchone()
            cells += (row[0] if row else 0) * len(columns)
    return {"differing": differing, "cells": cells}


def _some(columns: Sequence[str], period: str, relation: str) -> str:
    """Groups and periods in which anything was counted, with a nought for what was not."""
    picked = ", ".join(f"coalesce({one}, 0)" for one in columns)
    any_ = " OR ".join(f"{one} <> 0" for one in columns)
    return f"SELECT 法院, 承办人, {period}, {picked} FROM {relation} WHERE {any_}"


WANTED = {
    "存量": "disposition_time.未结 disposition_time.未结? closing_rate.旧存 closing_rate.旧存?",
    "收案": "closing_rate.新收 closing_rate.新收?",
    "上诉": "appeal_rate.上诉 appeal_rate.上诉?",
    "结案": "within_limit.结案 within_limit.结案? within_limit.审限内结案 closing_rate.结案 "
    "closing_rate.结案? average_days.结案 average_days.总天数+ appeal_rate.一审结案 appeal_rate.一审结案? "
    "recovery_rate.执行结案 recovery_rate.执行结案? recovery_rate.申请金额+ recovery_rate.到位+",
}
"""Hand-written query → our answers in the order of its columns; ? what cannot be told, + the sum."""


def _alike(told: dict[tuple[str, str], Columns]) -> Iterator[tuple[str, list[int]]]:
    """Which hand-written queries answer the same, with the places of our columns in their order."""
    for name, listed in WANTED.items():
        places = []
        for one in listed.split():
            id_, _, label = one.rstrip("?+").partition(".")
            columns = told.get((f"indicator.{id_}", label))
            if columns is None:
                break
            place = columns.missing if one[-1] == "?" else columns.total if one[-1] == "+" else columns.rows
            assert place is not None
            places.append(place)
        else:
            yield name, places


def side_sqlite(path: str) -> dict[str, Any]:
    """The hand-written SQL in SQLite, once; days and money are integers there."""
    place = WORK / "cases.sqlite"
    place.unlink(missing_ok=True)
    store = sqlite3.connect(place)
    store.execute(f"CREATE TABLE cases ({', '.join(COLUMNS)})")
    days = ", ".join(f"{name} - DATE '1970-01-01'" for name in COLUMNS[2:6])
    money = ", ".join(f"({name} * 100)::BIGINT" for name in COLUMNS[10:])
    plain = f"法院, 承办人, {days}, 有无审限, 计件::INT, 审级, 案件类型, {money}"
    rows = connect().execute(f"SELECT {plain} FROM '{path}'")
    while page := rows.fetchmany(100_000):
        store.executemany(f"INSERT INTO cases VALUES ({', '.join('?' * len(COLUMNS))})", page)
    store.commit()

    def run() -> None:
        for at, text in enumerate(HAND.values()):
            asked = for_sqlite(text).replace(
                "SELECT (19358 + to_months(i::INT))::DATE AS m FROM range(24) AS r(i)",
                "SELECT DISTINCT m FROM f",
            )
            store.execute(f"CREATE TEMP TABLE answer{at} AS {asked}")

    found = best(run, turns=1)
    store.close()
    place.unlink()
    return {**found, "peak": peak(), "version": sqlite3.sqlite_version}


def side_spark(path: str) -> dict[str, Any]:
    """Our SQL in Spark on two cores, the second of two turns."""
    from mingjing.analytics.indicators.sparking import open_spark, read_files

    began = time.perf_counter()
    session = open_spark(**{"spark.sql.shuffle.partitions": "4", "spark.driver.memory": "4g"})
    asked, population = indicators()
    source = read_files(session, "cases", population, path)
    started, turns = time.perf_counter() - began, []
    for _ in range(2):
        wall, used = time.perf_counter(), _processor(session)
        for query in compile_all(asked, {"案件": source}, CUT, SPARK):
            session.sql(query.text).write.format("noop").mode("overwrite").save()
        turns.append((_processor(session) - used, time.perf_counter() - wall))
    version, (cpu, wall) = session.version, min(turns)
    session.stop()
    return {"wall": wall, "cpu": cpu, "started": started, "version": version, "peak": 0}


def _processor(session: Any) -> float:
    """Seconds of the processor the machine of Spark has used so far."""
    stat = Path(f"/proc/{session.sparkContext._gateway.proc.pid}/stat").read_text()
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def side_large(pattern: str) -> dict[str, Any]:
    """Ours straight from Parquet files, once."""
    connection = connect()

    def run() -> None:
        for at, query in enumerate(queries(f"read_parquet('{pattern}')")):
            connection.execute(f"CREATE OR REPLACE TABLE answer{at} AS {query.text}")

    return {**best(run, turns=1), "peak": peak()}


SIDES: dict[str, Callable[[str], dict[str, Any]]] = {
    "ours": lambda path: side_duckdb(path, True),
    "hand": lambda path: side_duckdb(path, False),
    "same": side_same,
    "sqlite": side_sqlite,
    "spark": side_spark,
    "large": side_large,
}


def asked_apart(side: str, path: Path | str) -> dict[str, Any]:
    """One side in a process of its own."""
    if side == "pandas":
        _ensure_pandas()
        command = [str(PANDAS), str(HERE / "indicators_side.py"), str(path)]
    else:
        command = [sys.executable, "-m", "benchmarks.indicators_speed", "--side", side, str(path)]
    began = time.perf_counter()
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=HERE.parent)
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    print(side, f"{time.perf_counter() - began:.0f} s in all", found, file=sys.stderr, flush=True)
    return found


def _ensure_pandas() -> None:
    if not PANDAS.exists():
        uv = [sys.executable, "-m", "uv"]
        subprocess.run([*uv, "venv", "--python", "3.11", str(PANDAS.parent.parent)], check=True)
        subprocess.run([*uv, "pip", "install", "--python", str(PANDAS), "pandas", "pyarrow"], check=True)


def make(path: Path, first: int, count: int) -> Path:
    """A Parquet file of cases."""
    text = f"COPY ({made(first, count)}) TO '{path}' (FORMAT parquet, COMPRESSION zstd)"
    connect().execute(text)
    return path


def row(name: str, found: dict[str, Any], base: dict[str, Any] | None) -> str:
    """A line of the table."""
    share = f"{found['cpu'] / base['cpu']:.2f}" if base and found["cpu"] else "–"
    cpu = f"{found['cpu']:.2f}" if found["cpu"] else "–"
    memory = f"{found['peak'] / 1e6:,.0f}" if found["peak"] else "–"
    wall = f"{found['wall'] / base['wall']:.2f}" if base else "–"
    return f"| {name} | {found['wall']:.2f} | {cpu} | {wall} | {share} | {memory} |"


def compare(cases: int, sides: Sequence[str]) -> list[str]:
    """The table for one number of cases."""
    path = make(WORK / f"cases-{cases}.parquet", 0, cases)
    ours = asked_apart("ours", path)
    lines = [
        f"## {cases:,} cases",
        "",
        "| | wall s | processor s | wall / ours | processor / ours | peak MB |",
        "|---|---|---|---|---|---|",
        row(f"ours, DuckDB {ours['version']}", ours, ours),
    ]
    named = {"hand": "hand-written SQL, DuckDB", "pandas": "pandas", "sqlite": "hand-written SQL, SQLite"}
    for side in sides:
        if side != "same":
            found = asked_apart(side, path)
            title = f"{named.get(side, 'ours, Spark local[2]')} {found['version']}"
            lines.append(row(title, found, ours))
    if "same" in sides:
        same = asked_apart("same", path)
        lines += [
            "",
            f"Groups and months where ours and the hand-written differ: {same['differing']} "
            f"({same['cells']:,} cells compared).",
        ]
    path.unlink()
    return [*lines, ""]


def large(cases: int) -> list[str]:
    """Ten million, then all of them, straight from Parquet."""
    lines = [
        "## From Parquet files",
        "",
        "| cases | wall s | processor s | processor µs per case | peak MB |",
    ]
    lines.append("|---|---|---|---|---|")
    pieces = []
    for first in range(0, cases, PIECE):
        pieces.append(make(WORK / f"large-{first // PIECE:02}.parquet", first, min(PIECE, cases - first)))
        if first == 0 or first + PIECE >= cases:
            found = asked_apart("large", WORK / "large-*.parquet")
            count = min(first + PIECE, cases)
            lines.append(
                f"| {count:,} | {found['wall']:.1f} | {found['cpu']:.1f} "
                f"| {found['cpu'] / count * 1e6:.3f} | {found['peak'] / 1e6:,.0f} |"
            )
    size = sum(one.stat().st_size for one in pieces)
    return [*lines, "", f"Files of {size / 1e9:.1f} GB; DuckDB was given 3 GB and two threads.", ""]


def main() -> int:
    """Compare all sides, then read the large files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--cases", type=int, default=10_000_000)
    parser.add_argument("--sqlite-cases", type=int, default=10_000_000)
    parser.add_argument("--spark-cases", type=int, default=10_000_000)
    parser.add_argument("--large", type=int, default=100_000_000)
    parser.add_argument("--side", nargs=2)
    parser.add_argument("--write", type=Path)
    args = parser.parse_args()
    if args.side:
        print(json.dumps(SIDES[args.side[0]](args.side[1])))
        return 0
    WORK.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[0]
    try:
        lines = compare(args.cases, ("hand", "same", "pandas"))
        lines += compare(args.sqlite_cases, ("sqlite",)) if args.sqlite_cases else []
        lines += compare(args.spark_cases, ("spark",)) if args.spark_cases else []
        lines += large(args.large) if args.large else []
    finally:
        shutil.rmtree(WORK)
    load = max(load, os.getloadavg()[0])
    head = ["# Indicators beside hand-written SQL, pandas, SQLite and Spark", ""]
    head += [f"`.venv/bin/python -m benchmarks.indicators_speed {' '.join(sys.argv[1:])}`", ""]
    head += [machine_line(), "", *(__doc__ or "").strip().split("\n\n")[-1].split("\n"), ""]
    head += [
        f"The machine was shared (load up to {load:.1f} on two cores): processor seconds are what to compare."
    ]
    write_result(args.write, "\n".join([*head, "", *lines]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
