"""Periods a duty comes round in."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.periods import Every, called_period, period_of, periods_between, read_period
from mingjing.domain.reasons import Unreadable

OF_THE_CALENDAR = [every for every in Every if every.comes_by_itself]
DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("every", "day", "code", "first", "last", "label"),
    [
        (Every.WEEK, "2026-07-22", "2026-W30", "2026-07-20", "2026-07-26", "2026年第30周（7月20日起）"),
        (Every.WEEK, "2027-01-01", "2026-W53", "2026-12-28", "2027-01-03", "2026年第53周（12月28日起）"),
        (Every.MONTH, "2026-07-31", "2026-07", "2026-07-01", "2026-07-31", "2026年7月"),
        (Every.MONTH, "2024-02-10", "2024-02", "2024-02-01", "2024-02-29", "2024年2月"),
        (Every.QUARTER, "2026-09-30", "2026-Q3", "2026-07-01", "2026-09-30", "2026年第三季度"),
        (Every.HALF, "2026-06-30", "2026-H1", "2026-01-01", "2026-06-30", "2026年上半年"),
        (Every.HALF, "2026-07-01", "2026-H2", "2026-07-01", "2026-12-31", "2026年下半年"),
        (Every.YEAR, "2026-02-03", "2026", "2026-01-01", "2026-12-31", "2026年"),
    ],
)
def test_a_day_lies_in_its_period(
    every: Every, day: str, code: str, first: str, last: str, label: str
) -> None:
    period = period_of(every, date.fromisoformat(day))
    assert (period.code, str(period.first), str(period.last), period.label) == (code, first, last, label)


@given(st.sampled_from(OF_THE_CALENDAR), DAYS)
def test_a_code_names_the_period_it_was_made_from(every: Every, day: date) -> None:
    period = period_of(every, day)
    assert read_period(period.code) == period
    assert day in period and period.first - timedelta(days=1) not in period


@given(st.sampled_from(OF_THE_CALENDAR), DAYS, st.integers(0, 800))
def test_periods_follow_each_other_without_gap_or_overlap(every: Every, first: date, days: int) -> None:
    last = first + timedelta(days=days)
    found = list(periods_between(every, first, last))
    each_day = [period_of(every, first + timedelta(days=n)) for n in range(days + 1)]
    assert found == list(dict.fromkeys(each_day))
    assert [one.code for one in found] == sorted(one.code for one in found)


@pytest.mark.parametrize("code", ["2026-13", "2026-W54", "2025-W53", "2026-Q5", "7月", "", "2026-07-15"])
def test_a_code_that_names_no_period_is_refused(code: str) -> None:
    with pytest.raises(Unreadable, match="没有“"):
        read_period(code)


def test_a_campaign_is_known_by_the_day_it_was_called() -> None:
    first = called_period(date(2026, 3, 2), date(2026, 3, 12))
    again = called_period(date(2026, 3, 2), date(2026, 3, 12), turn=2)
    assert (first.code, first.label) == ("2026-03-02", "2026年3月2日发起")
    assert (again.code, again.label) == ("2026-03-02-2", "2026年3月2日发起（当日第2次）")
    assert len(again.code) <= 12


def test_what_is_called_or_happens_has_no_period_of_the_calendar() -> None:
    with pytest.raises(ValueError, match="发起"):
        period_of(Every.CALLED, date(2026, 3, 2))
    assert not Every.EVENT.comes_by_itself
