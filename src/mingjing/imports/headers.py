"""Where the header of a table is: title rows above it, merged cells, names on two or three levels."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mingjing.imports.rows import Cell
from mingjing.imports.spreadsheets import Merge

SEARCHED = 40
_LEVELS = 3
_REPEAT = re.compile(r"（\d+）$")
_UNNAMED = re.compile(r"第 \d+ 列")
_UNIT = re.compile(r"\((单位:)?.{1,5}\)")
_GAP = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")
_DATA = re.compile(
    r"[-+]?[\d,]*\.?\d+%?|\d{4}\s*[-./年]\s*\d{1,2}(\s*[-./月].*)?|[（(〔\[]\s*\d{4}\s*[）)〕\]].*\d+\s*号.*"
    r"|\d{4}-\d{2}-\d{2}[T ].*|[^\x00-\x7f]+:.+"  # the last: 填报单位：审管办, a line above the header
)


@dataclass(frozen=True, slots=True)
class Header:
    """``first`` and ``last``: 0-based rows it occupies; ``names``: one unique name per column."""

    first: int
    last: int
    names: tuple[str, ...]


def header_name(cell: Cell) -> str:
    """A header as it is compared: half-width, without line breaks, without gaps between Chinese."""
    if cell is None or isinstance(cell, bool):
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = unicodedata.normalize("NFKC", str(cell)).replace("\ufeff", "")
    return _GAP.sub("", " ".join(text.split())).strip("*※ ")


def find_header(
    rows: Sequence[Sequence[Cell]], merges: Sequence[Merge], expected: Collection[str]
) -> Header | None:
    """The header among the first rows of a table, or None.

    ``expected`` are names a mapping asks for; the row that holds most of them wins. Without them the
    first row counts that is text only and about as wide as the rows below it.
    """
    wanted = {header_name(name) for name in expected} - {""}
    best: tuple[float, Header] | None = None
    for index in range(min(len(rows), SEARCHED)):
        if not _is_label_row(rows[index]):
            continue
        header = _from_row(rows, index, merges)
        score = _score(rows, header, wanted)
        if score > 0 and (best is None or score > best[0]):
            best = (score, header)
    return best[1] if best else None


def _score(rows: Sequence[Sequence[Cell]], header: Header, wanted: set[str]) -> float:
    found = len(wanted & set(header.names))
    below = [_filled(row) for row in rows[header.last + 1 : header.last + 21] if _filled(row)]
    usual = sorted(below)[len(below) // 2] if below else 1
    named = [_REPEAT.sub("", name) for name in header.names if not _UNNAMED.fullmatch(name)]
    if not found and (len(named) < 0.6 * usual or len(set(named)) < 2 <= usual):
        return 0.0
    # Earlier rows win among equals; a data row of words must not beat the row above it.
    return found * 100 + 10.0 - header.first * 0.1


def _from_row(rows: Sequence[Sequence[Cell]], first: int, merges: Sequence[Merge]) -> Header:
    last = first
    while last + 1 < len(rows) and last - first + 1 < _LEVELS and _continues(rows, first, last, merges):
        last += 1
    width = max(len(row) for row in rows[first : last + 1])
    levels = [_level(rows, row, last, width, merges) for row in range(first, last + 1)]
    names = []
    for column in range(width):
        parts: list[str] = []
        for level in levels:
            if level[column] and (not parts or parts[-1] != level[column]):
                parts.append(level[column])
        names.append("/".join(parts).replace("/(", "("))
    return Header(first, last, _unique(names))


def _continues(rows: Sequence[Sequence[Cell]], first: int, last: int, merges: Sequence[Merge]) -> bool:
    """Whether the row after ``last`` is a lower level of the header that begins at ``first``."""
    upper, lower = rows[last], rows[last + 1]
    if not _is_label_row(lower) or _filled(rows[first]) < 2:
        return False  # one name over everything is a title, not a level
    if _are_units(lower):
        return True
    if any(merge.top <= last < merge.bottom for merge in merges if merge.top >= first):
        return True
    if any(merge.top == merge.bottom == last and merge.right > merge.left for merge in merges):
        return True
    # Without merge marks (CSV): the lower row fills gaps of the upper one and is itself not complete.
    width = max(len(upper), len(lower))
    above = [header_name(_at(upper, column)) for column in range(width)]
    below = [header_name(_at(lower, column)) for column in range(width)]
    fills = any(low and not up for up, low in zip(above, below, strict=True))
    open_columns = any(up and not low for up, low in zip(above, below, strict=True))
    led = bool(above and above[0]) or not below[0]
    return fills and open_columns and led


def _are_units(row: Sequence[Cell]) -> bool:
    """（万元）, （件）: a row of units in brackets, each belonging to the name above it."""
    names = [header_name(cell) for cell in row]
    return any(names) and all(_UNIT.fullmatch(name) for name in names if name)


def _level(
    rows: Sequence[Sequence[Cell]], row: int, last: int, width: int, merges: Sequence[Merge]
) -> list[str]:
    """Names of one header row, carried into merged cells and, without merges, over gaps to the right."""
    names = [header_name(_at(rows[row], column)) for column in range(width)]
    for merge in merges:
        if merge.top <= row <= merge.bottom and merge.top <= last:
            name = header_name(_at(rows[merge.top], merge.left))
            for column in range(merge.left, min(merge.right + 1, width)):
                names[column] = name
    if row < last and not any(merge.top == merge.bottom == row for merge in merges):
        lower = [header_name(_at(rows[row + 1], column)) for column in range(width)]
        for column in range(1, width):
            if not names[column] and lower[column] and lower[column - 1]:
                names[column] = names[column - 1]
    return names


def _is_label_row(row: Sequence[Cell]) -> bool:
    """Words only: no number, no date, no case number, nothing as long as a sentence."""
    labels = 0
    for cell in row:
        if cell is None or cell == "":
            continue
        if isinstance(cell, (bool, int, float, datetime, date, time, timedelta)):
            return False
        name = header_name(cell)
        if not name:
            continue
        if len(name) > 60 or _DATA.fullmatch(name):
            return False
        labels += 1
    return labels > 0


def _filled(row: Sequence[Cell]) -> int:
    return sum(1 for cell in row if cell is not None and cell != "")


def _at(row: Sequence[Cell], column: int) -> Cell:
    return row[column] if column < len(row) else None


def _unique(names: Sequence[str]) -> tuple[str, ...]:
    seen: dict[str, int] = {}
    result = []
    for position, name in enumerate(names, 1):
        name = name or f"第 {position} 列"
        seen[name] = seen.get(name, 0) + 1
        result.append(name if seen[name] == 1 else f"{name}（{seen[name]}）")
    return tuple(result)
