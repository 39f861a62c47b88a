"""The SQLite of the settings: every act is a transaction of its own, and Django asks itself more on the way
into one and out of it than SQLite needs to write an entry.

Only the plain way is cut short: an open connection of this thread, outside any transaction, begins one, ends
it, nothing goes wrong. Everything else is Django's: nested transactions, failures, statements that are
recorded, connections of other threads.
"""

from __future__ import annotations

from sqlite3 import Error
from threading import get_ident
from types import TracebackType

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db import Error as AnyError
from django.db.backends.sqlite3 import base
from django.db.transaction import Atomic


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection to the court's database file."""

    _thread_ident: int
    health_check_enabled: bool
    transaction_mode: str | None

    def _is_plain(self) -> bool:
        """Whether nothing has to be asked before a transaction begins or ends here."""
        return (
            self.connection is not None
            and not self.in_atomic_block
            and self._thread_ident == get_ident()
            and not (self.force_debug_cursor or self.execute_wrappers or self.health_check_enabled)
            and self.connection.isolation_level is None
        )

    def set_autocommit(
        self, autocommit: bool, force_begin_transaction_with_broken_autocommit: bool = False
    ) -> None:
        """Begin a transaction, or go back to none, as Django's does."""
        if not (autocommit or force_begin_transaction_with_broken_autocommit) or not self._is_plain():
            super().set_autocommit(autocommit, force_begin_transaction_with_broken_autocommit)
            return
        if autocommit:
            self.autocommit = True
            if self.run_commit_hooks_on_set_autocommit_on:
                self.run_commit_hooks_on_set_autocommit_on = False
                if self.run_on_commit:
                    self.run_and_clear_commit_hooks()
            return
        self._say(f"BEGIN {self.transaction_mode or ''}")
        self.autocommit = False

    def commit(self) -> None:
        """End a transaction: what it wrote is on the disk when this returns."""
        if not (self._is_plain() and self.connection.in_transaction):
            super().commit()
            return
        self._say("COMMIT")
        self.errors_occurred = False
        self.run_commit_hooks_on_set_autocommit_on = True

    def begins(self, block: Whole) -> bool:
        """Begin the transaction of ``block``, if it is a plain one; whether it has begun."""
        if not self._is_plain():
            return False
        try:
            self.connection.execute(f"BEGIN {self.transaction_mode or ''}")
        except Error:
            with self.wrap_database_errors:
                raise
        self.commit_on_exit, self.needs_rollback, self.autocommit = True, False, False
        self.in_atomic_block = True
        self.atomic_blocks.append(block)  # type: ignore[arg-type]
        return True

    def ends(self) -> None:
        """End the transaction that ``begins`` began, in which nothing has failed; what fails now is taken
        back, as Django's does."""
        self.atomic_blocks.pop()
        self.in_atomic_block = False
        plain = not self.run_on_commit and self._is_plain() and self.connection.in_transaction
        try:
            if plain:
                self._say("COMMIT")
                self.errors_occurred = False
            else:
                self.commit()
        except DatabaseError:
            try:
                self.rollback()
            except AnyError:
                self.close()
            raise
        finally:
            if self.closed_in_transaction:
                self.connection = None
            elif plain and self.connection is not None:
                self.autocommit = True
            else:
                self.set_autocommit(True)

    def _say(self, statement: str) -> None:
        try:
            self.connection.execute(statement)
        except Error:
            with self.wrap_database_errors:
                raise


class Whole:
    """``transaction.atomic()``, with fewer questions where it is the outermost and nothing fails."""

    __slots__ = ("_other", "database")
    _from_testcase = False  # asked by Django of every block that is open

    def __enter__(self) -> None:
        database = self.database = connections[DEFAULT_DB_ALIAS]
        self._other: Atomic | None = None
        if not (isinstance(database, DatabaseWrapper) and database.begins(self)):
            self._other = Atomic(None, True, False)
            self._other.__enter__()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        database = self.database
        fails = kind is not None or database.needs_rollback or database.closed_in_transaction
        if self._other is not None:
            self._other.__exit__(kind, error, trace)
        elif fails or not isinstance(database, DatabaseWrapper):
            Atomic(None, True, False).__exit__(kind, error, trace)
        else:
            database.ends()
