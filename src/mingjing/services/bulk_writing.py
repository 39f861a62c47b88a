"""Rows written by the thousand: one prepared statement, no model object for each of them.

The object layer costs several times what the database does where an import brings a million rows.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
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
    whole = [row + defaults for row in _adapted([fields[name] for name in names], rows)]
    table = _quoted(model._meta.db_table)
    if connection.vendor == "postgresql" and len(whole) > FEW:
        _copy(f"COPY {table} ({columns}) FROM STDIN", whole)
        return
    marks = f"({', '.join(['%s'] * (len(names) + len(rest)))})"
    head = f"INSERT INTO {table} ({columns}) VALUES "  # noqa: S608
    tail = "" if strict else " ON CONFLICT DO NOTHING"
    if len(whole) > FEW:
        _run(f"{head}{marks}{tail}", whole)
        return
    _at_once(head, marks, whole, tail)


def ensure(model: type[models.Model], keys: Sequence[int]) -> None:
    """Let a row of each of these primary keys be there, of a table that has no other column."""
    head = f"INSERT INTO {_quoted(model._meta.db_table)} ({_quoted(model._meta.pk.column)}) VALUES "  # noqa: S608
    for start in range(0, len(keys), KEYS):
        rows = [(key,) for key in keys[start : start + KEYS]]
        _at_once(head, "(%s)", rows, " ON CONFLICT DO NOTHING")


def _copy(statement: str, rows: Sequence[Values]) -> None:
    with connection.cursor() as cursor, cursor.copy(statement) as lines:
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
    with connection.cursor() as cursor:
        values = [value for row in rows for value in row]
        cursor.execute(f"{head}{', '.join([marks] * len(rows))}{tail}", values)


def _run(statement: str, rows: Sequence[Values]) -> None:
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
    known: dict[date, str] = {}
    found = []
    for row in rows:
        values = list(row)
        for place in dated:
            value = values[place]
            if value is not None:
                text = known.get(value)
                if text is None:
                    text = known[value] = fields[place].get_db_prep_value(value, connection, prepared=True)
                values[place] = text
        for place in parsed:
            if isinstance(values[place], dict | list):
                values[place] = json.dumps(values[place]) if values[place] else str(values[place])
        found.append(tuple(values))
    return found


def _places(fields: Sequence[models.Field[Any, Any]], of: type[models.Field[Any, Any]]) -> list[int]:
    return [place for place, field in enumerate(fields) if isinstance(field, of)]
