"""Cells of CSV files, which a spreadsheet would run where they look like formulas."""

from __future__ import annotations

import re

_RUNS = ("=", "+", "-", "@", "\t", "\r")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?%?")


def inert(cell: object) -> object:
    """A cell as a spreadsheet shows it and never runs it; numbers stay what they are.

    A text that would be taken for a formula gets the apostrophe by which people mark text.
    """
    runs = isinstance(cell, str) and cell.startswith(_RUNS) and not _NUMBER.fullmatch(cell)
    return f"'{cell}" if runs else cell
