"""The cursors of ``prepared`` itself: loaded only where the database is PostgreSQL."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg import ClientCursor


class PreparingCursor(ServerBindingCursor):
    """Sends values beside the text, and has the text prepared the first time."""


class LoggedCursor(PreparingCursor):
    """As ``PreparingCursor``; the log of statements gets the text with its values in it."""

    def execute(self, query: Any, params: Any = None, **how: Any) -> Any:
        """Execute, and keep what Django's log of statements asks for."""
        this, above = cast(Any, self), cast(Any, super())
        done = above.execute(query, params, **how)
        text = ClientCursor(this.connection).mogrify(query, params)
        this._query = SimpleNamespace(query=text.encode())
        return done
