"""XML spreadsheets of 2003: one XML file with every sheet, which many systems still write as .xls."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import BinaryIO
from xml.parsers import expat

from mingjing.imports.limits import Limits
from mingjing.imports.packages import too_many_rows, too_wide, torn
from mingjing.imports.packed import chunks_of
from mingjing.imports.refusals import FileKindUnknown
from mingjing.imports.rows import Cell
from mingjing.imports.xmltext import parseable

_SHEETS = "urn:schemas-microsoft-com:office:spreadsheet"
_HIDDEN = "urn:schemas-microsoft-com:office:excel Visible"


@dataclass(slots=True)
class XmlSheet:
    """One sheet: its rows from the first, and merged ranges as (top, left, bottom, right)."""

    name: str
    hidden: bool = False
    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    width: int = 0
    filled: bool = False

    def cells(self) -> Iterator[list[Cell]]:
        """Every row, as wide as what stands in it."""
        for row in self.rows:
            yield list(row)


@dataclass(slots=True)
class XmlBook:
    """The sheets in their order; ``since_1904`` tells which day serial 0 is."""

    sheets: list[XmlSheet] = field(default_factory=list)
    since_1904: bool = False
    hidden_rows: bool = False


def read_xml_book(file: BinaryIO, name: str, limits: Limits) -> XmlBook:
    """All sheets of the file.

    Raises
    ------
    FileTorn          the XML breaks off or is damaged
    FileKindUnknown   it has a document type
    FileTooLarge      more rows, columns or cells than the limits allow
    """
    reader = _Reader(name, limits)
    try:
        for chunk in parseable(chunks_of(file, name, False, limits), name):
            reader.parser.Parse(chunk, False)
        reader.parser.Parse(b"", True)
    except (expat.ExpatError, ValueError) as error:
        raise torn(name) from error
    return reader.book


class _Reader:
    """Follows the elements Worksheet, Row, Cell and Data; everything else is formatting."""

    def __init__(self, name: str, limits: Limits) -> None:
        self.book = XmlBook()
        self._name, self._limits = name, limits
        self._sheet: XmlSheet | None = None
        self._row = self._column = -1
        self._span = 1  # how many columns the last cell covers
        self._kind = ""
        self._texts: list[str] | None = None
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse_doctype

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        what = tag.rpartition(" ")[2]
        said = {key.rpartition(" ")[2]: value for key, value in attributes.items() if _SHEETS in key}
        if what == "Worksheet":
            self._sheet = XmlSheet(said.get("Name", ""))
            self.book.sheets.append(self._sheet)
            self._row = -1
        elif self._sheet is None:
            return
        elif what == "Row":
            self._begin_row(self._sheet, said)
        elif what == "Cell":
            self._begin_cell(self._sheet, said)
        elif what == "Data" and tag.startswith(_SHEETS):
            self._kind, self._texts = said.get("Type", "String"), []

    def _begin_row(self, sheet: XmlSheet, said: dict[str, str]) -> None:
        self._row = int(said["Index"]) - 1 if "Index" in said else self._row + 1
        if self._row < len(sheet.rows) - 1 or (self._row < len(sheet.rows) and "Index" in said):
            raise ValueError("a row before the last one")
        self._column, self._span = -1, 1
        self.book.hidden_rows = self.book.hidden_rows or said.get("Hidden") == "1"
        if self._row >= self._limits.rows:
            raise too_many_rows(self._name, self._row + 1, self._limits)
        sheet.rows += ([] for _ in range(self._row + 1 - len(sheet.rows)))

    def _begin_cell(self, sheet: XmlSheet, said: dict[str, str]) -> None:
        place = self._column + self._span
        if "Index" in said:
            place = int(said["Index"]) - 1
        if place < 0:
            raise ValueError("a column before the first")
        right, down = int(said.get("MergeAcross", 0)), int(said.get("MergeDown", 0))
        at = len(sheet.rows) - 1
        if "Index" not in said:
            place = _free(sheet, at, place)
        self._column, self._span = place, right + 1
        sheet.width = max(sheet.width, place + right + 1)
        if sheet.width > self._limits.columns or sheet.width * len(sheet.rows) > self._limits.area:
            raise too_wide(f"工作表“{sheet.name}”", len(sheet.rows), sheet.width, self._limits)
        if right or down:
            sheet.merges.append((at, place, at + down, place + right))

    def _text(self, text: str) -> None:
        if self._texts is not None:
            self._texts.append(text)

    def _end(self, tag: str) -> None:
        what = tag.rpartition(" ")[2]
        if what == "Data" and self._texts is not None and self._sheet is not None:
            row = self._sheet.rows[-1]
            row += [None] * (self._column + 1 - len(row))
            row[self._column] = value = _typed(self._kind, "".join(self._texts))
            self._sheet.filled = self._sheet.filled or value not in (None, "")
            self._texts = None
        elif what == "Visible" and tag == _HIDDEN and self._sheet is not None:
            self._sheet.hidden = True  # it is written only where a sheet is not shown
        elif what == "Date1904":
            self.book.since_1904 = True
        elif what == "Worksheet":
            self._sheet = None

    def _refuse_doctype(self, *_: object) -> None:
        raise FileKindUnknown(f"“{self._name}”带有 DOCTYPE 声明，可能夹带外部内容，未读取。请去掉该声明。")


def _free(sheet: XmlSheet, row: int, place: int) -> int:
    """The first column from ``place`` on that no cell above reaches down into."""
    taken = [(left, right) for top, left, bottom, right in sheet.merges[-64:] if top < row <= bottom]
    while hit := next((right for left, right in taken if left <= place <= right), None):
        place = hit + 1
    return place


def _typed(kind: str, text: str) -> Cell:
    if kind == "Number":
        return float(text)
    if kind == "Boolean":
        return text.strip() == "1"
    if kind == "DateTime":
        return datetime.fromisoformat(text.strip())
    return text
