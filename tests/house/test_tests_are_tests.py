"""Every test claims something, and none waits for the clock on the wall."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import lines_of, parsed, python_files, shown

CLAIMS = re.compile(r"^(assert|check|expect|verify|must|agree|refuses?)|^(raises|warns|fail)$")


def claims_nothing(module: ast.Module) -> list[str]:
    """Tests without an assertion, an expected exception, or a call whose name makes a claim."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            names = [
                call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
                for call in ast.walk(node)
                if isinstance(call, ast.Call)
            ]
            asserts = any(isinstance(inner, ast.Assert) for inner in ast.walk(node))
            if not asserts and not any(CLAIMS.search(name.lstrip("_")) for name in names):
                found.append(node.name)
    return found


def sleeps(module: ast.Module) -> list[int]:
    """Lines that call ``sleep``."""
    return [
        node.lineno
        for node in ast.walk(module)
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", "") == "sleep" or getattr(node.func, "id", "") == "sleep")
    ]


def test_every_test_claims_something() -> None:
    found = [
        f"{shown(path)}: {name}" for path in python_files("tests") for name in claims_nothing(parsed(path))
    ]
    assert not found, lines_of(found)


def test_no_test_sleeps() -> None:
    found = [f"{shown(path)}:{line}" for path in python_files("tests") for line in sleeps(parsed(path))]
    assert not found, "wait for the thing itself (a line of output, an exit), not for time:" + lines_of(found)


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("assert 1 == 1", []),
        ("with pytest.raises(ValueError): f()", []),
        ("expect_rows(page, 3)", []),
        ("f()", ["test_it"]),
        ("print(f())", ["test_it"]),
    ],
)
def test_the_rule_tells_a_claim_from_a_call(body: str, found: list[str]) -> None:
    assert claims_nothing(ast.parse(f"def test_it():\n    {body}")) == found


def test_the_rule_sees_a_sleep() -> None:
    assert sleeps(ast.parse("import time\ntime.sleep(1)\nprocess.wait(1)")) == [2]
