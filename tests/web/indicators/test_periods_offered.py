"""Which periods a page of figures offers and takes: weeks, months, quarters and years, and any single day."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.reading.keyset import BadFilter
from mingjing.web.indicators.asking import WORDS, asked_period, codes

TODAY = date(2026, 9, 30)


def test_whole_periods_before_the_running_one_are_offered_by_their_codes() -> None:
    found = codes(TODAY)
    assert found[:2] == ["2026-08", "2026-07"]
    assert found[23:26] == ["2024-09", "2026-Q2", "2026-Q1"]
    assert found[-4:] == ["2025", "2024", "2023", "2022"]


def test_everything_that_is_offered_is_a_period_that_has_begun() -> None:
    for text in (*WORDS, *codes(TODAY)):
        period = asked_period(text, TODAY)
        assert period.first <= period.last <= TODAY


def test_weeks_begin_on_monday() -> None:
    running, before = asked_period("本周", TODAY), asked_period("上周", TODAY)
    assert (running.first, running.last) == (date(2026, 9, 28), TODAY)
    assert (before.first, before.last) == (date(2026, 9, 21), date(2026, 9, 27))


def test_a_single_day_is_a_period() -> None:
    period = asked_period("2026-05-13", TODAY)
    assert (period.first, period.last, period.label) == (date(2026, 5, 13), date(2026, 5, 13), "2026-05-13")


@pytest.mark.parametrize("text", ["2026-02-30", "2026-13", "2026-10-01", "2026-05-13-1", "去年"])
def test_what_is_no_period_or_lies_ahead_is_refused(text: str) -> None:
    with pytest.raises(BadFilter):
        asked_period(text, TODAY)
