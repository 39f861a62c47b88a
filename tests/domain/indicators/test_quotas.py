"""Leaders' quotas (R-050, R-051, R-052): worked examples, the closed form against the words."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.indicators.quotas import (
    Quota,
    Share,
    base_of,
    counted_of,
    required_of,
    standing,
    state_of,
)

QUOTA = Quota(
    "quota.leaders",
    "院庭长办案指标",
    "审管办",
    date(2024, 1, 1),
    {"院长": 5, "副院长": 30},
    ("审判员",),
    2,
    "示例",
)
BASE = Fraction(373, 2)
NUMBERS = st.integers(0, 500)


def test_a_president_has_a_twentieth_of_the_base_rounded_up() -> None:
    assert required_of(BASE, 5) == 10
    assert required_of(Fraction(200), 5) == 10


def test_every_other_leader_has_three_tenths_rounded_up() -> None:
    assert required_of(BASE, 30) == 56


@pytest.mark.parametrize(
    ("own", "panel", "counted", "met"),
    [(30, 20, 50, False), (30, 26, 56, True), (25, 60, 50, False), (28, 28, 56, True)],
)
def test_panel_cases_count_up_to_the_own(own: int, panel: int, counted: int, met: bool) -> None:
    found = standing(QUOTA, "副院长", BASE, own, panel).value
    assert (found.counted, found.required, found.met) == (counted, 56, met)


@given(NUMBERS, NUMBERS, NUMBERS)
def test_the_closed_form_says_the_same_as_the_rule_in_words(own: int, panel: int, required: int) -> None:
    assert (counted_of(own, panel) >= required) == (own + panel >= required and 2 * own >= required)


def test_a_judge_of_half_a_year_counts_as_half_a_judge() -> None:
    assert base_of([Share(100), Share(50, months=6)]) == 100
    assert base_of([Share(60, months=6, of=6), Share(20, months=2, of=6)]) == 60
    assert base_of([]) is None


def test_within_the_year_falling_behind_is_said_only_beyond_what_the_court_allows() -> None:
    def within_the_year(own: int) -> str:
        return state_of(QUOTA, standing(QUOTA, "副院长", BASE, own, 0, running=True).value)

    assert [within_the_year(own) for own in (53, 54, 56)] == ["进度落后", "正常推进", "正常推进"]
    assert state_of(QUOTA, standing(QUOTA, "副院长", BASE, 27, 28).value) == "未完成"
    assert state_of(QUOTA, standing(QUOTA, "副院长", BASE, 28, 28).value) == "已完成"


def test_the_working_shows_every_number_that_was_used() -> None:
    answer = standing(QUOTA, "副院长", BASE, 30, 26)
    told = "；".join(f"{step.amount} {step.text}" for step in answer.steps)
    for word in ("186.5", "55.95", "56", "30", "26"):
        assert word in told
    assert answer.value.short == 0


def test_of_several_posts_the_one_named_first_decides() -> None:
    assert QUOTA.percent_of(("审判员", "副院长", "院长")) == ("院长", 5)
    assert QUOTA.percent_of(("庭长",)) is None
