"""One table out of a file: header, data rows with their row numbers, and what was left out."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from mingjing.imports.delimited import DELIMITERS, Delimited
from mingjing.imports.encoding import detect_encoding
from mingjing.imports.headers import SEARCHED, find_header, header_name
from mingjing.imports.kinds import WORKBOOKS, kind_of
from mingjing.imports.limits import STANDARD, Limits
from mingjing.imports.naming import bare
from mingjing.imports.packed import unpacked
from mingjing.imports.refusals import FileEmpty, FileKindUnknown, HeaderMissing
from mingjing.imports.rows import Cell
from mingjing.imports.spreadsheets import Merge, Sheet, open_sheet
from mingjing.imports.synonyms import CASE_NUMBER
from mingjing.imports.webpages import read_page

_COUNTED = r"[\d,.]+\s*(件|条|行|宗|起|人|个|元|万元)?"
_TOTAL = re.compile(
    rf".{{0,12}}(合\s*计|小\s*计|总\s*计|共\s*计|累\s*计)\s*([（(].{{1,4}}[）)])?\s*[:：]?\s*({_COUNTED})?"
    r"|共\s*[\d,]+\s*(件|条|行|宗|起)(案件)?。?|(sub|grand )?total:?",
    re.IGNORECASE,
)
_NOTE = re.compile(
    r"((备|附)?注|(填表|统计)?说明|(填表|填报|制表|统计|打印|导出|审核|审批|复核|经办|联系|(单位)?负责)"
    r"(人|员|单位|部门|日期|时间)?|联系电话|数据(来源|截至|截止)|截[至止](日期|时间)?)\s*\d*\s*[:：].*"
    r"|第\s*\d+\s*页.*|[（(]?以下(空白|无正文)[）)]?",
    re.DOTALL,
)
_SAYS_TOTAL, _SAYS_NOTE = re.compile("[计共Tt]"), re.compile("[:：第以]")
"""What stands in every such cell, asked before the whole of it."""
_UNIT_ABOVE = re.compile(r"单位\s*[:：]\s*(千元|百万元|千万元|亿元|万元|元)")
_NOTED_CELLS = 6
_TOP = SEARCHED + 24
_CASE_NUMBER = re.compile(r"[（(〔\[]\s*[\d０-９]{4}\s*[）)〕\]].*号")


@dataclass(slots=True)
class Row:
    """``number`` is the row's number in the file, counted from 1 as a spreadsheet shows it.

    ``cells`` has one cell per header name, or more when a text row has a surplus of filled cells.
    """

    number: int
    cells: tuple[Cell, ...]


@dataclass(slots=True)
class Skipped:
    """Rows below the header that are not data: 合计 rows, blank rows, notes and headers printed again."""

    total: int = 0
    blank: int = 0
    note: int = 0


@dataclass(slots=True)
class Table:
    """A table that is read while it is walked; walking it again starts over.

    ``skipped`` is complete once an iteration has ended. ``since_1904`` tells which day serial 0 is, ``unit``
    the 单位：万元 that stands above the header.
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
    unit: str = ""
    notes: tuple[str, ...] = ()
    skipped: Skipped = field(default_factory=Skipped)

    def __iter__(self) -> Iterator[Row]:
        self.skipped = skipped = Skipped()
        width, below = len(self.header), self.header_rows[1]
        merged = _MergedCells(self.merges, below, width)
        blanks, names, noted = 0, frozenset(self.header), False
        for index, cells in enumerate(self.raw()):
            if index < below:
                continue
            if len(cells) != width:
                cells = _fit(cells, width)
            if merged.pending:
                merged.fill(index, cells)
            if not _filled(cells[0]) and not any(map(_filled, cells)):
                blanks += 1
                continue
            # Blank rows at the very end are only the margin of the sheet.
            skipped.blank, blanks = skipped.blank + blanks, 0
            if is_total_row(cells):
                skipped.total += 1
                continue
            noted = is_note_row(cells, after_note=noted)
            if noted or (cells[0] in names and _is_header_again(cells, self.header)):
                skipped.note += 1
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
    """Open a workbook, a delimited text or a web page with a table.

    ``encoding`` is a user's choice out of ``encoding.CHOICES``; ``expected`` are the columns a mapping
    needs, which help to find the header.

    Raises
    ------
    ImportRefused   one of its kinds, with the reason; nothing else
    """
    kind = kind_of(file, name, limits)
    if kind in WORKBOOKS:
        return _from_workbook(file, kind, name, sheet, expected, limits)
    if kind == "html":
        return _from_page(file, name, encoding, expected, limits)
    if kind == "csv.gz":
        file = unpacked(file, name, limits)
    elif kind != "csv":
        raise FileKindUnknown(f"“{name}”是事件日志（{kind}），不是表格。请在导入页选择“事件日志”。")
    return _from_text(file, name, encoding, expected, limits)


