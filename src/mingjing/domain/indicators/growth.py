"""Year on year: relative growth in percent, difference in percentage points, last year's figure implied."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

from mingjing.domain.dates.months import MonthRule, add_months
from mingjing.domain.dates.periods import Every, Period, period_of
from mingjing.domain.indicators.figures import rounded

Exact = int | Decimal | Fraction


def growth(now: Exact, before: Exact, decimals: int = 2) -> Decimal | None:
    """Relative growth in percent: 47407 over 39935 is 18.71. None where there is nothing to grow from
    (``before`` is zero or less, of which no percentage says anything)."""
    if before <= 0:
        return None
    return rounded((Fraction(now) / Fraction(before) - 1) * 100, decimals)


def points(now: Exact, before: Exact, decimals: int = 2) -> Decimal:
    """Difference of two rates, both in percent, in percentage points: 98.6 against 95.4 is 3.2."""
    return rounded(Fraction(now) - Fraction(before), decimals)


def implied_before(now: int, percent: Decimal) -> tuple[int, int] | None:
    """The least and the most whole number from which ``now`` would have grown by so many percent, as far as
    its decimals tell; None where no whole number does. 47407 and 18.71 give (39934, 39936)."""
    exponent = percent.as_tuple().exponent
    half = Fraction(10) ** (exponent if isinstance(exponent, int) else 0) / 2
    lowest, highest = 100 + Fraction(percent) - half, 100 + Fraction(percent) + half
    if lowest <= 0:
        return None
    least, most = -(-Fraction(now) * 100 // highest), Fraction(now) * 100 // lowest
    # Halves are rounded away from zero, so one end of the range may round to a neighbour.
    decimals = -exponent if isinstance(exponent, int) else 0
    fitting = [one for one in (least, least + 1, most - 1, most) if growth(now, one, decimals) == percent]
    return (int(min(fitting)), int(max(fitting))) if fitting else None


def year_before(period: Period) -> Period:
    """The same days a year earlier; the last of February stands for a day that is missing there."""
    first, last = (
        add_months(day, -12, MonthRule.MONTH_END_IF_MISSING) for day in (period.first, period.last)
    )
    if (period.last + timedelta(days=1)).day == 1:
        last = period_of(Every.MONTH, last).last
    return Period(first, last, period.code, "上年同期")
