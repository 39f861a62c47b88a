"""G5 with a real process: `mingjing clock --once` is killed in the middle of a pass and started again."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

ROOT = Path(__file__).resolve().parents[2]
ON = "2024-06-20"
CASES = 60
BUILD = f"""
import django
django.setup()
from datetime import date, timedelta
from django.core.management import call_command
call_command("migrate", interactive=False, verbosity=0)
from tests.services.builders import build_house, file_case
house = build_house()
for serial in range(1, {CASES + 1}):
    day = date(2024, 3, 1) + timedelta(days=serial % 9)
    file_case(house, serial=serial, filed_on=day)
"""
ALERTS = (
    'SELECT number, clock.label, occurrence, alert.due_on, rung, alert."on", settled'
    " FROM supervision_alert alert JOIN supervision_clock clock ON clock.id = alert.clock_id"
    " JOIN cases_case ON cases_case.id = alert.case_id"
)
FINISHED = "SELECT count(*) FROM supervision_sweeprun WHERE finished_at IS NOT NULL"
Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Place:
    """A database of its own for processes of their own: how they find it, how to read it, how to copy it."""

    environment: dict[str, str]
    read: Callable[[str], Rows]
    copy: Callable[[], Place]


def sqlite_place(folder: Path) -> Place:
    def read(query: str) -> Rows:
        path = f"file:{folder / 'mingjing.sqlite3'}?mode=ro"
        with sqlite3.connect(path, uri=True, timeout=20) as database:
            return database.execute(query).fetchall()

    def copy() -> Place:
        other = folder.with_name(f"{folder.name}-copy")
        shutil.copytree(folder, other)
        return sqlite_place(other)

    folder.mkdir(exist_ok=True)
    return Place({"MINGJING_DATA": str(folder), "DATABASE_URL": ""}, read, copy)


def postgres_place(url: str, folder: Path, made: list[str], template: str = "template1") -> Place:
    name = f"mingjing_killed_{uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        wanted = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        server.execute(wanted.format(sql.Identifier(name), sql.Identifier(template)))
    made.append(name)
    mine = urlunsplit(urlsplit(url)._replace(path=f"/{name}"))

    def read(query: str) -> Rows:
        with psycopg.connect(mine) as database:
            return database.execute(query.encode()).fetchall()

    def copy() -> Place:
        return postgres_place(url, folder, made, template=name)

    folder.mkdir(exist_ok=True)
    return Place({"MINGJING_DATA": str(folder), "DATABASE_URL": mine}, read, copy)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """On the database the suite runs on: a file here, or a database made there and dropped afterwards."""
    url = os.environ.get("DATABASE_URL", "")
    if not url:
        yield sqlite_place(tmp_path / "court")
        return
    made: list[str] = []
    try:
        yield postgres_place(url, tmp_path / "court", made)
    finally:
        with psycopg.connect(url, autocommit=True) as server:
            for name in made:
                server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def started(place: Place, *command: str) -> subprocess.Popen[bytes]:
    settings = {"DJANGO_SETTINGS_MODULE": "mingjing.site.settings", "MINGJING_NOW": f"{ON}T08:00:00"}
    environment = {**os.environ, **settings, **place.environment}
    return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)


def clock(place: Place) -> subprocess.Popen[bytes]:
    return started(place, "-m", "mingjing.cli.main", "clock", "--once", "--on", ON)


def finish(process: subprocess.Popen[bytes]) -> None:
    assert process.wait(timeout=120) == 0


def test_a_pass_killed_half_way_is_finished_by_the_next_and_says_the_same(place: Place) -> None:
    finish(started(place, "-c", BUILD))
    undisturbed = place.copy()
    finish(clock(undisturbed))
    before = len(place.read(ALERTS))

    killed, deadline = clock(place), time.monotonic() + 60
    while len(place.read(ALERTS)) <= before and time.monotonic() < deadline:
        assert killed.poll() is None, "the pass ended before it could be killed"
    killed.send_signal(signal.SIGKILL)
    assert killed.wait(timeout=20) == -signal.SIGKILL
    half, all_ = len(place.read(ALERTS)), sorted(undisturbed.read(ALERTS))
    assert before < half < len(all_), "the pass was to be killed in the middle"
    assert place.read(FINISHED) == [(0,)]

    finish(clock(place))
    assert sorted(place.read(ALERTS)) == all_
    finish(clock(place))
    assert sorted(place.read(ALERTS)) == all_
    assert len(all_) > 3 * CASES
