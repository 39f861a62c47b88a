"""Rows written by the thousand: one prepared statement, no model object for each of them.

The object layer costs several times what the database does where an import brings a million rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import connection, models

Values = tuple[Any, ...]
FEW, KEYS = 50, 500
"""Up to so many rows, or keys, travel in one statement."""


def insert(
    model: type[models.Model], names: Sequence[str], rows: Sequence[Values], *, strict: bool = False
) -> None:
    """Insert rows, whose values come in the order of ``names`` (attribute names).

    Columns not named get the default of their field, a key not named the next number. A row that is there
    already stays as it is, except where many are copied into PostgreSQL: there the caller has to know that
    none is. ``strict``: one that is there raises IntegrityError.
    """
    if not rows:
        return
    concrete = model._meta.concrete_fields
    fields = {one.attname: one for one in concrete if not one.primary_key or one.attname in names}
    rest = [name for name in fields if name not in names]
    defaults = tuple(fields[name].get_db_prep_save(fields[name].get_default(), connection) for name in rest)
    columns = ", ".join(_quoted(fields[name].column) for name in (*names, *rest))
    whole = _adapted([fields[name] for name in names], rows)
    if defaults:
        whole = [row + defaults for row in whole]
    table = _quoted(model._meta.db_table)
    if connection.vendor == "postgresql" and len(whole) > FEW:
        _copy(f"COPY {table} ({columns}) FROM STDIN", whole)
        return
    marks = f"({', '.join(['%s'] * (len(names) + len(rest)))})"
    head = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608
    tail = "" if strict else " ON CONFLICT DO NOTHING"
    # Many rows in one statement: SQLite takes half as long for them as for as many statements.
    full = len(whole) // FEW * FEW
    _run(
        f"{head}{', '.join([marks] * FEW)}{tail}",
        [tuple(chain.from_iterable(whole[first : first + FEW])) for first in range(0, full, FEW)],
    )
    _at_once(head, marks, whole[full:], tail)


def new_keys(model: type[models.Model], count: int) -> Sequence[int]:
    """Primary keys nobody has, for rows that this transaction is about to insert."""
    if not count:
        return ()
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            column = model._meta.pk.column
            asked = "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)"
            cursor.execute(asked, [_quoted(table), column, count])
            return [key for (key,) in cursor.fetchall()]
        # Whoever writes holds the whole database: nobody takes a number in between.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        last = found[0] if found else 0
        return range(last + 1, last + 1 + count)


def ensure(model: type[models.Model], keys: Sequence[int]) -> None:
    """Let a row of each of these primary keys be there, of a table that has no other column."""
    head = f"INSERT INTO {_quoted(model._meta.db_table)} ({_quoted(model._meta.pk.column)}) VALUES "  # noqa: S608
    for start in range(0, len(keys), KEYS):
        rows = [(key,) for key in keys[start : start + KEYS]]
        _at_once(head, "(%s)", rows, " ON CONFLICT DO NOTHING")


def _copy(statement: str, rows: Sequence[Values]) -> None:
    # What is copied does not pass through Django's cursor, which names errors alike on every database.
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(statement) as lines:
        for row in rows:
            lines.write_row(row)


def update(model: type[models.Model], names: Sequence[str], rows: Sequence[Values]) -> None:
    """Update rows, whose values come in the order of ``names``, the primary key last."""
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields}
    key = model._meta.pk
    assert key is not None
    columns, table = [_quoted(fields[name].column) for name in names], _quoted(model._meta.db_table)
    adapted = _adapted([*(fields[name] for name in names), key], rows)
    if len(rows) <= FEW and len(names) + 1 == len(fields):
        # Whole rows that are there: written over in one statement, nothing is inserted.
        head = f"INSERT INTO {table} ({', '.join([*columns, _quoted(key.column)])}) VALUES "  # noqa: S608
        over = ", ".join(f"{column} = EXCLUDED.{column}" for column in columns)
        marks = f"({', '.join(['%s'] * len(fields))})"
        _at_once(head, marks, adapted, f" ON CONFLICT ({_quoted(key.column)}) DO UPDATE SET {over}")
        return
    changes = ", ".join(f"{column} = %s" for column in columns)
    _run(f"UPDATE {table} SET {changes} WHERE {_quoted(key.column)} = %s", adapted)  # noqa: S608


def _at_once(head: str, marks: str, rows: Sequence[Values], tail: str) -> None:
    """All rows in one statement."""
    if not rows:
        return
    with connection.cursor() as cursor:
        values = [value for row in rows for value in row]
        cursor.execute(f"{head}{', '.join([marks] * len(rows))}{tail}", values)


def _run(statement: str, rows: Sequence[Values]) -> None:
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(statement, rows)


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _adapted(fields: Sequence[models.Field[Any, Any]], rows: Sequence[Values]) -> Sequence[Values]:
    """Days, moments and JSON as the database takes them; PostgreSQL takes days and moments as they are."""
    dated, parsed = _places(fields, models.DateField), _places(fields, models.JSONField)
    if connection.vendor == "postgresql":
        dated = []
    if not dated and not parsed:
        return rows
    columns: list[Sequence[Any]] = list(zip(*rows, strict=True))
    operations = connection.ops  # asked for once: the way to it costs more than what it does
    for place in dated:
        hours = isinstance(fields[place], models.DateTimeField)
        adapt = operations.adapt_datetimefield_value if hours else operations.adapt_datefield_value
        known = {value: adapt(value) for value in set(columns[place])}
        columns[place] = [known[value] for value in columns[place]]
    for place in parsed:
        columns[place] = [_written(value) for value in columns[place]]
    return list(zip(*columns, strict=True))


def _written(value: object) -> object:
    if not isinstance(value, dict | list):
        return value
    return json.dumps(value) if value else str(value)


def _places(fields: Sequence[models.Field[Any, Any]], of: type[models.Field[Any, Any]]) -> list[int]:
    return [place for place, field in enumerate(fields) if isinstance(field, of)]
