"""A court, a fixed moment, and a look at the log."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from pytest_django import DjangoDbBlocker, Settings

from mingjing.domain.reasons import Refusal
from mingjing.storage.auditlog.models import Act
from tests.services.builders import House, build_house

SetMoment = Callable[[str], None]
Logged = Callable[[], AbstractContextManager[list[Act]]]
Refused = Callable[..., AbstractContextManager[list[Exception]]]


@pytest.fixture
def house(db: None, moment: SetMoment) -> House:
    """The fictional court of ``builders``."""
    return build_house()


@pytest.fixture
def moment(settings: Settings) -> SetMoment:
    """Sets what time it is; it starts at nine on 1 April 2024."""

    def at(text: str) -> None:
        settings.CONFIGURATION = replace(settings.CONFIGURATION, now=text)

    at("2024-04-01T09:00:00")
    return at


APPEND_ONLY = (
    "auditlog.migrations.0004_only_content_may_be_destroyed",
    "records.migrations.0002_append_only",
)
"""The migrations that keep rows from being changed or removed."""


class _Hand:
    """What a migration is given, within a transaction that runs already."""

    connection = connection

    @staticmethod
    def execute(statement: str, params: None = None) -> None:
        """Run it as it is."""
        with connection.cursor() as cursor:
            cursor.execute(statement)


def _triggers(name: str) -> Any:
    """The migration that put them in place; an entry has lost its second key since (auditlog 0005)."""
    found: Any = import_module(f"mingjing.storage.{name}")
    if hasattr(found, "KEPT"):
        found.KEPT = tuple(column for column in found.KEPT if column != "id")
    return found


@contextmanager
def triggers_apart() -> Iterator[None]:
    """Within it the log refuses nothing, as for an administrator who has dropped its triggers."""
    triggers = _triggers(APPEND_ONLY[0])
    triggers.unprotect(apps, _Hand)
    yield
    triggers.protect(apps, _Hand)


@pytest.fixture
def log_may_be_emptied(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """For tests that commit: the database is emptied after them, which the log's triggers would refuse.

    Ask for it before ``transactional_db``, so that the triggers return after the emptying.
    """
    apart = [_triggers(name) for name in APPEND_ONLY]
    for change in ("unprotect", "protect"):
        with django_db_blocker.unblock(), connection.schema_editor() as editor:
            for triggers in apart:
                getattr(triggers, change)(apps, editor)
        if change == "unprotect":
            yield


@pytest.fixture
def one_entry() -> Logged:
    """Within it exactly one entry is written to the log of acts; the list then holds it."""

    @contextmanager
    def watch() -> Iterator[list[Act]]:
        before = Act.objects.count()
        found: list[Act] = []
        yield found
        found += Act.objects.order_by("seq")[before:]
        assert [entry.verb for entry in found] == [entry.verb for entry in found[:1]], "more than one entry"
        assert len(found) == 1, "no entry was written"

    return watch


@pytest.fixture
def refused() -> Refused:
    """Within it the act is refused with these words in Chinese, and the log stays as it was."""

    @contextmanager
    def watch(*words: str, of: type[Exception] = Refusal, **_: Any) -> Iterator[list[Exception]]:
        before = Act.objects.count()
        caught: list[Exception] = []
        with pytest.raises(of) as info:
            yield caught
        caught.append(info.value)
        for word in words:
            assert word in str(info.value)
        assert Act.objects.count() == before, "a refused act wrote to the log"

    return watch
