"""Which days are worked, and counting over them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.calendars import CalendarStatus, WorkCalendar, YearCalendar
from mingjing.domain.reasons import CalendarMissing
from tests.domain.samples import calendar, day

COVERED = st.dates(date(2021, 6, 1), date(2026, 6, 30))


def test_a_weekend_worked_for_a_holiday_is_a_working_day() -> None:
    assert not calendar().is_rest_day(day("2024-02-04"))
    assert calendar().is_worked_weekend(day("2024-02-04"))
    assert calendar().is_rest_day(day("2024-02-03"))


def test_a_weekday_in_a_holiday_is_a_day_of_rest_with_its_festival() -> None:
    assert calendar().is_rest_day(day("2024-10-04"))
    assert calendar().festival(day("2024-10-04")) == "国庆节"
    assert calendar().festival(day("2024-10-08")) == ""


def test_a_holiday_named_by_the_next_years_notice_counts_in_december() -> None:
    named = {2023: YearCalendar(2023, CalendarStatus.OFFICIAL, {day("2022-12-30"): "元旦"})}
    assert WorkCalendar("c", named).is_rest_day(day("2022-12-30"))


@pytest.mark.parametrize(
    ("start", "n", "expected"),
    [
        ("2024-02-08", 3, "2024-02-19"),  # 9 日、18 日（周日，调休上班）、19 日
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-03-01", 3, "2024-03-06"),
        ("2024-03-02", 1, "2024-03-04"),
        ("2024-03-06", -3, "2024-03-01"),
        ("2024-02-18", -1, "2024-02-09"),
        ("2024-03-02", 0, "2024-03-02"),
        ("2023-12-29", 1, "2024-01-02"),
    ],
)
def test_the_nth_working_day(start: str, n: int, expected: str) -> None:
    assert calendar().add_workdays(day(start), n) == day(expected)


def test_counting_past_the_last_known_year_is_refused_by_name() -> None:
    with pytest.raises(CalendarMissing, match="没有 2028 年的放假安排"):
        calendar().add_workdays(day("2027-12-31"), 1)


def test_counting_back_past_the_first_known_year_is_refused_by_name() -> None:
    with pytest.raises(CalendarMissing, match="没有 2020 年的放假安排"):
        calendar().add_workdays(day("2021-01-04"), -1)


def test_a_count_that_begins_in_a_known_year_does_not_need_the_year_before() -> None:
    assert calendar().add_workdays(day("2020-12-31"), 1) == day("2021-01-04")


def test_a_gap_between_known_years_is_not_crossed() -> None:
    years = {year: YearCalendar(year, CalendarStatus.OFFICIAL) for year in (2020, 2022)}
    gapped = WorkCalendar("c", years)
    assert gapped.add_workdays(day("2022-01-03"), 1) == day("2022-01-04")
    with pytest.raises(CalendarMissing, match="2021"):
        gapped.add_workdays(day("2020-12-31"), 1)
    with pytest.raises(CalendarMissing, match="2021"):
        gapped.workdays_between(day("2020-12-30"), day("2022-01-04"))


def test_working_days_between_leave_out_the_first_day_and_count_the_last() -> None:
    assert calendar().workdays_between(day("2024-03-01"), day("2024-03-06")) == 3
    assert calendar().workdays_between(day("2024-03-06"), day("2024-03-01")) == -3
    assert calendar().workdays_between(day("2024-03-06"), day("2024-03-06")) == 0


def test_rolling_never_refuses_and_stops_at_weekends_where_the_year_is_unknown() -> None:
    assert calendar().roll_forward(day("2030-10-05")) == day("2030-10-07")
    assert calendar().roll_forward(day("2024-10-01")) == day("2024-10-08")
    assert calendar().roll_backward(day("2024-10-06")) == day("2024-09-30")


def test_years_whose_notice_is_not_out_are_named() -> None:
    assert calendar().provisional_years(day("2026-12-01"), day("2027-01-05")) == (2027,)
    assert calendar().provisional_years(day("2024-12-01"), day("2025-01-05")) == ()
    assert calendar().status_of(2027) is CalendarStatus.PROVISIONAL
    assert calendar().status_of(2028) is None


@given(COVERED, st.integers(1, 60))
def test_going_forward_and_back_again_over_working_days(start: date, n: int) -> None:
    there = calendar().add_workdays(start, n)
    assert calendar().workdays_between(start, there) == n
    assert not calendar().is_rest_day(there)
    assert calendar().add_workdays(there, -n) <= start
    assert calendar().add_workdays(there + timedelta(days=1), -n - 1) <= start
