"""A visitor who reads no Chinese switches the interface to English, works in it, and switches back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.desk import Desk
from tests.journeys.installation import Installation, Served

CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(scope="module")
def served(template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demonstration, for both visitors."""
    with Installation.copied(template, tmp_path_factory.mktemp("english") / "data").served() as running:
        yield running


def test_the_interface_is_chinese_until_english_is_chosen(desk: Desk, served: Served) -> None:
    page = desk.open(served.url, locale="en-US")
    page.goto("/login")
    assert page.inner_text("main button >> nth=0") == "登录", "what the browser prefers is not asked"
    page.click("text=English")
    assert page.inner_text("main button >> nth=0") == "Sign in"
    assert page.get_attribute("html", "lang") == "en"


def test_somebody_works_in_english_and_goes_back(desk: Desk, served: Served) -> None:
    page = desk.sign_in(served.url, "faguan")
    page.goto("/cases")
    page.click(".top >> text=English")
    assert page.inner_text("h1") == "Cases"
    assert not [word for word in _rail(page) if CHINESE.search(word)], "the rail is English as a whole"
    page.select_option("select[name=status]", index=1)
    page.wait_for_url("**status=**")
    assert "Case number" in page.inner_text("thead")
    page.click("tbody a >> nth=0")
    assert "Time limit" in page.inner_text("main") or "Why" in page.inner_text("main")
    page.click(".top >> text=中文")
    assert page.get_attribute("html", "lang") == "zh-CN"
    assert "案件" in _rail(page)
    assert not desk.complaints


def _rail(page: Any) -> list[str]:
    return [str(one) for one in page.locator("nav.rail li > a").all_inner_texts()]
