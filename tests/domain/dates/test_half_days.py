"""Half working days: a morning ends at noon, an afternoon with the day."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.calendars import HalfDay
from tests.domain.samples import calendar, day


@pytest.mark.parametrize(
    ("start", "afternoon", "n", "expected", "ends_in_afternoon"),
    [
        ("2024-03-04", False, 1, "2024-03-04", True),
        ("2024-03-04", True, 1, "2024-03-05", False),
        ("2024-03-04", False, 2, "2024-03-05", False),
        ("2024-03-04", True, 2, "2024-03-05", True),
        ("2024-03-08", True, 1, "2024-03-11", False),
        ("2024-03-09", False, 1, "2024-03-11", False),
        ("2024-03-08", False, 3, "2024-03-11", True),
    ],
)
def test_the_half_day_of_the_start_is_not_counted(
    start: str, afternoon: bool, n: int, expected: str, ends_in_afternoon: bool
) -> None:
    found = calendar().add_half_workdays(HalfDay(day(start), afternoon), n)
    assert found == HalfDay(day(expected), ends_in_afternoon)


@given(st.dates(day("2021-02-01"), day("2026-11-30")), st.integers(1, 10))
def test_two_halves_from_the_evening_are_one_working_day(start: date, n: int) -> None:
    evening = HalfDay(start, afternoon=True)
    assert calendar().add_half_workdays(evening, 2 * n) == HalfDay(
        calendar().add_workdays(start, n), afternoon=True
    )
