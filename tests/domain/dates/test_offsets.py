"""A day some time before or after another."""

from __future__ import annotations

import pytest

from mingjing.domain.dates.offsets import day_after, day_before
from tests.domain.samples import calendar, day, length


@pytest.mark.parametrize(
    ("by", "before", "after"),
    [
        ("15 天", "2024-09-23", "2024-10-23"),
        ("1 个月", "2024-09-08", "2024-11-08"),
        ("2 个工作日", "2024-09-29", "2024-10-10"),
        ("半天", "2024-09-30", "2024-10-09"),
        ("0 天", "2024-10-08", "2024-10-08"),
    ],
)
def test_days_are_counted_from_the_day_itself(by: str, before: str, after: str) -> None:
    assert day_before(day("2024-10-08"), length(by), calendar()) == day(before)
    assert day_after(day("2024-10-08"), length(by), calendar()) == day(after)
