"""What must hold for every case, whatever its dates."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.rules import DueState, Fact
from tests.domain.samples import answer, calendar, civil_summary, last_day, rule

STARTS = st.dates(date(2021, 1, 1), date(2025, 6, 30))
FEW_DAYS = st.integers(0, 45)
EXCLUDED = rule("30 天", excludes=("鉴定期间", "公告期间"))


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, tuple[Span, ...]]:
    """A start and some closed spans around the limit that follows it."""
    start = draw(STARTS)
    found = []
    for _ in range(draw(st.integers(0, 5))):
        first = start + timedelta(days=draw(st.integers(-20, 90)))
        found.append(Span(first, first + timedelta(days=draw(FEW_DAYS))))
    return start, tuple(found)


def walked(start: date, length: int, spans: tuple[Span, ...]) -> date:
    """The last day by walking: excluded days do not count, and the last day is neither rest nor excluded."""
    excluded = {
        one.first + timedelta(days=i)
        for one in spans
        if one.last
        for i in range((one.last - one.first).days + 1)
    }
    at, counted = start, 0
    while counted < length:
        at += timedelta(days=1)
        counted += at not in excluded
    while calendar().is_rest_day(at) or at in excluded:
        at += timedelta(days=1)
    return at


@given(cases())
def test_the_last_day_is_the_one_found_by_walking(case: tuple[date, tuple[Span, ...]]) -> None:
    start, spans = case
    assert last_day(EXCLUDED, {"立案日期": start, "鉴定期间": spans}) == walked(start, 30, spans)


@given(cases())
def test_it_does_not_matter_under_which_name_or_in_which_order_days_are_excluded(
    case: tuple[date, tuple[Span, ...]],
) -> None:
    start, spans = case
    one_name = last_day(EXCLUDED, {"立案日期": start, "鉴定期间": spans})
    half = len(spans) // 2
    two_names: dict[str, Fact] = {
        "立案日期": start,
        "鉴定期间": spans[:half][::-1],
        "公告期间": spans[half:][::-1],
    }
    assert last_day(EXCLUDED, two_names) == one_name


@given(cases(), st.integers(-20, 90), FEW_DAYS)
def test_one_more_exclusion_never_makes_the_last_day_earlier(
    case: tuple[date, tuple[Span, ...]], offset: int, days: int
) -> None:
    start, spans = case
    first = start + timedelta(days=offset)
    more = (*spans, Span(first, first + timedelta(days=days)))
    before = last_day(EXCLUDED, {"立案日期": start, "鉴定期间": spans})
    after = last_day(EXCLUDED, {"立案日期": start, "鉴定期间": more})
    assert before is not None
    assert after is not None
    assert after >= before


@given(STARTS)
def test_the_last_day_is_never_a_day_of_rest_and_never_before_the_start(start: date) -> None:
    found = last_day(civil_summary(), {"立案日期": start})
    assert found is not None
    assert found > start
    assert not calendar().is_rest_day(found)


@given(STARTS)
def test_a_day_later_never_ends_earlier(start: date) -> None:
    first = last_day(civil_summary(), {"立案日期": start})
    second = last_day(civil_summary(), {"立案日期": start + timedelta(days=1)})
    assert first is not None
    assert second is not None
    assert first <= second


@given(cases(), st.integers(0, 200))
def test_net_days_never_exceed_gross_days(case: tuple[date, tuple[Span, ...]], later: int) -> None:
    start, spans = case
    found = answer(
        EXCLUDED, {"立案日期": start, "鉴定期间": spans}, as_of=start + timedelta(days=later)
    ).value
    assert found.gross_days is not None
    assert found.net_days is not None
    assert 0 <= found.net_days <= found.gross_days == later


@given(cases())
def test_the_last_line_of_the_sum_is_the_answer(case: tuple[date, tuple[Span, ...]]) -> None:
    start, spans = case
    found = answer(EXCLUDED, {"立案日期": start, "鉴定期间": spans})
    assert found.value.state is DueState.RUNNING
    assert found.steps[-1].amount == f"= {found.value.last_day}"
    assert sum(int(s.amount.split()[1]) for s in found.steps[2:] if s.amount.startswith("+")) == (
        found.value.excluded_days
    )
