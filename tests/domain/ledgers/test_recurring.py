"""An old problem that comes back is told apart from a new one."""

from __future__ import annotations

from datetime import date

from mingjing.domain.dates.durations import read_duration
from mingjing.domain.ledgers.recurrence import Earlier, returns_of
from mingjing.domain.ledgers.register import Recurrence
from tests.domain.samples import calendar

RULE = Recurrence(("部门", "类别"), read_duration("12 个月"))
NOW = {"部门": 7, "类别": "超审限", "问题": "又一件"}


def returns(*earlier: Earlier, values: dict[str, object] | None = None, on: str = "2024-03-01") -> list[int]:
    found = returns_of(RULE, values or NOW, date.fromisoformat(on), earlier, calendar())
    return [one.key for one in found]


def old(key: int = 1, over: str | None = "2023-03-01", **values: object) -> Earlier:
    content = {"部门": 7, "类别": "超审限"} | values
    return Earlier(key, content, date(2022, 1, 1), date.fromisoformat(over) if over else None)


def test_the_last_day_of_the_time_still_counts() -> None:
    assert returns(old(), on="2024-03-01") == [1]
    assert returns(old(), on="2024-03-02") == []


def test_another_department_is_another_problem() -> None:
    assert returns(old(部门=8)) == []


def test_blanks_in_a_text_make_no_difference() -> None:
    assert returns(old(类别=" 超 审限")) == [1]


def test_an_old_one_that_is_still_open_comes_back_at_once() -> None:
    assert returns(old(over=None)) == [1]


def test_an_empty_field_says_nothing() -> None:
    assert returns(old(类别=""), values={"部门": 7, "类别": ""}) == []


def test_the_latest_comes_first() -> None:
    assert returns(old(1, "2023-06-01"), old(2, "2023-09-01"), old(3, None)) == [3, 2, 1]
