"""G1 on PostgreSQL: the server or we are killed, a page is torn, the disk is full, a sync fails.

Each trial runs against a server made for it by initdb, with the shim in front of its C library; where there
is no initdb it is left out, and says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.crashes.cluster import programs, runs_as
from tests.services.crashes.test_no_write_is_lost_or_half_done import EVERY, FAMILIES, MEMORY, ROOT

MOST = 0 if EVERY == 1 else 2
"""Points of each kind, the first and the last; 0 tries every one."""
ON_THE_SERVER = ("case", "report", "drawing", "record", "draw", "import", "approval", "backup")
"""Families that write most, or most at once; what they write to files is the same on both databases."""


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """A folder the server's user may enter, in memory where the machine allows."""
    if programs() is None:
        pytest.skip("no initdb on this machine: PostgreSQL's programs are not installed")
    try:
        runs_as()
    except KeyError:
        pytest.skip("we are root, and there is no user postgres: a server cannot be run")
    above = MEMORY if os.access(MEMORY, os.W_OK) else None
    with tempfile.TemporaryDirectory(prefix="mingjing-crash-", dir=above) as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.mark.parametrize("family", ON_THE_SERVER)
def test_all_of_an_act_or_nothing_of_it_on_postgresql(family: str, place: Path, shim: Path) -> None:
    site = FAMILIES[family]
    command = [sys.executable, "-m", "tests.services.crashes.trial_postgresql", site]
    command += [str(place / family), str(shim), str(MOST)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "PG"))}
    environment = {**kept, "DJANGO_SETTINGS_MODULE": "mingjing.site.settings"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    found = json.loads(done.stdout)
    assert found["problems"] == []
    assert found["points"] > 2
    assert found["before"] + found["after"] >= found["trials"] > 10
    assert found["refused"] and found["before"] and found["after"], "no trial did what it was to do"
