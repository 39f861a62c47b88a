"""Workbooks of Excel 97 (.xls): read in a process of their own, which may die without harm."""

from __future__ import annotations

import contextlib
import io
import struct
from collections.abc import Sequence

import pytest

from mingjing.imports.apart import ReadApart, read_apart
from mingjing.imports.limits import STANDARD, Limits
from mingjing.imports.refusals import FileProtected, FileTooLarge, FileTorn, HeaderMissing, ImportRefused
from mingjing.imports.tables import read_table

END, FREE, FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def record(kind: int, body: bytes) -> bytes:
    return struct.pack("<HH", kind, len(body)) + body


def wide(text: str) -> bytes:
    return struct.pack("<HB", len(text), 1) + text.encode("utf-16-le")


def biff(rows: Sequence[Sequence[str | float]], *, locked: bool = False, sheet: str = "台账") -> bytes:
    """The records of a workbook with one sheet of texts and numbers."""
    begin = record(0x809, struct.pack("<HHHHII", 0x600, 5, 0, 0, 0, 0))
    begin += record(0x2F, struct.pack("<H", 1) + bytes(50)) if locked else b""
    name = struct.pack("<BB", len(sheet), 1) + sheet.encode("utf-16-le")
    place = len(begin) + 4 + 6 + len(name) + 4
    begin += record(0x85, struct.pack("<IBB", place, 0, 0) + name) + record(0x0A, b"")
    cells = record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0, 0, 0, 0))
    for index, row in enumerate(rows):
        for column, cell in enumerate(row):
            at = struct.pack("<HHH", index, column, 0)
            text = isinstance(cell, str)
            cells += (
                record(0x204, at + wide(str(cell))) if text else record(0x203, at + struct.pack("<d", cell))
            )
    return begin + cells + record(0x0A, b"")


def workbook(stream: bytes, *, next_of_last: int = END) -> bytes:
    """A compound file with one stream; ``next_of_last`` can tie its chain of sectors into a ring."""
    stream = stream.ljust(max(4096, -(-len(stream) // 512) * 512), b"\0")
    count = len(stream) // 512
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(6) + struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, END, 0, END, 0) + struct.pack("<I", 0)
    chain = [FAT, END, *range(3, count + 2), next_of_last]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(512, b"\xff")
    entries = b""
    for name, kind, child, start, size in (
        ("Root Entry", 5, 1, END, 0),
        ("Workbook", 2, FREE, 2, len(stream)),
    ):
        raw = name.encode("utf-16-le")
        entries += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, FREE, FREE, child)
        entries += bytes(36) + struct.pack("<IQ", start, size)
    return header.ljust(512, b"\xff") + table + entries.ljust(512, b"\0") + stream


ROWS: list[list[str | float]] = [["案号", "标的额"], ["（2009）昆民一初字第12号", 1.5], ["合计", 1.5]]


def test_an_old_workbook_is_read_like_a_new_one() -> None:
    table = read_table(io.BytesIO(workbook(biff(ROWS))), "台账.xls")
    assert (table.kind, table.sheet, table.sheets) == ("xls", "台账", ("台账",))
    assert table.header == ("案号", "标的额")
    assert [(row.number, row.cells) for row in table] == [(2, ("（2009）昆民一初字第12号", 1.5))]
    assert table.skipped.total == 1
    assert list(table) == list(table)


def test_an_old_workbook_named_xlsx_is_read_for_what_it_is() -> None:
    assert read_table(io.BytesIO(workbook(biff(ROWS))), "台账.xlsx").kind == "xls"


def test_an_old_workbook_with_a_password_is_named_as_such() -> None:
    with pytest.raises(FileProtected, match="取消密码"):
        read_table(io.BytesIO(workbook(biff(ROWS, locked=True))), "a.xls")


def test_a_sheet_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(HeaderMissing) as refusal:
        read_table(io.BytesIO(workbook(biff(ROWS))), "a.xls", sheet="年报")
    assert refusal.value.allowed == ("台账",)


def test_the_limits_hold_in_the_other_process_too() -> None:
    rows = [ROWS[0], *[ROWS[1]] * 50]
    with pytest.raises(FileTooLarge, match="10 行"):
        read_table(io.BytesIO(workbook(biff(rows))), "a.xls", limits=Limits(rows=10))


def test_a_size_that_asks_for_all_memory_ends_the_child_and_not_the_program() -> None:
    dimensions = record(0x200, struct.pack("<IIHHH", 0, 0x7FFFFFFF, 0, 0x7FFF, 0))
    stream = biff(ROWS)
    at = stream.rindex(record(0x204, struct.pack("<HHH", 0, 0, 0) + wide("案号")))
    with pytest.raises((FileTorn, FileTooLarge)):
        read_table(io.BytesIO(workbook(stream[:at] + dimensions + stream[at:])), "a.xls")


def test_a_chain_of_sectors_that_runs_in_a_ring_comes_to_an_end() -> None:
    with contextlib.suppress(ImportRefused):
        assert len(list(read_table(io.BytesIO(workbook(biff(ROWS), next_of_last=3)), "a.xls"))) == 1


def test_dates_and_times_cross_the_border_between_processes() -> None:
    found = ReadApart(
        lines=('[{"d": "2024-03-05"}, {"m": "2024-03-05T09:30:00"}, {"t": "09:30:00"}, {"s": "90"}]',)
    )
    (row,) = found.cells()
    assert [str(cell) for cell in row] == ["2024-03-05", "2024-03-05 09:30:00", "09:30:00", "0:01:30"]


def test_rubbish_is_torn() -> None:
    assert read_apart(io.BytesIO(b"\xd0\xcf\x11\xe0" * 600), "xls", "", STANDARD).fault == "torn"
