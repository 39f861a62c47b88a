"""The first day, hours, half days, working days, and counting back from an event."""

from __future__ import annotations

import pytest

from mingjing.domain.deadlines.rules import Direction, MonthRule, RollRule
from mingjing.domain.reasons import CalendarMissing, MissingFact, Refusal
from tests.domain.samples import answer, counted, day, last_day, lines, moment, rule

BACKWARD = counted(direction=Direction.BACKWARD)
FIRST_COUNTS = counted(first_day_counts=True, last_day=RollRule.NEVER)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [
        ("3 天", "2024-03-06"),
        ("1 个月", "2024-04-03"),
        ("1 个半月", "2024-04-18"),
        ("3 个工作日", "2024-03-06"),
    ],
)
def test_where_the_first_day_counts_the_limit_ends_a_day_earlier(limit: str, expected: str) -> None:
    assert last_day(rule(limit, counting=FIRST_COUNTS), {"立案日期": day("2024-03-04")}) == day(expected)


def test_half_a_month_is_fifteen_days() -> None:
    assert last_day(rule("半个月"), {"立案日期": day("2024-02-19")}) == day("2024-03-05")


def test_the_criminal_month_runs_from_month_end_to_month_end() -> None:
    criminal = counted(no_such_day=MonthRule.MONTH_END_TO_MONTH_END, last_day=RollRule.NEVER)
    found = answer(rule("1 个月", counting=criminal), {"立案日期": day("2023-02-28")})
    assert found.value.last_day == day("2023-03-31")
    assert "→ 2023-03-31 2023-02-28 是月末，对应 3 月的月末" in lines(found)


def test_working_days_leave_out_the_first_day_and_the_days_of_rest() -> None:
    assert last_day(rule("3 个工作日"), {"立案日期": day("2024-02-08")}) == day("2024-02-19")


def test_working_days_beyond_the_known_years_are_refused() -> None:
    with pytest.raises(CalendarMissing, match="2028"):
        last_day(rule("3 个工作日"), {"立案日期": day("2027-12-30")})


def test_hours_begin_with_the_next_full_hour() -> None:
    found = answer(rule("48 小时"), {"立案日期": moment("2024-03-04 10:20")})
    assert found.value.moment == moment("2024-03-06 11:00")
    assert found.value.last_day == day("2024-03-06")
    assert lines(found)[0] == "2024-03-04 10:20 立案，当时不计入，自 11:00 起算"
    assert lines(found)[-1] == "= 2024-03-06 11:00 周三，不是休假日，不顺延"


def test_hours_run_from_the_moment_itself_where_the_first_hour_counts() -> None:
    found = answer(rule("24 小时", counting=FIRST_COUNTS), {"立案日期": moment("2024-03-04 10:20")})
    assert found.value.moment == moment("2024-03-05 10:20")


def test_minutes_run_from_the_moment_itself() -> None:
    found = answer(rule("30 分钟"), {"立案日期": moment("2024-03-04 10:20")})
    assert found.value.moment == moment("2024-03-04 10:50")


def test_hours_that_end_on_a_day_of_rest_end_at_the_same_hour_of_the_first_working_day() -> None:
    found = answer(rule("24 小时"), {"立案日期": moment("2024-03-08 15:30")})
    assert found.value.moment == moment("2024-03-11 16:00")


def test_hours_without_an_hour_to_start_from_are_refused() -> None:
    with pytest.raises(MissingFact, match="只有日期没有时刻"):
        last_day(rule("48 小时"), {"立案日期": day("2024-03-04")})


def test_half_a_day_from_a_morning_ends_with_that_day() -> None:
    found = answer(rule("半天"), {"立案日期": moment("2024-03-04 10:20")})
    assert (found.value.last_day, found.value.moment) == (day("2024-03-04"), None)


def test_half_a_day_from_an_afternoon_ends_at_noon_of_the_next_working_day() -> None:
    found = answer(rule("半天"), {"立案日期": moment("2024-03-08 15:00")})
    assert found.value.moment == moment("2024-03-11 12:00")


def test_half_a_day_from_a_day_without_an_hour_ends_at_noon_of_the_next_working_day() -> None:
    found = answer(rule("半天"), {"立案日期": day("2024-03-08")})
    assert found.value.last_day == day("2024-03-11")
    assert found.value.moment is not None
    assert found.value.moment.hour == 12


def test_half_a_day_that_counts_its_first_half_ends_with_it() -> None:
    morning = answer(rule("半天", counting=FIRST_COUNTS), {"立案日期": moment("2024-03-04 10:20")})
    assert morning.value.moment == moment("2024-03-04 12:00")
    afternoon = answer(rule("半天", counting=FIRST_COUNTS), {"立案日期": moment("2024-03-04 15:20")})
    assert (afternoon.value.last_day, afternoon.value.moment) == (day("2024-03-04"), None)


@pytest.mark.parametrize(
    ("limit", "expected"),
    [("3 天", "2024-03-12"), ("3 个工作日", "2024-03-12"), ("1 个月", "2024-02-09")],
)
def test_a_period_before_an_event_is_counted_back_from_it(limit: str, expected: str) -> None:
    found = answer(rule(limit, counting=BACKWARD), {"立案日期": day("2024-03-15")})
    assert found.value.last_day == day(expected)
    assert found.steps[1].amount == f"- {limit}"


def test_a_period_counted_back_to_a_day_of_rest_ends_on_the_working_day_before() -> None:
    found = answer(rule("3 天", counting=BACKWARD), {"立案日期": day("2024-03-13")})
    assert found.value.last_day == day("2024-03-08")
    assert lines(found)[-2] == "→ 2024-03-10 周日，提前到前一个工作日"


def test_hours_before_an_event_leave_out_its_own_hour() -> None:
    found = answer(rule("24 小时", counting=BACKWARD), {"立案日期": moment("2024-03-13 10:20")})
    assert found.value.moment == moment("2024-03-12 10:00")


def test_half_a_day_before_an_event_is_refused() -> None:
    with pytest.raises(Refusal, match="不能往前数"):
        last_day(rule("半天", counting=BACKWARD), {"立案日期": day("2024-03-13")})


def test_a_missing_start_is_refused_by_name() -> None:
    with pytest.raises(MissingFact, match="缺少“立案日期”"):
        last_day(rule("3 天"), {})


def test_a_start_that_is_no_day_is_refused_by_name() -> None:
    with pytest.raises(Refusal, match="“立案日期”应当是一个日期，收到的是“三月”"):
        last_day(rule("3 天"), {"立案日期": "三月"})
