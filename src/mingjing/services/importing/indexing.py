"""Indexes of SQLite built once a large import is in, instead of row by row.

Lists are served by many wide indexes. Kept up for each of a hundred thousand new cases they cost several
times what sorting each of them once does. SQLite drops and builds indexes inside the transaction of the
import: whoever reads meanwhile sees the court as it was, and a process that is killed leaves every index
where it stood. PostgreSQL would lock readers out for it, and copies rows fast enough.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models

from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Alert, Clock

MANY = 20_000
"""New cases from which on it pays. They must outnumber those there are, which are sorted anew with them."""
TABLES: tuple[type[models.Model], ...] = (Case, Clock, Alert)
KEPT = frozenset(("case_number_prefix",))
"""Indexes an import itself looks things up by."""


@contextmanager
def indexed_afterwards(new: int) -> Iterator[None]:
    """Drop what only lists need while ``new`` cases are written, and build it when the block ends well.

    Where the block fails, its transaction is rolled back and the indexes with it; unique ones stay anyhow.
    """
    if connection.vendor != "sqlite" or new < MANY or _largest_key() > new:
        yield
        return
    dropped = _indexes()
    with connection.cursor() as cursor:
        for name, _ in dropped:
            cursor.execute(f"DROP INDEX {connection.ops.quote_name(name)}")
    yield
    with connection.cursor() as cursor:
        for _, statement in dropped:
            cursor.execute(statement)
        # Dropping an index forgets what was known of it, by which SQLite chooses; a sample is enough.
        cursor.execute("PRAGMA analysis_limit = 400")
        for model in TABLES:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _largest_key() -> int:
    """About how many cases there are, without counting them."""
    return Case.objects.aggregate(largest=models.Max("pk"))["largest"] or 0


def _indexes() -> list[tuple[str, str]]:
    """Name and statement of every index that is not part of a constraint."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name = %s"
    found: list[tuple[str, str]] = []
    with connection.cursor() as cursor:
        for model in TABLES:
            cursor.execute(asked, [model._meta.db_table])
            found += [(name, sql) for name, sql in cursor.fetchall() if name not in KEPT]
    return [(name, sql) for name, sql in found if not sql.upper().startswith("CREATE UNIQUE")]
