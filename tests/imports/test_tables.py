"""Data rows: what is skipped and counted, merged cells, row numbers, kinds of files."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date

import pytest

from mingjing.imports.limits import Limits
from mingjing.imports.refusals import FileKindUnknown, FileTooLarge, FileTorn, HeaderMissing
from mingjing.imports.tables import is_total_row, read_table

Book = Callable[..., io.BytesIO]
NUMBER = "（2024）云0102民初{}号"


def csv(text: str, codec: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(text.encode(codec))


def test_total_rows_and_blank_rows_are_skipped_and_counted_apart() -> None:
    text = (
        "序号,案号,标的额\n"
        f"1,{NUMBER.format(1)},100\n"
        "小计,,100\n"
        "\n"
        " , ,\n"
        f"2,{NUMBER.format(2)},50\n"
        "合 计：,,150\n"
        ",总计,150\n"
        "\n\n"
    )
    table = read_table(csv(text), "a.csv")
    assert [row.number for row in table] == [2, 6]
    assert (table.skipped.total, table.skipped.blank) == (3, 2)


@pytest.mark.parametrize("text", ["合计", "合  计", "民一庭小计", "总计：", "累计", "Total", "Grand Total:"])
def test_words_that_mark_a_total_row(text: str) -> None:
    assert is_total_row((text, "", 3.0))


def test_a_row_with_a_case_number_is_never_a_total_row() -> None:
    assert not is_total_row(("小计", NUMBER.format(3), "x"))


def test_a_name_that_ends_like_a_total_beyond_the_second_cell_is_data() -> None:
    assert not is_total_row(("1", "离婚纠纷", "王小计"))


def test_cells_merged_down_the_data_fill_every_row(book: Book) -> None:
    rows = [
        ["部门", "案号"],
        [None, NUMBER.format(1)],
        [None, NUMBER.format(2)],
        ["民二庭", NUMBER.format(3)],
    ]
    table = read_table(book(rows, merges=[(1, 0, 2, 0, "民一庭")]), "a.xlsx")
    assert [row.cells[0] for row in table] == ["民一庭", "民一庭", "民二庭"]


@pytest.mark.parametrize(
    ("delimiter", "name"), [(",", "逗号"), (";", "分号"), ("\t", "制表符"), ("|", "竖线")]
)
def test_the_delimiter_is_found(delimiter: str, name: str) -> None:
    rows = [
        ["案号", "案由", "原告"],
        [NUMBER.format(1), "买卖, 租赁纠纷", "甲"],
        [NUMBER.format(2), "b", "乙"],
    ]
    quoted = [[f'"{cell}"' if delimiter in cell else cell for cell in row] for row in rows]
    table = read_table(csv("\n".join(delimiter.join(row) for row in quoted)), "a.csv")
    assert table.delimiter == name
    assert [list(row.cells) for row in table] == rows[1:]


def test_a_line_that_declares_the_delimiter_is_obeyed_and_counted_as_a_row() -> None:
    table = read_table(csv(f"sep=;\n案号;案由\n{NUMBER.format(1)};a,b,c,d\n"), "a.csv")
    assert [(row.number, row.cells[1]) for row in table] == [(3, "a,b,c,d")]


def test_a_line_break_inside_quotes_does_not_shift_row_numbers() -> None:
    text = f'案号,原告\n{NUMBER.format(1)},"甲公司\n乙公司"\n{NUMBER.format(2)},丙\n'
    assert [row.number for row in read_table(csv(text), "a.csv")] == [2, 3]


def test_a_quote_that_is_never_closed_is_a_torn_file() -> None:
    text = f'案号,原告\n{NUMBER.format(1)},"甲公司\n{NUMBER.format(2)},丙\n{NUMBER.format(3)},丁\n'
    with pytest.raises(FileTorn, match="第 2 行有一个引号没有配对"):
        list(read_table(csv(text), "a.csv"))


def test_a_surplus_cell_is_kept_for_the_check_and_an_empty_one_dropped() -> None:
    table = read_table(
        csv(f"案号,原告\n{NUMBER.format(1)},甲,乙\n{NUMBER.format(2)},丙,\n{NUMBER.format(3)}\n"), "a.csv"
    )
    assert [len(row.cells) for row in table] == [3, 2, 2]


def test_the_trick_that_keeps_digits_as_text_is_undone() -> None:
    table = read_table(csv('案号,编号\n甲,"=""00123"""\n'), "a.csv")
    assert [row.cells[1] for row in table] == ["00123"]


def test_dates_and_numbers_of_a_workbook_keep_their_type(book: Book) -> None:
    table = read_table(book([["案号", "日期", "数"], ["甲", date(2024, 3, 5), 1.5]]), "a.xlsx")
    assert [row.cells for row in table] == [("甲", date(2024, 3, 5), 1.5)]


def test_a_workbook_counted_from_1904_says_so(book: Book) -> None:
    assert read_table(book([["案号", "日期"], ["甲", "x"]], since_1904=True), "a.xlsx").since_1904


def test_the_first_visible_sheet_with_content_is_read_and_another_can_be_named(book: Book) -> None:
    table = read_table(book([["案号", "案由"], ["甲", "乙"]], sheet="台账"), "a.xlsx")
    assert (table.sheet, table.sheets) == ("台账", ("台账",))
    with pytest.raises(HeaderMissing, match="没有叫“年报”的工作表"):
        read_table(book([["案号", "案由"], ["甲", "乙"]], sheet="台账"), "a.xlsx", sheet="年报")


def test_walking_a_table_twice_gives_the_same_rows(book: Book) -> None:
    table = read_table(book([["案号", "案由"], ["甲", "乙"], ["合计", "1"]]), "a.xlsx")
    assert list(table) == list(table)
    assert table.skipped.total == 1
    assert table.preview(1) == tuple(list(table)[:1])


def test_rows_beyond_the_limit_are_refused_with_the_limit(book: Book) -> None:
    limits = Limits(rows=100)
    text = "案号,案由\n" + "甲,乙\n" * 200
    with pytest.raises(FileTooLarge, match="一次最多导入 100 行"):
        list(read_table(csv(text), "a.csv", limits=limits))
    with pytest.raises(FileTooLarge, match="请按年度或庭室拆成几个文件"):
        read_table(book([["案号", "案由"], *[["甲", "乙"]] * 200]), "a.xlsx", limits=limits)


def test_a_log_uploaded_as_a_table_is_sent_to_the_right_page() -> None:
    with pytest.raises(FileKindUnknown, match="事件日志"):
        read_table(io.BytesIO(b'<?xml version="1.0"?><log/>'), "a.csv")
