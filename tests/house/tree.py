"""The files the house rules look at."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SRC = ROOT / "src" / "mingjing"

# What .gitignore names: made on the machine, not part of the product.
MADE_HERE = {
    ".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis",
    ".import_linter_cache", "build", "dist", "var", ".work", ".lo", ".coverage", "node_modules",
}  # fmt: skip


def kept(folder: Path) -> Iterator[Path]:
    """Every file below ``folder`` that belongs to the product, in order."""
    for path in sorted(folder.iterdir()):
        if path.name in MADE_HERE or path.name.endswith(".egg-info"):
            continue
        if path.is_dir():
            yield from kept(path)
        elif path.is_file():
            yield path


@cache
def files() -> tuple[Path, ...]:
    """Every file of the product."""
    return tuple(kept(ROOT))


@cache
def python_files(*folders: str) -> tuple[Path, ...]:
    """Python files below the named folders of the product, generated migrations left out."""
    wanted = [ROOT / folder for folder in folders]
    return tuple(
        path
        for path in files()
        if path.suffix == ".py"
        and "migrations" not in path.parts
        and any(path.is_relative_to(folder) for folder in wanted)
    )


def shown(path: Path) -> str:
    """The path as it is written from the product's root."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def lines_of(findings: list[str]) -> str:
    """Findings as a failure message, one a line."""
    return "\n" + "\n".join(findings)
