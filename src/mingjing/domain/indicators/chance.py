"""How much chance alone would do: tails of the binomial distribution, expected numbers of false alarms."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction


def at_least(hits: int, number: int, share: float) -> float:
    """The chance of ``hits`` or more among ``number`` when each comes with chance ``share``.

    Raises ValueError unless 0 <= share <= 1 and 0 <= number.
    """
    _require(number, share)
    if hits <= 0:
        return 1.0
    if hits > number or share == 0:
        return 0.0
    if share == 1:
        return 1.0
    return min(math.fsum(_exactly(place, number, share) for place in range(hits, number + 1)), 1.0)


def at_most(hits: int, number: int, share: float) -> float:
    """The chance of ``hits`` or fewer among ``number`` when each comes with chance ``share``."""
    _require(number, share)
    if hits < 0:
        return 0.0
    return 1.0 if hits >= number else at_least(number - hits, number, 1 - share)


def _exactly(place: int, number: int, share: float) -> float:
    ways = math.lgamma(number + 1) - math.lgamma(place + 1) - math.lgamma(number - place + 1)
    return math.exp(ways + place * math.log(share) + (number - place) * math.log1p(-share))


def _require(number: int, share: float) -> None:
    if not (0 <= share <= 1 and number >= 0):
        raise ValueError("a share between 0 and 1, a number that is not negative")


@dataclass(frozen=True, slots=True)
class Expected:
    """What chance alone would bring: ``cases`` found on the average of so many rows that could be found."""

    rows: int
    cases: Fraction

    @property
    def share(self) -> float:
        """The chance of one row, on the average."""
        return float(self.cases / self.rows) if self.rows else 0.0

    def surprise(self, hits: int) -> float:
        """The chance that luck alone finds so many or more."""
        return at_least(hits, self.rows, self.share)


def expected(chances: Iterable[Fraction | None]) -> Expected | None:
    """What these rows would bring by chance; None where one of them cannot say, or there is none."""
    rows, total = 0, Fraction(0)
    for one in chances:
        if one is None:
            return None
        rows += 1
        total += one
    return Expected(rows, total) if rows else None


def share_beyond(low: Fraction | None, high: Fraction | None, number: int, centre: float) -> float:
    """The chance that so many out of ``number`` make a share below ``low`` or above ``high`` when the true
    share is ``centre``: what a line flags though nothing is amiss."""
    found = 0.0
    if low is not None:
        found += at_most(math.ceil(low * number) - 1, number, centre)
    if high is not None:
        found += at_least(math.floor(high * number) + 1, number, centre)
    return min(found, 1.0)
