"""Whether many draws look like chance: who was drawn against what was expected, where the numbers fell, runs.

Standard library only: the tails of χ², Kolmogorov and the normal curve are computed here, to about 1e-9.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SMALL = 0.01
"""Below this chance a test is said to be conspicuous: one in a hundred honest courts sees that, too."""
LEAST = 30
"""Fewer draws than this say nothing."""


@dataclass(frozen=True, slots=True)
class Tested:
    """One test: its statistic, and the chance of one at least as large if nobody steers."""

    label: str
    statistic: float
    chance: float
    says: str

    @property
    def conspicuous(self) -> bool:
        """Whether chance alone would seldom give this."""
        return self.chance < SMALL


def counts_test(drawn: Sequence[int], expected: Sequence[float]) -> Tested:
    """χ² of how often each was drawn against the sum of their chances."""
    value = sum((got - due) ** 2 / due for got, due in zip(drawn, expected, strict=True) if due > 0)
    degrees = max(1, sum(due > 0 for due in expected) - 1)
    return Tested("次数", value, chi_square_tail(value, degrees), f"χ² = {value:.1f}，自由度 {degrees}")


def places_test(places: Sequence[float]) -> Tested:
    """Kolmogorov–Smirnov: the numbers drawn, as parts of the sum of weights, spread evenly over 0 … 1."""
    ordered, size = sorted(places), len(places)
    most = max(max((at + 1) / size - one, one - at / size) for at, one in enumerate(ordered))
    root = math.sqrt(size)
    tail = kolmogorov_tail((root + 0.12 + 0.11 / root) * most)
    return Tested("位置", most, tail, f"最大偏离 {most:.4f}，{size} 次")


def runs_test(places: Sequence[float]) -> Tested:
    """Wald–Wolfowitz: above and below one half change sides as often as chance would have it."""
    sides = [one >= 0.5 for one in places]
    above, size = sum(sides), len(sides)
    below = size - above
    runs = 1 + sum(one != other for one, other in pairwise(sides))
    if not above or not below:
        return Tested("连续", float(runs), 2 * 0.5**size, "全在同一侧")
    mean = 1 + 2 * above * below / size
    spread = math.sqrt((mean - 1) * (mean - 2) / (size - 1))
    said = f"{runs} 段，平均应有 {mean:.0f} 段"
    distance = abs(runs - mean) / spread if spread else 0.0
    return Tested("连续", float(runs), math.erfc(distance / math.sqrt(2)), said)


def chi_square_tail(value: float, degrees: int) -> float:
    """The chance of a χ² of so many degrees of freedom at or above ``value``."""
    a, x = degrees / 2, value / 2
    if x <= 0:
        return 1.0
    head = math.exp(a * math.log(x) - x - math.lgamma(a))
    if x < a + 1:
        term = total = 1 / a
        at = a
        while term > total * 1e-15:
            at += 1
            term *= x / at
            total += term
        return max(0.0, 1 - head * total)
    return head * _fraction(a, x)


def _fraction(a: float, x: float) -> float:
    """The continued fraction of the upper tail (Lentz)."""
    b = x + 1 - a
    c, d = 1e300, 1 / b
    found = d
    for at in range(1, 10_000):
        step = -at * (at - a)
        b += 2
        d = 1 / (step * d + b)
        c = b + step / c
        found *= c * d
        if abs(c * d - 1) < 1e-14:
            break
    return found


def kolmogorov_tail(value: float) -> float:
    """The chance of a Kolmogorov statistic at or above ``value``."""
    if value < 0.2:
        return 1.0
    terms = ((-1.0) ** (at - 1) * math.exp(-2 * (at * value) ** 2) for at in range(1, 101))
    return min(1.0, max(0.0, 2 * sum(terms)))
