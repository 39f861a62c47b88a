"""Every code a problem carries is explained, and nothing is explained that nobody says."""

from __future__ import annotations

import re
from pathlib import Path

import mingjing.definitions
from mingjing.definitions.problems import CODES

SOURCE = Path(mingjing.definitions.__file__).parent
LITERAL = re.compile(r'"([a-z]+(?:-[a-z0-9]+)+|tab|gbk|bom|overlap)"')


def test_the_codes_used_and_the_codes_explained_are_the_same() -> None:
    texts = [path.read_text(encoding="utf-8") for path in SOURCE.rglob("*.py") if path.name != "problems.py"]
    used = {code for text in texts for code in LITERAL.findall(text)}
    refusals = {"unknown-definition", "no-such-deadline", "utf-8"}
    assert set(CODES) - used == set()
    assert used - set(CODES) - refusals == set()
