"""Every page stands in the index, every link leads to a file, and a page has one title."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.docs.pages import DOCS, name_of, pages

EVERY = [*pages(), DOCS / "README.md", *sorted((DOCS / "decisions").glob("*.md"))]
_FENCES = re.compile(r"^```.*?^```", re.M | re.S)


def prose(page: Path) -> str:
    """The page without what stands in fences."""
    return _FENCES.sub("", page.read_text(encoding="utf-8"))


def links(page: Path) -> list[str]:
    """Where the links of a page lead, those to the outside left out."""
    found = re.findall(r"\]\(([^)#]+)", prose(page))
    return [link for link in found if not link.startswith("http")]


@pytest.mark.parametrize("page", EVERY, ids=name_of)
def test_every_link_leads_to_a_file(page: Path) -> None:
    assert [link for link in links(page) if not (page.parent / link).exists()] == []


def test_the_index_names_every_page_once() -> None:
    listed = [link for link in links(DOCS / "README.md") if not link.startswith(("reference/", "decisions/"))]
    assert sorted(listed) == sorted(f"{name_of(page)}.md" for page in pages())


@pytest.mark.parametrize("page", pages(), ids=name_of)
def test_a_page_has_one_title_and_stays_short(page: Path) -> None:
    assert len(re.findall(r"^# ", prose(page), re.M)) == 1
    assert len(page.read_text(encoding="utf-8").splitlines()) <= 250


@pytest.mark.parametrize("page", sorted((DOCS / "decisions").glob("0*.md")), ids=lambda page: page.stem[:4])
def test_a_decision_says_between_what_and_what_follows(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"# {page.stem[:4]} ")
    for part in ("**Between** ", "**Decided:** ", "**Follows:** "):
        assert part in text
