"""Rates of filing, with the right denominator."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.filings.rates import NO_DATA, Report, Standing, attainable_rates, percent, tally

DUE = date(2026, 8, 5)
DAYS = st.integers(-20, 20).map(lambda n: DUE + timedelta(days=n))
REPORTS = st.lists(
    st.builds(
        Report,
        st.integers(1, 500),
        st.none() | DAYS,
        st.booleans(),
        st.sampled_from(["", "", "", "病假"]),
        st.booleans(),
    ),
    max_size=40,
)


def reports(*, in_time: int, missing: int) -> list[Report]:
    return [Report(n, DUE) for n in range(in_time)] + [Report(in_time + n) for n in range(missing)]


def test_one_missing_of_four_hundred_is_shown_as_998() -> None:
    count = tally(reports(in_time=399, missing=1), DUE, DUE + timedelta(days=1))
    assert count.rate == Fraction(399, 400)
    assert percent(count.rate) == "99.8%"


def test_sixty_five_of_sixty_five_is_complete() -> None:
    count = tally(reports(in_time=65, missing=0), DUE, DUE + timedelta(days=1))
    assert (count.obliged, percent(count.complete)) == (65, "100%")


def test_sixty_four_of_sixty_five_is_not_complete() -> None:
    count = tally(reports(in_time=64, missing=1), DUE, DUE + timedelta(days=1))
    assert (count.missing, percent(count.complete)) == (1, "98.5%")


def test_who_is_excused_is_not_in_the_denominator() -> None:
    count = tally([Report(1, DUE), Report(2, excused="产假")], DUE, DUE + timedelta(days=1))
    assert (count.obliged, count.excused, percent(count.rate)) == (1, 1, "100%")


def test_a_nil_report_counts_as_a_report() -> None:
    count = tally([Report(1, DUE, nil=True)], DUE, DUE)
    assert (count.in_time, count.nil, percent(count.rate)) == (1, 1, "100%")


def test_the_last_day_is_in_time_and_the_next_is_late() -> None:
    assert Report(1, DUE).standing(DUE, DUE) is Standing.IN_TIME
    assert Report(1, DUE + timedelta(days=1)).standing(DUE, DUE + timedelta(days=1)) is Standing.LATE
    assert Report(1).standing(DUE, DUE) is Standing.EXPECTED
    assert Report(1).standing(DUE, DUE + timedelta(days=1)) is Standing.MISSING


def test_a_report_found_untrue_is_no_valid_report() -> None:
    count = tally([Report(1, DUE, untrue=True), Report(2, DUE)], DUE, DUE)
    assert (count.untrue, count.in_time, percent(count.rate)) == (1, 1, "50%")


def test_a_late_report_completes_but_does_not_raise_the_rate() -> None:
    count = tally([Report(1, DUE + timedelta(days=2)), Report(2, DUE)], DUE, DUE + timedelta(days=9))
    assert (percent(count.rate), percent(count.complete)) == ("50%", "100%")


def test_of_nobody_there_is_no_rate() -> None:
    assert tally([], DUE, DUE).rate is None
    assert percent(None) == NO_DATA == "无数据"
    assert tally([Report(1, excused="病假")], DUE, DUE).complete is None


@pytest.mark.parametrize(
    ("rate", "shown"),
    [
        (Fraction(3999, 4000), "99.9%"),
        (Fraction(1, 4000), "0.1%"),
        (Fraction(0), "0%"),
        (Fraction(17, 18), "94.4%"),
        (Fraction(1, 2), "50%"),
        (Fraction(1, 10), "10%"),
    ],
)
def test_a_rate_never_hides_the_one_who_is_missing(rate: Fraction, shown: str) -> None:
    assert percent(rate) == shown


def test_sixty_five_people_cannot_have_998() -> None:
    assert attainable_rates(65, Decimal("99.8")) == ((64, Fraction(64, 65)), (65, Fraction(1)))
    assert attainable_rates(400, Decimal("99.8")) == ((399, Fraction(399, 400)),)
    assert attainable_rates(0, Decimal(50)) == ()


@given(st.integers(1, 700), st.integers(0, 1000))
def test_attainable_rates_agree_with_trying_every_number(obliged: int, thousandths: int) -> None:
    claimed = Decimal(thousandths) / 10
    found = attainable_rates(obliged, claimed)
    every = [Fraction(n, obliged) for n in range(obliged + 1)]
    exact = [rate for rate in every if percent(rate) == f"{claimed.normalize():f}%"]
    if exact:
        assert {rate for _, rate in found} <= set(exact)
    else:
        wanted = Fraction(claimed) / 100
        near = [
            max((r for r in every if r <= wanted), default=None),
            min((r for r in every if r > wanted), default=None),
        ]
        assert [rate for _, rate in found] == [rate for rate in near if rate is not None]


@given(REPORTS, DAYS)
def test_everybody_obliged_has_exactly_one_standing(rows: list[Report], on: date) -> None:
    count = tally(rows, DUE, on)
    assert count.obliged == count.in_time + count.late + count.missing + count.expected + count.untrue
    assert count.obliged + count.excused == len(rows)
    in_time = [r for r in rows if not r.excused and r.filed and r.filed <= min(on, DUE) and not r.untrue]
    assert count.in_time == len(in_time)
    assert count.nil <= count.filed
