"""Every test claims something, and none waits for the clock on the wall."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.tree import lines_of, parsed, python_files, shown

CLAIMS = re.compile(r"^(assert|check|expect|verify|must|agree|refuses?)|^(raises|warns|fail)$")


def claims_nothing(module: ast.Module) -> list[str]:
    """Tests without an assertion, an expected exception, or a call whose name makes a claim.

    A function of the same file counts with what it asserts. ``try`` counts: a refusal and nothing else.
    """
    functions = {node.name: node for node in module.body if isinstance(node, ast.FunctionDef)}
    return [
        node.name
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.name.startswith("test_")
        and not _claims(node)
        and not any(_claims(functions[name]) for name in _called(node) if name in functions)
    ]


def _claims(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    nodes = list(ast.walk(function))
    return any(isinstance(node, ast.Assert | ast.Try) for node in nodes) or any(
        CLAIMS.search(name.lstrip("_")) for name in _called(function)
    )


def _called(function: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
    calls = [node.func for node in ast.walk(function) if isinstance(node, ast.Call)]
    return {call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "") for call in calls}


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


def test_what_a_function_of_the_same_file_asserts_counts() -> None:
    assert claims_nothing(ast.parse("def holds(x):\n    assert x\ndef test_it():\n    holds(1)")) == []
    assert claims_nothing(ast.parse("def does(x):\n    print(x)\ndef test_it():\n    does(1)")) == ["test_it"]


def test_the_rule_sees_a_sleep() -> None:
    assert sleeps(ast.parse("import time\ntime.sleep(1)\nprocess.wait(1)")) == [2]
