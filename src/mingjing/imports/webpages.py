"""A table in a web page: what many systems write when they are asked for an .xls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import BinaryIO

from mingjing.imports.encoding import Encoding, detect_encoding
from mingjing.imports.limits import Limits
from mingjing.imports.packages import too_many_rows, too_wide
from mingjing.imports.refusals import EncodingUnknown, FileKindUnknown
from mingjing.imports.rows import Cell
from mingjing.imports.spreadsheets import Merge

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([a-z0-9_-]+)""", re.IGNORECASE)
_CODECS = {b"gb2312": "GB18030", b"gbk": "GB18030", b"gb18030": "GB18030", b"big5": "Big5", b"utf-8": "UTF-8"}
_UNSEEN = {"script", "style", "title"}
_BREAKS = {"br", "p", "div", "li"}


@dataclass(slots=True)
class PageTable:
    """The rows of one table; a cell that spans others stands in the first, ``merges`` tell how far. ``area``
    is how many places its rows have, empty ones included."""

    rows: list[list[Cell]] = field(default_factory=list)
    merges: list[Merge] = field(default_factory=list)
    cells: int = 0
    area: int = 0
    _taken_to: dict[int, int] = field(default_factory=dict)  # column → the last row a cell above reaches

    def put(self, text: str, down: int, right: int) -> None:
        """Put a cell behind the last of the row, beside what reaches down from the rows above."""
        row, at = self.rows[-1], len(self.rows) - 1
        before = len(row)
        while self._taken_to.get(len(row), -1) >= at:
            row.append(None)
        column = len(row)
        row.append(text)
        row += [None] * (right - 1)
        self.area += len(row) - before
        self.cells += bool(text)
        if down > 1 or right > 1:
            self.merges.append(Merge(at, column, at + down - 1, column + right - 1))
            self._taken_to |= dict.fromkeys(range(column, len(row)), at + down - 1)


@dataclass(frozen=True, slots=True)
class PageRead:
    """The largest table of a page, how the page was encoded and how many tables with data it has."""

    table: PageTable
    encoding: Encoding
    tables: int

    def rows(self) -> Iterator[list[Cell]]:
        """Every row from the first."""
        for row in self.table.rows:
            yield list(row)


class _Reader(HTMLParser):
    """Collects the tables of a page; what is never closed ends where the next of its kind begins."""

    def __init__(self, name: str, limits: Limits) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[PageTable] = []
        self._open: list[tuple[PageTable, list[str] | None, tuple[int, int]]] = []
        self._name, self._limits = name, limits
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSEEN:
            self._unseen += 1
        elif tag == "table":
            self._open.append((PageTable(), None, (1, 1)))
            self.found.append(self._open[-1][0])
        elif tag in _BREAKS:
            self.handle_data("\n")
        elif self._open and tag in ("tr", "td", "th"):
            self._end_cell()
            table, _, _ = self._open[-1]
            if tag == "tr" or not table.rows:
                table.rows.append([])
                if len(table.rows) > self._limits.rows + 50:
                    raise too_many_rows(self._name, len(table.rows), self._limits)
            if tag != "tr":
                said = dict(attrs)
                self._open[-1] = (table, [], (self._span(said, "rowspan"), self._span(said, "colspan")))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSEEN:
            self._unseen = max(0, self._unseen - 1)
        elif self._open and tag in ("td", "th", "tr", "table"):
            self._end_cell()
            if tag == "table":
                self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._open and not self._unseen:
            texts = self._open[-1][1]
            if texts is not None:
                texts.append(data)

    def end(self) -> None:
        """Take in what the page leaves open."""
        while self._open:
            self._end_cell()
            self._open.pop()

    def _end_cell(self) -> None:
        table, texts, (down, right) = self._open[-1]
        if texts is None:
            return
        lines = (" ".join(line.split()) for line in "".join(texts).split("\n"))
        table.put("\n".join(line for line in lines if line), down, right)
        self._open[-1] = (table, None, (1, 1))
        if len(table.rows[-1]) > self._limits.columns or table.area > self._limits.area:
            raise too_wide("网页里的表格", len(table.rows), len(table.rows[-1]), self._limits)

    def _span(self, attributes: dict[str, str | None], name: str) -> int:
        said = (attributes.get(name) or "").strip()
        most = self._limits.columns + 1 if name == "colspan" else 1000  # what browsers allow
        return min(max(int(said), 1), most) if said.isascii() and said.isdigit() and len(said) < 9 else 1


def read_page(file: BinaryIO, name: str, chosen: str, limits: Limits) -> PageRead:
    """The largest table of a web page.

    Raises
    ------
    FileKindUnknown                no table in it: the page of a log-in that has run out, an error message
    EncodingUnknown, FileTooLarge
    """
    encoding = _encoding(file, chosen)
    file.seek(0)
    reader = _Reader(name, limits)
    reader.feed(file.read().decode(encoding.codec, "strict").replace("\x00", ""))
    reader.close()
    reader.end()
    tables = [table for table in reader.found if table.cells > 1]
    if not tables:
        raise FileKindUnknown(
            f"“{name}”其实是网页，里面没有表格，多半是导出时登录已经过期，存下的是登录页或出错页。"
            "请重新登录原系统再导出一次。"
        )
    return PageRead(max(tables, key=lambda table: table.cells), encoding, len(tables))


def _encoding(file: BinaryIO, chosen: str) -> Encoding:
    """As chosen, as the page says of itself where its bytes agree, else as its bytes look."""
    file.seek(0)
    declared = _CHARSET.search(file.read(4096))
    said = _CODECS.get(declared[1].lower()) if declared and not chosen else None
    if said is not None:
        try:
            found = detect_encoding(file, override=said)
        except EncodingUnknown:
            return detect_encoding(file)
        return Encoding(found.codec, found.label, "网页自己写明")
    return detect_encoding(file, override=chosen)
