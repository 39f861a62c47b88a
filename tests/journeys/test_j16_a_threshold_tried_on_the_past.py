"""J16. The office tries another threshold on last year: who would be found, how many by chance."""

from __future__ import annotations

import re
from typing import Any

from tests.journeys.desk import Desk, main_text
from tests.journeys.installation import Installation, until

RULE = "/indicators/detectors/detector.unlike_its_like"
LAST_YEAR = "2025-01-01~2025-12-31"
WITHIN = "indicator.within_limit"


def counts(page: Any) -> list[int]:
    """Found today, found by the draft, gained, lost: as the first sentence says them."""
    return [
        int(number) for number in re.findall(r"(\d+)", str(page.inner_text("p.lead")).split("只算不改")[1])
    ]


def test_a_threshold_is_tried_on_last_year_without_changing_anything(
    installation: Installation, desk: Desk
) -> None:
    with installation.served() as served:
        page = desk.sign_in(served.url, "shenguan")
        page.goto("/indicators/detectors")
        page.click("main a:has-text('与同类案件差得多')")
        page.click("text=换个门槛试试")
        page.goto(f"{RULE}/try?period={LAST_YEAR}")
        page.fill("[name=最少同类]", "5")
        page.fill("[name=倍数]", "3")
        page.click("main form button.main")
        now, draft, gained, lost = counts(page)
        assert draft - now == gained - lost
        assert draft > now
        assert "没有碰巧一说" in main_text(page)
        listed = page.locator("main table").nth(2).locator("tbody tr")
        assert listed.count() == gained
        page.locator("main table").nth(2).locator("a").first.click()
        page.wait_for_url("**/cases/*")

        page.goto(f"{RULE}/try?period={LAST_YEAR}")
        page.fill("[name=倍数]", "很多")
        page.click("main form button.main")
        assert "“倍数”要填" in page.inner_text("main [role=alert]")

        page.goto("/indicators/detectors/detector.ended_at_month_end/try")
        page.fill("[name=末几天]", "10")
        page.click("main form button.main")
        assert "碰巧也会有" in main_text(page)

        page.goto(RULE)
        assert page.locator("tr:has(th:text-is('倍数')) td").inner_text() == "4"


def test_a_warning_line_is_tried_on_divisions_and_says_how_many_chance_would_flag(
    installation: Installation, desk: Desk
) -> None:
    with installation.served(clock=True) as served:
        page = desk.sign_in(served.url, "shenguan")
        page.goto("/indicators/lines/try")
        page.select_option("[name=indicator]", WITHIN)
        page.select_option("[name=period]", LAST_YEAR)
        page.fill("[name=warning]", "99")
        with page.expect_navigation():
            page.click("main form button.main")

        def counted() -> bool:
            page.goto(page.url)
            return "现在没有线" in page.inner_text("p.lead")

        until(counted, 120, "the figures of last year were not counted")
        told = str(page.inner_text("p.lead"))
        assert "现在没有线" in told
        flagged = int(re.search(r"草稿 99 提醒 (\d+) 个", told)[1])  # type: ignore[index]
        by_chance = float(re.search(r"光靠碰巧也会提醒 ([\d.]+) 个", told)[1])  # type: ignore[index]
        rows = page.locator("main table tbody tr")
        assert page.locator("main table tbody .must").count() == flagged > 0
        assert 0 < by_chance < rows.count()

        judge = desk.sign_in(served.url, "faguan")
        judge.goto("/indicators/lines/try")
        assert "没有" in str(judge.inner_text("body"))
        assert "99" not in str(judge.inner_text("body"))
