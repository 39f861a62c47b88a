"""``field__prefix``: texts that begin with these words, found by an index on both databases.

PostgreSQL uses LIKE and an index of ``varchar_pattern_ops``, whatever the collation of the database; on
SQLite, whose LIKE with ESCAPE never uses an index, it is a range.
"""

from __future__ import annotations

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Lookup
from django.db.models.sql.compiler import SQLCompiler

LAST = "\U0010ffff"
"""Sorts behind every character in use."""


@CharField.register_lookup
class Prefix(Lookup):
    """Begins with, in the order of code points."""

    lookup_name = "prefix"

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, tuple[Any, ...]]:
        """The range from the words to the last text that begins with them."""
        left, left_values = self.process_lhs(compiler, connection)
        return f"{left} >= %s AND {left} < %s", (*left_values, self.rhs, *left_values, f"{self.rhs}{LAST}")

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, tuple[Any, ...]]:
        """LIKE, with its own signs taken literally."""
        left, left_values = self.process_lhs(compiler, connection)
        words = str(self.rhs).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        return f"{left} LIKE %s", (*left_values, f"{words}%")
