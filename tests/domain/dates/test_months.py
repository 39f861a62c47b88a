"""Adding months by the civil and by the criminal rule."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.months import MonthRule, add_months, days_in_month

CIVIL, CRIMINAL = MonthRule.MONTH_END_IF_MISSING, MonthRule.MONTH_END_TO_MONTH_END
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("start", "months", "civil", "criminal"),
    [
        ("2024-03-13", 1, "2024-04-13", "2024-04-13"),
        ("2024-01-31", 1, "2024-02-29", "2024-02-29"),
        ("2023-01-31", 1, "2023-02-28", "2023-02-28"),
        ("2023-02-28", 1, "2023-03-28", "2023-03-31"),
        ("2024-02-28", 1, "2024-03-28", "2024-03-28"),
        ("2024-02-29", 12, "2025-02-28", "2025-02-28"),
        ("2024-04-30", 2, "2024-06-30", "2024-06-30"),
        ("2024-04-30", 1, "2024-05-30", "2024-05-31"),
        ("2024-11-30", 3, "2025-02-28", "2025-02-28"),
        ("2024-12-31", 6, "2025-06-30", "2025-06-30"),
        ("2024-03-31", -1, "2024-02-29", "2024-02-29"),
        ("2024-02-29", -1, "2024-01-29", "2024-01-31"),
    ],
)
def test_a_month_later_by_both_rules(start: str, months: int, civil: str, criminal: str) -> None:
    day = date.fromisoformat(start)
    assert add_months(day, months, CIVIL) == date.fromisoformat(civil)
    assert add_months(day, months, CRIMINAL) == date.fromisoformat(criminal)


@given(DAYS, st.integers(0, 60))
def test_the_criminal_rule_never_ends_before_the_civil_one(day: date, months: int) -> None:
    assert add_months(day, months, CRIMINAL) >= add_months(day, months, CIVIL)


@given(DAYS, st.integers(0, 60))
def test_the_day_reached_lies_in_the_right_month_and_is_no_later_in_it(day: date, months: int) -> None:
    reached = add_months(day, months, CIVIL)
    assert (reached.year * 12 + reached.month) - (day.year * 12 + day.month) == months
    assert reached.day == min(day.day, days_in_month(reached.year, reached.month))


@given(DAYS, st.integers(1, 60))
def test_a_month_end_answers_a_month_end_in_criminal_cases(day: date, months: int) -> None:
    month_end = day.replace(day=days_in_month(day.year, day.month))
    reached = add_months(month_end, months, CRIMINAL)
    assert reached.day == days_in_month(reached.year, reached.month)
