"""Torn, empty, encrypted, disguised and booby-trapped files each end in one clear refusal."""

from __future__ import annotations

import io
import struct
import zipfile
from collections.abc import Callable

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from mingjing.imports.kinds import kind_of
from mingjing.imports.limits import STANDARD, Limits
from mingjing.imports.refusals import (
    FileEmpty,
    FileKindUnknown,
    FileProtected,
    FileTooLarge,
    FileTorn,
    ImportRefused,
)
from mingjing.imports.tables import read_table

Book = Callable[..., io.BytesIO]
ROWS = [["案号", "案由"], *[[f"（2024）云0102民初{n}号", "离婚纠纷"] for n in range(1, 300)]]


def rezipped(data: bytes, replace: dict[str, bytes]) -> io.BytesIO:
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for info in source.infolist():
            made.writestr(info.filename, replace.get(info.filename, source.read(info)))
    target.seek(0)
    return target


def compound_file(*streams: str) -> bytes:
    """A compound file with the named streams in its directory and nothing in them."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHHHI", 0x3E, 3, 0xFFFE, 9, 6, 0, 0) + bytes(4)
    header += struct.pack("<IIIIIIIII", 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0, 0)
    header += b"\xff" * (512 - len(header))
    table = struct.pack("<II", 0xFFFFFFFD, 0xFFFFFFFE) + b"\xff" * 504
    entries = b""
    for name in ("Root Entry", *streams):
        raw = name.encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack(
            "<HBB", len(raw) + 2, 5 if name == "Root Entry" else 2, 1
        )
        entries += b"\xff" * 12 + bytes(36) + struct.pack("<IQ", 0xFFFFFFFE, 0)
    return header + table + entries.ljust(512, b"\0")


def test_a_file_of_no_bytes_is_empty() -> None:
    with pytest.raises(FileEmpty, match="0 字节"):
        read_table(io.BytesIO(), "a.xlsx")


@pytest.mark.parametrize("part", [0.2, 0.5, 0.9, 0.999])
def test_a_workbook_that_was_not_downloaded_to_the_end_is_torn(book: Book, part: float) -> None:
    data = book(ROWS).getvalue()
    with pytest.raises(FileTorn, match="不完整或已损坏"):
        read_table(io.BytesIO(data[: int(len(data) * part)]), "a.xlsx")


def test_a_workbook_with_damaged_content_is_torn(book: Book) -> None:
    data = rezipped(
        book(ROWS).getvalue(), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row r='1'><c"}
    )
    with pytest.raises(ImportRefused):
        list(read_table(data, "a.xlsx"))


def test_an_encrypted_workbook_asks_for_the_password_to_be_removed() -> None:
    with pytest.raises(FileProtected, match="取消密码"):
        read_table(io.BytesIO(compound_file("EncryptionInfo", "EncryptedPackage")), "a.xlsx")


def test_an_encrypted_archive_is_named_as_such() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("xl/workbook.xml", "x")
    data = bytearray(target.getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(FileProtected, match="密码"):
        read_table(io.BytesIO(bytes(data)), "a.xlsx")


def test_an_old_workbook_without_its_content_is_empty() -> None:
    with pytest.raises(FileEmpty):
        read_table(io.BytesIO(compound_file("Workbook")), "a.xls")


def test_a_word_document_is_named_as_such() -> None:
    with pytest.raises(FileKindUnknown, match="Word"):
        read_table(io.BytesIO(compound_file("WordDocument")), "a.xls")


def test_a_workbook_that_unpacks_to_hundreds_of_times_its_size_is_not_opened(book: Book) -> None:
    data = rezipped(book(ROWS).getvalue(), {"xl/styles.xml": b" " * (40 << 20)})
    with pytest.raises(FileTooLarge, match="倍"):
        read_table(data, "a.xlsx")


def test_a_workbook_that_lies_about_its_unpacked_size_is_torn(book: Book) -> None:
    data = bytearray(rezipped(book(ROWS).getvalue(), {"xl/styles.xml": b" " * (8 << 20)}).getvalue())
    size = struct.pack("<I", 8 << 20)
    while size in data:
        at = data.index(size)
        data[at : at + 4] = struct.pack("<I", 1000)
    with pytest.raises(FileTorn):
        read_table(io.BytesIO(bytes(data)), "a.xlsx")


@pytest.mark.parametrize(
    ("cell", "what"),
    [("XFD1048576", "行"), ("B1048576", "1,048,576 行"), ("XFD2", "列")],
)
def test_one_stray_cell_in_a_far_corner_does_not_cost_gigabytes(book: Book, cell: str, what: str) -> None:
    row = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>案号</t></is></c></row>'
        f'<row r="{row}"><c r="{cell}"><v>1</v></c></row></sheetData></worksheet>'
    )
    data = rezipped(book(ROWS).getvalue(), {"xl/worksheets/sheet1.xml": sheet.encode()})
    with pytest.raises(FileTooLarge, match=what):
        read_table(data, "a.xlsx")


def test_a_file_above_the_size_limit_is_not_opened(book: Book) -> None:
    with pytest.raises(FileTooLarge, match="一次最多"):
        read_table(book(ROWS), "a.xlsx", limits=Limits(bytes=1000))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"%PDF-1.7 abc", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "图片"),
        (b"Rar!\x1a\x07", "RAR"),
        (b"SQLite format 3\x00", "SQLite"),
        (b"<html><body>Session expired</body></html>", "登录已经过期"),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related", ".mht"),
    ],
)
def test_a_wrong_kind_is_named_whatever_the_ending_says(data: bytes, what: str) -> None:
    for name in ("a.xls", "a.xlsx", "a.csv"):
        with pytest.raises(FileKindUnknown, match=what):
            read_table(io.BytesIO(data), name)


def test_a_workbook_named_csv_and_a_text_named_xlsx_are_read_for_what_they_are(book: Book) -> None:
    assert read_table(book(ROWS), "a.csv").kind == "xlsx"
    assert read_table(io.BytesIO("案号,案由\n甲,乙\n".encode()), "a.xlsx").kind == "csv"


def test_an_archive_of_files_is_not_a_workbook() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("台账.csv", "案号,案由\n")
        made.writestr("说明.txt", "见台账")
    with pytest.raises(FileKindUnknown, match="请解压"):
        read_table(target, "a.zip")


def test_a_formula_without_a_saved_result_is_noted(book: Book) -> None:
    sheet = (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>案号</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>数</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>甲</t></is></c>'
        '<c r="B2"><f>1+1</f></c></row></sheetData></worksheet>'
    )
    table = read_table(
        rezipped(book(ROWS).getvalue(), {"xl/worksheets/sheet1.xml": sheet.encode()}), "a.xlsx"
    )
    assert "公式没有保存计算结果" in table.notes[0]


def test_a_formula_that_went_wrong_is_read_as_blank_and_said() -> None:
    """The mark of a fault is no word of the file: silently blank, a case would stay open that is closed."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    sheet = made.add_worksheet()
    sheet.write_row(0, 0, ["案号", "结案日期"])
    sheet.write_row(1, 0, ["甲"])
    sheet.write_formula(1, 1, "=A9+B9", None, "#REF!")
    made.close()
    table = read_table(target, "a.xlsx")
    assert [note for note in table.notes if "公式出错的标记" in note]
    assert [row.cells for row in table] == [("甲", "")]


