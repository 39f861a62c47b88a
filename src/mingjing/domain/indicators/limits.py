"""Control limits of a share: how far chance alone carries a small number from the rate of all."""

from __future__ import annotations

import math
from statistics import NormalDist

MOST_EXACT = 5_000
"""Up to so many the limits are those of the binomial distribution itself, beyond it Wilson's."""


def funnel_limits(centre: float, number: int, coverage: float = 0.95) -> tuple[float, float]:
    """The least and the greatest share of ``number`` that is no surprise when the true share is ``centre``.

    Outside lies a share whose own side of the distribution has less than ``(1 - coverage) / 2``. With very
    few rows the limits are 0 and 1: nothing can be said. Raises ValueError unless 0 <= centre <= 1,
    number >= 1 and 0 < coverage < 1.
    """
    _require(centre, number, coverage)
    tail = (1 - coverage) / 2
    if number > MOST_EXACT:
        return _wilson(centre, number, coverage)
    if centre in (0.0, 1.0):
        return centre, centre
    chances = [_chance(place, number, centre) for place in range(number + 1)]
    low = _first_over(chances, tail)
    high = number - _first_over(chances[::-1], tail)
    return low / number, high / number


def wilson_interval(hits: int, number: int, coverage: float = 0.95) -> tuple[float, float]:
    """Between which shares the true one lies when ``hits`` of ``number`` were found (Wilson 1927)."""
    _require(hits / number if number else 0.0, number, coverage)
    return _wilson(hits / number, number, coverage)


def _wilson(share: float, number: int, coverage: float) -> tuple[float, float]:
    z = NormalDist().inv_cdf((1 + coverage) / 2)
    middle = share + z * z / (2 * number)
    spread = z * math.sqrt(share * (1 - share) / number + z * z / (4 * number * number))
    whole = 1 + z * z / number
    return max((middle - spread) / whole, 0.0), min((middle + spread) / whole, 1.0)


def _chance(place: int, number: int, centre: float) -> float:
    ways = math.lgamma(number + 1) - math.lgamma(place + 1) - math.lgamma(number - place + 1)
    return math.exp(ways + place * math.log(centre) + (number - place) * math.log1p(-centre))


def _first_over(chances: list[float], tail: float) -> int:
    """The first place at which the chances so far exceed the tail."""
    below = 0.0
    for place, chance in enumerate(chances):
        below += chance
        if below > tail:
            return place
    return len(chances) - 1


def _require(centre: float, number: int, coverage: float) -> None:
    if not (0 <= centre <= 1 and number >= 1 and 0 < coverage < 1):
        raise ValueError("a share between 0 and 1, at least one row, a coverage between 0 and 1")
