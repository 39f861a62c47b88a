"""Topics reach the discipline team half a working day ahead, the record five days after (R-005, R-006)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingjing.domain.dates.calendars import CalendarStatus, WorkCalendar, YearCalendar
from mingjing.domain.dates.durations import read_duration
from mingjing.domain.meetings.filing_log import record_due, sent_in_time
from tests.domain.meetings.bodies import at, party_group

RULE = party_group().told[0]
CALENDAR = WorkCalendar(
    "calendar.cn",
    {
        2024: YearCalendar(
            2024,
            CalendarStatus.OFFICIAL,
            {date(2024, 5, day): "劳动节" for day in range(1, 6)},
            frozenset({date(2024, 4, 28)}),
        )
    },
)


@pytest.mark.parametrize(
    ("sent", "starts", "in_time"),
    [
        ("2024-03-05 10:30", "2024-03-05 14:30", True),
        ("2024-03-05 10:31", "2024-03-05 14:30", False),
        ("2024-03-05 11:30", "2024-03-05 14:30", False),
        ("2024-03-01 17:00", "2024-03-04 09:00", True),
        ("2024-03-03 20:00", "2024-03-04 09:00", False),
        ("2024-03-03 20:00", "2024-03-04 14:30", True),
        ("2024-03-04 23:00", "2024-03-05 08:30", True),
        ("2024-03-05 12:00", "2024-03-05 16:30", False),
        ("2024-03-05 11:59", "2024-03-05 16:30", True),
        ("2024-05-05 20:00", "2024-05-06 09:00", False),
        ("2024-04-28 16:00", "2024-04-29 09:00", True),
    ],
)
def test_half_a_working_day_ahead(sent: str, starts: str, in_time: bool) -> None:
    assert sent_in_time(RULE, at(sent), at(starts), CALENDAR) is in_time


@pytest.mark.parametrize(
    ("before", "sent", "in_time"),
    [
        ("12 小时", "2024-03-05 02:30", True),
        ("12 小时", "2024-03-05 02:31", False),
        ("1 个工作日", "2024-03-04 16:00", True),
        ("1 个工作日", "2024-03-05 09:00", False),
        ("1 天", "2024-03-04 23:59", True),
        ("1 天", "2024-03-05 00:00", False),
    ],
)
def test_a_court_may_count_otherwise(before: str, sent: str, in_time: bool) -> None:
    rule = replace(RULE, before=read_duration(before), gap=None)
    assert sent_in_time(rule, at(sent), at("2024-03-05 14:30"), CALENDAR) is in_time


def test_the_record_is_due_at_the_end_of_the_fifth_day_after() -> None:
    assert record_due(RULE, at("2024-06-03 17:00"), CALENDAR) == date(2024, 6, 8)


def test_without_a_limit_no_record_is_due() -> None:
    assert record_due(replace(RULE, after=None), at("2024-06-03 17:00"), CALENDAR) is None
