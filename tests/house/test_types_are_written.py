"""Every function in src names the type of each parameter and of its result."""

from __future__ import annotations

import ast

import pytest

from tests.house.tree import lines_of, parsed, python_files, shown


def untyped(module: ast.Module) -> list[str]:
    """What lacks a type: ``name()`` for a result, ``name(parameter)`` for a parameter."""
    found = []
    for node in ast.walk(module):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if node.returns is None:
            found.append(f"{node.name}()")
        spec = node.args
        starred = [star for star in (spec.vararg, spec.kwarg) if star]
        for arg in [*spec.posonlyargs, *spec.args, *spec.kwonlyargs, *starred]:
            if arg.annotation is None and arg.arg not in ("self", "cls"):
                found.append(f"{node.name}({arg.arg})")
    return found


def test_every_function_in_src_is_typed() -> None:
    found = [f"{shown(path)}: {name}" for path in python_files("src") for name in untyped(parsed(path))]
    assert not found, lines_of(found)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("def f(a: int, *, b: str) -> None: ...", []),
        ("class C:\n    def f(self) -> int: return 1", []),
        ("def f(a: int): ...", ["f()"]),
        ("def f(a, *rest: int) -> int: ...", ["f(a)"]),
        ("async def f(*, b, **more) -> int: ...", ["f(b)", "f(more)"]),
    ],
)
def test_the_rule_tells_good_lines_from_bad(line: str, found: list[str]) -> None:
    assert untyped(ast.parse(line)) == found
