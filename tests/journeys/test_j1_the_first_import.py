"""J1. The first day of the case-management office: last month's export, with all that is wrong in it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.journeys.desk import Desk, downloaded, main_text
from tests.journeys.exports import Export, last_month, write
from tests.journeys.installation import Installation

COUNTS = re.compile(r"读到 ([\d,]+) 行 = 新增 ([\d,]+) \+ 更新 ([\d,]+) \+ 未变 ([\d,]+) \+ 退回 ([\d,]+)")


def counts(page: Any) -> tuple[int, ...]:
    """Read, new, updated, unchanged and refused, once the page shows them."""
    page.locator("p.lead", has_text="读到").wait_for()
    found = COUNTS.search(page.inner_text("p.lead"))
    assert found is not None, main_text(page)
    read, new, updated, unchanged, refused = (int(word.replace(",", "")) for word in found.groups())
    assert new + updated + unchanged + refused == read
    return read, new, updated, unchanged, refused


def bring(page: Any, file: Path) -> None:
    """Upload, look at the columns, have it checked."""
    page.goto("/imports")
    page.set_input_files("[name=file]", file)
    page.click("text=上传并对应列")
    page.wait_for_url("**/mapping")
    page.click("main button:has-text('预检')")
    page.wait_for_url(re.compile(r"/imports/\d+$"))


def confirm(page: Any) -> None:
    """Read the consequences and confirm."""
    page.click("text=确认写入")
    page.wait_for_url("**/confirm")
    page.click("main form button:has-text('确认写入')")
    page.locator("p.lead", has_text="已经写入").wait_for()


def check_the_error_workbook(page: Any, folder: Path, export: Export) -> None:
    """It opens, holds every refused row, and says the reason in the cell."""
    path = downloaded(page, "a.btn:has-text('下载错误工作簿')", folder)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet is not None
    comments = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    words = "\n".join([*comments, *(str(c.value) for row in sheet.iter_rows() for c in row if c.value)])
    assert len(comments) >= export.bad
    assert "2026-09-31" in words
    assert "民事一身" in words
    assert "民事一审" in words  # the reason names what would have been accepted


def mend_three(page: Any) -> None:
    """Put three bad cells right in the page."""
    page.click("text=当场改正")
    page.wait_for_url("**/fix")
    boxes = page.locator("main input[value='2026-09-31']")
    assert boxes.count() == 10
    for place in range(3):
        boxes.nth(place).fill("2026-09-30")
    page.click("text=改好，重新预检")
    page.locator("text=改了 3 个单元格").wait_for()


@pytest.mark.parametrize("name", ["九月台账.csv", "九月台账.xlsx"])
def test_everything_read_is_accounted_for_and_a_second_time_changes_nothing(
    installation: Installation, desk: Desk, tmp_path: Path, name: str
) -> None:
    export = last_month(installation)
    assert export.bad == 37
    file = write(export, tmp_path / name)
    with installation.served(clock=True) as served:
        page = desk.sign_in(served.url, "shenguan")
        page.goto("/imports")
        sheet = openpyxl.load_workbook(downloaded(page, "a.btn:has-text('下载模板')", tmp_path)).worksheets[0]
        assert "案号" in [cell.value for row in sheet.iter_rows(max_row=3) for cell in row]

        bring(page, file)
        read, *sorts = counts(page)
        assert read == len(export.rows)
        assert sorts == [export.new, export.changed, export.same, export.bad]
        assert "民事一身" in page.inner_text("#refused")
        assert "例如" in page.inner_text("#refused")
        check_the_error_workbook(page, tmp_path, export)

        mend_three(page)
        assert counts(page) == (read, export.new + 3, export.changed, export.same, export.bad - 3)
        before = installation.ask("SELECT count(*) FROM cases_case")
        confirm(page)
        assert installation.ask("SELECT count(*) FROM cases_case") == [(before[0][0] + export.new + 3,)]

        bring(page, file)
        again = counts(page)
        assert again == (read, 0, 0, export.new + export.changed + export.same, export.bad)
