"""Where the product writes: the functions of ``services`` that open an act, read from the code itself."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

from tests.house.tree import SRC, parsed

SERVICES = SRC / "services"
FIRST_FRAMES = frozenset({"act", "acts_together"})
NOT_RUN = {
    "demo.build._fill": "makes the demonstration, which every journey runs",
    "demo.filings._opened": "makes the demonstration, which every journey runs",
    "demo.papers._issued": "makes the demonstration, which every journey runs",
    "demo.scores._month": "makes the demonstration, which every journey runs",
}
"""Sites no scenario runs, each with who runs it instead."""


def opened(function: ast.FunctionDef, frames: frozenset[str]) -> bool:
    """Whether the function opens one of the frames."""
    for node in ast.walk(function):
        for item in node.items if isinstance(node, ast.With) else ():
            call = item.context_expr
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in frames:
                return True
    return False


def is_frame(function: ast.FunctionDef) -> bool:
    """Whether it is itself a frame for others: a context manager."""
    return any(isinstance(one, ast.Name) and one.id == "contextmanager" for one in function.decorator_list)


def functions() -> list[tuple[str, ast.FunctionDef]]:
    """Every function of ``services`` by its name, ``closings.request_closing``."""
    found = []
    for path in sorted(SERVICES.rglob("*.py")):
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.FunctionDef):
                found.append((site_of(path, node.name), node))
    return found


def site_of(path: Path, name: str) -> str:
    """How a function of a file of ``services`` is called here."""
    return ".".join((*path.relative_to(SERVICES).with_suffix("").parts, name))


@cache
def frames() -> frozenset[str]:
    """The names of the context managers that end in an act, whoever wraps whom."""
    known = FIRST_FRAMES
    while True:
        wider = known | {node.name for _, node in functions() if is_frame(node) and opened(node, known)}
        if wider == known:
            return known
        known = wider


@cache
def sites() -> frozenset[str]:
    """Every function that does one act: each of them needs a scenario."""
    return frozenset(name for name, node in functions() if not is_frame(node) and opened(node, frames()))
