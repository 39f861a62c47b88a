"""The rows that were not imported, in the layout in which they came, each with its reason in the cell.

Corrected and uploaded again, the workbook is read like any other file; its last column is ignored.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, BinaryIO

from mingjing.imports.headers import header_name
from mingjing.imports.rows import ImportCounts, RefusedEvent, RefusedRow, RowError
from mingjing.imports.sheets import Styles, new_book, put, put_lines, put_text
from mingjing.imports.workbook_words import COUNTS_SHEET, REASON_COLUMN, REFUSED_SHEET

_COMMENTS = 5_000  # a spreadsheet program opens slowly with more; the reason column has them all
_WIDTH = 60


def write_error_workbook(
    target: BinaryIO,
    header: Sequence[str],
    refused: Iterable[RefusedRow],
    counts: ImportCounts,
    *,
    source: str,
) -> int:
    """Write the refused rows of a table; returns how many.

    ``header`` is the table's (a header on two levels comes out as ``上级/下级`` in one row, which is read
    back the same); ``source`` is the name of the uploaded file. A cell at fault is red and carries a
    comment, the column REASON_COLUMN holds every reason with the row's number in the uploaded file.
    ``refused`` is walked once, while the counts are written last, so both may come from one pre-check.
    """
    book = new_book(target)
    styles = Styles(book)
    sheet = book.add_worksheet(REFUSED_SHEET)
    columns = [name for name in header if name != REASON_COLUMN]
    keep = [index for index, name in enumerate(header) if name != REASON_COLUMN]
    _write_head(sheet, columns, styles)
    places = {header_name(name): index for index, name in enumerate(columns)}
    written = comments = 0
    for written, row in enumerate(refused, 1):
        faults = _faults(row.errors, places)
        for index, source_index in enumerate(keep):
            cell = row.cells[source_index] if source_index < len(row.cells) else None
            put(sheet, written, index, cell, styles, wrong=index in faults)
        put_text(sheet, written, len(columns), _reason(row), styles)
        for index, sentence in faults.items():
            if comments < _COMMENTS:
                sheet.write_comment(written, index, sentence, {"x_scale": 2.2, "author": "明镜"})
                comments += 1
    if written:
        sheet.autofilter(0, 0, written, len(columns))
    _write_counts(book.add_worksheet(COUNTS_SHEET), counts, source, styles)
    book.close()
    return written


def write_log_errors(
    target: BinaryIO, refused: Iterable[RefusedRow | RefusedEvent], counts: ImportCounts, *, source: str
) -> int:
    """The refused cases and events of a log as a plain list: a log has no layout of cells to return."""
    book = new_book(target)
    styles = Styles(book)
    sheet = book.add_worksheet(REFUSED_SHEET)
    _write_head(sheet, ["第几件", "案号或编号", "第几个事项", "位置", "原值"], styles)
    written = 0
    for item in refused:
        position = item.position if isinstance(item, RefusedEvent) else None
        number = item.case_number if isinstance(item, RefusedEvent) else ""
        for error in item.errors:
            written += 1
            for index, cell in enumerate((item.source_row, number, position, error.column, error.value)):
                put(sheet, written, index, cell, styles)
            put_text(sheet, written, 5, error.sentence, styles)
    _write_counts(book.add_worksheet(COUNTS_SHEET), counts, source, styles)
    book.close()
    return written


def _write_head(sheet: Any, columns: Sequence[str], styles: Styles) -> None:
    sheet.freeze_panes(1, 0)
    for index, name in enumerate(columns):
        sheet.set_column(index, index, min(max(len(name) * 2, 14), 40))
        sheet.write_string(0, index, name, styles.head)
    sheet.set_column(len(columns), len(columns), _WIDTH)
    sheet.write_string(0, len(columns), REASON_COLUMN, styles.head)


def _faults(errors: Iterable[RowError], places: dict[str, int]) -> dict[int, str]:
    """Sentences by column; an error over several columns (a template) marks each of them."""
    found: dict[int, str] = {}
    for error in errors:
        names = [error.column] if header_name(error.column) in places else error.column.split("、")
        for name in names:
            index = places.get(header_name(name))
            if index is not None:
                found[index] = f"{found[index]}\n{error.sentence}" if index in found else error.sentence
    return found


def _reason(row: RefusedRow) -> str:
    parts = [f"{error.column}：{error.sentence}" if error.column else error.sentence for error in row.errors]
    return f"原文件第 {row.source_row} 行。" + " ".join(parts)


def _write_counts(sheet: Any, counts: ImportCounts, source: str, styles: Styles) -> None:
    lines: list[tuple[str, str | int]] = [
        ("项目", "数量"),
        ("文件", source),
        ("数据行", counts.rows),
        ("通过", counts.accepted),
        ("未通过", counts.refused),
        ("跳过的合计行", counts.skipped_total),
        ("跳过的空白行", counts.skipped_blank),
        ("跳过的说明、重复表头", counts.skipped_note),
    ]
    if counts.events:
        lines += [("事项", counts.events), ("其中未通过", counts.events_refused)]
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, 40)
    put_lines(sheet, lines, styles)
    note = "改好红色单元格后，把本文件原样上传即可；最后一列“原因”不会被读取。"
    sheet.write_string(len(lines) + 1, 0, note)
