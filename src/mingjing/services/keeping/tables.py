"""Every table of ours as lines of JSON, and back: the same lines from SQLite and from PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any, cast

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from mingjing.domain.auditlog.merkle import Growing
from mingjing.storage.auditlog.models import Act

OURS = "mingjing."
FORGOTTEN = frozenset({"security.Session"})
"""What a restored court begins anew: everybody logs in again."""
BATCH = 500
CHUNK = 2000

Model = type[models.Model]


def kept_models() -> tuple[Model, ...]:
    """Every model whose rows a backup holds, in the order of their tables' names."""
    found = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith(OURS) and model._meta.managed and model._meta.label not in FORGOTTEN
    ]
    return tuple(sorted(found, key=lambda model: model._meta.db_table))


def versions() -> list[list[str]]:
    """The migrations applied, as pairs of app and name: which shape the tables have."""
    return sorted([app, name] for app, name in MigrationRecorder(connection).applied_migrations())


def dumped(model: Model) -> Iterator[str]:
    """A line for each row, in the order of the keys."""
    names = [field.attname for field in _fields(model)]
    rows = model._base_manager.order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=CHUNK):
        yield json.dumps(row, ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, (bytes, memoryview)):
        return bytes(value).hex()
    raise TypeError(f"{type(value).__name__} has no place in a backup")


def load(model: Model, lines: Iterable[str]) -> int:
    """Insert rows as they were dumped, keys and all; how many there were."""
    fields = _fields(model)
    quote = connection.ops.quote_name
    columns = ", ".join(quote(str(field.column)) for field in fields)
    marks = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(model._meta.db_table)} ({columns}) VALUES ({marks})"  # noqa: S608
    readers = [_reader(field) for field in fields]
    rows, count = iter(lines), 0
    with connection.cursor() as cursor:
        while batch := [
            [read(value) for read, value in zip(readers, json.loads(line), strict=True)]
            for line in islice(rows, BATCH)
        ]:
            cursor.executemany(statement, cast(Any, batch))
            count += len(batch)
    return count


def _reader(field: models.Field[Any, Any]) -> Callable[[object], object]:
    """From what JSON holds to what the database takes."""
    target = field.target_field if isinstance(field, models.ForeignKey) else field

    def read(value: object) -> object:
        if value is None:
            return None
        if isinstance(target, models.JSONField):
            return target.get_db_prep_save(value, connection)
        if isinstance(target, models.BinaryField):
            return target.get_db_prep_save(bytes.fromhex(cast(str, value)), connection)
        if isinstance(target, models.DurationField):
            return target.get_db_prep_save(timedelta(seconds=cast(float, value)), connection)
        return target.get_db_prep_save(target.to_python(value), connection)

    return read


def reset_keys(loaded: Sequence[Model]) -> None:
    """Let new rows take keys behind those that were loaded (PostgreSQL counts apart from its tables)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(loaded)):
            cursor.execute(statement)


def root_of_log() -> tuple[int, str]:
    """How many entries the log has and its Merkle root (hexadecimal, empty for an empty log), computed from
    the leaves, not from the tree that is kept beside them."""
    log = Growing()
    for leaf in Act.objects.order_by("seq").values_list("leaf", flat=True).iterator(chunk_size=CHUNK):
        log.complete(bytes.fromhex(leaf))
    return log.size, log.root().hex() if log.size else ""


def filled() -> list[str]:
    """The tables that hold rows already."""
    return [model._meta.db_table for model in kept_models() if model._base_manager.exists()]


def _fields(model: Model) -> list[models.Field[Any, Any]]:
    return list(model._meta.local_concrete_fields)
