"""What a judge is told about the number of cases drawn is the arithmetic of chance."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.assignment.expectation import chance, share_of
from tests.domain.assignment.test_drawing import pool_of


@given(st.lists(st.integers(1, 20), min_size=1, max_size=5), st.data())
def test_the_chances_of_all_add_up_to_the_seats(weights: list[int], data: st.DataObject) -> None:
    seats = data.draw(st.integers(1, len(weights)))
    pool = pool_of(*weights, seats=seats)
    assert sum(chance(pool, one.id) for one in pool.candidates) == pytest.approx(seats)


def test_fifteen_instead_of_eleven_is_shown_as_a_sum() -> None:
    draws = [
        (pool_of(1, 1, 1, 1, case=f"第{number}号"), ("J01",) if number < 15 else ()) for number in range(44)
    ]
    answer = share_of("J01", draws)
    assert answer.value.drawn == 15
    assert answer.value.expected == pytest.approx(11)
    assert answer.value.distance == pytest.approx(1.39, abs=0.01)
    assert [step.amount for step in answer.steps] == ["44", "11.00", "± 2.87", "15"]


def test_draws_one_was_not_in_do_not_count() -> None:
    assert share_of("J09", [(pool_of(1, 1), ("J01",))]).value.draws == 0
