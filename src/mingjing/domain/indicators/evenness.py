"""How evenly what is counted is spread over the months or quarters of a period."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.grains import Grain

PARTS = (Grain.MONTH, Grain.QUARTER)
"""Into what a period can be cut so that its parts are as good as equal."""
_MONTHS = {Grain.MONTH: 1, Grain.QUARTER: 3}
DIGITS = 20
"""A root that is no fraction is cut off after so many decimals."""


def place_of(each: Grain, day: date) -> int:
    """The number of the month or quarter of a day, counted from the year 0; the next one is one more."""
    return (day.year * 12 + day.month - 1) // _MONTHS[each]


def named(each: Grain, place: int) -> str:
    """``2024-03``, ``2024-Q1``."""
    year, number = divmod(place, 12 // _MONTHS[each])
    return f"{year}-{number + 1:02d}" if each is Grain.MONTH else f"{year}-Q{number + 1}"


def whole_places(each: Grain, period: Period) -> range:
    """The months or quarters that lie wholly within a period."""
    before, after = period.first - timedelta(days=1), period.last + timedelta(days=1)
    return range(place_of(each, before) + 1, place_of(each, after))


def evenness(each: Grain, spread: Mapping[Decimal, int], period: Period) -> Fraction | None:
    """1 less the standard deviation of the counts of the whole parts divided by their mean, never below 0.

    None for fewer than two whole parts, or when nothing was counted in them. A part cut short by the period
    is left out: its few days would look like a bad month.
    """
    counts = [spread.get(Decimal(place), 0) for place in whole_places(each, period)]
    total = sum(counts)
    if len(counts) < 2 or not total:
        return None
    return max(Fraction(0), 1 - _root(_deviation(counts)) / total)


def _deviation(counts: Sequence[int]) -> int:
    """The square of (number of parts × standard deviation), a whole number."""
    return len(counts) * sum(one * one for one in counts) - sum(counts) ** 2


def _root(number: int) -> Fraction:
    """The square root: exact where it is whole, else cut off after so many decimals."""
    return Fraction(math.isqrt(number * 10 ** (2 * DIGITS)), 10**DIGITS)
