"""Sessions in the database, each read by a statement that is composed once."""

from __future__ import annotations

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.models import Session
from django.db.models import CharField, DateTimeField, QuerySet
from django.utils import timezone

from mingjing.storage.kept import Given, ask_rows


def _live() -> QuerySet[Session]:
    """A given session, unless it has expired at a given moment."""
    key, moment = Given("key", CharField()), Given("now", DateTimeField())
    return Session.objects.filter(session_key=key, expire_date__gt=moment)


class SessionStore(DatabaseSessions):
    """Django's sessions in the database."""

    def _get_session_from_db(self) -> Session | None:
        """The stored session; None, and no key any more, where it is unknown or over."""
        rows = ask_rows("session", _live, {"key": self.session_key, "now": timezone.now()})
        if not rows:
            self._session_key = None
            return None
        return rows[0]
