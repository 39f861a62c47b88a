"""Cells of an outgoing workbook: every text as text, never as a formula; dates as dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO

from mingjing.imports.escaping import is_formula_like
from mingjing.imports.rows import Cell

_FONT = {"font_name": "宋体", "font_size": 11, "valign": "top"}
_RED = {"bg_color": "#F8D7D2", "border": 1, "border_color": "#B5281E"}
FIRST_EXCEL_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was


class Styles:
    """The few formats of a workbook, made once. ``wrong`` variants are filled red."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[str, Any] = {}
        self.head = book.add_format(
            {**_FONT, "bold": True, "bg_color": "#EDEBE6", "bottom": 1, "text_wrap": True}
        )
        self.title = book.add_format({**_FONT, "bold": True, "font_size": 14})
        self.wrapped = book.add_format({**_FONT, "text_wrap": True})

    def of(self, kind: str, *, wrong: bool = False) -> Any:
        """``text``, ``guarded`` (an apostrophe outside the value), ``date``, ``moment`` or ``number``."""
        key = f"{kind}-{wrong}"
        if key not in self._made:
            look: dict[str, Any] = {**_FONT, **(_RED if wrong else {})}
            if kind in ("text", "guarded"):
                look |= {"num_format": "@", "quote_prefix": kind == "guarded"}
            elif kind in ("date", "moment"):
                look["num_format"] = "yyyy-mm-dd" if kind == "date" else "yyyy-mm-dd hh:mm:ss"
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def new_book(target: BinaryIO) -> Any:
    """A workbook written row by row, so that its size in memory does not grow with its rows.

    Strings are never taken for formulas or links.
    """
    import xlsxwriter  # a fifth of a second that only whoever writes a workbook should wait for

    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    return xlsxwriter.Workbook(target, options)


def put(
    sheet: Any, row: int, column: int, cell: Cell | Decimal, styles: Styles, *, wrong: bool = False
) -> None:
    """Write one cell in its own type; what a spreadsheet cannot hold as a date is written as text."""
    if cell is None or cell == "":
        if wrong:
            sheet.write_blank(row, column, None, styles.of("text", wrong=True))
    elif isinstance(cell, bool):
        sheet.write_boolean(row, column, cell, styles.of("number", wrong=wrong))
    elif isinstance(cell, (int, float, Decimal)):
        sheet.write_number(row, column, cell, styles.of("number", wrong=wrong))
    elif isinstance(cell, datetime) and cell.date() >= FIRST_EXCEL_DAY:
        kind = "moment" if cell.time() != time() else "date"
        sheet.write_datetime(row, column, cell.replace(tzinfo=None), styles.of(kind, wrong=wrong))
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= FIRST_EXCEL_DAY:
        sheet.write_datetime(row, column, cell, styles.of("date", wrong=wrong))
    elif isinstance(cell, (datetime, date, time, timedelta)):
        sheet.write_string(row, column, str(cell), styles.of("text", wrong=wrong))
    else:
        put_text(sheet, row, column, cell, styles, wrong=wrong)


def put_text(sheet: Any, row: int, column: int, text: str, styles: Styles, *, wrong: bool = False) -> None:
    """Write a text as text, cut where a spreadsheet's cell ends (32,767 characters)."""
    kind = "guarded" if is_formula_like(text) else "text"
    sheet.write_string(row, column, text[:32_767], styles.of(kind, wrong=wrong))


def put_lines(sheet: Any, lines: Sequence[Sequence[Cell]], styles: Styles) -> None:
    """A small table with its first line as the head."""
    for row, line in enumerate(lines):
        for column, cell in enumerate(line):
            if row == 0:
                sheet.write_string(row, column, str(cell), styles.head)
            else:
                put(sheet, row, column, cell, styles)
