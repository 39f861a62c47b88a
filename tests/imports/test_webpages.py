"""Web pages saved as workbooks, as many systems write them when they are asked for an .xls."""

from __future__ import annotations

import gzip
import io
import tracemalloc
from datetime import date

import pytest

from mingjing.imports.limits import Limits
from mingjing.imports.precheck import Precheck
from mingjing.imports.refusals import FileKindUnknown, FileTooLarge
from mingjing.imports.rows import CaseRow, RefusedRow
from mingjing.imports.suggesting import suggest_table
from mingjing.imports.tables import Table, read_table
from mingjing.imports.webpages import read_page
from mingjing.imports.words import Words

PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head>
<meta http-equiv="Content-Type" content="text/html; charset={}">
<title>台账</title><style>td{{mso-number-format:"\\@"}}</style></head><body>
<table border=1><tr><th rowspan=2>案号</th><th rowspan=2>案由</th><th colspan=2>时间</th>
<th rowspan=2>承办人</th></tr>
<tr><th>立案</th><th>结案</th></tr>
<tr><td>（2024）云0102民初401号</td><td>离婚&nbsp;纠纷</td><td>2024-03-05</td><td></td><td>王明</td></tr>
<tr><td>（2024）云0102民初402号<td rowspan=2>离婚纠纷</td><td>2024年3月6日</td><td>2024-05-01</td>
<td>王明<br></td></tr>
<tr><td>（2024）云0102民初403号</td><td>2024/3/7</td><td></td><td>李<b>静</b></td></tr>
</table><script>var a = "<table>";</script></body></html>"""
HEAD = "<tr><td>案号</td><td>承办人</td></tr>"
ROW = "<tr><td>（2024）云0102民初1号</td><td>王明</td></tr>"


def opened(page: str, codec: str = "utf-8", limits: Limits | None = None) -> Table:
    return read_table(io.BytesIO(page.encode(codec)), "导出.xls", limits=limits or Limits())


@pytest.mark.parametrize(
    ("declared", "codec"),
    [("gb2312", "gbk"), ("utf-8", "utf-8-sig"), ("GBK", "gb18030"), ("gb2312", "utf-8"), ("", "gbk")],
)
def test_a_page_saved_as_a_workbook_is_read_in_the_encoding_it_has(
    words: Words, declared: str, codec: str
) -> None:
    page = PAGE.format(declared)
    mapping = suggest_table(opened(page, codec), words)
    walk = Precheck(opened(page, codec), mapping, words)
    found = [row for row in walk if isinstance(row, CaseRow)]
    assert [row.number[-4:] for row in found] == ["401号", "402号", "403号"]
    assert [row.fields["立案日期"] for row in found] == [date(2024, 3, 5), date(2024, 3, 6), date(2024, 3, 7)]
    assert [row.fields.get("结案日期") for row in found] == [None, date(2024, 5, 1), None]
    assert [row.fields["案由"] for row in found] == ["离婚纠纷"] * 3
    assert [row.fields["承办人"] for row in found] == ["王明", "王明", "李静"]
    assert walk.remarks[0] == "文件其实是网页，读的是里面的表格。"


def test_the_largest_table_of_a_page_is_read_and_the_others_are_told_of() -> None:
    inner = f"<table>{HEAD}{ROW * 3}</table>"
    table = opened(f"<div><table><tr><td>菜单</td><td>首页</td><td>{inner}</td></tr></table></div>")
    assert table.header == ("案号", "承办人")
    assert len(list(table)) == 3
    assert table.notes[1] == "网页里有 2 张表，只读了最大的一张，请核对行数。"


def test_rows_and_cells_that_are_never_closed_end_where_the_next_begins() -> None:
    table = opened("<table><tr><td>案号<td>承办人<tr><td>（2024）云0102民初1号<td>王明")
    assert [row.cells for row in table] == [("（2024）云0102民初1号", "王明")]


@pytest.mark.parametrize(
    "page",
    ["<!DOCTYPE html><html><body>请重新登录<form></form></body></html>", "<html><table></table></html>"],
)
def test_the_page_of_a_log_in_that_has_run_out_is_named_as_such(page: str) -> None:
    with pytest.raises(FileKindUnknown, match="登录已经过期"):
        opened(page)


def test_a_page_is_held_to_the_limits_of_a_workbook() -> None:
    with pytest.raises(FileTooLarge):
        opened(f"<table>{HEAD}{ROW * 100}</table>", limits=Limits(rows=10))
    with pytest.raises(FileTooLarge):
        opened(f"<table>{HEAD}<tr><td colspan=99999999>x</td><td>y</td></tr></table>")


def test_a_cell_that_claims_to_reach_down_for_ever_does_not() -> None:
    deep = "<tr><td rowspan=99999999>（2024）云0102民初1号</td><td>王明</td></tr>"
    table = opened(f"<table>{HEAD}{deep}</table>")
    assert len(list(table)) == 1


def test_rows_of_few_letters_that_claim_many_places_are_held_to_the_area_of_a_sheet() -> None:
    wide = "<tr><td colspan=400>甲</td><td>乙</td></tr>"
    with pytest.raises(FileTooLarge):
        opened(f"<table>{HEAD}{wide * 20}</table>", limits=Limits(area=5_000))


def test_a_cell_that_claims_half_a_million_places_costs_no_more_than_a_row() -> None:
    page = f"<table>{HEAD}{'<tr><td rowspan=999 colspan=500>甲</td></tr>' * 3}{ROW}</table>".encode()
    tracemalloc.start()
    try:
        read_page(io.BytesIO(page), "导出.xls", "", Limits(columns=2_000))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 2 << 20, peak


def test_a_web_archive_and_a_packed_page_are_refused_with_the_way_out() -> None:
    with pytest.raises(FileKindUnknown, match=r"另存为 \.xlsx"):
        opened("MIME-Version: 1.0\nContent-Type: multipart/related\n\n<table>")
    with pytest.raises(FileKindUnknown, match="请解压"):
        read_table(io.BytesIO(gzip.compress(b"<html><table></table>")), "a.xls.gz")


def test_a_cell_of_a_page_that_cannot_be_read_is_refused_at_its_place(words: Words) -> None:
    page = f"<table><tr><td>案号</td><td>立案日期</td></tr>{ROW}</table>"
    mapping = suggest_table(opened(page), words)
    (row,) = Precheck(opened(page), mapping, words)
    assert isinstance(row, RefusedRow)
    assert {(error.row, error.column, error.value) for error in row.errors} == {(2, "立案日期", "王明")}
