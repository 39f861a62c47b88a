"""XML spreadsheets of 2003, and texts packed alone in a zip archive, as old systems hand them out."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime

import pytest

from mingjing.imports.kinds import kind_of
from mingjing.imports.limits import STANDARD, Limits
from mingjing.imports.refusals import FileKindUnknown, FileTooLarge, FileTorn, HeaderMissing
from mingjing.imports.tables import Table, read_table

BOOK = """<?xml version="1.0" encoding="{codec}"?>{doctype}
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <Worksheet ss:Name="字典"><Table><Row><Cell><Data ss:Type="String">案号</Data></Cell></Row></Table>
  <x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
 <Worksheet ss:Name="台账"><Table>
  <Row><Cell ss:MergeAcross="3"><Data ss:Type="String">本年台账</Data></Cell></Row>
  <Row ss:Index="3"><Cell ss:MergeDown="1"><Data ss:Type="String">案号</Data></Cell>
   <Cell ss:MergeAcross="1"><Data ss:Type="String">时间</Data></Cell>
   <Cell ss:MergeDown="1"><Data ss:Type="String">标的额</Data></Cell></Row>
  <Row><Cell ss:Index="2"><Data ss:Type="String">立案</Data></Cell>
   <Cell><Data ss:Type="String">结案</Data></Cell></Row>
  <Row><Cell><ss:Data ss:Type="String"><html:B>（2024）云0102民初1号</html:B></ss:Data></Cell>
   <Cell><Data ss:Type="DateTime">2024-03-05T00:00:00.000</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="Number">12.5</Data></Cell></Row>
  <Row><Cell><Data ss:Type="String">合计</Data></Cell>
   <Cell ss:Index="4"><Data ss:Type="Number">1</Data></Cell></Row>
 </Table></Worksheet></Workbook>"""


def opened(text: str = "", codec: str = "UTF-8", limits: Limits = STANDARD, sheet: str = "") -> Table:
    data = (text or BOOK.format(codec=codec, doctype="")).encode(codec)
    return read_table(io.BytesIO(data), "台账.xls", limits=limits, sheet=sheet)


@pytest.mark.parametrize("codec", ["UTF-8", "GB2312", "UTF-16"])
def test_an_xml_spreadsheet_is_read_like_any_workbook(codec: str) -> None:
    table = opened(codec=codec)
    assert table.kind == "xml2003"
    assert (table.sheet, table.sheets) == ("台账", ("台账",))
    assert table.header == ("案号", "时间/立案", "时间/结案", "标的额")
    assert [row.cells for row in table] == [("（2024）云0102民初1号", DAY, None, 12.5)]
    assert table.skipped.total == 1


def test_a_hidden_sheet_is_read_only_when_it_is_named() -> None:
    assert opened(sheet="字典").sheet == "字典"
    with pytest.raises(HeaderMissing, match="没有叫“别的”的工作表"):
        opened(sheet="别的")


def test_an_xml_spreadsheet_that_breaks_off_is_torn() -> None:
    with pytest.raises(FileTorn):
        opened(BOOK.format(codec="UTF-8", doctype="")[:-30])


@pytest.mark.parametrize(
    ("said", "instead"),
    [('ss:Index="3"', 'ss:Index="0"'), ('ss:Index="3"', 'ss:Index="x"'), ('ss:Index="2"', 'ss:Index="0"')],
)
def test_places_that_cannot_be_are_damage(said: str, instead: str) -> None:
    with pytest.raises(FileTorn):
        opened(BOOK.format(codec="UTF-8", doctype="").replace(said, instead))


@pytest.mark.parametrize("place", ["900001", "99999999999"])
def test_a_row_far_below_is_too_large(place: str) -> None:
    with pytest.raises(FileTooLarge):
        opened(BOOK.format(codec="UTF-8", doctype="").replace('ss:Index="3"', f'ss:Index="{place}"'))


def test_a_document_type_is_refused() -> None:
    with pytest.raises(FileKindUnknown, match="DOCTYPE"):
        opened(BOOK.format(codec="UTF-8", doctype="<!DOCTYPE a>"))


def packed(**files: str) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text.encode("gb18030"))
    return data


DAY = datetime.fromisoformat("2024-03-05")
CSV = "案号,立案日期\n（2024）云0102民初1号,2024-03-05\n"


def test_a_table_alone_in_an_archive_is_read() -> None:
    file = packed(**{"导出/案件.csv": CSV, "__MACOSX/导出/._案件.csv": "x", "导出/.DS_Store": "x"})
    table = read_table(file, "案件.zip")
    assert table.header == ("案号", "立案日期")
    assert len(list(table)) == 1


def test_a_log_alone_in_an_archive_is_told_by_what_it_is() -> None:
    assert kind_of(packed(**{"日志.jsonl": '{"a": 1}\n{"a": 2}'}), "日志.zip", STANDARD) == "jsonl.gz"


@pytest.mark.parametrize("files", [{"a.csv": CSV, "b.csv": CSV}, {"a.pdf": "%PDF-1.4"}, {}])
def test_an_archive_of_several_files_or_of_something_else_is_refused(files: dict[str, str]) -> None:
    with pytest.raises(FileKindUnknown):
        kind_of(packed(**files), "案件.zip", STANDARD)
