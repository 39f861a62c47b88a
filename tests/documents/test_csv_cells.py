"""What a spreadsheet would run is marked as text; numbers and plain words are left alone."""

from __future__ import annotations

import pytest

from mingjing.documents.csv_cells import inert


@pytest.mark.parametrize("cell", ["=1+1", "+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", "\t=1", "\r=1"])
def test_a_formula_becomes_text(cell: str) -> None:
    assert inert(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "-1.85", "+3", "-12%", "（2024）云9801民初1号", 5, None, "a=b"])
def test_numbers_and_words_stay(cell: object) -> None:
    assert inert(cell) == cell
