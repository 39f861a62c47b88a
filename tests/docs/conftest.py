"""A place like an unpacked 明镜 for the commands of a page, and a small demonstration where needed."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.house.tree import ROOT

NOW = "2026-09-30T09:00:00"
MAKE_SMALL_DEMO = """
from mingjing.cli.starting import start_django
start_django()
from mingjing.cli.starting import prepare
from mingjing.services.demo import build
from mingjing.services.installation import today
prepare()
build.make(today(), report=print, sizes={"云98": 5, "云9801": 160, "云9821": 5, "云9822": 5})
"""


def pytest_configure(config: pytest.Config) -> None:
    """``slow``: starts programs and takes seconds; left out with ``-m 'not slow'``."""
    config.addinivalue_line("markers", "slow: starts programs and takes seconds")


def environment(place: Path) -> Mapping[str, str]:
    """What a command of a page finds: data and institutions of its own, SQLite, a fixed day."""
    ours = ("MINGJING_", "DATABASE_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(ours)}
    return {
        **kept,
        "MINGJING_DATA": str(place / "var"),
        "MINGJING_INSTITUTIONS": str(place / "institutions"),
        "MINGJING_NOW": NOW,
    }


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with ``.venv``, ``institutions`` (a copy that may be changed) and no data yet."""
    shutil.copytree(ROOT / "institutions", tmp_path / "institutions")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    return tmp_path


@pytest.fixture(scope="session")
def demo_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a small demonstration, made once for all workers of a run."""
    base = tmp_path_factory.getbasetemp()
    shared = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "demo-data"
    shared.mkdir(exist_ok=True)
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the other workers wait here while one makes it
        if not (shared / "ready").exists():
            program = [str(ROOT / ".venv" / "bin" / "python"), "-c", MAKE_SMALL_DEMO]
            env = {**environment(shared), "MINGJING_INSTITUTIONS": str(ROOT / "institutions")}
            done = subprocess.run(program, env=env, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stdout + done.stderr
            (shared / "ready").touch()
    return shared / "var"
