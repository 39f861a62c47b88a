"""The account behind a session, with its person and court in one statement."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from mingjing.storage.people.models import Account


class AccountBackend(ModelBackend):
    """Django's password check; the account comes with the person it belongs to."""

    def get_user(self, user_id: Any) -> Account | None:
        """The active account of a session, or None."""
        found = Account.objects.select_related("person__court__parent").filter(pk=user_id, is_active=True)
        return found.first()