def is_total_row(cells: Sequence[Cell]) -> bool:
    """合计, 小计, 总计 … in one of the first two filled cells, and no case number anywhere in the row."""
    seen = 0
    for cell in cells:
        if cell is None or cell == "":
            continue
        if isinstance(cell, str) and _SAYS_TOTAL.search(cell) and _TOTAL.fullmatch(cell.strip()):
            return not any(isinstance(other, str) and _CASE_NUMBER.search(other) for other in cells)
        seen += 1
        if seen == 2:
            return False
    return False


def is_note_row(cells: Sequence[Cell], *, after_note: bool = False) -> bool:
    """注：…, 填表人：…, 第 1 页: a few words where a whole row should stand; under a note, a single text."""
    first = cells[0] or next((cell for cell in cells if cell is not None and cell != ""), None)
    if not isinstance(first, str):
        return False
    if not after_note and not (_SAYS_NOTE.search(first) and _NOTE.fullmatch(first.strip())):
        return False
    filled = [cell for cell in cells if cell is not None and cell != ""]
    if any(not isinstance(cell, str) or _CASE_NUMBER.search(cell) for cell in filled):
        return False
    return len(filled) <= (_NOTED_CELLS if _NOTE.fullmatch(first.strip()) else 1)


def _is_header_again(cells: Sequence[Cell], header: Sequence[str]) -> bool:
    """The header printed once more on every page."""
    pairs = [(header_name(cell), name) for cell, name in zip(cells, header, strict=False) if cell]
    return len(pairs) >= 2 and all(said in (name, name.rpartition("/")[2]) for said, name in pairs)


def _from_workbook(
    file: BinaryIO, kind: str, name: str, wanted: str, expected: Collection[str], limits: Limits
) -> Table:
    sheet = open_sheet(file, kind, name, limits, sheet=wanted)
    if not wanted and len(sheet.names) > 1 and not _fits(sheet, expected):
        sheet = _fitting_sheet(file, kind, name, limits, sheet, expected) or sheet
    header, rows = _header(sheet.rows, sheet.merges, name, expected)
    others = "、".join(f"“{one}”" for one in sheet.names if one != sheet.name)
    left = f"工作簿里有几张表，只读“{sheet.name}”，没有读{others}。要读别的，请改选工作表，一张导一次。"
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
        unit=_unit_above(sheet.rows, rows[0]),
        notes=(*sheet.notes, left) if others else sheet.notes,
    )


def _fits(sheet: Sheet, expected: Collection[str]) -> bool:
    """Whether a sheet has one of the columns asked for, or, where none is asked for, a case number."""
    found = find_header(list(islice(sheet.rows(), _TOP)), sheet.merges, expected)
    names = {bare(name.rpartition("/")[2]) for name in found.names} if found else set()
    wanted = expected or CASE_NUMBER
    return bool(names & {bare(name.rpartition("/")[2]) for name in wanted})


def _fitting_sheet(
    file: BinaryIO, kind: str, name: str, limits: Limits, first: Sheet, expected: Collection[str]
) -> Sheet | None:
    """The first of the other sheets that fits: registers often begin with a page of instructions."""
    for other in first.names:
        if other == first.name:
            continue
        try:
            sheet = open_sheet(file, kind, name, limits, sheet=other)
        except FileEmpty:
            continue
        if _fits(sheet, expected):
            return sheet
    return None


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
        unit=_unit_above(text.rows, rows[0]),
    )


def _from_page(file: BinaryIO, name: str, chosen: str, expected: Collection[str], limits: Limits) -> Table:
    page = read_page(file, name, chosen, limits)
    merges = tuple(page.table.merges)
    header, rows = _header(page.rows, merges, name, expected)
    notes = ["文件其实是网页，读的是里面的表格。"]
    if page.tables > 1:
        notes.append(f"网页里有 {page.tables} 张表，只读了最大的一张，请核对行数。")
    return Table(
        name,
        "html",
        header,
        rows,
        page.rows,
        merges=merges,
        encoding=page.encoding.label,
        because=page.encoding.because,
        unit=_unit_above(page.rows, rows[0]),
        notes=tuple(notes),
    )


def _header(
    rows: Callable[[], Iterator[list[Cell]]], merges: Sequence[Merge], name: str, expected: Collection[str]
) -> tuple[tuple[str, ...], tuple[int, int]]:
    top = list(islice(rows(), _TOP))
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


def _unit_above(rows: Callable[[], Iterator[list[Cell]]], first: int) -> str:
    """The unit a line above the header names for the whole table."""
    above = (cell for row in islice(rows(), first - 1) for cell in row if isinstance(cell, str))
    return next((match[1] for cell in above if (match := _UNIT_ABOVE.search(cell))), "")


def _fit(cells: list[Cell], width: int) -> list[Cell]:
    """Fill a short row; drop empty cells beyond the header, but keep a surplus that says something.

    A surplus in a text table usually means an unquoted delimiter that shifted the whole row.
    """
    while len(cells) > width and (cells[-1] is None or cells[-1] == "" or _is_space(cells[-1])):
        cells.pop()
    return cells + [None] * (width - len(cells))


def _filled(cell: Cell) -> bool:
    return cell is not None and cell != "" and not _is_space(cell)


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
