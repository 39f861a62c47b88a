"""Bringing the benchmark's rows into a database: COPY on PostgreSQL, executemany on SQLite.

Indexes that are not a constraint are taken away first and made again afterwards, which is what a bulk load
of this size wants on both databases.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from itertools import islice

from django.db import connection

from benchmarks.million_cases import Row, Table, build_people, tables
from mingjing.storage.cases.models import Case


def ensure(count: int) -> bool:
    """Fill the database of the settings with ``count`` cases unless it has them; whether it was filled now.

    The tables must be migrated. A database with another number of cases is refused by an assertion.
    """
    if Case.objects.exists():
        assert Case.objects.count() == count, "another benchmark filled this database: drop it first"
        return False
    filled = tables(build_people(), count)
    if connection.vendor == "postgresql":
        _fill_postgres(filled)
    else:
        _fill_sqlite(filled)
    return True


def _line(row: Row) -> str:
    """One line of COPY's text format; the rows hold no tab, backslash or line break."""
    return "\t".join("\\N" if value is None else str(value) for value in row) + "\n"


def _batches(rows: Iterable[Row], size: int = 5_000) -> Iterable[list[Row]]:
    iterator = iter(rows)
    while batch := list(islice(iterator, size)):
        yield batch


def _fill_postgres(filled: list[Table]) -> None:
    names = [table.name for table in filled]
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")  # foreign keys hold by construction
        cursor.execute("SET maintenance_work_mem = '512MB'")
        cursor.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = ANY(%s) AND indexname NOT IN "
            "(SELECT conname FROM pg_constraint)",
            [names],
        )
        indexes = cursor.fetchall()
        for name, _ in indexes:
            cursor.execute(f'DROP INDEX "{name}"')
        for table in filled:
            columns = ", ".join(f'"{column}"' for column in table.columns)
            with cursor.copy(f"COPY {table.name} ({columns}) FROM STDIN") as copy:
                for batch in _batches(table.rows()):
                    copy.write("".join(map(_line, batch)))
            cursor.execute(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"(SELECT max(id) FROM {table.name}))"
            )
        for _, statement in indexes:
            cursor.execute(statement)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("VACUUM ANALYZE")


def _fill_sqlite(filled: list[Table]) -> None:
    connection.close()
    raw = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    for pragma in ("foreign_keys=OFF", "synchronous=OFF", "journal_mode=MEMORY", "cache_size=-262144"):
        raw.execute(f"PRAGMA {pragma}")
    raw.execute("BEGIN")
    marks = ", ".join("?" * len(filled))
    indexes = raw.execute(
        f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql NOT NULL"
        f" AND tbl_name IN ({marks})",
        [table.name for table in filled],
    ).fetchall()
    for name, _ in indexes:
        raw.execute(f'DROP INDEX "{name}"')
    for table in filled:
        columns = ", ".join(f'"{column}"' for column in table.columns)
        blanks = ", ".join("?" * len(table.columns))
        raw.executemany(f"INSERT INTO {table.name} ({columns}) VALUES ({blanks})", table.rows())
    for _, statement in indexes:
        raw.execute(statement)
    raw.execute("COMMIT")
    raw.execute("ANALYZE")
    raw.execute("PRAGMA journal_mode=WAL")
    raw.close()
