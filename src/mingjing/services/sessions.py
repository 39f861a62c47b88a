"""Sessions in the database, each read by a statement that is composed once.

A session of somebody logged in ends after so many idle minutes, and at the latest at a fixed moment; both are
fixed at log-in by ``begin`` and kept in the session itself. A session of nobody yet (somebody halfway through
the log-in) ends after ten minutes.
"""

from __future__ import annotations

import hashlib
from collections.abc import MutableMapping
from datetime import datetime, timedelta
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.db.models import CharField, DateTimeField, QuerySet

from mingjing.services.security.rules import number
from mingjing.services.security.wall import wall
from mingjing.storage.kept import Given, ask_rows
from mingjing.storage.people.models import Account
from mingjing.storage.security.models import Session

HALFWAY = timedelta(minutes=10)
TOUCH = timedelta(minutes=1)
"""A session is noted as used at most this often: reading a page shall not write each time."""
DOOR = "door"


def begin(
    session: MutableMapping[str, Any], account: Account, *, address: str, device: str, way: str
) -> None:
    """Write into a session how long it may last and where it was opened."""
    court, now = account.person.court, wall()
    session[DOOR] = {
        "begun": now.isoformat(),
        "ends": (now + timedelta(minutes=number("登录最长", court))).isoformat(),
        "idle": number("闲置退出", court),
        "address": address[:60],
        "device": device[:60],
        "way": way,
    }


def digest_of(key: str) -> str:
    """The name of a session on pages and in the log."""
    return hashlib.sha256(key.encode()).hexdigest()[:24]


def _live() -> QuerySet[Session]:
    """A given session, unless it has expired at a given moment."""
    key, moment = Given("key", CharField()), Given("now", DateTimeField())
    return Session.objects.filter(session_key=key, expire_date__gt=moment)


class SessionStore(DatabaseSessions):
    """Django's sessions in our own table."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """The table."""
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The stored session; None, and no key any more, where it is unknown or over."""
        now = wall()
        rows = ask_rows("session", _live, {"key": self.session_key, "now": now})
        if not rows:
            self._session_key = None
            return None
        row = rows[0]
        if row.ends_at is not None and row.seen_at is not None and now - row.seen_at >= TOUCH:
            Session.objects.filter(pk=row.pk).update(
                seen_at=now, expire_date=_over(row.ends_at, row.idle_minutes)
            )
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of a session: its data, and beside them what the lists of sessions show."""
        row = super().create_model_instance(data)
        now = wall()
        assert isinstance(row, Session)
        row.digest, row.seen_at = digest_of(row.session_key), now
        door, account = data.get(DOOR), data.get("_auth_user_id")
        if door and account:
            row.account_id = int(account)
            row.begun_at = datetime.fromisoformat(door["begun"])
            row.ends_at = datetime.fromisoformat(door["ends"])
            row.idle_minutes = door["idle"]
            row.address, row.device, row.way = door["address"], door["device"], door["way"]
            row.expire_date = _over(row.ends_at, row.idle_minutes)
        elif not account:
            row.expire_date = now + HALFWAY
        else:  # logged in by a program, as tests are
            row.account_id = int(account)
        return row


def _over(ends: datetime, idle_minutes: int) -> datetime:
    """When a session that is used now ends if it is not used again."""
    return min(ends, wall() + timedelta(minutes=idle_minutes))
