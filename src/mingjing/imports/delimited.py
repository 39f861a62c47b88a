"""CSV and TSV: which delimiter, torn quotes, cells that hold a formula's text."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from typing import BinaryIO

from mingjing.imports.encoding import Encoding
from mingjing.imports.limits import Limits
from mingjing.imports.packages import too_many_rows
from mingjing.imports.refusals import FileTorn
from mingjing.imports.rows import Cell

DELIMITERS: dict[str, str] = {",": "逗号", ";": "分号", "\t": "制表符", "|": "竖线"}
_DECLARED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
_KEPT_AS_TEXT = re.compile(r'="((?:[^"]|"")*)"')
_LONGEST_RECORD = 500
_LONGEST_CELL = 1 << 20


def sniff_delimiter(sample: str) -> str:
    """The delimiter under which most lines of the sample split into the same, largest number of cells."""
    best, best_score = ",", 0.0
    lines = [line for line in sample.splitlines()[:50] if line.strip()]
    for delimiter in DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter) if row]
        except csv.Error:
            continue
        usual = max(set(widths), key=lambda width: (widths.count(width), width), default=1)
        score = (usual - 1) * widths.count(usual) / max(len(widths), 1)
        if score > best_score:
            best, best_score = delimiter, score
    return best


class Delimited:
    """The records of a text table. ``rows`` counts blank lines too, as a spreadsheet program would."""

    def __init__(self, file: BinaryIO, encoding: Encoding, name: str, limits: Limits) -> None:
        self._file, self._encoding, self._name, self._limits = file, encoding, name, limits
        sample = self._sample()
        declared = _DECLARED.match(sample)
        self._declared = declared is not None
        self.delimiter = declared[1] if declared else sniff_delimiter(sample)

    def rows(self) -> Iterator[list[Cell]]:
        """Every record from the first; numbers stay text.

        Raises
        ------
        FileTorn       a quote that is never closed, a cell beyond a megabyte
        FileTooLarge   more rows than the limit
        """
        text = self._lines()
        if self._declared:
            next(text)
            yield []
        csv.field_size_limit(_LONGEST_CELL)
        source = _Source(text)
        reader = csv.reader(source, delimiter=self.delimiter)
        number = 1 if self._declared else 0
        try:
            for row in reader:
                number += 1
                if number > self._limits.rows + 50:
                    raise too_many_rows(self._name, number, self._limits)
                if source.ended:
                    raise self._unclosed(number, source.lines)
                source.lines = 0
                yield [kept(cell) if cell[:2] == '="' else cell for cell in row]
        except csv.Error as error:
            raise self._unclosed(number + 1, source.lines) from error

    def _sample(self) -> str:
        self._file.seek(0)
        decoder = codecs.getincrementaldecoder(self._encoding.codec)("strict")
        sample = decoder.decode(self._file.read(1 << 16))
        self._file.seek(0)
        return sample.removeprefix("\ufeff")

    def _lines(self) -> Iterator[str]:
        self._file.seek(0)
        text = io.TextIOWrapper(self._file, encoding=self._encoding.codec, newline="")
        try:
            for line in text:
                yield line.replace("\x00", "") if "\x00" in line else line
        finally:
            # The file belongs to the caller: hand it back open.
            text.detach()

    def _unclosed(self, number: int, lines: int) -> FileTorn:
        return FileTorn(
            f"“{self._name}”第 {number} 行有一个引号没有配对，它后面的 {max(lines - 1, 0)} 行"
            "都被当成了一个单元格。"
            "文件可能没有写完，请重新导出或补上引号。"
        )


class _Source:
    """The lines of a file, counted since the last record; ``ended`` once they ran out.

    A well-formed record never asks for a line that is not there: if a record arrives after the end was
    reached, its last quote was never closed.
    """

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self.lines = 0
        self.ended = False

    def __iter__(self) -> _Source:
        return self

    def __next__(self) -> str:
        self.lines += 1
        if self.lines > _LONGEST_RECORD:
            raise csv.Error("a record of hundreds of lines")
        try:
            return next(self._lines)
        except StopIteration:
            self.ended = True
            raise


def kept(cell: str) -> str:
    """``="00123"``, the spreadsheet trick that keeps digits as text, read as ``00123``."""
    match = _KEPT_AS_TEXT.fullmatch(cell)
    return match[1].replace('""', '"') if match else cell
