"""How evenly closings fall upon months, worked by hand; courts are added up before, never averaged after."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.reading import read_quantity
from mingjing.domain.indicators.counts import Count, Indicator, Measure, MeasureKind
from mingjing.domain.indicators.evenness import named, place_of, whole_places
from mingjing.domain.indicators.figures import figure
from mingjing.domain.indicators.grains import Grain, buckets
from mingjing.domain.indicators.tallying import Table, Tallied, add, in_turn, tally, tally_all
from tests.domain.indicators.samples import CASES, YEAR, indicator


def even(each: Grain = Grain.MONTH) -> Indicator:
    measure = Measure(MeasureKind.EVEN, read_quantity("结案日期"), each=each)
    return indicator("均衡", Count("均衡", on="结案日期", measure=measure), unit="%", decimals=2)


def closed(*months: int) -> list[dict[str, object]]:
    """So many cases closed in January, in February …"""
    return [{"结案日期": date(2024, at, 28)} for at, number in enumerate(months, 1) for _ in range(number)]


def span(first: date, last: date) -> Period:
    return Period(first, last, "x", "x")


def counted(rows: Sequence[dict[str, object]], period: Period, each: Grain = Grain.MONTH) -> Tallied:
    return tally(even(each), {"案件": Table(CASES, rows)}, period)


QUARTER = span(date(2024, 1, 1), date(2024, 3, 31))


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ((4, 4, 4), "100.00%"),
        # Mean 4, deviations 0, 4, 4: the mean square is 32/3, its root 3.26599; 3.26599 / 4 = 0.81650.
        ((4, 8, 0), "18.35%"),
        # Mean 1, deviations 1, 1, 2: the mean square is 2; 1 - 1.41421 lies below nought.
        ((0, 0, 3), "0.00%"),
        ((), "无数据"),
    ],
)
def test_one_less_the_deviation_over_the_mean(months: tuple[int, ...], expected: str) -> None:
    assert figure(even(), counted(closed(*months), QUARTER)).value.text == expected


def test_quarters_are_parts_as_well() -> None:
    # 6 in the first quarter, 2 in the second: deviation 2, mean 4.
    half = span(date(2024, 1, 1), date(2024, 6, 30))
    found = figure(even(Grain.QUARTER), counted(closed(6, 0, 0, 1, 1), half, Grain.QUARTER))
    assert found.value.text == "50.00%"
    assert "2024-Q1 6 件、2024-Q2 2 件" in found.steps[0].text


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2024, 1, 1), date(2024, 2, 29), "100.00%"),
        (date(2024, 1, 1), date(2024, 2, 28), "无数据"),
        (date(2024, 1, 2), date(2024, 3, 31), "33.33%"),
        (date(2024, 2, 28), date(2024, 2, 28), "无数据"),
    ],
)
def test_a_month_cut_short_is_no_bad_month(first: date, last: date, expected: str) -> None:
    # Of the third: February 2, March 10 alone; mean 6, deviation 4.
    assert figure(even(), counted(closed(2, 2, 10), span(first, last))).value.text == expected


def test_the_curve_stands_beside_and_what_is_left_out_is_said() -> None:
    step = figure(even(), counted(closed(2, 3, 5), span(date(2024, 1, 1), date(2024, 3, 30)))).steps[0]
    assert "2024-01 2 件、2024-02 3 件" in step.text
    assert "不满一个月的 5 件不计入" in step.text
    assert step.amount == "0.8000"


def test_two_uneven_courts_may_be_even_together() -> None:
    one, other = counted(closed(6, 0, 3), QUARTER), counted(closed(0, 6, 3), QUARTER)
    alone = [figure(even(), part).value.exact for part in (one, other)]
    together = figure(even(), add([one, other])).value
    assert together.text == "100.00%"
    assert all(value is not None and value < 20 for value in alone), "their average would say so too"


@given(st.lists(st.integers(0, 400), min_size=12, max_size=12), st.integers(1, 11))
def test_it_is_what_a_handbook_of_statistics_says(months: list[int], cut: int) -> None:
    total = counted([], YEAR)
    spread = {place_of(Grain.MONTH, date(2024, at, 1)): n for at, n in enumerate(months, 1) if n}
    tallies = {"均衡": type(total.counts["均衡"])(sum(months), spread=spread)}  # type: ignore[arg-type]
    found = figure(even(), Tallied(tallies, YEAR)).value.exact
    if not sum(months):
        assert found is None
        return
    expected = max(0.0, 1 - statistics.pstdev(months) / statistics.fmean(months))
    assert found is not None
    assert abs(float(found) / 100 - expected) < 1e-9
    assert 0 <= found <= 100
    assert (found == 100) == (len(set(months)) == 1)


@given(st.lists(st.integers(0, 5), min_size=12, max_size=12))
def test_months_in_turn_are_the_year(months: list[int]) -> None:
    rows = closed(*months)
    by_month = tally_all((even(),), {"案件": Table(CASES, rows)}, within=YEAR, every=Grain.MONTH)
    nothing = counted([], YEAR).counts
    parts = [
        next((one[even().id] for slot, one in by_month.items() if slot.period == period), None)
        or Tallied(nothing, period)
        for period in buckets(Grain.MONTH, YEAR)
    ]
    whole, added = counted(rows, YEAR), in_turn(even(), parts, YEAR)
    assert figure(even(), added).value.exact == figure(even(), whole).value.exact


def test_parts_are_numbered_without_a_gap() -> None:
    assert [named(Grain.MONTH, at) for at in whole_places(Grain.MONTH, YEAR)][-2:] == ["2024-11", "2024-12"]
    winter = span(date(2023, 10, 1), date(2024, 3, 31))
    assert [named(Grain.QUARTER, at) for at in whole_places(Grain.QUARTER, winter)] == ["2023-Q4", "2024-Q1"]
    assert list(whole_places(Grain.MONTH, span(date(2024, 1, 5), date(2024, 1, 20)))) == []


def test_a_perfect_square_is_exact() -> None:
    found = figure(even(), counted(closed(3, 1), span(date(2024, 1, 1), date(2024, 2, 29)))).value.exact
    assert found == Fraction(50)
