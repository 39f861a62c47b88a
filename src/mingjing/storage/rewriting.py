"""A row that is there, written over with all that it holds, by a text composed once for its table."""

from __future__ import annotations

from functools import cache

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model

from mingjing.storage.prepared import prepared_cursor


def rewrite(row: Model) -> None:
    """As ``row.save()`` of a row that was read within this transaction, without asking whether it is there
    and without signals.

    Raises
    ------
    LookupError   there is no such row
    """
    database = connections[DEFAULT_DB_ALIAS]
    fields = [one for one in row._meta.concrete_fields if not one.primary_key]
    values = [one.get_db_prep_save(one.pre_save(row, False), database) for one in fields]
    with prepared_cursor() as cursor:
        cursor.execute(_text(type(row)), [*values, row.pk])
        if cursor.rowcount != 1:
            raise LookupError(f"{row._meta.db_table} {row.pk}")


@cache
def _text(model: type[Model]) -> str:
    names = [f'"{one.column}" = %s' for one in model._meta.concrete_fields if not one.primary_key]
    key = model._meta.pk
    assert key is not None
    return f'UPDATE "{model._meta.db_table}" SET {", ".join(names)} WHERE "{key.column}" = %s'  # noqa: S608
