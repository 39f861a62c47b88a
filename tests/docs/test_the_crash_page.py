"""The page on power cuts: every test it names exists, and it counts the families that are tried."""

from __future__ import annotations

import re

from tests.docs.pages import DOCS
from tests.house.tree import ROOT
from tests.services.crashes.test_no_write_is_lost_or_half_done import FAMILIES

PAGE = (DOCS / "explanation" / "断电断盘为什么不丢.md").read_text(encoding="utf-8")
NUMBERS = {9: "九", 10: "十", 11: "十一", 12: "十二", 13: "十三", 14: "十四", 15: "十五"}


def test_every_row_names_a_test_that_exists() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "断在哪里" not in line]
    assert len(rows) >= 9
    for row in rows:
        found = re.search(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert found is not None, f"no test is named: {row}"
        text = (ROOT / found[1]).read_text(encoding="utf-8")
        assert f"def {found[2]}(" in text, f"{found[1]} has no {found[2]}"


def test_it_counts_the_families_that_are_tried() -> None:
    assert f"{NUMBERS[len(FAMILIES)]}类动词" in PAGE
