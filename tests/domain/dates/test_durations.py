"""Durations as statutes write them."""

from __future__ import annotations

import pytest

from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.reasons import Unreadable


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("3 个月", Duration(months=3, text="3 个月")),
        ("1 年", Duration(months=12, text="1 年")),
        ("15 天", Duration(days=15, text="15 天")),
        ("半个月", Duration(days=15, text="半个月")),
        ("1 个半月", Duration(months=1, days=15, text="1 个半月")),
        ("7 个工作日", Duration(half_workdays=14, text="7 个工作日")),
        ("半天", Duration(half_workdays=1, text="半天")),
        ("48 小时", Duration(minutes=2880, text="48 小时")),
        ("30 分钟", Duration(minutes=30, text="30 分钟")),
    ],
)
def test_a_duration_is_one_number_and_one_unit(text: str, expected: Duration) -> None:
    assert read_duration(text) == expected
    assert str(read_duration(text)) == text


@pytest.mark.parametrize("text", ["3月", "三个月", "", "3", "个月", "3 个月 2 天", "-3 天"])
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(Unreadable, match="不认识的时长") as refused:
        read_duration(text)
    assert refused.value.example == "3 个月"


def test_durations_add_up_unit_by_unit() -> None:
    total = read_duration("3 个月") + read_duration("1 个半月")
    assert (total.months, total.days, str(total)) == (4, 15, "3 个月 + 1 个半月")
