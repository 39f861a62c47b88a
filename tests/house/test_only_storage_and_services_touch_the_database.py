"""django.db is imported in storage/ and services/ only; ruff's rule says what to do instead."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.house.tree import ROOT

BAD = "from django.db import transaction\n\nprint(transaction)\n"
GOOD = "from django.http import HttpRequest\n\nprint(HttpRequest)\n"


def ruff(line: str, *, as_file: str) -> str:
    """What the rule says about ``line`` standing in ``as_file``; empty when it is content."""
    command = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--no-cache",
        "--select",
        "TID251",
        "--output-format",
        "concise",
    ]
    done = subprocess.run(
        [*command, "--quiet", "--stdin-filename", as_file, "-"],
        cwd=ROOT, input=line, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, 1), done.stderr
    return done.stdout


@pytest.mark.parametrize(
    "room", ["web", "api", "cli", "site", "imports", "documents", "definitions", "analytics"]
)
def test_a_bad_line_is_found_in_every_other_room(room: str) -> None:
    said = ruff(BAD, as_file=f"src/mingjing/{room}/page.py")
    assert "TID251" in said
    assert "ask for a query in storage/" in said


@pytest.mark.parametrize("room", ["storage/cases", "services"])
def test_the_same_line_is_allowed_where_it_belongs(room: str) -> None:
    assert ruff(BAD, as_file=f"src/mingjing/{room}/page.py") == ""


def test_a_good_line_passes_everywhere() -> None:
    assert ruff(GOOD, as_file="src/mingjing/web/page.py") == ""


def test_the_tree_keeps_the_rule() -> None:
    command = [sys.executable, "-m", "ruff", "check", "--no-cache", "--quiet", "--select", "TID251", "src"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
