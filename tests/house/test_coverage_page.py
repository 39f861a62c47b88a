"""docs/reference/coverage.md names, for each requirement, the definition, module and test that answer it.

A row is ``| S-166 | `deadline.civil.summary`, `mingjing.services.clocks` | `tests/a/test_b.py::test_c` |``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.house.tree import ROOT, kept, parsed

PAGE = ROOT / "docs" / "reference" / "coverage.md"
ROW = re.compile(
    r"^\|\s*(?P<row>[SRN]-\d+[^|]*|G\d+[^|]*)\|(?P<built>[^|]+)\|(?P<tests>[^|]+)\|\s*$", re.MULTILINE
)
NAMED = re.compile(r"`([^`]+)`")


@dataclass(frozen=True)
class Row:
    """A requirement and what it names."""

    row: str
    built: tuple[str, ...]
    tests: tuple[str, ...]


def rows(text: str) -> Iterator[Row]:
    """The rows of the table, in order."""
    for match in ROW.finditer(text):
        yield Row(
            match["row"].strip(), tuple(NAMED.findall(match["built"])), tuple(NAMED.findall(match["tests"]))
        )


@cache
def definition_ids() -> frozenset[str]:
    """The id of every definition file."""
    found = set()
    for path in kept(ROOT / "institutions"):
        if path.suffix == ".yaml":
            found |= set(re.findall(r"^id:\s*(\S+)", path.read_text(encoding="utf-8"), re.MULTILINE))
    return frozenset(found)


def exists(name: str) -> bool:
    """Whether ``name`` is a definition, a module of ours, or a file of the product."""
    if name.startswith("mingjing."):
        place = ROOT / "src" / Path(*name.split("."))
        return place.is_dir() or place.with_suffix(".py").is_file()
    return name in definition_ids() or (ROOT / name).exists()


def is_a_test(name: str) -> bool:
    """Whether ``name`` is a test file, or ``file::function`` with that function in it."""
    file, _, function = name.partition("::")
    path = ROOT / file
    if not (file.startswith("tests/") and path.is_file()):
        return False
    names = {node.name for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef)}
    return not function or function in names


def test_every_row_names_what_exists() -> None:
    found = []
    for row in rows(PAGE.read_text(encoding="utf-8")):
        found += [
            f"{row.row}: no such definition, module or file: {name}" for name in row.built if not exists(name)
        ]
        found += [f"{row.row}: no such test: {name}" for name in row.tests if not is_a_test(name)]
        if not row.built or not row.tests:
            found.append(f"{row.row}: names nothing that was built, or no test")
    assert not found, "\n" + "\n".join(found)


def test_the_page_has_rows_and_none_twice() -> None:
    names = [row.row for row in rows(PAGE.read_text(encoding="utf-8"))]
    assert names
    assert sorted(names) == sorted(set(names))


@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("mingjing.cli.main", True),
        ("mingjing.cli", True),
        ("pyproject.toml", True),
        ("calendar.cn", True),
        ("mingjing.cli.nowhere", False),
        ("deadline.of.nothing", False),
        ("docs/nowhere.md", False),
    ],
)
def test_the_checker_knows_what_exists(name: str, there: bool) -> None:
    assert exists(name) is there


def test_the_checker_knows_a_test() -> None:
    here = "tests/house/test_coverage_page.py"
    assert is_a_test(here)
    assert is_a_test(f"{here}::test_the_checker_knows_a_test")
    assert not is_a_test(f"{here}::test_that_is_not_there")
    assert not is_a_test("src/mingjing/cli/main.py")
