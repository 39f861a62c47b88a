"""J14. The office pastes the yearly report, sees two contradictions, repairs one from live figures."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl

from tests.journeys.desk import PHONE, Desk, downloaded, main_text
from tests.journeys.installation import Installation

RIGHT = "2021年1至6月，全市法院共受理各类案件47407件，审执结28144件，结案率59.37%。"
WRONG = "2021年1至6月，全市法院共受理执行案件19343件，执结10042件，执结率51.67%。"
OWN = "2026年1至9月，清河区人民法院共受理各类案件900件，审执结500件，结案率55.56%，未结300件。"


def checked(page: Any, text: str) -> None:
    """The page after ``text`` was pasted and sent."""
    page.goto("/cases")
    page.click("nav a:has-text('报告核数')")
    page.fill("[name=text]", text)
    page.click("main form button:has-text('核对')")
    page.locator(".report").wait_for()


def test_two_contradictions_are_marked_and_one_is_repaired_from_the_record(
    installation: Installation, desk: Desk, tmp_path: Path
) -> None:
    with installation.served(now="2026-09-30T11:00:00") as served:
        office = desk.sign_in(served.url, "shenguan")
        checked(office, f"{RIGHT}\n{WRONG}\n{OWN}")
        marked = office.locator("mark.wrong").all_inner_texts()
        assert marked == ["51.67%", "900件"]
        notes = main_text(office)
        assert "10042件 ÷ 19343件 = 51.91542%" in notes
        assert "9,994–9,995" in notes
        assert "19434↔19343" in notes
        book = downloaded(office, "button:has-text('清单存为 Excel')", tmp_path)
        sheet = openpyxl.load_workbook(book).active
        assert sheet is not None
        assert [row[2].value for row in sheet.iter_rows(min_row=2, max_row=3)] == ["51.67%", "900件"]

        office.goto("/reports/check")
        office.click("aside a:has-text('本年的收结情况')")
        live = office.input_value("[name=text]").split("\n")[1]
        assert live.startswith("2026年1至9月，清河区人民法院共受理各类案件")
        checked(office, f"{RIGHT}\n{WRONG}\n{live}")
        assert office.locator("mark.wrong").all_inner_texts() == ["51.67%"]
        rows = office.locator("table.list").first
        assert "不符" not in rows.inner_text()
        assert rows.locator("a[href*='/cases']").count() >= 3
        rows.locator("a").first.click()
        office.locator("main table").first.wait_for()

        phone = desk.sign_in(served.url, "shenguan", viewport=PHONE)
        phone.goto("/reports/check")
        phone.fill("[name=text]", WRONG)
        phone.click("main form button:has-text('核对')")
        phone.locator(".finding.wrong").wait_for()
        assert phone.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert desk.complaints == []
