"""Every row of a table ends as accepted or refused, with all its reasons at once."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.imports.mapping import load_mapping
from mingjing.imports.precheck import Precheck
from mingjing.imports.refusals import HeaderMissing, MappingWrong
from mingjing.imports.rows import CaseRow, EventRow, ExclusionRow, Party, RefusedRow
from mingjing.imports.suggesting import suggest
from mingjing.imports.tables import read_table
from mingjing.imports.words import Words
from tests.imports.samples import court_words

Book = Callable[..., io.BytesIO]
SHANGHAI = ZoneInfo("Asia/Shanghai")
MAPPING = load_mapping(
    """
name: 台账
number: 案号
columns: {案件类型: 类型, 立案日期: 立案, 标的额: {column: 标的, unit: 万元}, 在押: 在押}
required: [立案日期]
events:
  - {kind: 立案, happened: 立案}
  - {kind: 开庭, happened: 开庭, recorded: 录入}
exclusions: [{kind: 鉴定期间, span: 鉴定, document: 文书}]
parties: [{role: 原告, column: 原告}, {role: 被告, column: 被告}]
tags: [标签]
"""
)
HEADER = "案号|类型|立案|标的|在押|开庭|录入|鉴定|文书|原告|被告|标签"
GOOD = (
    "(２０２４) 云0102民初1560|民事一审|2024.3.5|128.64|无|2024-04-01 9:30|2024年4月2日 10:00|"
    "2024-04-03 至 2024-04-20；2024-05-01 至 今|昆鉴1号|甲公司（曾用名：乙，丙）、丁|戊|群体，敏感"
)


def check(text: str, words: Words, mapping: Any = MAPPING) -> tuple[list[Any], Precheck]:
    table = read_table(io.BytesIO(text.encode()), "a.csv", expected=mapping.file_columns)
    walk = Precheck(table, mapping, words)
    return list(walk), walk


def test_a_good_row_becomes_a_case_with_everything_in_it(words: Words) -> None:
    (case,), walk = check(f"{HEADER}\n{GOOD}\n", words)
    number = "（2024）云0102民初1560号"
    assert isinstance(case, CaseRow)
    assert (case.source_row, case.number) == (2, number)
    assert case.fields == {
        "案件类型": "民事一审",
        "立案日期": date(2024, 3, 5),
        "标的额": Decimal("1286400.00"),
        "在押": False,
    }
    assert case.parties == (
        Party("原告", "甲公司（曾用名：乙，丙）"),
        Party("原告", "丁"),
        Party("被告", "戊"),
    )
    assert case.events == (
        EventRow(2, number, "立案", date(2024, 3, 5)),
        EventRow(
            2,
            number,
            "开庭",
            date(2024, 4, 1),
            datetime(2024, 4, 1, 9, 30, tzinfo=SHANGHAI),
            datetime(2024, 4, 2, 10, tzinfo=SHANGHAI),
        ),
    )
    assert case.exclusions == (
        ExclusionRow("鉴定期间", date(2024, 4, 3), date(2024, 4, 20), "昆鉴1号"),
        ExclusionRow("鉴定期间", date(2024, 5, 1), None, "昆鉴1号"),
    )
    assert case.tags == ("群体", "敏感")
    assert (walk.counts.rows, walk.counts.accepted, walk.counts.refused) == (1, 1, 0)


def test_every_fault_of_a_row_is_named_with_column_value_cause_and_example(words: Words) -> None:
    bad = "（2024）云9999民初1号|民事|2024-02-30|约一百万|不详|||2024-05-01 至 2024-04-01||||"
    (refused,), walk = check(f"{HEADER}\n{bad}\n", words)
    assert isinstance(refused, RefusedRow)
    assert [error.column for error in refused.errors] == [
        "案号",
        "类型",
        "立案",
        "标的",
        "在押",
        "立案",
        "鉴定",
    ]
    by_column = {error.column: error for error in refused.errors}
    assert by_column["立案"].value == "2024-02-30"
    assert "2 月没有 30 日" in by_column["立案"].reason
    assert by_column["在押"].allowed == ("是", "否")
    assert by_column["标的"].example
    assert by_column["类型"].allowed[0] == "民事一审"
    assert refused.cells[0] == "（2024）云9999民初1号"
    assert walk.counts.refused == 1


def test_a_missing_required_value_is_refused(words: Words) -> None:
    (refused,), _ = check(f"{HEADER}\n（2024）云0102民初1号|民事一审||||||||||\n", words)
    assert [(error.column, error.reason) for error in refused.errors] == [
        ("立案", "“立案”没有填，必须填写。")
    ]


def test_the_second_row_of_a_case_number_names_the_first(words: Words) -> None:
    same = "（2024）云0102民初7号|民事一审|2024-03-05|||||||||"
    other = "[2024]云0102民初 ７号|民事一审|2024-03-06|||||||||"
    (first, second), walk = check(f"{HEADER}\n{same}\n{other}\n", words)
    assert isinstance(first, CaseRow)
    assert isinstance(second, RefusedRow)
    assert "第 2 行已经出现过" in second.errors[0].reason
    assert (walk.counts.accepted, walk.counts.refused) == (1, 1)


def test_counts_add_up_with_totals_and_blanks_apart(words: Words) -> None:
    text = (
        f"{HEADER}\n（2024）云0102民初1号|民事一审|2024-03-05|1||||||||\n合计|||1||||||||\n\n"
        "不是案号|民事一审|2024-03-05|||||||||\n（2024）云0102民初2号|民事一审|2024-03-05|||||||||\n"
    )
    _, walk = check(text, words)
    counts = walk.counts
    assert (counts.rows, counts.accepted, counts.refused) == (3, 2, 1)
    assert (counts.skipped_total, counts.skipped_blank) == (1, 1)
    assert counts.balanced


def test_a_shifted_row_is_refused_as_a_whole(words: Words) -> None:
    (refused,), _ = check(f"{HEADER}\n{GOOD}|多出来\n", words)
    assert "13 格" in refused.errors[0].reason
    assert refused.errors[0].column == ""


def test_a_formula_in_a_text_cell_is_refused(words: Words) -> None:
    mapping = suggest(("案号", "承办人", "立案日期"), words)
    (refused,), _ = check(
        "案号,承办人,立案日期\n（2024）云0102民初1号,=cmd|' /C calc'!A0,2024-03-05\n", words, mapping
    )
    assert "公式" in refused.errors[0].reason


def test_a_free_number_is_taken_as_it_stands(words: Words) -> None:
    mapping = load_mapping("name: 外\nnumber: id\nnumber_grammar: 自由\ncolumns: {立案日期: 日}")
    (case,), _ = check("id,日\n0306715-18.2017,2024-03-05\n", words, mapping)
    assert case.number == "0306715-18.2017"


def test_a_template_joins_columns_and_a_translation_maps_words(words: Words) -> None:
    mapping = load_mapping(
        "name: 外\nnumber: {template: '{court}-{no}'}\nnumber_grammar: 自由\n"
        "columns: {案件类型: {column: k, values: {civil: 民事一审}}}"
    )
    cases, _ = check("court,no,k\nakd,284,civil\nakd,,civil\n", words, mapping)
    assert (cases[0].number, cases[0].fields) == ("akd-284", {"案件类型": "民事一审"})
    assert isinstance(cases[1], RefusedRow)


def test_a_table_of_events_allows_many_rows_per_case(words: Words) -> None:
    mapping = load_mapping(
        "name: 事项\nshape: events\nnumber: 案号\n"
        "event: {kind: 事项, happened: 日期, recorded: 录入, until: 至, attributes: {地点: 地点}}"
    )
    text = (
        "案号,事项,日期,录入,至,地点\n"
        "（2024）云0102民初1号,立案,2024-03-05,2024-03-06 09:00,,\n"
        "（2024）云0102民初1号,开庭,2024-04-01,,2024-04-02,第一法庭\n"
        "（2024）云0102民初1号,开厅,2024-04-01,,,\n"
        "（2024）云0102民初1号,宣判,2024-05-01,,2024-04-30,\n"
    )
    outcomes, walk = check(text, words, mapping)
    assert [type(one).__name__ for one in outcomes] == ["EventRow", "EventRow", "RefusedRow", "RefusedRow"]
    assert outcomes[1].attributes == {"地点": "第一法庭"}
    assert outcomes[1].until == date(2024, 4, 2)
    assert "开庭" in outcomes[2].errors[0].allowed
    assert "早于发生日期" in outcomes[3].errors[0].reason
    assert walk.counts.balanced


def test_a_column_the_file_lacks_is_refused_if_needed_and_listed_if_not(words: Words) -> None:
    with pytest.raises(HeaderMissing, match="立案"):
        check("案号,类型\n（2024）云0102民初1号,民事一审\n", words)
    _, walk = check("案号,类型,立案\n（2024）云0102民初1号,民事一审,2024-03-05\n", words)
    assert walk.absent == ("标的", "在押", "开庭", "鉴定", "文书", "原告", "被告", "标签")


def test_a_mapping_with_words_the_court_does_not_know_is_refused(words: Words) -> None:
    text = "案号,甲\n（2024）云0102民初1号,2024-03-05\n"
    with pytest.raises(MappingWrong, match="案件数据项"):
        check(text, words, load_mapping("name: 甲\nnumber: 案号\ncolumns: {立安日期: 甲}"))
    with pytest.raises(MappingWrong, match="案件事项词表"):
        check(text, words, load_mapping("name: 甲\nnumber: 案号\nevents: [{kind: 开厅, happened: 甲}]"))


def test_a_workbook_and_a_gbk_text_of_the_same_register_give_the_same_cases(words: Words, book: Book) -> None:
    rows: list[list[Any]] = [["案号", "立案日期", "标的额"]]
    rows += [[f"（2024）云0102民初{n}号", date(2024, 1, 1 + n), n * 100.5] for n in range(1, 20)]
    text = "\n".join(",".join(str(cell) for cell in row) for row in rows).encode("gbk")
    found = []
    for data, name in ((book(rows), "a.xlsx"), (io.BytesIO(text), "a.csv")):
        table = read_table(data, name)
        found.append(list(Precheck(table, suggest(table.header, words), words)))
    assert found[0] == found[1]
    assert len(found[0]) == 19


@given(
    st.lists(
        st.lists(
            st.text("（2024）云0102民初号,年月日-./=\"'\n案由是否万元 ", max_size=14), min_size=4, max_size=4
        ),
        max_size=8,
    )
)
def test_whatever_the_cells_hold_every_row_has_exactly_one_fate(cells: list[list[str]]) -> None:
    words = court_words()
    lines = ['"' + '","'.join(cell.replace('"', '""') for cell in row) + '"' for row in cells]
    text = "案号,立案日期,标的额,在押\n" + "\n".join(lines) + "\n"
    table = read_table(io.BytesIO(text.encode()), "a.csv", expected=("案号", "立案日期", "标的额", "在押"))
    walk = Precheck(table, suggest(table.header, words), words)
    outcomes = list(walk)
    assert len(outcomes) == walk.counts.rows
    assert walk.counts.balanced
    assert walk.counts.rows + walk.counts.skipped_total + walk.counts.skipped_blank <= len(cells)
