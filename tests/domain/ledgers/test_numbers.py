"""Numbers of records: made by a pattern, and read back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.ledgers.numbers import Numbered, PatternError, check_pattern, read_number, write_number
from mingjing.domain.reasons import Unreadable

ON = date(2024, 3, 1)


def test_the_serial_is_filled_up_to_its_width() -> None:
    assert write_number("整改-{年}-{序号:4}", 7, ON) == "整改-2024-0007"


def test_a_serial_wider_than_its_width_is_not_cut() -> None:
    assert write_number("整改-{年}-{序号:4}", 12345, ON) == "整改-2024-12345"


def test_month_court_and_department_have_their_places() -> None:
    text = write_number("{法院代字}督{年}{月}-{部门}-{序号}", 3, ON, court="示0101", unit="民一庭")
    assert text == "示0101督202403-民一庭-3"


@pytest.mark.parametrize(
    ("pattern", "cause"),
    [
        ("整改-{年}", "没有 {序号}"),
        ("整改-{序号:4}", "没有 {年}"),
        ("整改-{年}-{号}", "不认识“{号}”"),
        ("整改-{年:4}-{序号}", "只有序号可以写位数"),
        ("整改-{年}-{序号:0}", "1 至 9 位"),
        ("整改-{年}-{序号}-{年}", "写了两次"),
    ],
)
def test_a_pattern_that_makes_no_numbers_says_why(pattern: str, cause: str) -> None:
    with pytest.raises(PatternError) as refused:
        check_pattern(pattern)
    assert cause in str(refused.value)


def test_another_number_is_not_read() -> None:
    with pytest.raises(Unreadable):
        read_number("整改-{年}-{序号:4}", "督办-2024-0007")


@given(st.integers(1, 10**6), st.dates(date(1990, 1, 1), date(2999, 12, 31)))
def test_what_is_written_is_read_back(serial: int, on: date) -> None:
    pattern = "{法院代字}督-{年}-{月}-{序号:4}号"
    assert read_number(pattern, write_number(pattern, serial, on, court="示01")) == Numbered(
        serial, on.year, on.month, "示01"
    )
