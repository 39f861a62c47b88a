"""domain/ imports the standard library and itself, reads no clock, draws no lots, opens nothing."""

from __future__ import annotations

import ast
import sys

import pytest

from tests.house.tree import lines_of, parsed, python_files, shown

UNSTEADY_MODULES = {
    "random",
    "secrets",
    "uuid",
    "time",
    "os",
    "io",
    "socket",
    "subprocess",
    "tempfile",
    "threading",
    "asyncio",
    "multiprocessing",
    "urllib",
    "http",
    "sqlite3",
    "shutil",
    "locale",
    "getpass",
    "platform",
    "pathlib",
    "logging",
}
UNSTEADY_CALLS = {
    "now",
    "utcnow",
    "today",
    "fromtimestamp",
    "open",
    "print",
    "input",
    "eval",
    "exec",
    "hash",
    "id",
}


def imported(module: ast.Module) -> set[str]:
    """Top names of what a module imports, ``mingjing.domain`` for our own."""
    names: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add("." * node.level + (node.module or ""))
    return {
        ".".join(name.split(".")[:2]) if name.startswith("mingjing") else name.split(".")[0] for name in names
    }


def outside_the_standard_library(module: ast.Module) -> set[str]:
    """Imports that are neither of the standard library nor of the domain."""
    return {
        name for name in imported(module) if name != "mingjing.domain" and name not in sys.stdlib_module_names
    }


def unsteady(module: ast.Module) -> set[str]:
    """Imports and calls whose answer depends on anything but the arguments."""
    called = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Call):
            # datetime.now() and date.today(); but not span.id or self.today, which are values.
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in UNSTEADY_CALLS and not (
                isinstance(node.func, ast.Attribute) and name in ("id", "hash")
            ):
                called.add(name)
    return (imported(module) & UNSTEADY_MODULES) | called


def test_the_domain_uses_the_standard_library_only() -> None:
    found = [
        f"{shown(path)}: imports {name}"
        for path in python_files("src/mingjing/domain", "verifier")
        for name in sorted(outside_the_standard_library(parsed(path)))
    ]
    assert not found, lines_of(found)


def test_the_domain_gives_the_same_answer_to_the_same_facts() -> None:
    found = [
        f"{shown(path)}: {name}: take it as an argument"
        for path in python_files("src/mingjing/domain")
        for name in sorted(unsteady(parsed(path)))
    ]
    assert not found, lines_of(found)


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ("from mingjing.domain.dates.spans import Span", set()),
        ("import json, hashlib", set()),
        ("import yaml", {"yaml"}),
        ("from mingjing.services import cases", {"mingjing.services"}),
        ("from django.db import models", {"django"}),
    ],
)
def test_the_import_rule_tells_good_lines_from_bad(line: str, bad: set[str]) -> None:
    assert outside_the_standard_library(ast.parse(line)) == bad


@pytest.mark.parametrize(
    ("line", "bad"),
    [
        ("limit = date(2024, 3, 5) + timedelta(days=3)", set()),
        ("day = date.today()", {"today"}),
        ("moment = datetime.now(zone)", {"now"}),
        ("import random", {"random"}),
        ("from os import environ", {"os"}),
        ("text = open('x').read()", {"open"}),
    ],
)
def test_the_steadiness_rule_tells_good_lines_from_bad(line: str, bad: set[str]) -> None:
    assert unsteady(ast.parse(line)) == bad
