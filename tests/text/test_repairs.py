"""What would mend a contradiction: the counts that round to a rate, and the slip that explains a number."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.text.arithmetic import befores, denominators, least_whole, numerators, printed, rounded, slip


def test_the_counts_behind_a_disputed_rate() -> None:
    assert numerators(Fraction(19343), Fraction("51.67"), 2) == (9994, 9995)
    assert denominators(Fraction(10042), Fraction("51.67"), 2) == (19433, 19436)


def test_last_years_count_has_a_span() -> None:
    assert befores(Fraction(47407), Fraction("18.71"), 2) == (39934, 39936)
    assert befores(Fraction(28144), Fraction("6.08"), 2) == (26530, 26532)


def test_a_rate_needs_enough_people() -> None:
    assert least_whole(Fraction("99.8"), 1) == 400


@pytest.mark.parametrize(
    ("wrong", "right", "how"),
    [
        (19343, 19434, "两个数字互换"),
        (19343, 19433, "相邻两位颠倒"),
        (6284, 6294, "一位数字不同"),
        (1840, 18240, "多一位或少一位"),
        (19343, 20000, ""),
    ],
)
def test_a_slip_is_named(wrong: int, right: int, how: str) -> None:
    assert slip(wrong, right) == how


def test_half_is_rounded_up() -> None:
    assert printed(rounded(Fraction("51.915"), 2), 2) == "51.92"
    assert printed(Fraction(93374200)) == "93,374,200"
    assert printed(Fraction("-0.6")) == "-0.6"


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(0, 3))
def test_the_true_parts_are_always_among_the_candidates(part: int, whole: int, decimals: int) -> None:
    part, whole = min(part, whole), max(part, whole)
    rate = rounded(Fraction(part * 100, whole), decimals)
    span = numerators(Fraction(whole), rate, decimals)
    assert span is not None and span[0] <= part <= span[1]
    if rate > 0 and rate - Fraction(1, 2 * 10**decimals) > 0:
        around = denominators(Fraction(part), rate, decimals)
        assert around is not None and around[0] <= whole <= around[1]
