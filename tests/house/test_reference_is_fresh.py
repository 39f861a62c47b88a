"""docs/reference and the SQL of migrations are what the code of this commit would write."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from mingjing.cli.main import build_parser
from mingjing.cli.reference import commands, refusals
from mingjing.definitions.kinds.table import KINDS
from mingjing.definitions.problems import CODES
from mingjing.site.configuration import SETTINGS
from tests.house.tree import ROOT, SRC

REFERENCE = ROOT / "docs" / "reference"
MINGJING = str(Path(sys.executable).with_name("mingjing"))


def page(name: str) -> str:
    """The text of one page of the reference."""
    return (REFERENCE / name).read_text(encoding="utf-8")


def test_the_generated_pages_are_what_the_code_would_write() -> None:
    done = subprocess.run(
        [MINGJING, "docs", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_setting_is_documented_and_no_other_is_read() -> None:
    documented = set(re.findall(r"`(MINGJING_[A-Z_]+|DATABASE_URL)`", page("settings.md")))
    assert {setting.variable for setting in SETTINGS} <= documented
    used = {
        name
        for path in SRC.rglob("*.py")
        for name in re.findall(r"MINGJING_[A-Z]+(?:_[A-Z]+)*\b", path.read_text(encoding="utf-8"))
    }
    assert used <= documented


def test_every_command_is_documented() -> None:
    text = page("cli.md")
    assert [leaf.prog for leaf in commands(build_parser()) if f"## `{leaf.prog}`" not in text] == []


def test_every_error_code_is_documented_and_explained() -> None:
    text = page("errors.md")
    assert [code for code in [*refusals(), *CODES] if f"`{code}`" not in text] == []
    assert [code for code, kind in refusals().items() if not (kind.__doc__ or "").strip()] == []


def test_every_kind_of_definition_and_every_key_is_documented() -> None:
    text = page("definitions.md")
    for name, kind in KINDS.items():
        assert f"## `{name}`" in text
        section = text.split(f"## `{name}`")[1].split("\n## ")[0]
        assert [item.key for item in kind.whole.fields if f"`{item.key}`" not in section] == []


def test_every_command_says_what_it_is_for() -> None:
    silent = [leaf.prog for leaf in commands(build_parser()) if not leaf.description]
    assert silent == []
