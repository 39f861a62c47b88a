"""Ten timelines worked with a pencil from R-031 to R-040 before they were put to the machine.

Totals are written out month by month, so that nothing here rests on the helpers of the other tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

import pytest

from mingjing.domain.assessments.cards import (
    CardColour,
    CardRules,
    Declined,
    Month,
    Past,
    Year,
    earliest,
    month_of,
    timeline,
)
from mingjing.domain.assessments.honours import (
    Bar,
    NotEligible,
    Silence,
    YearOfWork,
    require_eligible,
    rotating_flag,
    silence,
)

RULES = CardRules()
LOW, HIGH = "40 50 60 70 80 90", "90 80 70 40 50 60"
"""Six departments: the first is the lowest, the first is the highest."""


def ranking(months: Mapping[str, str]) -> dict[Month, dict[int, Fraction]]:
    """``2026-01`` → the totals of departments 1, 2, 3 …"""
    return {
        month_of(code): {place: Fraction(total) for place, total in enumerate(totals.split(), 1)}
        for code, totals in months.items()
    }


def from_to(first: str, last: str, totals: str) -> dict[str, str]:
    """The same totals in every month from one to another."""
    month, found = month_of(first), {}
    while month <= month_of(last):
        found[f"{month.year}-{month.month:02d}"] = totals
        month = month.next
    return found


def cards(
    months: Mapping[str, str], unit: int = 1, rules: CardRules = RULES, past: Past | None = None
) -> str:
    """What happened to a department, in one line: day, colour, what."""
    walk = timeline(rules, ranking(months), past or Past())[unit]
    return " ".join(f"{one.on}{one.colour.value[0]}{one.what.value[0]}" for one in walk.events)


def test_1_who_ties_at_the_edge_is_in_for_that_month_and_out_the_next() -> None:
    # January: 50 has none lower, 60 one, each 70 two: four are among the last three. February: 80 has three.
    months = {"2026-01": "90 70 70 60 50", "2026-02": "90 80 70 60 50"}
    assert [unit for unit in range(1, 6) if cards(months, unit)] == [3, 4, 5]
    assert cards(months, 4) == "2026-02-28蓝发"


def test_2_a_month_in_which_all_are_equal_breaks_the_run() -> None:
    months = {"2026-01": LOW, "2026-02": "70 70 70 70 70 70", "2026-03": LOW, "2026-04": LOW}
    assert cards(months) == "2026-04-30蓝发"


def test_3_in_a_court_of_four_a_third_is_one_place_and_its_tie() -> None:
    months = {"2026-01": "50 60 70 80", "2026-02": "50 50 70 80", "2026-03": "60 50 70 80"}
    small = CardRules(share=True)
    # One place: January the first alone; February both with 50; March the second alone.
    assert [cards(months, unit, small) for unit in (1, 2, 3, 4)] == [
        "2026-02-28蓝发",
        "2026-03-31蓝发",
        "",
        "",
    ]
    # Three places: all but the best, in every month.
    assert [bool(cards(months, unit)) for unit in (1, 2, 3, 4)] == [True, True, True, False]


def test_4_three_months_over_the_edge_of_a_quarter_are_blue_in_both_and_yellow() -> None:
    # February and March: blue of the first quarter. March and April: blue of the second.
    months = {"2026-01": HIGH, **from_to("2026-02", "2026-04", LOW), **from_to("2026-05", "2026-06", HIGH)}
    assert cards(months) == "2026-03-31蓝发 2026-04-30蓝续 2026-06-30黄发"


def test_5_pairs_that_straddle_the_edges_belong_to_the_later_quarter() -> None:
    # March with April, June with July: no quarter holds two such months of a pair, yet two have a card.
    months = from_to("2026-01", "2026-12", HIGH) | dict.fromkeys(
        ["2026-03", "2026-04", "2026-06", "2026-07"], LOW
    )
    # Yellow at the close of the third quarter; the blue of the third ends unrenewed with the fourth.
    assert cards(months) == "2026-04-30蓝发 2026-07-31蓝续 2026-09-30黄发 2026-12-31蓝结"


def test_6_begun_in_july_the_worst_department_is_yellow_at_new_year_and_red_in_september() -> None:
    months = from_to("2026-07", "2028-03", LOW)
    # Blue in III and IV of 2026; yellow at the close of IV, I, II, III: the fourth is 30 September 2027.
    assert [one for one in cards(months).split() if one[10] in "黄红"] == ["2026-12-31黄发", "2027-09-30红发"]
    # By calendar years 2026 holds one yellow quarter only; all four of 2027 end on its last day.
    calendar = cards(months, rules=CardRules(year=Year.CALENDAR)).split()
    assert [one for one in calendar if one[10] == "红"] == ["2027-12-31红发"]


@pytest.mark.parametrize(
    ("begin", "rolling", "calendar"),
    [
        # N-063: from 1 January no red within the year, however "the whole year" is read.
        ("2026-01", date(2027, 3, 31), date(2027, 12, 31)),
        # From 1 February: blue in March, so the quarters are those of January.
        ("2026-02", date(2027, 3, 31), date(2027, 12, 31)),
        # From 1 March: the first pair ends in April, a quarter later.
        ("2026-03", date(2027, 6, 30), date(2027, 12, 31)),
        # From 1 November: blue in IV and I, yellow from 31 March on, four quarters are those of the year.
        ("2026-11", date(2027, 12, 31), date(2027, 12, 31)),
        # From 1 December: blue in I and II, yellow from 30 June 2027.
        ("2026-12", date(2028, 3, 31), date(2028, 12, 31)),
    ],
)
def test_7_red_is_reached_no_sooner_than_the_calendar_allows(
    begin: str, rolling: date, calendar: date
) -> None:
    for year, day in ((Year.ROLLING, rolling), (Year.CALENDAR, calendar)):
        assert earliest(CardRules(year=year), month_of(begin))[CardColour.RED] == day


def test_8_after_a_verified_rectification_all_begins_anew() -> None:
    months = (
        from_to("2026-01", "2026-06", LOW)
        | from_to("2026-07", "2026-09", HIGH)
        | from_to("2026-10", "2026-11", LOW)
        | {"2026-12": HIGH}
        | from_to("2027-01", "2027-02", LOW)
        | from_to("2027-03", "2027-12", HIGH)
    )
    past = Past(verified={1: [date(2026, 8, 15)]})
    assert cards(months, past=past).split() == [
        "2026-02-28蓝发", "2026-04-30蓝续", "2026-06-30黄发",  # blue in I and II
        "2026-09-30蓝结", "2026-09-30黄结",  # a quarter without blue, the rectification verified in it
        "2026-11-30蓝发", "2027-02-28蓝续", "2027-03-31黄发",  # blue in IV and I
        "2027-06-30蓝结",
        "2027-12-31红发",  # yellow at the close of I, II, III and IV: the verification of 2026 ends nothing
    ]  # fmt: skip


def test_9_a_verified_rectification_waits_for_a_quarter_without_blue() -> None:
    months = from_to("2026-01", "2026-09", LOW) | from_to("2026-10", "2026-12", HIGH)
    past = Past(verified={1: [date(2026, 7, 20)]})
    assert cards(months, past=past).split()[-3:] == ["2026-07-31蓝续", "2026-12-31蓝结", "2026-12-31黄结"]
    # Nobody verified anything: the quarter without blue alone does not end it.
    assert "黄结" not in cards(months)


def test_10_a_yellow_card_the_party_group_declined_comes_with_the_next_blue_and_counts_from_there() -> None:
    past = Past(declined={1: [Declined(CardColour.YELLOW, Month(2026, 6))]})
    worst = cards(from_to("2026-01", "2027-06", LOW), past=past).split()
    # Yellow at the close of III, IV, I, II.
    assert [one for one in worst if one[10] in "黄红"] == ["2026-09-30黄发", "2027-06-30红发"]
    better = from_to("2026-01", "2026-06", LOW) | from_to("2026-07", "2026-12", HIGH)
    assert "黄" not in cards(better, past=past)


def test_a_nomination_waits_until_the_day_after_the_last_day_of_what_stands_against_it() -> None:
    # yellow on 30 June cancels the year; a veto of the year before is over on 1 January.
    bars = [
        Bar("本部门黄牌", date(2026, 6, 30), date(2026, 12, 31), "三色牌-2026-0001"),
        Bar("一票否决：群众投诉查实", date(2025, 11, 3), date(2025, 12, 31)),
    ]
    for free in (date(2026, 1, 1), date(2026, 6, 29), date(2027, 1, 1)):
        require_eligible("甲庭", bars, free)
    for barred in (date(2025, 11, 3), date(2025, 12, 31), date(2026, 6, 30), date(2026, 12, 31)):
        with pytest.raises(NotEligible, match="甲庭在"):
            require_eligible("甲庭", bars, barred)


def test_silence_earns_neither_flag_nor_praise() -> None:
    # N-064: a breach in the second of four years; work in every year but the last.
    years = [YearOfWork(2022, 0, 2), YearOfWork(2023, 1, 9), YearOfWork(2024, 0, 4), YearOfWork(2025, 0, 1)]
    assert [rotating_flag(years, last).held for last in (2024, 2025)] == [False, False]
    assert rotating_flag([*years, YearOfWork(2026, 0, 1)], 2026).held
    assert not rotating_flag([*years, YearOfWork(2026, 0, 0)], 2026).held
    # A gap without records is no clean year, and the year that still runs is not asked.
    assert not rotating_flag([years[2], years[3]], 2026).held
    assert [silence(*one) for one in ((3, 0), (0, 0), (0, 2), (3, 1))] == [
        Silence.LISTED,
        Silence.QUIET,
        Silence.WORKED,
        Silence.WORKED,
    ]
