"""Arithmetic a reader can follow: what a printed number allows, and which slip would explain another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Span:
    """Every value a printed number may stand for, from ``low`` to ``high``, both counted."""

    low: Fraction
    high: Fraction

    def meets(self, other: Span) -> bool:
        """Whether one value can stand for both."""
        return self.low <= other.high and other.low <= self.high

    def __add__(self, other: Span) -> Span:
        return Span(self.low + other.low, self.high + other.high)

    def over(self, other: Span) -> Span | None:
        """This divided by a positive one."""
        if other.low <= 0:
            return None
        return Span(self.low / other.high, self.high / other.low)


def slack_of(steps: Sequence[Fraction]) -> Fraction:
    """How far a sum of rounded numbers may be off: counts not at all, others by one last place, by two where
    more than four are added."""
    rough = [step for step in steps if step.denominator != 1 or step > 1]
    if not rough:
        return Fraction(0)
    return max(rough) * (1 if len(steps) <= 5 else 2)


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half away from zero, as reports round."""
    scale = 10**decimals
    size = floor(abs(value) * scale + HALF)
    return Fraction(size if value >= 0 else -size, scale)


def cut(value: Fraction, decimals: int) -> Fraction:
    """The digits that follow left off."""
    scale = 10**decimals
    size = floor(abs(value) * scale)
    return Fraction(size if value >= 0 else -size, scale)


def printed(value: Fraction, decimals: int | None = None) -> str:
    """The number with as many digits as asked, else as many as it has, at most six; thousands as 1,234."""
    if decimals is None:
        decimals = next((count for count in range(7) if (value * 10**count).denominator == 1), 6)
    whole = rounded(value, decimals)
    sign = "-" if whole < 0 else ""
    digits = f"{abs(whole.numerator) * (10**decimals // whole.denominator):0{decimals + 1}d}"
    head = digits[:-decimals] if decimals else digits
    return f"{sign}{int(head):,}" + (f".{digits[-decimals:]}" if decimals else "")


def numerators(whole: Fraction, percent: Fraction, decimals: int) -> tuple[int, int] | None:
    """The counts whose share of ``whole`` rounds to ``percent``: first and last; None where none does."""
    width = HALF / 10**decimals
    low = ceil(max(percent - width, Fraction(0)) * whole / 100)
    high = _below((percent + width) * whole / 100)
    return (low, high) if low <= high else None


def denominators(part: Fraction, percent: Fraction, decimals: int) -> tuple[int, int] | None:
    """The totals of which ``part`` is a share that rounds to ``percent``."""
    width = HALF / 10**decimals
    if percent - width <= 0:
        return None
    low = floor(part * 100 / (percent + width)) + 1
    high = floor(part * 100 / (percent - width))
    return (low, high) if low <= high else None


def befores(now: Fraction, percent: Fraction, decimals: int) -> tuple[int, int] | None:
    """The counts from which a growth by ``percent`` leads to ``now``."""
    width = HALF / 10**decimals
    if 100 + percent - width <= 0:
        return None
    low = floor(now * 100 / (100 + percent + width)) + 1
    high = floor(now * 100 / (100 + percent - width))
    return (low, high) if low <= high else None


def _below(value: Fraction) -> int:
    """The largest whole number under ``value``."""
    return ceil(value) - 1


def least_whole(percent: Fraction, decimals: int, most: int = 20000) -> int | None:
    """The smallest number of people or cases of whom some whole count is ``percent``."""
    if not 0 < percent < 100:
        return None
    for whole in range(1, most):
        near = floor(percent * whole / 100)
        if any(rounded(Fraction(part * 100, whole), decimals) == percent for part in (near, near + 1)):
            return whole
    return None


def slip(wrong: int, right: int) -> str:
    """How one number is easily mistyped for the other, in Chinese; empty where it is not.

    One digit another, two neighbours exchanged, two digits taken for each other throughout, one digit lost
    or doubled.
    """
    one, two = str(wrong), str(right)
    if len(one) == len(two):
        apart = [place for place in range(len(one)) if one[place] != two[place]]
        if len(apart) == 1:
            return "一位数字不同"
        if len(apart) == 2 and apart[1] - apart[0] == 1 and _crossed(one, two, apart):
            return "相邻两位颠倒"
        pairs = {frozenset((one[place], two[place])) for place in apart}
        if len(apart) > 1 and len(pairs) == 1 and len(one) > 3:
            return "两个数字互换"
    elif abs(len(one) - len(two)) == 1 and min(len(one), len(two)) > 1:
        longer, shorter = (one, two) if len(one) > len(two) else (two, one)
        if any(longer[:place] + longer[place + 1 :] == shorter for place in range(len(longer))):
            return "多一位或少一位"
    return ""


def _crossed(one: str, two: str, apart: list[int]) -> bool:
    first, second = apart
    return one[first] == two[second] and one[second] == two[first]


def slips_between(wrong: int, low: int, high: int, most: int = 2000) -> list[tuple[int, str]]:
    """The numbers from ``low`` to ``high`` that are easily mistyped as ``wrong``, with how."""
    if high - low > most:
        return []
    return [(right, how) for right in range(low, high + 1) if right != wrong and (how := slip(wrong, right))]
