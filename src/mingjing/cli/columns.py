"""Text laid out in columns on a terminal, where a Chinese character is two cells wide."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from unicodedata import east_asian_width


def width(text: str) -> int:
    """Cells ``text`` takes up."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def padded(text: str, cells: int) -> str:
    """``text`` followed by as many blanks as it lacks of ``cells``."""
    return text + " " * (cells - width(text))


def columns(rows: Iterable[Sequence[str]], *, indent: str = "  ") -> list[str]:
    """Lines with every column as wide as its widest cell, the last one as it is."""
    cells = [tuple(row) for row in rows]
    if not cells:
        return []
    widths = [max(width(row[i]) for row in cells) for i in range(len(cells[0]) - 1)]
    return [
        indent + "  ".join([*(padded(c, w) for c, w in zip(row, widths, strict=False)), row[-1]]).rstrip()
        for row in cells
    ]
