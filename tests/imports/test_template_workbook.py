"""The template a court fills in: what is in it, and that a filled one goes in."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook

from mingjing.imports.mapping import load_mapping
from mingjing.imports.precheck import Precheck
from mingjing.imports.rows import CaseRow
from mingjing.imports.tables import read_table
from mingjing.imports.template_workbook import default_mapping, write_template
from mingjing.imports.words import FieldSpec, Words
from mingjing.imports.workbook_words import DATA_SHEET, EXAMPLE_SHEET, GUIDE_SHEET, OPTIONS_SHEET


def template(words: Words) -> io.BytesIO:
    target = io.BytesIO()
    write_template(target, default_mapping(words), words)
    target.seek(0)
    return target


def test_every_column_has_a_note_and_options_have_a_list(words: Words) -> None:
    book = load_workbook(template(words))
    assert book.sheetnames == [DATA_SHEET, EXAMPLE_SHEET, GUIDE_SHEET, OPTIONS_SHEET]
    sheet = book[DATA_SHEET]
    head: dict[Any, Any] = {cell.value: cell for cell in sheet[1]}
    assert list(head)[:5] == ["案号", "案件类型", "审理程序", "案由", "立案日期"]
    assert all(cell.comment is not None for cell in head.values())
    assert "必填" in head["立案日期"].comment.text
    lists = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    column = head["审理程序"].column_letter
    assert lists[f"{column}2:{column}5001"] == '"普通程序,简易程序,小额诉讼程序"'
    assert book[OPTIONS_SHEET].sheet_state == "hidden"


def test_a_long_list_stands_on_a_sheet_of_its_own() -> None:
    causes = tuple(f"第{n}类合同纠纷案由" for n in range(60))
    words = Words({"案由": FieldSpec("案由", "选项", causes)})
    book = load_workbook(template(words))
    (rule,) = book[DATA_SHEET].data_validations.dataValidation
    assert rule.formula1 == f"{OPTIONS_SHEET}!$A$2:$A$61"
    assert [cell.value for cell in book[OPTIONS_SHEET]["A"]] == ["案由", *causes]


def test_the_examples_are_correct_in_every_cell(words: Words) -> None:
    mapping = default_mapping(words)
    table = read_table(template(words), "模板.xlsx", sheet=EXAMPLE_SHEET, expected=mapping.file_columns)
    walk = Precheck(table, mapping, words)
    outcomes = list(walk)
    assert [type(one) for one in outcomes] == [CaseRow, CaseRow], outcomes
    assert walk.absent == ()


def test_a_filled_template_goes_in(words: Words) -> None:
    book = load_workbook(template(words))
    sheet: Any = book[DATA_SHEET]
    columns = {cell.value: cell.column for cell in sheet[1]}
    row = {
        "案号": "（2024）云0102民初9号",
        "案件类型": "民事一审",
        "立案日期": "2024-03-05",
        "原告": "甲、乙",
        "标的额": 12.5,
    }
    for name, value in row.items():
        sheet.cell(2, columns[name]).value = value
    filled = io.BytesIO()
    book.save(filled)
    mapping = default_mapping(words)
    table = read_table(filled, "填好.xlsx", expected=mapping.file_columns)
    assert table.sheet == DATA_SHEET
    (case,) = Precheck(table, mapping, words)
    assert isinstance(case, CaseRow)
    assert [party.name for party in case.parties] == ["甲", "乙"]
    assert [event.kind for event in case.events] == ["立案"]


def test_an_empty_template_is_a_header_without_rows(words: Words) -> None:
    mapping = default_mapping(words)
    walk = Precheck(read_table(template(words), "模板.xlsx", expected=mapping.file_columns), mapping, words)
    assert list(walk) == []
    assert walk.counts.rows == 0


def test_a_template_can_be_made_for_any_mapping(words: Words) -> None:
    mapping = load_mapping(
        "name: 事项\nshape: events\nnumber: 案号\nevent: {kind: 事项, happened: 发生日期, recorded: 录入时间}"
    )
    target = io.BytesIO()
    write_template(target, mapping, words)
    sheet = load_workbook(target)[DATA_SHEET]
    assert [cell.value for cell in sheet[1]] == ["案号", "事项", "发生日期", "录入时间"]
    assert "开庭" in sheet.data_validations.dataValidation[0].formula1
