"""The background hand: one pass a day, waiting imports first, and statistics for the database's planner."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingjing.services import worker
from mingjing.storage.supervision.models import SweepRun
from tests.services.builders import House, file_case

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    """A test's transaction lives on its connection, which the worker would close when idle."""
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)


def rested() -> bool:
    """Whether the hand comes to rest once the figures have followed."""
    return any(not worker.step() for _ in range(20))


def test_the_first_step_of_a_day_makes_the_pass_and_the_next_rests(house: House) -> None:
    file_case(house)
    assert worker.step() is True
    assert rested()
    assert SweepRun.objects.filter(finished_at__isnull=False).count() == 1


def test_other_rules_are_applied_at_once(house: House) -> None:
    file_case(house)
    assert rested()
    SweepRun.objects.update(definitions="as they were before somebody changed a file")
    assert worker.step() is True
    assert rested()
    assert SweepRun.objects.filter(finished_at__isnull=False).count() == 2


def test_a_pass_on_sqlite_leaves_fresh_statistics(house: House) -> None:
    with CaptureQueriesContext(connection) as asked:
        worker.step()
    told = [query["sql"] for query in asked if query["sql"].startswith("PRAGMA")]
    assert told == (
        ["PRAGMA analysis_limit = 400", "PRAGMA optimize"] if connection.vendor == "sqlite" else []
    )
