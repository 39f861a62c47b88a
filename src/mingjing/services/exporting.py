"""Any list as a workbook: same columns, same order, cells that cannot run as formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import islice
from typing import Generic, TypeVar

from mingjing.services.actors import Actor
from mingjing.services.acts import act

Row = TypeVar("Row")

LIMIT = 100_000


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its heading and what it shows of a row (text, number or day)."""

    label: str
    value: Callable[[Row], object]


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Row]):
    """A list to be written: its name, its columns, its rows, and the filter in words."""

    title: str
    columns: tuple[Column[Row], ...]
    rows: Iterable[Row]
    sentence: str = ""
    unit: str = "件"


def export(actor: Actor, sheet: Sheet[Row], *, verb: str, needs: str = "导出数据") -> bytes:
    """A workbook of up to LIMIT rows, with the query, the cut-off and the count below; one log entry.

    Raises
    ------
    NotAllowed   no role of the actor lists ``needs``
    """
    with act(actor, verb, needs=needs, subject_kind="法院", subject_id=actor.court.code) as record:
        book, written = _write(sheet, actor.on)
        record.payload = {"条件": sheet.sentence, "件数": written}
    return book


def _write(sheet: Sheet[Row], on: date) -> tuple[bytes, int]:
    import xlsxwriter  # a fifth of a second that only whoever exports should wait for

    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    page = book.add_worksheet(sheet.title)
    heading, day = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "yyyy-mm-dd"})
    page.set_column(0, 0, 28)
    page.set_column(1, len(sheet.columns) - 1, 14)
    page.freeze_panes(1, 1)
    page.write_row(0, 0, [column.label for column in sheet.columns], heading)
    written = 0
    for row in islice(sheet.rows, LIMIT):
        written += 1
        for place, column in enumerate(sheet.columns):
            value = column.value(row)
            if isinstance(value, date):
                page.write_datetime(written, place, value, day)
            elif isinstance(value, int | float) and not isinstance(value, bool):
                page.write_number(written, place, value)
            elif value not in (None, ""):
                page.write_string(written, place, str(value))
    scope = f"条件：{sheet.sentence}；" if sheet.sentence else ""
    page.write_string(written + 2, 0, f"{scope}截至 {on}；共 {written} {sheet.unit}")
    book.close()
    return out.getvalue(), written
