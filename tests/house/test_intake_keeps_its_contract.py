"""The public entrance imports of the house what its contract lists in pyproject.toml, and nothing else."""

from __future__ import annotations

import ast
import tomllib

from tests.house.tree import ROOT, lines_of, parsed, python_files, shown


def imported(module: ast.Module) -> set[str]:
    """What of the product a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in found if name.split(".")[0] == "mingjing"}


def outside(names: set[str], allowed: list[str]) -> set[str]:
    """The names that are neither allowed, nor of the entrance itself, nor a package on the way to one."""
    own = [*allowed, "mingjing.intake"]
    return {
        name
        for name in names
        if not any(name == one or name.startswith(f"{one}.") or one.startswith(f"{name}.") for one in own)
    }


def contract() -> list[str]:
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    allowed: list[str] = read["tool"]["mingjing"]["intake"]["may_import"]
    return allowed


def test_the_entrance_imports_only_what_its_contract_lists() -> None:
    found = [
        f"{shown(path)}: {name}"
        for path in python_files("src/mingjing/intake")
        for name in sorted(outside(imported(parsed(path)), contract()))
    ]
    assert not found, lines_of(found)


def test_what_is_listed_is_used() -> None:
    used = {name for path in python_files("src/mingjing/intake") for name in imported(parsed(path))}
    assert [one for one in contract() if one not in used] == []


def test_a_look_into_the_tables_would_be_found() -> None:
    peeking = ast.parse(
        "from mingjing.storage.leads.models import Lead\nimport mingjing.services.leads.sight"
    )
    assert outside(imported(peeking), contract()) >= {
        "mingjing.storage.leads.models",
        "mingjing.services.leads.sight",
    }
