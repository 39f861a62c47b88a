"""Tables inside official documents: full width, thin rules, the head repeated on every page."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm

from mingjing.documents.cleaning import clean_text
from mingjing.documents.typography import SIZE_SMALL_4, Face, Ink, add_run, align, set_fonts, set_lines

TEXT_WIDTH = Mm(156)
_LINE = 360  # twips: 18 pt for 12 pt type
_PADDING = 80  # twips at the left and right of a cell


class TableShapeError(ValueError):
    """A row has another number of cells than the table has columns."""


@dataclass(frozen=True, slots=True)
class Column:
    """``share`` is the weight of the column's width; ``side`` is left, right or centre."""

    label: str
    share: float = 1.0
    side: str = "left"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of text under named columns. ``caption`` stands centred above and may be empty."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    caption: str = ""

    def __post_init__(self) -> None:
        for number, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise TableShapeError(f"表格第 {number} 行有 {len(row)} 格，列有 {len(self.columns)} 个。")


def _element(tag: str, **attributes: str) -> BaseOxmlElement:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def borders(tag: str, **sizes: int) -> BaseOxmlElement:
    """``w:tblBorders`` or ``w:tcBorders`` with black rules; sizes in eighths of a point, 0 is none."""
    element = OxmlElement(tag)
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        if side in sizes:
            line = "single" if sizes[side] else "nil"
            element.append(_element(f"w:{side}", val=line, sz=str(sizes[side]), space="0", color="000000"))
    return element


def column_widths(columns: Sequence[Column]) -> tuple[int, ...]:
    """Widths in twips that share the 156 mm of the text area exactly."""
    whole = round(TEXT_WIDTH.twips)
    total = sum(column.share for column in columns)
    edges = [round(whole * sum(c.share for c in columns[:i]) / total) for i in range(len(columns) + 1)]
    return tuple(right - left for left, right in itertools.pairwise(edges))


def _cell(text: str, width: int, side: str, ink: Ink) -> BaseOxmlElement:
    cell = OxmlElement("w:tc")
    properties = OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", w=str(width), type="dxa"))
    properties.append(_element("w:vAlign", val="center"))
    cell.append(properties)
    for line in clean_text(text).replace("\t", " ").split("\n"):
        paragraph = OxmlElement("w:p")
        layout = OxmlElement("w:pPr")
        layout.append(_element("w:snapToGrid", val="0"))
        layout.append(_element("w:spacing", before="40", after="40", line=str(_LINE), lineRule="exact"))
        layout.append(_element("w:ind", firstLine="0", firstLineChars="0"))
        layout.append(_element("w:jc", val={"centre": "center"}.get(side, side)))
        paragraph.append(layout)
        run = OxmlElement("w:r")
        print_properties = OxmlElement("w:rPr")
        set_fonts(print_properties, ink)
        half_points = str(round(ink.size.pt * 2))
        print_properties.append(_element("w:sz", val=half_points))
        print_properties.append(_element("w:szCs", val=half_points))
        words = OxmlElement("w:t")
        words.text = line
        words.set(qn("xml:space"), "preserve")
        run.extend((print_properties, words))
        paragraph.append(run)
        cell.append(paragraph)
    return cell


def _row(cells: Sequence[BaseOxmlElement], *, head: bool) -> BaseOxmlElement:
    row = OxmlElement("w:tr")
    properties = OxmlElement("w:trPr")
    properties.append(OxmlElement("w:cantSplit"))
    if head:
        properties.append(OxmlElement("w:tblHeader"))
    row.append(properties)
    row.extend(cells)
    return row


def _table(table: Table) -> BaseOxmlElement:
    """The table as XML; built by hand because a thousand rows through the object layer take minutes."""
    widths = column_widths(table.columns)
    element = OxmlElement("w:tbl")
    properties = OxmlElement("w:tblPr")
    properties.append(_element("w:tblW", w=str(sum(widths)), type="dxa"))
    properties.append(_element("w:jc", val="center"))
    properties.append(borders("w:tblBorders", top=8, left=4, bottom=8, right=4, insideH=4, insideV=4))
    properties.append(_element("w:tblLayout", type="fixed"))
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=str(_PADDING), type="dxa"))
    properties.append(margins)
    grid = OxmlElement("w:tblGrid")
    grid.extend(_element("w:gridCol", w=str(width)) for width in widths)
    element.extend((properties, grid))
    head = Ink(Face.HEI, SIZE_SMALL_4)
    body = Ink(Face.FANGSONG, SIZE_SMALL_4)
    columns = tuple(zip(table.columns, widths, strict=True))
    element.append(_row([_cell(c.label, width, "centre", head) for c, width in columns], head=True))
    for row in table.rows:
        cells = zip(row, columns, strict=True)
        element.append(_row([_cell(text, width, c.side, body) for text, (c, width) in cells], head=False))
    return element


def add_table(document: Document, table: Table) -> None:
    """Append the table at the end of the document, its caption above and a short gap below."""
    if table.caption:
        caption = document.add_paragraph()
        set_lines(caption)
        align(caption, "centre")
        caption.paragraph_format.keep_with_next = True
        add_run(caption, clean_text(table.caption), Ink(Face.HEI, SIZE_SMALL_4))
    body = document.element.body
    body.insert(len(body) - 1, _table(table))  # the last child is the section's own properties