def test_a_formula_with_a_saved_result_gives_the_result() -> None:
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    page = made.add_worksheet()
    page.write_row(0, 0, ["案号", "数"])
    page.write_row(1, 0, ["甲"])
    page.write_formula(1, 1, "=1+1", None, 2)
    made.close()
    table = read_table(target, "a.xlsx")
    assert [row.cells for row in table] == [("甲", 2.0)]
    assert table.notes == ()


@given(st.binary(max_size=600), st.sampled_from(["a.xlsx", "a.xls", "a.csv", "a.ods", "无后缀"]))
def test_random_bytes_raise_nothing_but_a_refusal(data: bytes, name: str) -> None:
    attempt(data, name)


@given(
    st.binary(max_size=400),
    st.sampled_from([b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b\x08", b"<"]),
)
def test_random_bytes_behind_a_known_beginning_raise_nothing_but_a_refusal(data: bytes, start: bytes) -> None:
    attempt(start + data, "a.xls")


@given(st.data())
def test_a_workbook_with_flipped_bytes_raises_nothing_but_a_refusal(data: st.DataObject) -> None:
    body = bytearray(SMALL)
    for _ in range(data.draw(st.integers(1, 6))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    attempt(bytes(body), "a.xlsx")


@given(st.text(max_size=300))
def test_any_text_raises_nothing_but_a_refusal(text: str) -> None:
    attempt(text.encode("utf-8", "surrogatepass"), "a.csv")


def attempt(data: bytes, name: str) -> None:
    try:
        kind_of(io.BytesIO(data), name, STANDARD)
        list(read_table(io.BytesIO(data), name))
    except ImportRefused as refusal:
        assert refusal.message


def _small() -> bytes:
    target = io.BytesIO()
    made = xlsxwriter.Workbook(target)
    page = made.add_worksheet()
    for index, row in enumerate(ROWS[:20]):
        page.write_row(index, 0, row)
    made.close()
    return target.getvalue()


SMALL = _small()
