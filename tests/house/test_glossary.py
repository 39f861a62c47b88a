"""Every public name of the domain stands in GLOSSARY.md, so that one word means one thing."""

from __future__ import annotations

import ast
import re

from tests.house.tree import ROOT, lines_of, parsed, python_files, shown


def public_names(module: ast.Module) -> list[str]:
    """Names of top-level classes and functions that do not begin with an underscore."""
    kinds = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    return [node.name for node in module.body if isinstance(node, kinds) and not node.name.startswith("_")]


def test_every_public_name_of_the_domain_is_in_the_glossary() -> None:
    words = set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", (ROOT / "GLOSSARY.md").read_text(encoding="utf-8")))
    found = [
        f"{shown(path)}: {name}"
        for path in python_files("src/mingjing/domain")
        for name in public_names(parsed(path))
        if name not in words
    ]
    assert not found, "add a row to GLOSSARY.md for each:" + lines_of(found)


def test_private_names_need_no_row() -> None:
    module = ast.parse("def _fold(): ...\ndef due_date(): ...\nclass _Walk: ...\nclass Due: ...")
    assert public_names(module) == ["due_date", "Due"]
