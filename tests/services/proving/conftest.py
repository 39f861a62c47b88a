"""A court with some entries in its log, a data folder of its own, and an office that witnesses."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connection
from pytest_django import Settings

from mingjing.services.acts import CLOCK, act
from tests.services.builders import House
from tests.services.conftest import SetMoment


def some_acts(count: int) -> None:
    """So many entries of the clock."""
    for number in range(count):
        with act(CLOCK, "到点提醒", needs=None, subject_kind="案件", subject_id=number, why="到点") as entry:
            entry.payload = {"当事人": f"甲{number}"}


@pytest.fixture
def log(house: House, moment: SetMoment, settings: Settings, tmp_path: Path) -> House:
    """The court, its own empty data folder, and the acts that made it."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, data=tmp_path / "data")
    return house


def statement(sql: str) -> None:
    """Run one statement past every rule of the house."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
