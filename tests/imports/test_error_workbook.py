"""The refused rows go back with the reason in the cell, and come in again once corrected."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from mingjing.imports.error_workbook import write_error_workbook, write_log_errors
from mingjing.imports.escaping import guarded, is_formula_like
from mingjing.imports.mapping import load_mapping
from mingjing.imports.precheck import Precheck
from mingjing.imports.rows import CaseRow, ImportCounts, RefusedEvent, RefusedRow, RowError
from mingjing.imports.suggesting import suggest
from mingjing.imports.tables import read_table
from mingjing.imports.values import read_text
from mingjing.imports.words import Words
from mingjing.imports.workbook_words import COUNTS_SHEET, REASON_COLUMN, REFUSED_SHEET

TEXT = (
    "收案登记表\n案号,立案,,承办人,在押\n,收案日期,结案日期,,\n"
    "（2024）云0102民初1号,2024-03-05,,王明,否\n"
    "（2024）云0102民初2号,2024-02-30,,李清,也许\n"
    "（2024）云0102民初3号,2024-03-05,,=1+1,是\n"
)
MAPPING = load_mapping(
    "name: 台账\nnumber: 案号\n"
    "columns: {立案日期: 立案/收案日期, 结案日期: 立案/结案日期, 承办人: 承办人, 在押: 在押}"
)


def refused_workbook(words: Words) -> io.BytesIO:
    table = read_table(io.BytesIO(TEXT.encode()), "台账.csv", expected=MAPPING.file_columns)
    walk = Precheck(table, MAPPING, words)
    target = io.BytesIO()
    refused = (row for row in walk if isinstance(row, RefusedRow))
    written = write_error_workbook(target, table.header, refused, walk.counts, source="台账.csv")
    assert written == 2
    target.seek(0)
    return target


def test_only_refused_rows_are_in_it_in_the_layout_they_came_in(words: Words) -> None:
    sheet = load_workbook(refused_workbook(words))[REFUSED_SHEET]
    lines: list[list[Any]] = [[cell.value for cell in row] for row in sheet.iter_rows()]
    assert lines[0] == ["案号", "立案/收案日期", "立案/结案日期", "承办人", "在押", REASON_COLUMN]
    assert lines[1][:5] == ["（2024）云0102民初2号", "2024-02-30", None, "李清", "也许"]
    assert "原文件第 5 行" in lines[1][5]
    assert "立案/收案日期" in lines[1][5]
    assert "在押" in lines[1][5]


def test_the_cell_at_fault_is_red_and_carries_the_reason(words: Words) -> None:
    sheet = load_workbook(refused_workbook(words))[REFUSED_SHEET]
    wrong, right = sheet["B2"], sheet["A2"]
    assert wrong.comment is not None
    assert "2 月没有 30 日" in wrong.comment.text
    assert wrong.fill.fgColor.rgb == "FFF8D7D2"
    assert right.comment is None
    assert right.fill.fgColor.rgb != "FFF8D7D2"
    assert sheet["E2"].comment is not None
    assert "可填：是、否" in sheet["E2"].comment.text


def test_text_that_looks_like_a_formula_stays_text(words: Words) -> None:
    cell = load_workbook(refused_workbook(words))[REFUSED_SHEET]["D3"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")
    assert cell.quotePrefix


def test_the_counts_are_on_a_sheet_of_their_own(words: Words) -> None:
    sheet = load_workbook(refused_workbook(words))[COUNTS_SHEET]
    found = {row[0].value: row[1].value for row in sheet.iter_rows(max_row=7)}
    assert (found["数据行"], found["通过"], found["未通过"]) == (3, 1, 2)
    assert found["文件"] == "台账.csv"


def test_the_corrected_workbook_is_read_and_its_reasons_are_not(words: Words) -> None:
    book = load_workbook(refused_workbook(words))
    sheet: Any = book[REFUSED_SHEET]
    sheet["B2"], sheet["E2"], sheet["D3"] = "2024-02-28", "否", "赵廉"
    again = io.BytesIO()
    book.save(again)
    table = read_table(again, "改好.xlsx", expected=MAPPING.file_columns)
    walk = Precheck(table, MAPPING, words)
    cases = list(walk)
    assert [case.number for case in cases if isinstance(case, CaseRow)] == [
        "（2024）云0102民初2号",
        "（2024）云0102民初3号",
    ]
    assert walk.counts.accepted == 2
    assert REASON_COLUMN not in {source.column for source in suggest(table.header, words).columns.values()}


def test_a_workbook_refused_twice_does_not_grow_a_second_reason_column(words: Words) -> None:
    first = refused_workbook(words)
    table = read_table(first, "改一半.xlsx", expected=MAPPING.file_columns)
    walk = Precheck(table, MAPPING, words)
    target = io.BytesIO()
    write_error_workbook(
        target, table.header, (row for row in walk if isinstance(row, RefusedRow)), walk.counts, source="x"
    )
    head = [cell.value for cell in load_workbook(target)[REFUSED_SHEET][1]]
    assert head.count(REASON_COLUMN) == 1


def test_refused_cases_and_events_of_a_log_are_listed() -> None:
    error = RowError(3, "time:timestamp", "不知道", "“不知道”不是日期。")
    target = io.BytesIO()
    refused: list[RefusedRow | RefusedEvent] = [
        RefusedEvent(3, 2, "甲-3", (error,)),
        RefusedRow(4, (RowError(4, "", "", "没有编号。"),)),
    ]
    counts = ImportCounts(rows=4, accepted=3, refused=1, events=9, events_refused=1)
    assert write_log_errors(target, refused, counts, source="a.xes") == 2
    book = load_workbook(target)
    assert [cell.value for cell in book[REFUSED_SHEET][2]] == [
        3,
        "甲-3",
        2,
        "time:timestamp",
        "不知道",
        "“不知道”不是日期。",
    ]
    assert {row[0].value: row[1].value for row in book[COUNTS_SHEET].iter_rows()}["事项"] == 9


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", "\t=1"])
def test_dangerous_beginnings_are_guarded_and_come_back_unchanged(text: str) -> None:
    assert is_formula_like(text)
    assert guarded(text) == "'" + text
    if text[0] != "\t":
        assert read_text(guarded(text)) == text


@pytest.mark.parametrize("text", ["-300.50", "+86", "案号", "", "a=b", "2024-03-05"])
def test_harmless_text_is_left_alone(text: str) -> None:
    assert guarded(text) == text


@pytest.mark.skipif(shutil.which("soffice") is None, reason="没有安装 LibreOffice，无法用它打开核对")
def test_libreoffice_opens_it(words: Words, tmp_path: Path) -> None:
    path = tmp_path / "未通过.xlsx"
    path.write_bytes(refused_workbook(words).getvalue())
    command = [
        "soffice",
        f"-env:UserInstallation=file://{tmp_path}/lo",
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):44,34,76",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=120
    )
    text = (tmp_path / "未通过.csv").read_text(encoding="utf-8")
    assert "（2024）云0102民初2号" in text
    assert "=1+1" in text
