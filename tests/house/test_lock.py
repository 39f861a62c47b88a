"""The lock pins every version with its hashes, names no address, and covers what pyproject.toml asks for."""

from __future__ import annotations

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from mingjing import __version__
from tests.house.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PINNED = re.compile(r"^([a-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)


def lock(name: str) -> str:
    """The text of one lock file."""
    return (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["runtime", "dev", "all"])
def test_every_pin_has_hashes_and_nothing_names_an_address(name: str) -> None:
    text = lock(name)
    entries = re.split(r"\n(?=[a-z])", text.strip())
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
    assert [
        line
        for line in text.splitlines()
        if not re.match(r"[a-z0-9._-]+==|    --hash=sha256:[0-9a-f]{64}", line)
    ] == []


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("runtime", PROJECT["project"]["dependencies"]),
        ("runtime", PROJECT["dependency-groups"]["build"]),
        ("dev", PROJECT["project"]["dependencies"]),
        ("dev", PROJECT["dependency-groups"]["dev"]),
        ("all", PROJECT["dependency-groups"]["dev"]),
        ("all", PROJECT["project"]["optional-dependencies"]["spark"]),
        ("all", PROJECT["project"]["optional-dependencies"]["ldap"]),
    ],
    ids=["runtime", "build", "dev-runtime", "dev", "all-dev", "spark", "ldap"],
)
def test_the_lock_answers_what_the_project_asks_for(name: str, wanted: list[str]) -> None:
    pins = {canonicalize_name(package): version for package, version in PINNED.findall(lock(name))}
    for asked in map(Requirement, wanted):
        pin = pins.get(canonicalize_name(asked.name))
        assert pin is not None, f"{asked.name} is not in requirements/{name}.txt: run make lock"
        assert asked.specifier.contains(pin, prereleases=True), f"{asked}: locked {pin}; run make lock"


def test_tests_run_with_the_versions_that_are_served() -> None:
    runtime, dev, everything = (dict(PINNED.findall(lock(name))) for name in ("runtime", "dev", "all"))
    assert {name: dev.get(name) for name in runtime} == runtime
    assert {name: everything.get(name) for name in dev} == dev


def test_the_changelog_begins_with_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", text, re.MULTILINE)
    assert first is not None
    assert first[1] == __version__
