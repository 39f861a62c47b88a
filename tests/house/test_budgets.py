"""A file has at most 400 lines and a function at most 60, in src, tests, benchmarks and the verifier."""

from __future__ import annotations

import ast

from tests.house.tree import lines_of, parsed, python_files, shown

FILE_LINES, FUNCTION_LINES = 400, 60


def long_functions(module: ast.Module) -> list[tuple[str, int]]:
    """Name and length of each function over the budget."""
    return [
        (node.name, length)
        for node in ast.walk(module)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > FUNCTION_LINES
    ]


def test_no_file_is_longer_than_its_budget() -> None:
    found = [
        f"{shown(path)}: {count} lines (at most {FILE_LINES})"
        for path in python_files("src", "tests", "benchmarks", "verifier")
        if (count := len(path.read_text(encoding="utf-8").splitlines())) > FILE_LINES
    ]
    assert not found, lines_of(found)


def test_no_function_is_longer_than_its_budget() -> None:
    found = [
        f"{shown(path)}: {name} has {length} lines (at most {FUNCTION_LINES})"
        for path in python_files("src", "tests", "benchmarks", "verifier")
        for name, length in long_functions(parsed(path))
    ]
    assert not found, lines_of(found)


def test_the_rule_sees_a_long_function_and_lets_a_short_one_pass() -> None:
    body = "\n    x = 1"
    assert long_functions(ast.parse("def f():" + body * 60)) == [("f", 61)]
    assert long_functions(ast.parse("def f():" + body * 59)) == []
