"""Spans of days, both ends counted; overlapping spans are merged before anything is subtracted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Days from ``first`` to ``last``, both counted; ``last`` is None while the span is still open."""

    first: date
    last: date | None = None

    def closed_on(self, day: date) -> Span:
        """The same span, an open end replaced by ``day``."""
        return self if self.last is not None else Span(self.first, max(day, self.first))


def merge_spans(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Closed spans without overlap or contact, in order. Open spans are refused with ValueError."""
    merged: list[tuple[date, date]] = []
    pairs: list[tuple[date, date]] = []
    for span in spans:
        if span.last is None:
            raise ValueError("an open span has no length; close it on a day first")
        pairs.append((span.first, span.last))
    for first, last in sorted(pairs):
        if merged and first <= merged[-1][1] + timedelta(days=1):
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return tuple(Span(first, last) for first, last in merged)


def days_in(spans: Iterable[Span]) -> int:
    """How many different days the closed spans cover."""
    return sum((span.last - span.first).days + 1 for span in merge_spans(spans) if span.last)
