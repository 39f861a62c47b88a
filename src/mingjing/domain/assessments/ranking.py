"""Ranks from confirmed totals, ties and all; who is among the last."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Ranked:
    """One of a ranking: equal totals share a rank, and the next rank is left out (1, 2, 2, 4)."""

    key: int
    total: Fraction
    rank: int


def ranked(totals: Mapping[int, Fraction]) -> tuple[Ranked, ...]:
    """The ranking from the highest total to the lowest; equals by key."""
    found = []
    for key in sorted(totals, key=lambda one: (-totals[one], one)):
        above = sum(other > totals[key] for other in totals.values())
        found.append(Ranked(key, totals[key], above + 1))
    return tuple(found)


def edge(units: int, last: int, *, share: bool) -> int:
    """How many places count as the last: ``last``, or with ``share`` (小院折算) at most a third of ``units``,
    rounded down."""
    return min(last, units // 3) if share else last


def last_ones(totals: Mapping[int, Fraction], last: int, *, share: bool = False) -> frozenset[int]:
    """Who is among the last places: whoever has fewer than so many with strictly lower totals.

    Ties at the edge are all in; where all totals are equal nobody is, and one alone is not the last of
    anybody.
    """
    places = edge(len(totals), last, share=share)
    if len(set(totals.values())) < 2:
        return frozenset()
    return frozenset(
        key for key, total in totals.items() if sum(other < total for other in totals.values()) < places
    )
