"""Days told by a period or a field."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.calendars import CalendarStatus, WorkCalendar, YearCalendar
from mingjing.domain.dates.period_days import read_period_day
from mingjing.domain.dates.periods import Every, Period, period_of, read_period
from mingjing.domain.reasons import CalendarMissing, Unreadable

YEARS = {year: YearCalendar(year, CalendarStatus.OFFICIAL) for year in (2025, 2026, 2027)}
WEEKENDS_ONLY = WorkCalendar("calendar.test", YEARS)


@pytest.mark.parametrize(
    ("text", "period", "day"),
    [
        ("期末", "2026-07", "2026-07-31"),
        ("期初", "2026-07", "2026-07-01"),
        ("期末后 5 天", "2026-07", "2026-08-05"),
        ("期末后 3 个工作日", "2026-07", "2026-08-05"),
        ("期末后1天", "2026-W30", "2026-07-27"),
        ("期末前 31 天", "2026", "2026-11-30"),
        ("11 月 30 日", "2026", "2026-11-30"),
        ("2 月 29 日", "2026", "2026-02-28"),
        ("期初后 1 个月", "2026-Q1", "2026-02-01"),
    ],
)
def test_the_last_day_of_a_period(text: str, period: str, day: str) -> None:
    found = read_period_day(text)
    assert found.of(read_period(period), WEEKENDS_ONLY) == date.fromisoformat(day)
    assert found.text == text and not found.field
    steps = found.steps(read_period(period), WEEKENDS_ONLY)
    assert day in steps[-1].amount


def test_a_campaign_runs_from_the_day_it_was_called() -> None:
    period = Period(date(2026, 3, 2), date(2026, 3, 2), "2026-03-02", "")
    assert read_period_day("发起后 10 天").of(period, WEEKENDS_ONLY) == date(2026, 3, 12)
    assert read_period_day("发起后 10 个工作日").of(period, WEEKENDS_ONLY) == date(2026, 3, 16)


def test_a_day_counted_from_a_field_needs_the_field() -> None:
    before = read_period_day("举办日期前 10 天")
    assert before.field == "举办日期"
    assert before.after(date(2026, 5, 20), WEEKENDS_ONLY) == date(2026, 5, 10)
    with pytest.raises(ValueError, match="举办日期前 10 天"):
        before.of(read_period("2026-05"), WEEKENDS_ONLY)


@pytest.mark.parametrize("text", ["", "月底", "期末后", "期末后 五天", "2 月 30 日", "13 月 1 日", "5 号"])
def test_other_words_are_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_period_day(text)


def test_working_days_of_a_year_nobody_entered_are_refused() -> None:
    with pytest.raises(CalendarMissing):
        read_period_day("期末后 3 个工作日").of(read_period("2030"), WEEKENDS_ONLY)


@given(st.dates(date(2025, 2, 1), date(2027, 10, 31)), st.integers(1, 15))
def test_working_days_after_the_end_agree_with_counting_one_by_one(day: date, count: int) -> None:
    period = period_of(Every.MONTH, day)
    reached, left = period.last, count
    while left:
        reached += timedelta(days=1)
        left -= reached.weekday() < 5
    assert read_period_day(f"期末后 {count} 个工作日").of(period, WEEKENDS_ONLY) == reached
