"""Lines are worked out once for the same cells, and anew wherever anything they follow from differs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from mingjing.domain.dates.periods import Period, read_period
from mingjing.services.figures import reading
from mingjing.services.figures.following import settle
from mingjing.services.figures.reading import Line, board
from mingjing.services.figures.remembering import Remembered
from mingjing.services.figures.sight import whole
from mingjing.services.marking import mark
from tests.services.builders import House, acting, file_case

MARCH = read_period("2024-03")
FILED = "indicator.filed"


@pytest.fixture
def worked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The indicators worked out, in order; nothing is remembered from elsewhere."""
    found: list[str] = []
    plain = reading._line

    def counted(indicator: Any, *given: Any) -> Line:
        found.append(indicator.id)
        return plain(indicator, *given)

    monkeypatch.setattr(reading, "_line", counted)
    monkeypatch.setattr(reading, "_worked_out", Remembered(8))
    return found


def shown(house: House, period: Period) -> dict[str, str]:
    office = acting(house.manager)
    lines = board(office, whole(office), period, [FILED])
    return {one.indicator.id: one.answer.value.text for one in lines if one.answer is not None}


def test_the_same_page_again_works_nothing_out(house: House, worked: Sequence[str]) -> None:
    file_case(house, filed_on=date(2024, 3, 1))
    settle()
    first = shown(house, MARCH)
    assert worked == [FILED]
    assert shown(house, MARCH) == first == {FILED: "1 件"}
    assert worked == [FILED]


def test_a_case_that_comes_is_counted_at_once(house: House, worked: Sequence[str]) -> None:
    file_case(house, filed_on=date(2024, 3, 1))
    settle()
    assert shown(house, MARCH) == {FILED: "1 件"}
    mark([file_case(house, serial=2, filed_on=date(2024, 3, 1)).pk])
    settle()
    assert shown(house, MARCH) == {FILED: "2 件"}
    assert worked == [FILED] * 2


def test_another_period_of_the_same_cells_is_another_page(house: House, worked: Sequence[str]) -> None:
    file_case(house, filed_on=date(2024, 3, 1))
    settle()
    assert shown(house, MARCH) == {FILED: "1 件"}
    assert shown(house, read_period("2024-02")) == {FILED: "0 件"}
    assert worked == [FILED] * 2


def test_the_page_not_asked_for_longest_goes_first() -> None:
    kept: Remembered[int] = Remembered(2)
    made: list[str] = []

    def make(key: str) -> int:
        made.append(key)
        return len(made)

    def ask(key: str) -> int:
        return kept.get(key, (), lambda: make(key))

    assert [ask(key) for key in ("甲", "乙", "甲", "丙", "甲", "乙")] == [1, 2, 1, 3, 1, 4]
