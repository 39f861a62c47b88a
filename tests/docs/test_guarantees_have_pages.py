"""Every guarantee of the README has a page of explanation."""

from __future__ import annotations

import re

from tests.docs.pages import DOCS
from tests.house.tree import ROOT

PAGE = (DOCS / "explanation" / "三条不做的事.md").read_text(encoding="utf-8")


def test_every_guarantee_of_the_readme_stands_in_the_table_of_pages() -> None:
    promised = set(re.findall(r"^\| (G\d+) \|", (ROOT / "README.md").read_text(encoding="utf-8"), re.M))
    table = PAGE[PAGE.index("| 保证 | 页 |") :]
    assert len(promised) == 13
    assert promised <= set(re.findall(r"G\d+", table))


def test_the_pages_and_tests_it_names_exist() -> None:
    pages, tests = re.findall(r"\]\(([^)]+\.md)\)", PAGE), re.findall(r"`(tests/[\w/]+\.py)`", PAGE)
    assert len(pages) > 10 and len(tests) >= 4
    assert [one for one in pages if not (DOCS / "explanation" / one).is_file()] == []
    assert [one for one in tests if not (ROOT / one).is_file()] == []
