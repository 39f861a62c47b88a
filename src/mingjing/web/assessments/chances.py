"""Probabilities as a page says them."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from mingjing.domain.assessments.chance import Chance
from mingjing.domain.assessments.scoring import shown


def chance_rows(found: Sequence[Chance]) -> list[dict[str, str]]:
    """Each colour: one department (exact), how many on average (exact), whether any (drawn, ± two errors)."""
    return [
        {
            "colour": one.colour.value,
            "one": percent(one.one),
            "expected": shown(one.expected, 1),
            "any": percent(one.any),
            "error": f"± {200 * one.error:.0f} 个百分点" if one.error else "",
            "draws": str(one.draws),
        }
        for one in found
    ]


def percent(share: Fraction) -> str:
    """``45.0%``; what is not nothing is never shown as nothing."""
    if 0 < share < Fraction(1, 2000):
        return "不到 0.1%"
    return f"{shown(share * 100, 1)}%"
