"""Walk the packed XML of a workbook once, streaming, before it is opened.

The walk finds the true sizes and how far the cells reach. The reader lays a sheet out as one rectangle in
memory, so one stray cell in the last corner would ask for gigabytes.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from typing import BinaryIO

from mingjing.imports.limits import Limits, in_megabytes
from mingjing.imports.refusals import FileTooLarge, FileTorn

CHUNK = 1 << 20
_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml$")
_ROW = re.compile(rb"<(?:\w+:)?row\b")
_ROW_NUMBER = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\sr\s*=\s*["'](\d{1,9})""")
_WIDE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{2,4})\d""")
_DEEP = re.compile(rb"""\sr\s*=\s*["'][A-Z]{1,4}(\d{6,9})""")
_UNCOMPUTED = re.compile(rb"</f>\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_HIDDEN = re.compile(rb"""<(?:\w+:)?row\b[^>]*?\shidden\s*=\s*["'](?:1|true)["']""")
_FAULTY = re.compile(rb"""\st=["']e["']""")
_OVERLAP = 96


@dataclass(slots=True)
class Walk:
    """What one pass found: bytes after unpacking, the last row, the letters of the last column."""

    inflated: int = 0
    rows: int = 0
    widest: str = ""
    uncomputed: bool = False
    faulty: bool = False
    hidden: bool = False
    since_1904: bool = False


def torn(name: str) -> FileTorn:
    return FileTorn(f"工作簿“{name}”不完整或已损坏，读不出来。请重新导出或重新上传。")


def too_many_rows(name: str, rows: int, limits: Limits) -> FileTooLarge:
    return FileTooLarge(
        f"“{name}”有 {rows:,} 行或更多，一次最多导入 {limits.rows:,} 行。请按年度或庭室拆成几个文件。"
    )


def too_wide(what: str, rows: int, columns: int, limits: Limits) -> FileTooLarge:
    return FileTooLarge(
        f"{what}占 {rows:,} 行 × {columns:,} 列，超过上限（{limits.columns} 列，{limits.area:,} 个单元格）。"
        "很可能是远处有误填的单元格，请删除多余的行列后重新上传。"
    )


def walk_package(file: BinaryIO, name: str, limits: Limits) -> Walk:
    """Inflate every entry of a workbook's package to its end and throw the bytes away.

    Raises
    ------
    FileTorn       a damaged directory, checksum or stream
    FileTooLarge   more than the limits allow, packed or laid out
    """
    walk = Walk()
    try:
        with zipfile.ZipFile(file) as archive:
            _check_declared(archive, name, limits)
            for info in archive.infolist():
                if info.filename == "xl/workbook.xml":
                    walk.since_1904 = re.search(rb'date1904="(?:1|true)"', archive.read(info)) is not None
                _walk_entry(archive, info, walk, name, limits)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise torn(name) from error
    columns = max(_column_number(walk.widest), 1)
    if walk.rows > limits.rows:
        raise too_many_rows(name, walk.rows, limits)
    if columns > limits.columns or columns * walk.rows > limits.area:
        raise too_wide(f"“{name}”里的工作表", walk.rows, columns, limits)
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
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, walk: Walk, name: str, limits: Limits
) -> None:
    """Inflate one entry to its end: proves its checksum, its true size, and how far the rows reach."""
    is_sheet = _SHEET.match(info.filename) is not None
    counted, tail = 0, b""
    with archive.open(info) as entry:
        while chunk := entry.read(CHUNK):
            walk.inflated += len(chunk)
            if walk.inflated > limits.inflated:
                raise FileTooLarge(f"“{name}”解开后超过 {in_megabytes(limits.inflated)}，未读取。")
            if is_sheet:
                counted += len(_ROW.findall(chunk))
                _look_at(tail + chunk, walk)
                tail = chunk[-_OVERLAP:]
    walk.rows = max(walk.rows, counted)


def _look_at(text: bytes, walk: Walk) -> None:
    """Rows and columns named in a piece of a sheet, whichever of row and cell says it."""
    walk.rows = max(walk.rows, *map(int, _ROW_NUMBER.findall(text)), *map(int, set(_DEEP.findall(text))), 0)
    for letters in set(_WIDE.findall(text)):
        if _column_number(letters.decode()) > _column_number(walk.widest):
            walk.widest = letters.decode()
    walk.hidden = walk.hidden or _HIDDEN.search(text) is not None
    walk.faulty = walk.faulty or _FAULTY.search(text) is not None
    walk.uncomputed = walk.uncomputed or _UNCOMPUTED.search(text) is not None


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
