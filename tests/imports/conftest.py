"""Files and words for the import tests; everything here is invented."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from mingjing.imports.words import Words
from tests.imports.samples import court_words

Book = Callable[..., io.BytesIO]


@pytest.fixture
def words() -> Words:
    return court_words()


@pytest.fixture
def book() -> Book:
    """A workbook of one sheet out of rows; ``merges`` are (top, left, bottom, right, text), 0-based."""

    def make(
        rows: Sequence[Sequence[Any]],
        *,
        merges: Sequence[tuple[int, int, int, int, str]] = (),
        sheet: str = "Sheet1",
        since_1904: bool = False,
    ) -> io.BytesIO:
        target = io.BytesIO()
        made = xlsxwriter.Workbook(target, {"date_1904": since_1904, "strings_to_formulas": False})
        page = made.add_worksheet(sheet)
        days = made.add_format({"num_format": "yyyy-mm-dd"})
        for index, row in enumerate(rows):
            for column, cell in enumerate(row):
                if hasattr(cell, "isoformat"):
                    page.write_datetime(index, column, cell, days)
                elif cell is not None:
                    page.write(index, column, cell)
        for top, left, bottom, right, text in merges:
            page.merge_range(top, left, bottom, right, text)
        made.close()
        target.seek(0)
        return target

    return make


@pytest.fixture(scope="session")
def flow(testdata: Path) -> Path:
    """The folder with the public event logs; never copied into the project."""
    return testdata / "flow"
