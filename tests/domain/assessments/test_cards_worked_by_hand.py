"""Blue, yellow, red and the way back, worked by hand (R-031 to R-034, N-063)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from mingjing.domain.assessments.cards import (
    NOTHING_DECIDED,
    CardColour,
    CardRules,
    Declined,
    Month,
    Past,
    Year,
    month_of,
    timeline,
)
from mingjing.domain.assessments.ranking import last_ones, ranked
from tests.domain.assessments.samples import months

JANUARY = Month(2026, 1)
OTHERS = "8 9 10"
RULES = CardRules()


def happened(
    rows: list[str], rules: CardRules = RULES, past: Past = NOTHING_DECIDED, unit: int = 1
) -> list[str]:
    """What happened to one department: day, card, what."""
    walk = timeline(rules, months(JANUARY, rows), past)[unit]
    return [f"{one.on} {one.colour.value}{one.what.value}" for one in walk.events]


ALWAYS = "1 2 3"


def test_two_months_on_end_among_the_last_give_blue_in_the_second() -> None:
    assert happened([ALWAYS, ALWAYS]) == ["2026-02-28 蓝牌发牌"]


def test_a_month_between_gives_none() -> None:
    assert happened([ALWAYS, OTHERS, ALWAYS]) == []


def test_the_months_may_lie_in_two_quarters_and_the_card_belongs_to_the_second() -> None:
    walk = timeline(RULES, months(JANUARY, [OTHERS, OTHERS, ALWAYS, ALWAYS]))[1]
    assert [str(one.quarter) for one in walk.events] == ["2026年第二季度"]


def test_december_and_january_are_consecutive() -> None:
    walk = timeline(RULES, months(Month(2025, 12), [ALWAYS, ALWAYS]))[1]
    assert [one.on for one in walk.events] == [date(2026, 1, 31)]


def test_a_month_nobody_ranked_breaks_the_run() -> None:
    assert happened([ALWAYS, "-", ALWAYS]) == []


def test_blue_in_two_quarters_on_end_gives_yellow_at_the_close_of_the_second() -> None:
    rows = [ALWAYS, ALWAYS, OTHERS, OTHERS, ALWAYS, ALWAYS]
    assert happened(rows) == ["2026-02-28 蓝牌发牌", "2026-06-30 蓝牌续牌", "2026-06-30 黄牌发牌"]


def test_blue_not_renewed_ends_with_the_next_quarter_and_there_is_no_yellow() -> None:
    rows = [ALWAYS, ALWAYS, OTHERS, OTHERS, OTHERS, OTHERS]
    assert happened(rows) == ["2026-02-28 蓝牌发牌", "2026-06-30 蓝牌结束"]


def test_blue_in_the_first_and_the_third_quarter_is_no_yellow() -> None:
    rows = [ALWAYS, ALWAYS, *[OTHERS] * 4, ALWAYS, ALWAYS, OTHERS]
    assert "2026-09-30 黄牌发牌" not in happened(rows)
    assert happened(rows)[-1] == "2026-08-31 蓝牌发牌"


def test_from_the_first_of_january_red_is_impossible_in_the_first_calendar_year() -> None:
    """N-063: even the worst year has its first yellow at the close of the second quarter."""
    for year in Year:
        rows = happened([ALWAYS] * 12, CardRules(year=year))
        assert "2026-06-30 黄牌发牌" in rows
        assert not [one for one in rows if "红牌" in one]


def test_four_quarters_on_end_give_red_on_the_31st_of_march_of_the_next_year() -> None:
    rows = happened([ALWAYS] * 15)
    assert [one for one in rows if "红牌" in one] == ["2027-03-31 红牌发牌"]


def test_read_by_calendar_years_red_comes_at_the_end_of_the_second_year() -> None:
    rows = happened([ALWAYS] * 24, CardRules(year=Year.CALENDAR))
    assert [one for one in rows if "红牌" in one] == ["2027-12-31 红牌发牌"]


def test_yellow_ends_after_a_verified_rectification_and_a_quarter_without_blue() -> None:
    rows = [*[ALWAYS] * 6, *[OTHERS] * 3]
    past = Past(verified={1: [date(2026, 8, 10)]})
    assert happened(rows, past=past)[-2:] == ["2026-09-30 蓝牌结束", "2026-09-30 黄牌结束"]


def test_without_verification_yellow_stays() -> None:
    assert "2026-09-30 黄牌结束" not in happened([*[ALWAYS] * 6, *[OTHERS] * 3])


def test_a_rectification_verified_before_the_yellow_card_does_not_end_it() -> None:
    past = Past(verified={1: [date(2026, 6, 30)]})
    assert "2026-09-30 黄牌结束" not in happened([*[ALWAYS] * 6, *[OTHERS] * 3], past=past)


def test_yellow_that_stays_without_new_blue_still_leads_to_red() -> None:
    rows = happened([*[ALWAYS] * 6, *[OTHERS] * 9])
    assert rows[-1] == "2027-03-31 红牌发牌"


def test_red_ends_with_the_yellow_it_stands_on() -> None:
    past = Past(verified={1: [date(2027, 4, 20)]})
    rows = happened([*[ALWAYS] * 15, *[OTHERS] * 3], past=past)
    assert rows[-2:] == ["2027-06-30 红牌结束", "2027-06-30 黄牌结束"]


def test_a_blue_card_the_party_group_declined_counts_for_nothing() -> None:
    declined = Past(declined={1: [Declined(CardColour.BLUE, Month(2026, 2))]})
    rows = [ALWAYS, ALWAYS, OTHERS, OTHERS, ALWAYS, ALWAYS]
    assert happened(rows, past=declined) == ["2026-06-30 蓝牌发牌"]


def test_every_card_says_the_totals_it_rests_on() -> None:
    event = timeline(RULES, months(JANUARY, [ALWAYS, ALWAYS]))[2].events[0]
    assert [one.text for one in event.steps] == [
        "2026年1月得 61 分：10 个部门里低于它的有 1 个，不到 3 个，在末位",
        "2026年2月得 61 分：10 个部门里低于它的有 1 个，不到 3 个，在末位",
        "连续 2 个月在末位：到 2 个月发蓝牌",
    ]


def totals(*held: int) -> dict[int, Fraction]:
    """Departments 1, 2, 3 … with these totals."""
    return {place: Fraction(one) for place, one in enumerate(held, start=1)}


@pytest.mark.parametrize(
    ("held", "last"),
    [
        ((90, 80, 70, 60, 50), {3, 4, 5}),
        ((90, 80, 70, 70, 50), {3, 4, 5}),
        ((90, 70, 70, 70, 50), {2, 3, 4, 5}),
        ((90, 70, 70, 60, 50), {2, 3, 4, 5}),
        ((90, 80, 60, 60, 60), {3, 4, 5}),
        ((80, 80, 80, 80, 80), set()),
        ((90, 80), {1, 2}),
        ((90,), set()),
    ],
)
def test_ties_at_the_edge_are_all_in_and_where_all_are_equal_nobody_is(
    held: tuple[int, ...], last: set[int]
) -> None:
    assert last_ones(totals(*held), 3) == last


@pytest.mark.parametrize(("units", "last"), [(1, 0), (2, 0), (3, 1), (5, 1), (6, 2), (8, 2), (9, 3), (12, 3)])
def test_a_small_court_may_count_a_third_at_most(units: int, last: int) -> None:
    assert len(last_ones(totals(*range(units, 0, -1)), 3, share=True)) == last


def test_equal_totals_share_a_rank() -> None:
    assert [(one.key, one.rank) for one in ranked(totals(90, 80, 80, 70))] == [(1, 1), (2, 2), (3, 2), (4, 4)]


def test_a_month_is_written_with_its_number() -> None:
    assert month_of("2026-03") == Month(2026, 3)
    with pytest.raises(ValueError, match="2026-13"):
        month_of("2026-13")
