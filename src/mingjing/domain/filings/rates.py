"""How many of the obliged reported: by name, in time or late, nil or with facts; never a rate of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

NO_DATA = "无数据"


class Standing(Enum):
    """Where somebody obliged stands on a day."""

    EXPECTED = "未到期"
    IN_TIME = "按时"
    LATE = "逾期补报"
    MISSING = "逾期未报"
    EXCUSED = "免报"
    UNTRUE = "核查不实"


@dataclass(frozen=True, slots=True)
class Report:
    """What one obliged person or department did for a period. ``filed`` is the day of a report that still
    stands (one sent back does not), ``excused`` the recorded reason, ``untrue`` a report that was checked
    and found false."""

    key: int | str
    filed: date | None = None
    nil: bool = False
    excused: str = ""
    untrue: bool = False

    def standing(self, due: date, on: date) -> Standing:
        """Where it stands on ``on``; a report of the due day itself is in time."""
        if self.excused:
            return Standing.EXCUSED
        if self.filed is not None and self.filed <= on:
            if self.untrue:
                return Standing.UNTRUE
            return Standing.IN_TIME if self.filed <= due else Standing.LATE
        return Standing.MISSING if on > due else Standing.EXPECTED


@dataclass(frozen=True, slots=True)
class Tally:
    """The count of a period. ``obliged`` leaves out the excused: it is the denominator (R-013)."""

    obliged: int
    in_time: int
    late: int
    nil: int
    excused: int
    missing: int
    expected: int
    untrue: int

    @property
    def filed(self) -> int:
        """Reports that stand, late ones too."""
        return self.in_time + self.late

    @property
    def rate(self) -> Fraction | None:
        """In time ÷ obliged; None where nobody is obliged."""
        return Fraction(self.in_time, self.obliged) if self.obliged else None

    @property
    def complete(self) -> Fraction | None:
        """Reported, late or not ÷ obliged; None where nobody is obliged."""
        return Fraction(self.filed, self.obliged) if self.obliged else None


def tally(reports: Iterable[Report], due: date, on: date) -> Tally:
    """Count the reports of one period as they stand on ``on``."""
    rows = [(report, report.standing(due, on)) for report in reports]
    count = Counter(standing for _, standing in rows)
    valid = (Standing.IN_TIME, Standing.LATE)
    return Tally(
        obliged=len(rows) - count[Standing.EXCUSED],
        in_time=count[Standing.IN_TIME],
        late=count[Standing.LATE],
        nil=sum(report.nil for report, standing in rows if standing in valid),
        excused=count[Standing.EXCUSED],
        missing=count[Standing.MISSING],
        expected=count[Standing.EXPECTED],
        untrue=count[Standing.UNTRUE],
    )


def percent(rate: Fraction | None) -> str:
    """A rate to one decimal, halves up (399 of 400 is ``99.8%``); ``无数据`` for None.

    A rate below 1 is never shown as 100%, nor one above 0 as 0%: a report missing must stay visible.
    """
    if rate is None:
        return NO_DATA
    exact = Decimal(rate.numerator * 100) / Decimal(rate.denominator)
    shown = exact.quantize(Decimal("0.1"), ROUND_HALF_UP)
    if rate < 1 and shown == 100:
        shown = Decimal("99.9")
    if rate > 0 and shown == 0:
        shown = Decimal("0.1")
    return f"{shown.normalize():f}%" if shown == shown.to_integral() else f"{shown}%"


def attainable_rates(obliged: int, claimed: Decimal) -> tuple[tuple[int, Fraction], ...]:
    """The rates nearest to ``claimed`` percent that so many people can have at all, as (people, rate): the
    ones that show as ``claimed``, else the next below and above. Empty where nobody is obliged (N-052)."""
    if obliged <= 0:
        return ()
    wanted = Fraction(claimed) / 100
    below = min(max(int(wanted * obliged), 0), obliged)
    near = tuple((n, Fraction(n, obliged)) for n in range(max(below - 1, 0), min(below + 2, obliged) + 1))
    shown = f"{claimed.normalize():f}%"
    exact = tuple(pair for pair in near if percent(pair[1]) == shown)
    if exact:
        return exact
    lower = [pair for pair in near if pair[1] <= wanted][-1:]
    upper = [pair for pair in near if pair[1] > wanted][:1]
    return (*lower, *upper)
