"""The short way into a transaction and out of it does what Django's own does."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import pytest
from django.db import IntegrityError, OperationalError, transaction
from django.db.transaction import Atomic
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from mingjing.storage.sqlite import base
from mingjing.storage.sqlite.base import DatabaseWrapper, Whole

Frame = Callable[[], AbstractContextManager[None]]

SETTINGS = {
    "ENGINE": "mingjing.storage.sqlite",
    "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True,
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,
    "TIME_ZONE": None,
    "USER": "",
    "PASSWORD": "",
    "HOST": "",
    "PORT": "",
    "TEST": {},
}


@pytest.fixture(params=["django's", "ours"])
def whole(request: pytest.FixtureRequest) -> Frame:
    """Either way of saying that all is done or nothing."""
    return Whole if request.param == "ours" else partial(Atomic, "apart", True, False)


@pytest.fixture
def file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, django_db_blocker: DjangoDbBlocker
) -> Iterator[DatabaseWrapper]:
    """A database with two tables; a child must have its parent by the end of its transaction."""
    options = {"transaction_mode": "IMMEDIATE", "timeout": 0, "init_command": "PRAGMA foreign_keys=ON;"}
    wrapper = DatabaseWrapper({**SETTINGS, "NAME": tmp_path / "x.sqlite3", "OPTIONS": options}, "apart")
    monkeypatch.setattr(transaction, "get_connection", lambda using=None: wrapper)
    monkeypatch.setattr(base, "connections", {"default": wrapper})
    with django_db_blocker.unblock():  # a file of its own, not the tests' database
        with wrapper.cursor() as cursor:
            cursor.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
            reference = "REFERENCES parent (id) DEFERRABLE INITIALLY DEFERRED"
            cursor.execute(f"CREATE TABLE child (id INTEGER PRIMARY KEY, parent INTEGER {reference})")
        yield wrapper
        wrapper.close()


def put(file: DatabaseWrapper, table: str, *row: int) -> None:
    with file.cursor() as cursor:
        marks = ", ".join(["%s"] * len(row))
        cursor.execute(f"INSERT INTO {table} VALUES ({marks})", row)


def rows(file: DatabaseWrapper, table: str) -> list[int]:
    """What somebody else sees."""
    with sqlite3.connect(file.settings_dict["NAME"]) as other:
        found = [row[0] for row in other.execute(f"SELECT id FROM {table} ORDER BY id")]
    other.close()
    return found


def test_a_transaction_is_the_only_writer_from_its_beginning_and_seen_at_its_end(
    file: DatabaseWrapper, whole: Frame
) -> None:
    with whole():
        other = sqlite3.connect(file.settings_dict["NAME"], timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        other.close()
        put(file, "parent", 1)
        assert rows(file, "parent") == []
    assert rows(file, "parent") == [1]
    assert file.get_autocommit() and not file.in_atomic_block


def test_what_fails_leaves_nothing_and_the_next_goes_on(file: DatabaseWrapper, whole: Frame) -> None:
    with pytest.raises(KeyError), whole():
        put(file, "parent", 1)
        raise KeyError
    with whole():
        put(file, "parent", 2)
        with pytest.raises(KeyError), whole():
            put(file, "parent", 3)
            raise KeyError
        with whole():
            put(file, "parent", 4)
    assert rows(file, "parent") == [2, 4]


def test_what_the_database_refuses_at_the_end_is_djangos_error_and_is_taken_back(
    file: DatabaseWrapper, whole: Frame
) -> None:
    with pytest.raises(IntegrityError), whole():
        put(file, "child", 1, 99)
    assert rows(file, "child") == []
    assert file.connection is None or not file.connection.in_transaction
    with whole():
        put(file, "parent", 99)
        put(file, "child", 1, 99)
    assert rows(file, "child") == [1]


def test_a_database_that_is_taken_is_djangos_error(file: DatabaseWrapper, whole: Frame) -> None:
    other = sqlite3.connect(file.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(OperationalError, match="locked"), whole():
        put(file, "parent", 1)
    other.execute("ROLLBACK")
    other.close()
    with whole():
        put(file, "parent", 1)
    assert rows(file, "parent") == [1]


def test_what_waits_for_the_end_is_done_once_and_after_it(file: DatabaseWrapper, whole: Frame) -> None:
    done: list[list[int]] = []
    with whole():
        put(file, "parent", 1)
        file.on_commit(lambda: done.append(rows(file, "parent")))
        assert done == []
    assert done == [[1]]
    with pytest.raises(KeyError), whole():
        file.on_commit(lambda: done.append([]))
        raise KeyError
    with whole():
        pass
    assert done == [[1]]


def test_where_statements_are_recorded_the_beginning_and_the_end_are_too(
    file: DatabaseWrapper, whole: Frame
) -> None:
    with CaptureQueriesContext(file) as seen, whole():
        put(file, "parent", 1)
    said = [one["sql"].split()[0] for one in seen.captured_queries]
    assert said == ["BEGIN", "INSERT", "COMMIT"]


def test_a_failure_that_was_caught_inside_still_takes_everything_back(
    file: DatabaseWrapper, whole: Frame
) -> None:
    with whole():
        put(file, "parent", 1)
        file.set_rollback(True)
    assert rows(file, "parent") == []
    with whole():
        put(file, "parent", 2)
    assert rows(file, "parent") == [2]


def test_a_connection_closed_inside_leaves_nothing_and_the_next_one_works(
    file: DatabaseWrapper, whole: Frame
) -> None:
    with whole():
        put(file, "parent", 1)
        file.close()
    assert rows(file, "parent") == []
    with whole():
        put(file, "parent", 2)
    assert rows(file, "parent") == [2]


def test_within_another_it_is_a_part_that_can_be_taken_back(file: DatabaseWrapper, whole: Frame) -> None:
    with Atomic("apart", True, False):
        put(file, "parent", 1)
        with pytest.raises(KeyError), whole():
            put(file, "parent", 2)
            raise KeyError
        with whole():
            put(file, "parent", 3)
        assert rows(file, "parent") == []
    assert rows(file, "parent") == [1, 3]
