"""The blanks one begins with: each works as it is and is explained in a tutorial, word for word."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingjing.definitions.beginning import BLANKS, FOLDER, blank
from mingjing.definitions.problems import Severity
from mingjing.definitions.registry import Registry
from mingjing.definitions.running import try_examples
from mingjing.domain.reasons import Unreadable

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 9, 30)
TUTORIALS = "".join(page.read_text(encoding="utf-8") for page in (ROOT / "docs" / "tutorial").glob("*.md"))


@pytest.fixture(scope="module")
def nationwide() -> Registry:
    """The definitions every court has."""
    return Registry.load(ROOT / "institutions" / "cn")


def test_there_is_a_text_for_every_blank_that_is_offered() -> None:
    assert {path.stem for path in FOLDER.glob("*.yaml")} == set(BLANKS)


@pytest.mark.parametrize("kind", list(BLANKS))
def test_a_blank_has_no_error_and_its_examples_are_true(nationwide: Registry, kind: str) -> None:
    drafted = nationwide.with_text(blank(kind, TODAY), kind)
    assert [str(one) for one in drafted.problems if one.severity is Severity.ERROR] == []
    assert drafted.definition is not None and drafted.registry is not None
    assert drafted.definition.kind == kind
    tried = list(try_examples(drafted.definition, drafted.registry))
    assert len(tried) >= 2
    assert [str(one) for one in tried if not one.outcome.ok] == []
    assert any(one.example.refused for one in tried) or kind in ("indicator", "caseflow")


@pytest.mark.parametrize("kind", list(BLANKS))
def test_a_blank_is_explained_in_a_tutorial_word_for_word(kind: str) -> None:
    assert blank(kind, TODAY) in TUTORIALS


def test_a_blank_is_in_force_from_the_day_it_is_begun() -> None:
    assert "\nfrom: 2027-03-01\n" in blank("filing", date(2027, 3, 1))


def test_a_kind_without_a_blank_is_refused_with_those_there_are() -> None:
    with pytest.raises(Unreadable, match="没有“quota”这一种空白") as refused:
        blank("quota", TODAY)
    assert "meeting" in refused.value.allowed
