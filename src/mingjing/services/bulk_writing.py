"""Rows written by the thousand: one prepared statement, no model object for each of them.

The object layer costs several times what the database does where an import brings a million rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import connection, models

Values = tuple[Any, ...]


def insert(model: type[models.Model], names: Sequence[str], rows: Sequence[Values]) -> None:
    """Insert rows, whose values come in the order of ``names`` (attribute names); a row that is there stays.

    Columns not named get the default of their field.
    """
    if not rows:
        return
    fields = {field.attname: field for field in model._meta.concrete_fields if not field.primary_key}
    rest = [name for name in fields if name not in names]
    defaults = tuple(fields[name].get_db_prep_save(fields[name].get_default(), connection) for name in rest)
    columns = ", ".join(_quoted(fields[name].column) for name in (*names, *rest))
    marks = ", ".join(["%s"] * (len(names) + len(rest)))
    _run(
        f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({marks}) ON CONFLICT DO NOTHING",  # noqa: S608
        (row + defaults for row in _adapted(rows)),
    )


def update(model: type[models.Model], names: Sequence[str], rows: Sequence[Values]) -> None:
    """Update rows, whose values come in the order of ``names``, the primary key last."""
    if not rows:
        return
    fields = {field.attname: field.column for field in model._meta.concrete_fields}
    columns = ", ".join(f"{_quoted(fields[name])} = %s" for name in names)
    key = model._meta.pk
    assert key is not None
    table = _quoted(model._meta.db_table)
    _run(f"UPDATE {table} SET {columns} WHERE {_quoted(key.column)} = %s", _adapted(rows))  # noqa: S608


def _run(statement: str, rows: Iterable[Values]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(statement, list(rows))


def _quoted(name: str | None) -> str:
    return connection.ops.quote_name(str(name))


def _adapted(rows: Iterable[Values]) -> Iterable[Values]:
    """Days and moments as the database takes them; everything else passes as it is."""
    day: Callable[[Any], Any] = connection.ops.adapt_datefield_value
    moment: Callable[[Any], Any] = connection.ops.adapt_datetimefield_value
    known: dict[date, Any] = {}
    for row in rows:
        values = []
        for value in row:
            if isinstance(value, datetime):
                value = moment(value)
            elif isinstance(value, date):
                if value not in known:
                    known[value] = day(value)
                value = known[value]
            values.append(value)
        yield tuple(values)
