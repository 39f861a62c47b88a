"""Title rows, merged cells, names on two levels: where the header is and what the columns are called."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest

from mingjing.imports.refusals import FileEmpty, HeaderMissing
from mingjing.imports.tables import read_table

Book = Callable[..., io.BytesIO]
NUMBER = "（2024）云0102民初1560号"


def csv(text: str) -> io.BytesIO:
    return io.BytesIO(text.encode())


def test_a_header_in_the_first_row_is_found() -> None:
    table = read_table(csv(f"案号,案由\n{NUMBER},离婚纠纷\n"), "a.csv")
    assert table.header == ("案号", "案由")
    assert table.header_rows == (1, 1)
    assert [(row.number, row.cells) for row in table] == [(2, (NUMBER, "离婚纠纷"))]


def test_title_rows_above_the_header_are_passed_over(book: Book) -> None:
    rows = [
        ["明湖区人民法院2024年收结案台账", None, None, None],
        ["填报部门：审管办", None, None, "单位：件"],
        [None, None, None, None],
        ["案号", "案由", "立案日期", "承办人"],
        [NUMBER, "离婚纠纷", date(2024, 3, 5), "王明"],
    ]
    table = read_table(book(rows), "a.xlsx")
    assert table.header == ("案号", "案由", "立案日期", "承办人")
    assert table.header_rows == (4, 4)
    assert [row.number for row in table] == [5]


def test_a_title_merged_over_all_columns_is_not_the_header(book: Book) -> None:
    rows = [[None] * 3, ["案号", "案由", "承办人"], [NUMBER, "离婚纠纷", "王明"]]
    table = read_table(book(rows, merges=[(0, 0, 0, 2, "收案统计表")]), "a.xlsx")
    assert table.header == ("案号", "案由", "承办人")


def test_a_header_on_two_merged_levels_gets_combined_names(book: Book) -> None:
    rows = [
        [None] * 5,
        [None, None, "立案", "结案", None],
        [NUMBER, "王明", "2024-03-05", "2024-06-01", "判决"],
    ]
    merges = [(0, 0, 1, 0, "案号"), (0, 1, 1, 1, "承办人"), (0, 2, 0, 4, "日期与方式")]
    rows[1] = [None, None, "立案", "结案", "方式"]
    table = read_table(book(rows, merges=merges), "a.xlsx")
    assert table.header == ("案号", "承办人", "日期与方式/立案", "日期与方式/结案", "日期与方式/方式")
    assert table.header_rows == (1, 2)
    assert [row.number for row in table] == [3]


def test_a_header_on_two_levels_without_merge_marks_is_combined_too() -> None:
    text = f"案号,日期,,承办人\n,立案,结案,\n{NUMBER},2024-03-05,2024-06-01,王明\n"
    table = read_table(csv(text), "a.csv")
    assert table.header == ("案号", "日期/立案", "日期/结案", "承办人")
    assert len(list(table)) == 1


def test_a_row_of_words_below_the_header_stays_data() -> None:
    table = read_table(csv("承办人,庭室,职务\n王明,民一庭,法官\n李清,民二庭,庭长\n"), "a.csv")
    assert table.header == ("承办人", "庭室", "职务")
    assert len(list(table)) == 2


def test_columns_a_mapping_asks_for_decide_between_candidates() -> None:
    text = f"项目,说明,备注\n甲,乙,丙\n案号,案由,承办人\n{NUMBER},离婚纠纷,王明\n"
    table = read_table(csv(text), "a.csv", expected=("案号", "案由"))
    assert table.header == ("案号", "案由", "承办人")
    assert table.header_rows == (3, 3)


def test_names_are_freed_of_gaps_line_breaks_and_stars(book: Book) -> None:
    table = read_table(
        book([["*案  号", "立案\n日期", "Case  Number"], [NUMBER, "2024-03-05", "x"]]), "a.xlsx"
    )
    assert table.header == ("案号", "立案日期", "Case Number")


def test_equal_and_missing_names_are_made_distinct() -> None:
    table = read_table(csv(f"案号,日期,日期,\n{NUMBER},2024-03-05,2024-03-06,x\n"), "a.csv")
    assert table.header == ("案号", "日期", "日期（2）", "第 4 列")


def test_a_table_that_begins_at_c3_keeps_its_row_numbers(book: Book) -> None:
    rows = [[], [], [None, None, "案号", "案由"], [None, None, NUMBER, "离婚纠纷"]]
    table = read_table(book(rows), "a.xlsx")
    assert table.header[2:] == ("案号", "案由")
    assert [row.number for row in table] == [4]


def test_a_file_of_numbers_alone_has_no_header() -> None:
    with pytest.raises(HeaderMissing, match="没有找到表头"):
        read_table(csv("1,2,3\n4,5,6\n"), "a.csv")


def test_a_sheet_without_a_cell_is_empty(book: Book) -> None:
    with pytest.raises(FileEmpty, match="没有数据"):
        read_table(book([]), "a.xlsx")
