"""The page on power cuts: every test it names exists, and it counts the families that are tried."""

from __future__ import annotations

import re

from tests.docs.pages import DOCS
from tests.house.tree import ROOT
from tests.services.crashes.test_no_write_is_lost_or_half_done import FAMILIES
from tests.services.every_verb.sites import SERVICES, sites

PAGE = (DOCS / "explanation" / "断电断盘为什么不丢.md").read_text(encoding="utf-8")
DIGITS = "〇一二三四五六七八九"


def test_every_row_names_a_test_that_exists() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "断在哪里" not in line]
    assert len(rows) >= 9
    for row in rows:
        found = re.search(r"`(tests/[\w/]+\.py)::(\w+)`", row)
        assert found is not None, f"no test is named: {row}"
        text = (ROOT / found[1]).read_text(encoding="utf-8")
        assert f"def {found[2]}(" in text, f"{found[1]} has no {found[2]}"


def test_it_counts_the_families_that_are_tried() -> None:
    tens, ones = divmod(len(FAMILIES), 10)
    number = f"{DIGITS[tens] if tens > 1 else ''}十{DIGITS[ones] if ones else ''}"
    assert f"{number}类动词" in PAGE


def test_every_area_of_verbs_has_a_family_that_is_tried() -> None:
    tried = {name.partition(".")[0] for name in FAMILIES.values()}
    packages = {site.partition(".")[0] for site in sites() if (SERVICES / site.partition(".")[0]).is_dir()}
    assert packages - tried - {"demo"} == set()
