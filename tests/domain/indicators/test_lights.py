"""A light comes on at its bound, red before amber, and never where there is nothing to compare."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from mingjing.domain.indicators.lights import Basis, Bound, Light, Lights, Side

HUNDRED = Lights(amber=Bound(Side.BELOW, Decimal(100)), red=Bound(Side.BELOW, Decimal(90)))
PRESSED = Lights(Basis.YEAR, Bound(Side.ABOVE, Decimal(90)), Bound(Side.AT_LEAST, Decimal(100)))


@pytest.mark.parametrize(
    ("value", "light"),
    [
        (Fraction(100), Light.GREEN),
        (Fraction(2400, 25), Light.AMBER),
        (Fraction(90), Light.AMBER),
        (Fraction(8999, 100), Light.RED),
        (None, None),
    ],
)
def test_attendance_is_amber_below_a_hundred_and_red_below_ninety(
    value: Fraction | None, light: Light | None
) -> None:
    assert HUNDRED.shown(value, None) is light


@pytest.mark.parametrize(
    ("now", "before", "light"),
    [
        (9, 10, Light.GREEN),
        (19, 20, Light.AMBER),
        (20, 20, Light.RED),
        (5, 0, None),
        (0, 4, Light.GREEN),
    ],
)
def test_papers_are_compared_with_the_year_before_in_percent(
    now: int, before: int, light: Light | None
) -> None:
    assert PRESSED.shown(Fraction(now), Fraction(before)) is light


def test_without_a_year_before_there_is_no_light() -> None:
    assert PRESSED.shown(Fraction(5), None) is None


@pytest.mark.parametrize(
    ("side", "at", "beyond"),
    [
        (Side.BELOW, False, True),
        (Side.AT_MOST, True, True),
        (Side.ABOVE, False, False),
        (Side.AT_LEAST, True, False),
    ],
)
def test_each_side_says_whether_the_number_itself_is_on_it(side: Side, at: bool, beyond: bool) -> None:
    bound = Bound(side, Decimal(3))
    assert bound.passed(Fraction(3)) is at
    assert bound.passed(Fraction(2)) is beyond


def test_the_words_say_what_is_compared_and_when_each_light_comes_on() -> None:
    assert HUNDRED.text == "数字低于 100 亮黄灯，低于 90 亮红灯"
    assert PRESSED.text == "比上年同期（%）高于 90 亮黄灯，不低于 100 亮红灯"
