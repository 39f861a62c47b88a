"""Parts of a body, against counting by fractions."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.meetings.proportions import read_proportion
from mingjing.domain.reasons import Unreadable

WORDS = {
    "超过半数": (Fraction(1, 2), True),
    "过半数": (Fraction(1, 2), True),
    "半数以上": (Fraction(1, 2), False),
    "三分之二以上": (Fraction(2, 3), False),
    "三分之二": (Fraction(2, 3), False),
    "超过三分之二": (Fraction(2, 3), True),
    "五分之四以上": (Fraction(4, 5), False),
    "全体": (Fraction(1), False),
}


@given(st.sampled_from(sorted(WORDS)), st.integers(1, 500), st.data())
def test_a_proportion_is_reached_when_the_fraction_is(text: str, of: int, data: st.DataObject) -> None:
    count = data.draw(st.integers(0, of))
    part, beyond = WORDS[text]
    wanted = Fraction(count, of) > part if beyond else Fraction(count, of) >= part
    assert read_proportion(text).reached(count, of) is wanted


@given(st.sampled_from(sorted(WORDS)), st.integers(1, 500))
def test_the_least_number_is_the_first_that_is_enough(text: str, of: int) -> None:
    share = read_proportion(text)
    enough = [count for count in range(1, of + 1) if share.reached(count, of)]
    assert enough == list(range(share.least(of), of + 1))


def test_of_an_empty_body_nothing_is_enough() -> None:
    assert not read_proportion("半数以上").reached(0, 0)


@pytest.mark.parametrize("text", ["一半", "三分之四", "超过二分之二", "超过半数以上", "", "三之二"])
def test_what_is_no_proportion_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_proportion(text)
