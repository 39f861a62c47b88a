"""A cursor whose statements PostgreSQL prepares: it reads and plans their text once for a connection.

Django puts the values into the text, which is then another one each time. A kept statement is asked again
and again with other values, and to plan it takes PostgreSQL as long as to answer it, or longer.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.utils import CursorWrapper

MOST = 400
"""So many statements stay prepared on one connection; the one not asked for longest goes first."""

ALONE = "SET max_parallel_workers_per_gather = 0"
"""Pages are asked by many at once: to share one statement among processes costs more than it saves."""


def prepared_cursor() -> AbstractContextManager[CursorWrapper]:
    """A cursor of Django's, counted and guarded as every other; PostgreSQL prepares what it executes."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql":
        return database.cursor()
    from mingjing.storage.preparing import LoggedCursor, PreparingCursor

    database.close_if_health_check_failed()  # the database may have been restarted
    database.ensure_connection()
    database.validate_thread_sharing()
    raw: Any = database.connection
    if raw.prepare_threshold is None:
        raw.prepare_threshold, raw.prepared_max = 0, MOST
        raw.execute(ALONE)
    logged: Any = LoggedCursor  # what cursors are made of is not typed
    plain: Any = PreparingCursor
    if database.queries_logged:
        return database.make_debug_cursor(logged(raw))
    return database.make_cursor(plain(raw))
