"""Writing entries: numbered one after the other behind a lock, each with its commitment and its leaf hash."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from os import urandom
from sqlite3 import Error
from typing import NamedTuple

from django.db.backends.base.base import BaseDatabaseWrapper

from mingjing.domain.auditlog.entries import LINES, SALT_BYTES, leaf_of_lines
from mingjing.storage.auditlog.models import Act

LOG_LOCK = 6962  # PostgreSQL advisory lock: entries are numbered one at a time
COLUMNS = (*LINES, "payload", "salt", "leaf")
COMMITTED = LINES.index("payload_commitment")
"""Where commitment and number come between the lines of a draft."""
TABLE = Act._meta.db_table
_LAST = f"SELECT MAX(seq) FROM {TABLE}"  # noqa: S608 — the name of our own table
_MANY = f"INSERT INTO {TABLE} ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"  # noqa: S608
_MANY_QMARK = _MANY.replace("%s", "?")


class Draft(NamedTuple):
    """An entry before it has number, salt and hashes: its lines in the order of ``LINES``. ``payload`` is
    the canonical text of its content."""

    actor: str
    actor_name: str
    at: str
    court: str
    definition: str
    subject_id: str
    subject_kind: str
    verb: str
    whence: str
    why: str
    payload: str


def lock_log(database: BaseDatabaseWrapper) -> None:
    """Let no other entry be written until this transaction ends; SQLite has one writer anyway."""
    if database.vendor == "postgresql":
        with database.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])


def append(database: BaseDatabaseWrapper, drafts: Sequence[Draft]) -> int:
    """Write entries in this order, inside the caller's transaction and behind ``lock_log``.

    Returns the number of the first of them.
    """
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
    if database.needs_rollback:
        database.validate_no_broken_transaction()
    try:
        cursor = database.connection.cursor()
        first = _after(cursor.execute(_LAST).fetchone()[0])
        if len(drafts) == 1:
            cursor.execute(_MANY_QMARK, _row(first, drafts[0]))
        else:
            cursor.executemany(_MANY_QMARK, [_row(first + place, one) for place, one in enumerate(drafts)])
    except Error:
        with database.wrap_database_errors:
            raise
    return first


def _after(last: int | None) -> int:
    return 0 if last is None else last + 1


def _row(seq: int, draft: tuple[str, ...]) -> tuple[str | int, ...]:
    """The columns of an entry: a draft's lines with commitment and number between them, then its content."""
    salt, payload = urandom(SALT_BYTES), draft[-1]
    commitment = hashlib.sha256(salt + payload.encode()).hexdigest()
    lines: tuple[str | int, ...] = (*draft[:COMMITTED], commitment, seq, *draft[COMMITTED:-1])
    return (*lines, payload, salt.hex(), leaf_of_lines(lines).hex())
