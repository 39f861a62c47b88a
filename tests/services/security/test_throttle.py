"""One key asks so often in any minute and no more; another key is not disturbed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.services.security.throttle import Throttle, TooOften

START = datetime(2024, 4, 1, tzinfo=UTC)


def test_the_next_one_is_refused_until_the_minute_is_over_and_says_how_long() -> None:
    throttle = Throttle()
    for second in range(3):
        throttle.ask("a", 3, START + timedelta(seconds=second))
    with pytest.raises(TooOften, match="50 秒后再试"):
        throttle.ask("a", 3, START + timedelta(seconds=10))
    throttle.ask("b", 3, START + timedelta(seconds=10))
    throttle.ask("a", 3, START + timedelta(seconds=60))


@given(steps=st.lists(st.floats(0, 30), max_size=60), most=st.integers(1, 5))
def test_no_minute_ever_holds_more_than_allowed(steps: list[float], most: int) -> None:
    throttle, now, let_in = Throttle(), START, []
    for step in steps:
        now += timedelta(seconds=step)
        try:
            throttle.ask("a", most, now)
        except TooOften:
            continue
        let_in.append(now)
    for first in let_in:
        assert sum(first <= other < first + timedelta(minutes=1) for other in let_in) <= most
