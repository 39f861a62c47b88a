"""What happens when the last day is a day of rest."""

from __future__ import annotations

import pytest

from mingjing.domain.deadlines.rules import RollRule
from mingjing.domain.reasons import MissingFact
from tests.domain.samples import answer, counted, day, last_day, lines, rule

ROLLED = rule("10 天")
EXACT = rule("10 天", counting=counted(last_day=RollRule.NEVER))
CRIMINAL = rule("10 天", counting=counted(last_day=RollRule.ROLL_UNLESS_CUSTODY))
ENDS_ON_SATURDAY = day("2024-03-06")
ENDS_IN_THE_NATIONAL_HOLIDAY = day("2024-09-21")


def test_a_limit_that_ends_in_the_national_holiday_ends_on_the_first_working_day_after() -> None:
    assert last_day(ROLLED, {"立案日期": ENDS_IN_THE_NATIONAL_HOLIDAY}) == day("2024-10-08")


def test_a_limit_that_ends_on_a_weekend_worked_is_not_rolled_over() -> None:
    assert last_day(ROLLED, {"立案日期": day("2024-09-19")}) == day("2024-09-29")


def test_a_limit_that_is_never_rolled_over_ends_on_the_day_of_rest() -> None:
    found = answer(EXACT, {"立案日期": ENDS_ON_SATURDAY})
    assert found.value.last_day == day("2024-03-16")
    assert lines(found)[-1] == "= 2024-03-16 周六，是休假日，按规定不顺延"


def test_custody_ends_on_the_exact_day() -> None:
    found = answer(CRIMINAL, {"立案日期": ENDS_ON_SATURDAY, "在押": True})
    assert found.value.last_day == day("2024-03-16")
    assert lines(found)[-1] == "= 2024-03-16 周六，是休假日，在押，不顺延"


def test_without_custody_a_criminal_limit_is_rolled_over() -> None:
    assert last_day(CRIMINAL, {"立案日期": ENDS_ON_SATURDAY, "在押": "否"}) == day("2024-03-18")


def test_whether_the_accused_is_in_custody_is_asked_only_where_it_matters() -> None:
    assert last_day(CRIMINAL, {"立案日期": day("2024-03-05")}) == day("2024-03-15")
    with pytest.raises(MissingFact, match="是否在押") as refused:
        last_day(CRIMINAL, {"立案日期": ENDS_ON_SATURDAY})
    assert refused.value.example == "在押：否"


def test_a_provisional_year_is_said_so() -> None:
    found = answer(ROLLED, {"立案日期": day("2026-12-25")})
    assert found.value.last_day == day("2027-01-04")
    assert found.caveats == ("2027 年的放假通知尚未录入，按暂定日历计算，录入后会重算。",)


def test_a_year_without_a_calendar_is_rolled_over_weekends_only_and_said_so() -> None:
    found = answer(ROLLED, {"立案日期": day("2028-09-22")})
    assert found.value.last_day == day("2028-10-02")
    assert found.caveats == ("没有 2028 年的放假安排，只按周末判断是否顺延。",)


def test_a_limit_that_is_never_rolled_over_does_not_doubt_the_calendar() -> None:
    assert answer(EXACT, {"立案日期": day("2028-09-22")}).caveats == ()


def test_working_days_that_reach_a_provisional_year_say_so() -> None:
    found = answer(rule("10 个工作日"), {"立案日期": day("2026-12-25")})
    assert found.caveats == ("2027 年的放假通知尚未录入，按暂定日历计算，录入后会重算。",)
