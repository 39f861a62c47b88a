"""Writing entries: numbered one after the other behind a lock, each with its commitment and its leaf hash."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from mingjing.domain.auditlog.entries import LINES, SALT_BYTES, leaf_of_lines
from mingjing.storage.auditlog.models import Act

LOG_LOCK = 6962  # PostgreSQL advisory lock: entries are numbered one at a time
COLUMNS = (*LINES, "payload", "salt", "leaf")
TABLE = Act._meta.db_table
_LAST = f"SELECT MAX(seq) FROM {TABLE}"  # noqa: S608 — the name of our own table
_MANY = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
_MANY_QMARK = _MANY.replace("%s", "?")


class Draft(NamedTuple):
    """An entry before it has number, salt and hashes. ``payload`` is the canonical text of its content."""

    at: str
    actor: str
    actor_name: str
    court: str
    verb: str
    subject_kind: str
    subject_id: str
    definition: str
    why: str
    whence: str
    payload: str


def lock_log() -> None:
    """Let no other entry be written until this transaction ends; SQLite has one writer anyway."""
    if _several_write():
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])


@cache
def _several_write() -> bool:
    return connections[DEFAULT_DB_ALIAS].vendor == "postgresql"


def append(drafts: Sequence[Draft]) -> int:
    """Write entries in this order, inside the caller's transaction and behind ``lock_log``.

    Returns the number of the first of them.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor == "sqlite":
        return _append_to_file(database, drafts)
    with database.cursor() as cursor:
        cursor.execute(_LAST)
        first = _after(cursor.fetchone()[0])
        cursor.executemany(_MANY, [_row(first + place, draft) for place, draft in enumerate(drafts)])
    return first


def _append_to_file(database: BaseDatabaseWrapper, drafts: Sequence[Draft]) -> int:
    """The same on SQLite, past Django's cursor: its rewriting of every statement takes longer than SQLite
    takes to run it, and an entry is written with every act."""
    database.validate_no_broken_transaction()
    with database.wrap_database_errors:
        cursor = database.connection.cursor()
        first = _after(cursor.execute(_LAST).fetchone()[0])
        if len(drafts) == 1:
            cursor.execute(_MANY_QMARK, _row(first, drafts[0]))
        else:
            cursor.executemany(_MANY_QMARK, [_row(first + place, one) for place, one in enumerate(drafts)])
    return first


def _after(last: int | None) -> int:
    return 0 if last is None else int(last) + 1


def _row(seq: int, draft: Draft) -> tuple[str | int, ...]:
    salt = secrets.token_bytes(SALT_BYTES)
    commitment = hashlib.sha256(salt + draft.payload.encode()).hexdigest()
    lines = (
        draft.actor,
        draft.actor_name,
        draft.at,
        draft.court,
        draft.definition,
        commitment,
        seq,
        draft.subject_id,
        draft.subject_kind,
        draft.verb,
        draft.whence,
        draft.why,
    )
    return (*lines, draft.payload, salt.hex(), leaf_of_lines(lines).hex())
