"""J17. A judge sees the own figures with the own past, and no page ranks people by a figure."""

from __future__ import annotations

import re
from typing import Any

from tests.journeys.desk import PHONE, Desk, main_text
from tests.journeys.installation import Installation

RATE = "/indicators/indicator.closed"
PAGES = ("/indicators", RATE, f"{RATE}?split=承办人", "/indicators/cockpit", "/indicators/bulletin/daily",
         "/cases/figures", "/assessments")  # fmt: skip
RANKED = re.compile(r"排名|名次|第\d+名|第[一二三四五六七八九十]+名|倒数|末位")
DENIED = re.compile(r"不排名|不按数字排|不拿[^。]*排名|不得[^。]{0,12}排名|没有排名")


def ranks(text: str) -> list[str]:
    """Sentences of a page that speak of ranks without refusing them."""
    return [one for one in re.split(r"[。\n]", text) if RANKED.search(one) and not DENIED.search(one)]


def names_and_numbers(page: Any) -> tuple[list[str], list[float]]:
    """The rows of the table of groups: who, and the figure."""
    table = page.locator("table", has=page.locator("th:has-text('承办人')")).last
    rows = table.locator("tbody tr, tr").filter(has=page.locator("td"))
    names = [str(one) for one in rows.locator("td:first-child").all_inner_texts()]
    cells = [str(one) for one in rows.locator("td:nth-child(2)").all_inner_texts()]
    return names, [float(re.sub(r"[^\d.]", "", one) or 0) for one in cells]


def test_a_judge_sees_the_own_figures_and_nobody_elses(installation: Installation, desk: Desk) -> None:
    with installation.served() as served:
        other = desk.sign_in(served.url, "faguan2")
        other.goto("/indicators")
        stranger = str(other.inner_text("h1")).removesuffix("承办的案件的数字")

        judge = desk.sign_in(served.url, "faguan")
        judge.goto("/indicators")
        own = str(judge.inner_text("h1")).removesuffix("承办的案件的数字")
        assert own != stranger
        judge.goto(RATE)
        text = main_text(judge)
        assert "上年同期" in text
        assert "过去二十四个月" in text
        for address in PAGES:
            answer = judge.goto(address)
            assert answer.status in (200, 404), address
            shown = str(judge.inner_text("main"))
            assert stranger not in shown, address
            assert ranks(shown) == [], address

        phone = desk.sign_in(served.url, "faguan", viewport=PHONE)
        phone.goto(RATE)
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert desk.complaints == []


def test_no_page_sorts_people_by_a_figure_whatever_the_address_asks(
    installation: Installation, desk: Desk
) -> None:
    with installation.served() as served:
        office = desk.sign_in(served.url, "shenguan")
        office.goto(f"{RATE}?split=承办人")
        names, numbers = names_and_numbers(office)
        assert len(names) > 5
        assert numbers != sorted(numbers)
        assert numbers != sorted(numbers, reverse=True)
        assert "不按数字排" in main_text(office)
        assert office.locator("main th a, main [aria-sort]").count() == 0
        for asked in ("order=数字", "sort=-value", "order=-number"):
            office.goto(f"{RATE}?split=承办人&{asked}")
            assert names_and_numbers(office) == (names, numbers)
        for address in PAGES[:-1]:  # the last speaks of divisions, whose order the scheme of cards asks for
            answer = office.goto(address)
            if answer.status == 200:
                assert ranks(main_text(office)) == [], address
    assert desk.complaints == []
