"""Open a workbook (.xlsx, .xls, .ods, XML of 2003): the raw rows of one sheet, after looking for traps."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from mingjing.imports.apart import read_apart
from mingjing.imports.limits import Limits
from mingjing.imports.packages import too_many_rows, too_wide, torn, walk_package
from mingjing.imports.refusals import FileEmpty, FileProtected, HeaderMissing
from mingjing.imports.rows import Cell
from mingjing.imports.xmlsheets import read_xml_book

_UNCOMPUTED = "有公式没有保存计算结果，这些单元格按空白读取。请在 Excel 中打开并保存一次再上传。"

_FAULTY = "有单元格是公式出错的标记（#REF!、#N/A 一类），按空白读取。请在 Excel 中改正后再上传。"

_HIDDEN = "有隐藏的行（例如筛选时收起来的），也照样读入。不要的请先删除再上传。"


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range, 0-based and inclusive: rows ``top`` to ``bottom``, columns ``left`` to ``right``."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``rows`` yields every row from the first (row 1), padded so that column A is index 0."""

    name: str
    names: tuple[str, ...]
    rows: Callable[[], Iterator[list[Cell]]]
    merges: tuple[Merge, ...]
    since_1904: bool = False
    notes: tuple[str, ...] = ()


def open_sheet(file: BinaryIO, kind: str, name: str, limits: Limits, *, sheet: str = "") -> Sheet:
    """The named sheet, or the first visible one with anything in it.

    Raises
    ------
    FileTorn, FileProtected, FileTooLarge, FileEmpty
    HeaderMissing   no sheet of that name
    """
    if kind == "xlsx":
        return _open_here(file, name, limits, sheet)
    if kind == "xml2003":
        return _open_xml(file, name, limits, sheet)
    if kind == "ods":
        walk_package(file, name, limits)
    found = read_apart(file, kind, sheet, limits)
    if found.fault == "torn":
        raise torn(name)
    if found.fault == "protected":
        raise _protected(name)
    if found.fault == "absent":
        raise _absent(name, sheet, found.sheets)
    if found.fault == "empty":
        raise _empty(name)
    _check_area(name, found.sheet, found.rows, found.columns, limits)
    return Sheet(found.sheet, found.sheets, found.cells, tuple(Merge(*merge) for merge in found.merges))


def _open_here(file: BinaryIO, name: str, limits: Limits, wanted: str) -> Sheet:
    walk = walk_package(file, name, limits)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        source, names = _choose(book, name, wanted)
        merges = tuple(
            Merge(top, left, bottom, right)
            for (top, left), (bottom, right) in source.merged_cell_ranges or ()
        )
    except PasswordError as error:
        raise _protected(name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise torn(name) from error
    except BaseException as error:
        # A panic inside the reader arrives as a BaseException of its own; nothing else may be swallowed.
        if type(error).__name__ != "PanicException":
            raise
        raise torn(name) from error
    _check_area(name, source.name, source.total_height, source.total_width, limits)
    said = ((_UNCOMPUTED, walk.uncomputed), (_FAULTY, walk.faulty), (_HIDDEN, walk.hidden))
    notes = tuple(words for words, so in said if so)
    return Sheet(source.name, names, lambda: _rows(source), merges, walk.since_1904, notes)


def _open_xml(file: BinaryIO, name: str, limits: Limits, wanted: str) -> Sheet:
    book = read_xml_book(file, name, limits)
    shown = tuple(sheet.name for sheet in book.sheets if not sheet.hidden)
    named = [sheet for sheet in book.sheets if sheet.name == wanted or (not wanted and not sheet.hidden)]
    if wanted and not named:
        raise _absent(name, wanted, shown)
    source = next((sheet for sheet in named if sheet.filled), None)
    if source is None:
        raise _empty(name)
    merges = tuple(Merge(*merge) for merge in source.merges)
    notes = (_HIDDEN,) if book.hidden_rows else ()
    return Sheet(source.name, shown, source.cells, merges, book.since_1904, notes)


def _rows(source: CalamineSheet) -> Iterator[list[Cell]]:
    start = source.start
    pad: list[Cell] = [None] * (start[1] if start else 0)
    for row in source.iter_rows():
        yield [*pad, *row]


def _choose(book: CalamineWorkbook, name: str, wanted: str) -> tuple[CalamineSheet, tuple[str, ...]]:
    shown = tuple(
        meta.name
        for meta in book.sheets_metadata
        if meta.visible == Visible.Visible and meta.typ == SheetTypeEnum.WorkSheet
    )
    if wanted and wanted not in book.sheet_names:
        raise _absent(name, wanted, shown)
    for candidate in (wanted,) if wanted else shown:
        sheet = book.get_sheet_by_name(candidate)
        if sheet.start is not None:
            return sheet, shown
    raise _empty(name)


def _check_area(name: str, sheet: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise too_many_rows(name, rows, limits)
    if columns > limits.columns or rows * columns > limits.area:
        raise too_wide(f"工作表“{sheet}”", rows, columns, limits)


def _protected(name: str) -> FileProtected:
    return FileProtected(
        f"工作簿“{name}”设有打开密码。请在 Excel 中取消密码（文件－信息－保护工作簿）后重新上传。"
    )


def _absent(name: str, wanted: str, shown: tuple[str, ...]) -> HeaderMissing:
    return HeaderMissing(f"工作簿“{name}”里没有叫“{wanted}”的工作表。", allowed=shown)


def _empty(name: str) -> FileEmpty:
    return FileEmpty(f"工作簿“{name}”里没有数据。请检查导出是否成功。")
