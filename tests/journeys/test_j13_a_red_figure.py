"""J13. The president sees a figure out of its range, reaches its cases, asks why, and keeps the figure."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl

from tests.journeys.desk import PHONE, Desk, downloaded, main_text
from tests.journeys.installation import Installation, until

COCKPIT = "/indicators/cockpit"
LABEL = "超审限未结案件数"


def entered_range(page: Any, label: str, most: str) -> None:
    """A reference range with its document, as the case-management office enters it."""
    page.goto("/indicators/ranges/enter")
    option = page.locator("[name=indicator] option").filter(has_text=label).first
    page.select_option("[name=indicator]", option.get_attribute("value"))
    page.fill("[name=high]", most)
    page.fill("[name=document]", "清法〔2026〕9号")
    page.fill("[name=since]", "2026-01-01")
    page.click("main form button:has-text('登记')")
    page.wait_for_url("**/indicators/ranges")


def counted(page: Any) -> str:
    """The red figure of the cockpit, once the clock in the background has counted it."""
    red = page.locator(".tiles li", has=page.locator("b.must"))

    def shown() -> str:
        page.goto(COCKPIT)
        return str(red.locator("b.must").first.inner_text()) if red.count() else ""

    return str(until(shown, 60, "驾驶舱里的红数字"))


def test_a_red_figure_leads_to_its_cases_and_stays_what_it_was(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    with installation.served(clock=True) as served:
        office = desk.sign_in(served.url, "shenguan")
        entered_range(office, LABEL, "1")

        president = desk.sign_in(served.url, "yuanzhang")
        shown = counted(president)
        assert "超出参考区间" in president.inner_text("p.lead")
        red = president.locator(".tiles li", has=president.locator("b.must"))
        assert red.locator(".name").all_inner_texts() == [LABEL]
        assert "超出" in red.inner_text()

        red.locator("a").first.click()
        president.wait_for_url("**/indicators/indicator.past_limit**")
        assert shown in president.inner_text("h1")
        president.locator("a:has-text('看案件')").first.click()
        president.wait_for_url("**/cases?**")
        count = int(re.sub(r"\D", "", shown.split("件")[0]))
        assert 0 < president.locator("main table a").count() <= count
        president.locator("main table a").first.click()
        president.locator("h1").wait_for()
        assert "号" in president.inner_text("h1")

        president.goto(COCKPIT)
        president.locator(".tiles li", has=president.locator("b.must")).locator("a").first.click()
        president.click("text=请主管部门说明这个数字")
        president.fill("[name=due]", "2026-10-15")
        president.fill("[name=reason]", "超出参考区间，请说明原因和打算。")
        president.click("main form button:has-text('请其说明')")
        said = str(president.inner_text("[role=status]"))
        address = re.search(r"/indicators/kept/[\w-]+", said)
        assert address is not None, said

        president.goto(address.group())
        assert shown in president.inner_text("h1")
        book = downloaded(president, "a:has-text('导出清单')", tmp_path)
        sheet = openpyxl.load_workbook(book).active
        assert sheet is not None
        numbers = [cell.value for row in sheet.iter_rows() for cell in row if "号" in str(cell.value)]
        assert len([one for one in numbers if re.search(r"（20\d\d）", str(one))]) == count

    with installation.served(now="2026-10-09T09:00:00") as later:
        president = desk.sign_in(later.url, "yuanzhang")
        president.goto(address.group())
        assert shown in president.inner_text("h1")
        assert "保存以后变了什么" in main_text(president)
        phone = desk.sign_in(later.url, "yuanzhang", viewport=PHONE)
        phone.goto(COCKPIT)
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert desk.complaints == []
