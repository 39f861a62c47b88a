"""Spans are merged before anything is subtracted."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.spans import Span, days_in, merge_spans
from tests.domain.samples import day

SPANS = st.lists(
    st.builds(
        lambda first, days: Span(first, first + timedelta(days=days)),
        st.dates(date(2024, 1, 1), date(2024, 6, 30)),
        st.integers(0, 40),
    ),
    max_size=6,
)


def test_overlapping_and_touching_spans_become_one() -> None:
    merged = merge_spans(
        [
            Span(day("2024-04-11"), day("2024-04-20")),
            Span(day("2024-04-01"), day("2024-04-15")),
            Span(day("2024-04-21"), day("2024-04-22")),
        ]
    )
    assert merged == (Span(day("2024-04-01"), day("2024-04-22")),)


def test_an_open_span_must_be_closed_before_it_is_measured() -> None:
    with pytest.raises(ValueError, match="open span"):
        merge_spans([Span(day("2024-04-01"))])
    assert days_in([Span(day("2024-04-01")).closed_on(day("2024-04-03"))]) == 3


def test_closing_on_an_earlier_day_leaves_the_first_day() -> None:
    assert Span(day("2024-04-10")).closed_on(day("2024-04-01")) == Span(day("2024-04-10"), day("2024-04-10"))


@given(SPANS)
def test_merging_twice_changes_nothing(spans: list[Span]) -> None:
    assert merge_spans(merge_spans(spans)) == merge_spans(spans)


@given(SPANS)
def test_the_days_are_those_of_the_union(spans: list[Span]) -> None:
    union = {one.first + timedelta(days=i) for one in spans for i in range((_end(one) - one.first).days + 1)}
    assert days_in(spans) == len(union)


def _end(span: Span) -> date:
    assert span.last is not None
    return span.last
