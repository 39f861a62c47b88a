"""Registers as other courts keep them: columns named otherwise, notes around the table, several sheets."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
import xlsxwriter

from mingjing.imports.mapping import Mapping
from mingjing.imports.precheck import Precheck
from mingjing.imports.refusals import FileKindUnknown, HeaderMissing
from mingjing.imports.rows import CaseRow, RefusedRow
from mingjing.imports.suggesting import suggest, suggest_table
from mingjing.imports.tables import is_note_row, is_total_row, read_table
from mingjing.imports.words import Words

Book = Callable[..., io.BytesIO]
NUMBER = "（2024）云0102民初{}号"
HEAD = ["案号", "案由", "立案日期", "承办人"]


def row(serial: int) -> list[Any]:
    return [NUMBER.format(serial), "离婚纠纷", date(2024, 3, 5), "王明"]


def read(file: io.BytesIO | str, words: Words, name: str = "a.csv") -> tuple[list[Any], Precheck, Mapping]:
    """Every row under the mapping the file suggests by itself."""
    data = io.BytesIO(file.encode()) if isinstance(file, str) else file
    mapping = suggest_table(read_table(data, name), words)
    walk = Precheck(read_table(data, name, expected=mapping.file_columns), mapping, words)
    return list(walk), walk, mapping


def test_rows_hidden_by_a_filter_are_read_and_named(words: Words) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("台账")
    for at, cells in enumerate([HEAD[:2], [NUMBER.format(1), "离婚纠纷"], [NUMBER.format(2), "离婚纠纷"]]):
        page.write_row(at, 0, cells)
    page.set_row(2, None, None, {"hidden": True})
    book.close()
    found, walk, _ = read(target, words, "a.xlsx")
    assert len(found) == 2
    assert walk.remarks == ("有隐藏的行（例如筛选时收起来的），也照样读入。不要的请先删除再上传。",)


def sheets(*pages: tuple[str, Sequence[Sequence[Any]]], hidden: str = "") -> io.BytesIO:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    days = book.add_format({"num_format": "yyyy-mm-dd"})
    for name, rows in pages:
        page = book.add_worksheet(name)
        for at, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                if isinstance(cell, date):
                    page.write_datetime(at, column, cell, days)
                else:
                    page.write(at, column, cell)
        if name == hidden:
            page.hide()
    book.close()
    return target


@pytest.mark.parametrize(
    ("column", "field"),
    [
        ("收案日", "立案日期"), ("立案日", "立案日期"), ("Date Filed", "立案日期"),
        ("date-filed", "立案日期"),
        ("Data da Distribuição", "立案日期"), ("审结时间", "结案日期"), ("结案日", "结案日期"),
        ("Judgment Date", "结案日期"), ("Data do Julgamento", "结案日期"), ("承办庭", "承办部门"),
        ("承办业务庭", "承办部门"), ("Órgão Julgador", "承办部门"), ("主审法官", "承办人"),
        ("承办法官姓名", "承办人"), ("Assigned To", "承办人"), ("案由名称", "案由"),
        ("Nature of Suit", "案由"),
        ("适用程序类别", "审理程序"), ("诉讼标的(万元)", "标的额"),
    ],
)  # fmt: skip
def test_a_column_named_otherwise_is_recognised(words: Words, column: str, field: str) -> None:
    assert suggest(("案件字号", column), words).columns[field].column == column


@pytest.mark.parametrize(
    "column",
    [
        "案件字号",
        "Docket Number",
        "docket_number",
        "Claim No.",
        "Número do Processo",
        "Case Reference",
        "案号（全称）",
    ],
)
def test_a_case_number_by_another_name_is_recognised(words: Words, column: str) -> None:
    assert suggest(("a", column, "b"), words).number.column == column


def test_sums_in_a_foreign_currency_are_not_taken_for_yuan(words: Words) -> None:
    assert "标的额" not in suggest(("案号", "Amount", "Valor da Causa"), words).columns


def test_notes_under_the_table_and_headers_printed_again_are_no_rows(words: Words, book: Book) -> None:
    rows = [
        HEAD,
        row(1),
        HEAD,
        row(2),
        ["合计", None, "2件", None],
        ["注：1.本表由审管办填报；2.数据截至2024-03-31。"],
        ["3.涉密案件不在其内。"],
        ["填表人：甲", "", "审核人：乙", ""],
        ["第 1 页 共 2 页"],
    ]
    found, walk, _ = read(book(rows), words, "a.xlsx")
    assert [one.number for one in found] == [NUMBER.format(1), NUMBER.format(2)]
    counts = walk.counts
    assert (counts.rows, counts.skipped_total, counts.skipped_note) == (2, 1, 5)


@pytest.mark.parametrize(
    "text", ["合计 1 件", "合计：12件", "总计（件）", "本页小计", "共1件", "共 1,024 件。", "小计 3", "Total"]
)
def test_a_total_may_say_its_number_in_the_same_cell(text: str) -> None:
    assert is_total_row((text, None, None))


@pytest.mark.parametrize(
    "cells", [("共同诉讼", "x"), ("说明", "x"), ("注册商标：甲", "x"), ("王小计划", None), ("A-1", "共3人")]
)
def test_words_that_only_begin_like_a_total_or_a_note_are_data(cells: tuple[str, ...]) -> None:
    assert not is_total_row(cells)
    assert not is_note_row(cells)


def test_a_note_that_carries_a_case_number_is_not_passed_over() -> None:
    assert not is_note_row(("备注：见", NUMBER.format(1)))


def test_a_row_of_units_belongs_to_the_header(words: Words, book: Book) -> None:
    rows = [
        ["案号", "标的额", "立案日期"],
        [None, "（万元）", None],
        [NUMBER.format(1), 12.5, date(2024, 3, 5)],
    ]
    found, _, mapping = read(book(rows), words, "a.xlsx")
    assert mapping.columns["标的额"].unit == "万元"
    assert [one.fields["标的额"] for one in found] == [Decimal("125000.00")]


def test_the_unit_above_the_header_holds_where_a_column_names_none(words: Words) -> None:
    text = f"收案台账,,单位：万元\n案号,标的额,申请执行金额（元）\n{NUMBER.format(1)},12.5,300\n"
    found, _, mapping = read(text, words)
    assert mapping.columns["标的额"].unit == "万元"
    assert found[0].fields["标的额"] == Decimal("125000.00")


def test_the_first_sheet_with_case_numbers_is_read_and_the_others_are_named(words: Words) -> None:
    intro = [["填写说明"], ["一、案号按规定填写"], ["二、日期写成2024-03-05"]]
    pivot: list[list[Any]] = [["庭室", "收案", "结案"], ["民一庭", 3, 2]]
    found, walk, _ = read(sheets(("说明", intro), ("汇总", pivot), ("台账", [HEAD, row(1)])), words, "a.xlsx")
    assert [one.number for one in found] == [NUMBER.format(1)]
    assert walk.remarks == (
        "工作簿里有几张表，只读“台账”，没有读“说明”、“汇总”。要读别的，请改选工作表，一张导一次。",
    )


def test_a_sheet_may_be_chosen_and_a_hidden_one_is_not_looked_at() -> None:
    book = sheets(("2023", [HEAD, row(1)]), ("2024", [HEAD, row(2)]), ("底稿", [HEAD, row(3)]), hidden="底稿")
    assert read_table(book, "a.xlsx").sheet == "2023"
    chosen = read_table(book, "a.xlsx", sheet="2024")
    assert [one.cells[0] for one in chosen] == [NUMBER.format(2)]
    assert chosen.sheets == ("2023", "2024")
    with pytest.raises(HeaderMissing, match="没有叫“2025”的工作表"):
        read_table(book, "a.xlsx", sheet="2025")


def test_due_dates_of_a_register_are_kept_and_counted_against_the_closing(words: Words) -> None:
    text = f"案号,立案日期,应结案日期,结案日期\n{NUMBER.format(1)},2024-03-05,2024-06-05,2024-06-08\n"
    found, _, mapping = read(text, words)
    assert [(due.due, due.done, due.level) for due in mapping.dues] == [("应结案日期", "结案日期", "case")]
    assert found[0].fields["应结案日期"] == date(2024, 6, 5)


def test_due_dates_of_a_table_of_events_are_counted_against_the_day_of_the_event(words: Words) -> None:
    (event,), _, mapping = read(
        f"案号,节点名称,完成时间,期限届满日\n{NUMBER.format(1)},开庭,2024-03-25,2024-03-20\n", words
    )
    assert (event.due, event.finished) == (date(2024, 3, 20), date(2024, 3, 25))
    assert [(due.due, due.done, due.level) for due in mapping.dues] == [("期限届满日", "完成时间", "event")]


def test_digits_kept_as_text_by_an_apostrophe_or_a_tab_are_read(words: Words) -> None:
    found, _, _ = read(
        f"案号,立案日期\n'{NUMBER.format(1)},'2024-03-05\n\t{NUMBER.format(2)},\t2024-03-05\n", words
    )
    assert [(one.number, one.fields["立案日期"]) for one in found] == [
        (NUMBER.format(1), date(2024, 3, 5)),
        (NUMBER.format(2), date(2024, 3, 5)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "24年3月5日",
        "24.3.5",
        "3/5/2024",
        "2024年3月5日星期三",
        "甲辰年正月廿五",
        "2024-02-30",
        "3月5日",
        "2024年3月",
    ],
)
def test_a_day_that_cannot_be_told_is_refused_with_place_cause_and_example(words: Words, text: str) -> None:
    (refused,), _, _ = read(f"案号,立案日期\n{NUMBER.format(1)},{text}\n", words)
    assert isinstance(refused, RefusedRow)
    error = refused.errors[0]
    assert (error.row, error.column) == (2, "立案日期")
    assert text in error.reason
    assert error.allowed or error.example


def test_american_and_brazilian_dockets_are_dated_by_their_own_order(words: Words) -> None:
    american = "Docket Number,Date Filed,Date Terminated\n1:20-cv-1,03/25/2020,04/02/2021\n"
    brazilian = "Número do Processo;Data da Distribuição;Data do Julgamento\n1;25/03/2020;02/04/2021 14:00\n"
    for text in (american, brazilian):
        data = io.BytesIO(text.encode())
        table = read_table(data, "a.csv")
        mapping = suggest_table(table, words).model_copy(update={"number_grammar": "自由", "kinds": "自由"})
        (case,) = list(Precheck(table, mapping, words))
        assert isinstance(case, CaseRow)
        assert (case.fields["立案日期"], case.fields["结案日期"]) == (date(2020, 3, 25), date(2021, 4, 2))


def test_a_packed_workbook_is_asked_to_be_unpacked(book: Book) -> None:
    import gzip

    with pytest.raises(FileKindUnknown, match="请解压后上传"):
        read_table(io.BytesIO(gzip.compress(book([HEAD, row(1)]).getvalue())), "a.xlsx.gz")


def test_three_levels_of_header_name_the_day_by_the_two_lowest(words: Words) -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target)
    page = book.add_worksheet("收结案台账")
    page.merge_range(0, 0, 0, 4, "某某人民法院 2024 年收结案台账")
    page.merge_range(1, 0, 3, 0, "案号")
    page.merge_range(1, 1, 1, 4, "案件情况")
    page.merge_range(2, 1, 3, 1, "案由")
    page.merge_range(2, 2, 2, 3, "时间")
    page.write_row(3, 2, ["立案", "结案"])
    page.merge_range(2, 4, 3, 4, "标的额（万元）")
    page.write_row(4, 0, [NUMBER.format(1), "离婚纠纷", "2024/3/5 上午9:00", "2024/9/6 下午3:30", "12,000"])
    page.write_row(5, 0, ["小计", "1 件"])
    page.write_row(7, 0, ["注：1.本表由内勤填写。"])
    page.write_row(8, 0, ["2.标的额以起诉状为准。"])
    book.close()
    found, walk, mapping = read(target, words, "台账.xlsx")
    assert mapping.columns["立案日期"].column == "案件情况/时间/立案"
    (case,) = found
    assert (case.fields["立案日期"], case.fields["结案日期"]) == (date(2024, 3, 5), date(2024, 9, 6))
    assert case.fields["标的额"] == Decimal(120_000_000)
    assert (walk.counts.skipped_total, walk.counts.skipped_note) == (1, 2)


ECOURTS = """CNR Number,Case Type,Filing Date,Decision Date,Nature of Disposal,Court Number and Judge
DLCT010001232023,CS SCJ,05-01-2023,17-11-2023,Contested,5-Civil Judge
DLCT010004562023,CS SCJ,31-01-2023,,,5-Civil Judge
"""
DOCKET = """Case Number,Case Filed Date,Date Terminated,Presiding Judge,Nature of Suit,Cause
1:22-cv-00123,01/13/2022,08/30/2023,Hon. J. Doe,440 Civil Rights,42:1983
1:22-cv-00124,02/01/2022,,Hon. J. Doe,190 Contract,28:1332
"""
PROCESSOS = """Nº do Processo;Data de Distribuição;Data do Julgamento;Órgão Julgador
0001234-56.2023.8.26.0100;05/03/2023;21/11/2023;3ª Vara Cível
0009999-11.2023.8.26.0100;28/02/2023;;1ª Vara Cível
"""


@pytest.mark.parametrize(
    ("text", "filed", "closed"),
    [
        (ECOURTS, [date(2023, 1, 5), date(2023, 1, 31)], date(2023, 11, 17)),
        (DOCKET, [date(2022, 1, 13), date(2022, 2, 1)], date(2023, 8, 30)),
        (PROCESSOS, [date(2023, 3, 5), date(2023, 2, 28)], date(2023, 11, 21)),
    ],
)
def test_indian_american_and_brazilian_exports_are_dated_by_their_own_columns(
    words: Words, text: str, filed: list[date], closed: date
) -> None:
    mapping = suggest_table(read_table(io.BytesIO(text.encode()), "a.csv"), words)
    mapping = mapping.model_copy(update={"number_grammar": "自由", "kinds": "自由"})
    found = list(Precheck(read_table(io.BytesIO(text.encode()), "a.csv"), mapping, words))
    cases = [row for row in found if isinstance(row, CaseRow)]
    assert len(cases) == 2, [row.errors for row in found if isinstance(row, RefusedRow)]
    assert [case.fields["立案日期"] for case in cases] == filed
    assert [case.fields.get("结案日期") for case in cases] == [closed, None]


def test_what_a_suit_is_about_comes_before_the_statute_it_rests_on(words: Words) -> None:
    mapping = suggest_table(read_table(io.BytesIO(DOCKET.encode()), "a.csv"), words)
    assert mapping.columns["案由"].column == "Nature of Suit"


def test_characters_outside_the_common_ones_survive_in_gb18030(words: Words) -> None:
    usual = "".join(f"{NUMBER.format(serial)},2024-03-05,王明,李静\n" for serial in range(2, 9))
    text = f"案号,立案日期,承办人,原告\n{NUMBER.format(1)},2024-03-05,𠮷野䶮,㐂𫍯\n{usual}"
    found, _, _ = read(io.BytesIO(text.encode("gb18030")), words)
    case = found[0]
    assert (case.fields["承办人"], case.parties[0].name) == ("𠮷野䶮", "㐂𫍯")
