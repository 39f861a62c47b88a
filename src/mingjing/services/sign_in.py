"""The account behind a session, with its person and court in one statement."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from mingjing.storage.kept import Given, ask_rows
from mingjing.storage.people.models import Account


def _active() -> QuerySet[Account]:
    """A given account, unless it was closed, with its person, court and higher court."""
    found = Account.objects.filter(pk=Given("account"), is_active=True)
    return found.select_related("person__court__parent")


class AccountBackend(ModelBackend):
    """Django's password check; the account comes with the person it belongs to."""

    def get_user(self, user_id: Any) -> Account | None:
        """The active account of a session, or None."""
        return next(iter(ask_rows("account", _active, {"account": user_id})), None)
