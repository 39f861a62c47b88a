"""Year on year as the sources print it (N-002 to N-004, N-050, N-051); what chance alone does to a share."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.indicators.growth import growth, implied_before, points
from mingjing.domain.indicators.limits import funnel_limits, wilson_interval


def test_growth_of_volumes_is_in_percent() -> None:
    assert growth(47407, 39935) == Decimal("18.71")
    assert (growth(47407, 39933), growth(47407, 39937)) == (Decimal("18.72"), Decimal("18.70"))
    assert growth(28144, 26531) == Decimal("6.08")
    assert growth(5, 0) is None


def test_growth_of_rates_is_in_percentage_points() -> None:
    assert points(Decimal("98.6"), Decimal("95.4"), 1) == Decimal("3.2")
    assert growth(Decimal("98.6"), Decimal("95.4")) == Decimal("3.35")
    assert points(Decimal("0.2"), Decimal("0.8"), 1) == Decimal("-0.6")
    assert growth(Decimal("0.2"), Decimal("0.8"), 0) == Decimal("-75")


def test_last_year_is_implied_as_far_as_the_decimals_tell() -> None:
    assert implied_before(47407, Decimal("18.71")) == (39934, 39936)
    assert implied_before(28144, Decimal("6.08")) == (26530, 26532)
    assert implied_before(7, Decimal("-100")) is None


@given(st.integers(1, 10**6), st.integers(1, 10**6))
def test_what_is_implied_holds_what_was(now: int, before: int) -> None:
    found = growth(now, before)
    assert found is not None
    implied = implied_before(now, found)
    if found > -99:
        assert implied is not None
        assert implied[0] <= before <= implied[1]


def test_few_cases_accuse_nobody() -> None:
    assert funnel_limits(0.95, 1) == (0.0, 1.0)
    low, high = funnel_limits(0.5, 10)
    assert (low, high) == (0.2, 0.8), "二项分布 n=10、p=0.5 的 95% 界"


def test_many_cases_narrow_the_funnel_and_both_ways_meet() -> None:
    exact, wilson = funnel_limits(0.9, 5_000), funnel_limits(0.9, 5_001)
    assert exact == pytest.approx(wilson, abs=0.001)
    assert exact[1] - exact[0] < 0.02


def test_the_interval_of_none_of_three_reaches_far() -> None:
    low, high = wilson_interval(0, 3)
    assert low == 0.0
    assert high == pytest.approx(0.5615, abs=0.0001)


@pytest.mark.parametrize(("centre", "number", "coverage"), [(1.5, 3, 0.95), (0.5, 0, 0.95), (0.5, 3, 1.0)])
def test_nonsense_is_refused(centre: float, number: int, coverage: float) -> None:
    with pytest.raises(ValueError, match="share"):
        funnel_limits(centre, number, coverage)
