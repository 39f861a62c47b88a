"""One table out of a file: header, data rows with their row numbers, and what was left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from mingjing.imports.delimited import DELIMITERS, Delimited
from mingjing.imports.encoding import detect_encoding
from mingjing.imports.headers import SEARCHED, find_header
from mingjing.imports.kinds import kind_of
from mingjing.imports.limits import STANDARD, Limits
from mingjing.imports.refusals import FileEmpty, FileKindUnknown, HeaderMissing
from mingjing.imports.rows import Cell
from mingjing.imports.spreadsheets import Merge, open_sheet

_TOTAL = re.compile(
    r".{0,12}(合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)\s*[:：]?|(sub|grand )?total:?", re.IGNORECASE
)
_CASE_NUMBER = re.compile(r"[（(〔\[]\s*[\d０-９]{4}\s*[）)〕\]].*号")


@dataclass(frozen=True, slots=True)
class Row:
    """``number`` is the row's number in the file, counted from 1 as a spreadsheet shows it.

    ``cells`` has one cell per header name, or more when a text row has a surplus of filled cells.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Skipped:
    """Rows below the header that are not data: 合计 rows and blank rows."""

    total: int = 0
    blank: int = 0


@dataclass(slots=True)
class Table:
    """A table that is read while it is walked; walking it again starts over.

    ``skipped`` is complete once an iteration has ended. ``since_1904`` tells which day serial 0 is.
    """

    name: str
    kind: str
    header: tuple[str, ...]
    header_rows: tuple[int, int]
    raw: Callable[[], Iterator[list[Cell]]]
    merges: tuple[Merge, ...] = ()
    encoding: str = ""
    because: str = ""
    delimiter: str = ""
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    since_1904: bool = False
    notes: tuple[str, ...] = ()
    skipped: Skipped = field(default_factory=Skipped)

    def __iter__(self) -> Iterator[Row]:
        self.skipped = skipped = Skipped()
        width, below = len(self.header), self.header_rows[1]
        merged = _MergedCells(self.merges, below, width)
        blanks = 0
        for index, cells in enumerate(self.raw()):
            if index < below:
                continue
            if len(cells) != width:
                cells = _fit(cells, width)
            if merged.pending:
                merged.fill(index, cells)
            if not any(cell is not None and cell != "" and not _is_space(cell) for cell in cells):
                blanks += 1
                continue
            # Blank rows at the very end are only the margin of the sheet.
            skipped.blank, blanks = skipped.blank + blanks, 0
            if is_total_row(cells):
                skipped.total += 1
                continue
            yield Row(index + 1, tuple(cells))

    def preview(self, rows: int = 20) -> tuple[Row, ...]:
        """The first data rows, for a page on which the user checks encoding and header."""
        return tuple(islice(iter(self), rows))


def read_table(
    file: BinaryIO,
    name: str,
    *,
    encoding: str = "",
    sheet: str = "",
    expected: Collection[str] = (),
    limits: Limits = STANDARD,
) -> Table:
    """Open a workbook or a delimited text.

    ``encoding`` is a user's choice out of ``encoding.CHOICES``; ``expected`` are the columns a mapping
    needs, which help to find the header.

    Raises
    ------
    ImportRefused   one of its kinds, with the reason; nothing else
    """
    kind = kind_of(file, name, limits)
    if kind in ("xlsx", "xls", "ods"):
        return _from_workbook(file, kind, name, sheet, expected, limits)
    if kind != "csv":
        raise FileKindUnknown(f"“{name}”是事件日志（{kind}），不是表格。请在导入页选择“事件日志”。")
    return _from_text(file, name, encoding, expected, limits)


def is_total_row(cells: Sequence[Cell]) -> bool:
    """合计, 小计, 总计 … in one of the first two filled cells, and no case number anywhere in the row."""
    seen = 0
    for cell in cells:
        if cell is None or cell == "":
            continue
        if isinstance(cell, str) and _TOTAL.fullmatch(cell.strip()):
            return not any(isinstance(other, str) and _CASE_NUMBER.search(other) for other in cells)
        seen += 1
        if seen == 2:
            return False
    return False


def _from_workbook(
    file: BinaryIO, kind: str, name: str, wanted: str, expected: Collection[str], limits: Limits
) -> Table:
    sheet = open_sheet(file, kind, name, limits, sheet=wanted)
    header, rows = _header(sheet.rows, sheet.merges, name, expected)
    return Table(
        name,
        kind,
        header,
        rows,
        sheet.rows,
        merges=sheet.merges,
        sheet=sheet.name,
        sheets=sheet.names,
        since_1904=sheet.since_1904,
        notes=sheet.notes,
    )


def _from_text(file: BinaryIO, name: str, chosen: str, expected: Collection[str], limits: Limits) -> Table:
    encoding = detect_encoding(file, override=chosen)
    text = Delimited(file, encoding, name, limits)
    header, rows = _header(text.rows, (), name, expected)
    return Table(
        name,
        "csv",
        header,
        rows,
        text.rows,
        encoding=encoding.label,
        because=encoding.because,
        delimiter=DELIMITERS.get(text.delimiter, text.delimiter),
    )


def _header(
    rows: Callable[[], Iterator[list[Cell]]], merges: Sequence[Merge], name: str, expected: Collection[str]
) -> tuple[tuple[str, ...], tuple[int, int]]:
    top = list(islice(rows(), SEARCHED + 24))
    if not any(cell is not None and cell != "" for row in top for cell in row):
        raise FileEmpty(f"“{name}”的前 {len(top)} 行都是空白，没有数据。请检查导出是否成功。")
    found = find_header(top, merges, expected)
    if found is None:
        raise HeaderMissing(
            f"在“{name}”的前 {min(len(top), SEARCHED)} 行里没有找到表头。"
            "表头应是一行文字，写明每一列是什么。",
            example="案号、案由、立案日期、承办人",
        )
    return found.names, (found.first + 1, found.last + 1)


def _fit(cells: list[Cell], width: int) -> list[Cell]:
    """Fill a short row; drop empty cells beyond the header, but keep a surplus that says something.

    A surplus in a text table usually means an unquoted delimiter that shifted the whole row.
    """
    while len(cells) > width and (cells[-1] is None or cells[-1] == "" or _is_space(cells[-1])):
        cells.pop()
    return cells + [None] * (width - len(cells))


def _is_space(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


class _MergedCells:
    """Carries the value of a merged range into every cell it covers, for rows from ``first`` on."""

    def __init__(self, merges: Sequence[Merge], first: int, width: int) -> None:
        self.pending = sorted(
            (merge for merge in merges if merge.bottom >= first), key=lambda merge: merge.top
        )
        self._values: dict[Merge, Cell] = {}
        self._width = width

    def fill(self, index: int, cells: list[Cell]) -> None:
        for merge in self.pending:
            if merge.top > index:
                break
            if merge.bottom < index or merge.left >= self._width:
                continue
            if merge.top == index:
                self._values[merge] = cells[merge.left]
            for column in range(merge.left, min(merge.right + 1, self._width)):
                cells[column] = self._values.get(merge)
        if self.pending and self.pending[0].bottom < index:
            self.pending = [merge for merge in self.pending if merge.bottom >= index]
