"""requirements/install.sh says in both languages what is missing, and leaves nothing half made behind."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.tree import ROOT

TOOLS = ("sh", "dirname", "cksum", "cat", "head", "grep", "rm")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the script only, and a PATH in ``bin`` that holds a few tools and no Python."""
    (tmp_path / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "install.sh", tmp_path / "requirements")
    (tmp_path / "bin").mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"{tool} is part of every system"
        (tmp_path / "bin" / tool).symlink_to(found)
    return tmp_path


def install(checkout: Path, *arguments: str, python: str = "") -> subprocess.CompletedProcess[str]:
    """Run the script with that PATH."""
    return subprocess.run(
        [str(checkout / "bin" / "sh"), "requirements/install.sh", *arguments],
        cwd=checkout,
        env={"PATH": str(checkout / "bin"), "PYTHON": python, "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_python_without_venv_is_named_with_its_remedy(checkout: Path) -> None:
    fake = checkout / "bin" / "python-without-venv"
    fake.write_text(
        f'#!/bin/sh\nif [ "$1" = -m ]; then exit 1; fi\nexec {sys.executable} "$@"\n', encoding="utf-8"
    )
    fake.chmod(0o755)
    done = install(checkout, "runtime", python=str(fake))
    assert done.returncode == 1
    assert "缺少 venv 模块" in done.stderr
    assert "apt-get install python3-venv" in done.stderr
    assert "has no venv module" in done.stderr
    assert not (checkout / ".venv").exists()


def test_an_unknown_lock_is_refused(checkout: Path) -> None:
    done = install(checkout, "everything")
    assert done.returncode == 2
    assert "runtime|dev" in done.stderr
