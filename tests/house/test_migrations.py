"""A migration says what it does in its name, stands alone, and has its SQL beside it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.house.tree import SRC, parsed, shown

MIGRATIONS = sorted((SRC / "storage").glob("*/migrations/0*.py"))
NAME = re.compile(r"\d{4}_(?!auto_|initial$|alter_|remove_|squashed)[a-z0-9]+(_[a-z0-9]+)+")


def ours(module: ast.Module) -> list[str]:
    """What a migration imports from the product; models change, migrations must not."""
    names = [node.module or "" for node in ast.walk(module) if isinstance(node, ast.ImportFrom)]
    names += [alias.name for node in ast.walk(module) if isinstance(node, ast.Import) for alias in node.names]
    return [name for name in names if name.split(".")[0] == "mingjing"]


@pytest.mark.parametrize("path", MIGRATIONS, ids=shown)
def test_its_name_says_what_it_does(path: Path) -> None:
    assert NAME.fullmatch(path.stem), f"{shown(path)}: name it after what it changes, like 0002_append_only"


@pytest.mark.parametrize("path", MIGRATIONS, ids=shown)
def test_it_imports_nothing_of_ours(path: Path) -> None:
    assert ours(parsed(path)) == []


@pytest.mark.parametrize("path", MIGRATIONS, ids=shown)
def test_its_sql_stands_beside_it(path: Path) -> None:
    assert path.with_suffix(".sql").is_file(), f"{shown(path)}: run make docs"


def test_no_sql_stands_alone() -> None:
    alone = [
        shown(sql)
        for sql in (SRC / "storage").glob("*/migrations/*.sql")
        if not sql.with_suffix(".py").is_file()
    ]
    assert alone == []


def test_the_rules_tell_good_from_bad() -> None:
    assert NAME.fullmatch("0001_log_of_acts")
    assert not NAME.fullmatch("0002_auto_20240301_1200")
    assert not NAME.fullmatch("0001_initial")
    assert ours(ast.parse("from mingjing.storage.cases.models import Case")) == [
        "mingjing.storage.cases.models"
    ]
    assert ours(ast.parse("from django.db import models")) == []
