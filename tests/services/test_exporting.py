"""Any list as a workbook (the columns of the page, nothing that runs)."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from mingjing.services.exporting import Column, Sheet, export
from mingjing.services.permissions import NotAllowed
from tests.services.builders import House, acting, entries

ROWS = ("=1+1", "http://example.com", "（2024）云9821民初1号")
COLUMNS: tuple[Column[str], ...] = (
    Column("文字", lambda row: row),
    Column("数", len),
    Column("日", lambda row: date(2024, 4, 1)),
    Column("空", lambda row: None),
)


def test_text_stays_text_numbers_are_numbers_and_days_are_days(house: House) -> None:
    book = export(acting(house.manager), Sheet("清单", COLUMNS, ROWS, "在办", "条"), verb="导出清单")
    page = openpyxl.load_workbook(BytesIO(book))["清单"]
    assert [cell.value for cell in page[1]] == ["文字", "数", "日", "空"]
    assert [page.cell(row, 1).value for row in (2, 3, 4)] == list(ROWS)
    assert page["A2"].data_type == "s"
    assert page["A3"].hyperlink is None
    assert (page["B2"].value, page["D2"].value) == (4, None)
    assert page["C2"].value.date() == date(2024, 4, 1)
    assert page["A6"].value == "条件：在办；截至 2024-04-01；共 3 条"


def test_an_export_is_one_entry_with_the_filter_and_the_count(house: House) -> None:
    export(acting(house.manager), Sheet("清单", COLUMNS, ROWS, "在办", "条"), verb="导出清单")
    (entry,) = entries("导出清单")
    assert '"件数":3' in entry.payload
    assert "在办" in entry.payload


def test_who_may_not_export_gets_nothing_and_leaves_no_entry(house: House) -> None:
    with pytest.raises(NotAllowed):
        export(acting(house.judge), Sheet("清单", COLUMNS, ROWS), verb="导出清单")
    assert entries("导出清单") == []
