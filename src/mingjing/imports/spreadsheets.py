"""Open a workbook (.xlsx, .xls, .ods) and give the raw rows of one sheet, after looking for traps.

The reader lays a sheet out as one rectangle in memory, so one stray cell in the last corner would ask for
gigabytes; the packed XML is therefore walked once, streaming, before it is opened.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum
from python_calamine import SheetVisibleEnum as Visible

from mingjing.imports.limits import Limits, in_megabytes
from mingjing.imports.refusals import FileEmpty, FileProtected, FileTooLarge, FileTorn, HeaderMissing
from mingjing.imports.rows import Cell

CHUNK = 1 << 20
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb'<(?:\w+:)?row\b[^>]*? r="(\d{1,9})"')
_WIDE = re.compile(rb'<(?:\w+:)?c\b[^>]*? r="([A-Z]{2,4})\d')
_REPEATED = re.compile(rb'number-(?:rows|columns)-(?:repeated|spanned)="(\d{1,12})"')
_UNCOMPUTED = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_OVERLAP = 96


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
    source: CalamineSheet
    merges: tuple[Merge, ...]
    since_1904: bool
    notes: tuple[str, ...]

    def rows(self) -> Iterator[list[Cell]]:
        start = self.source.start
        pad: list[Cell] = [None] * (start[1] if start else 0)
        for row in self.source.iter_rows():
            yield [*pad, *row]


@dataclass(slots=True)
class _Walk:
    """What one pass over the packed XML found."""

    inflated: int = 0
    rows: int = 0
    widest: str = ""
    uncomputed: bool = False
    since_1904: bool = False


def open_sheet(file: BinaryIO, kind: str, name: str, limits: Limits, *, sheet: str = "") -> Sheet:
    """The named sheet, or the first visible one with anything in it.

    Raises
    ------
    FileTorn, FileProtected, FileTooLarge, FileEmpty
    HeaderMissing   no sheet of that name
    """
    walk = _Walk()
    if kind in ("xlsx", "ods"):
        walk = _walk_package(file, kind, name, limits)
    file.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(file)
        source, names = _choose(book, name, sheet)
        _check_area(source, name, limits)
        merges = tuple(
            Merge(top, left, bottom, right)
            for (top, left), (bottom, right) in source.merged_cell_ranges or ()
        )
    except PasswordError as error:
        raise FileProtected(
            f"工作簿“{name}”设有打开密码。请在 Excel 中取消密码（文件－信息－保护工作簿）后重新上传。"
        ) from error
    except (CalamineError, OSError, ValueError) as error:
        raise _torn(name) from error
    except BaseException as error:
        # A panic inside the reader arrives as a BaseException of its own; nothing else may be swallowed.
        if type(error).__name__ != "PanicException":
            raise
        raise _torn(name) from error
    notes = ("有公式没有保存计算结果，这些单元格按空白读取。请在 Excel 中打开并保存一次再上传。",)
    return Sheet(source.name, names, source, merges, walk.since_1904, notes if walk.uncomputed else ())


def _torn(name: str) -> FileTorn:
    return FileTorn(f"工作簿“{name}”不完整或已损坏，读不出来。请重新导出或重新上传。")


def _choose(book: CalamineWorkbook, name: str, wanted: str) -> tuple[CalamineSheet, tuple[str, ...]]:
    shown = tuple(
        meta.name
        for meta in book.sheets_metadata
        if meta.visible == Visible.Visible and meta.typ == SheetTypeEnum.WorkSheet
    )
    if wanted and wanted not in book.sheet_names:
        raise HeaderMissing(f"工作簿“{name}”里没有叫“{wanted}”的工作表。", allowed=shown)
    for candidate in (wanted,) if wanted else shown:
        sheet = book.get_sheet_by_name(candidate)
        if sheet.start is not None:
            return sheet, shown
    raise FileEmpty(f"工作簿“{name}”里没有数据。请检查导出是否成功。")


def _check_area(source: CalamineSheet, name: str, limits: Limits) -> None:
    rows, columns = source.total_height, source.total_width
    if rows > limits.rows:
        raise too_many_rows(name, rows, limits)
    if columns > limits.columns or rows * columns > limits.area:
        raise FileTooLarge(
            f"工作表“{source.name}”占 {rows:,} 行 × {columns:,} 列，超过上限（{limits.columns} 列，"
            f"{limits.area:,} 个单元格）。很可能是远处有误填的单元格，请删除多余的行列后重新上传。"
        )


def too_many_rows(name: str, rows: int, limits: Limits) -> FileTooLarge:
    return FileTooLarge(
        f"“{name}”有 {rows:,} 行或更多，一次最多导入 {limits.rows:,} 行。请按年度或庭室拆成几个文件。"
    )


def _walk_package(file: BinaryIO, kind: str, name: str, limits: Limits) -> _Walk:
    walk = _Walk()
    try:
        with zipfile.ZipFile(file) as archive:
            _check_declared(archive, name, limits)
            for info in archive.infolist():
                if info.filename == "xl/workbook.xml":
                    walk.since_1904 = re.search(rb'date1904="(?:1|true)"', archive.read(info)) is not None
                elif kind == "ods" and info.filename == "content.xml":
                    _walk_repeats(archive, info, name, limits)
                _walk_entry(archive, info, walk, name, limits)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _torn(name) from error
    if walk.rows > limits.rows:
        raise too_many_rows(name, walk.rows, limits)
    if (columns := _column_number(walk.widest)) > limits.columns:
        raise FileTooLarge(
            f"“{name}”的列排到了 {walk.widest} 列（第 {columns:,} 列），一次最多 {limits.columns} 列。"
            "很可能是远处有误填的单元格，请删除后重新上传。"
        )
    return walk


def _check_declared(archive: zipfile.ZipFile, name: str, limits: Limits) -> None:
    inflated = sum(info.file_size for info in archive.infolist())
    packed = sum(info.compress_size for info in archive.infolist()) or 1
    if inflated > limits.inflated:
        raise FileTooLarge(
            f"“{name}”解开后有 {in_megabytes(inflated)}，上限 {in_megabytes(limits.inflated)}，未读取。"
        )
    if inflated > limits.ratio_from and inflated > limits.ratio * packed:
        raise FileTooLarge(
            f"“{name}”解开后是原来的 {inflated // packed:,} 倍（上限 {limits.ratio} 倍），"
            "不像正常的工作簿，未读取。"
        )


def _walk_entry(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, walk: _Walk, name: str, limits: Limits
) -> None:
    """Inflate one entry to its end: proves its checksum, its true size, and how far the rows reach."""
    is_sheet = _SHEET.match(info.filename) is not None
    counted, last, tail = 0, 0, b""
    with archive.open(info) as entry:
        while chunk := entry.read(CHUNK):
            walk.inflated += len(chunk)
            if walk.inflated > limits.inflated:
                raise FileTooLarge(f"“{name}”解开后超过 {in_megabytes(limits.inflated)}，未读取。")
            if not is_sheet:
                continue
            text = tail + chunk
            counted += len(_ROW.findall(chunk))
            if numbers := _ROW_NUMBER.findall(text):
                last = max(last, int(numbers[-1]))
            for letters in set(_WIDE.findall(text)):
                if _column_number(letters.decode()) > _column_number(walk.widest):
                    walk.widest = letters.decode()
            walk.uncomputed = walk.uncomputed or _UNCOMPUTED.search(text) is not None
            tail = chunk[-_OVERLAP:]
    walk.rows = max(walk.rows, counted, last)


def _walk_repeats(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limits: Limits) -> None:
    """An .ods repeats rows and cells by a number; a huge one outside the usual empty margin is a trap."""
    tail, large = b"", 0
    with archive.open(info) as entry:
        while chunk := entry.read(CHUNK):
            large += sum(1 for found in _REPEATED.findall(tail + chunk) if int(found) > limits.rows)
            tail = chunk[-_OVERLAP:]
    if large > 16:
        raise FileTooLarge(f"“{name}”里有大量成片重复的行列，不像正常的工作簿，未读取。")


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
