"""What no run of rankings can do to a card."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.domain.assessments.cards import CardColour, CardRules, Happening, Month, Year, timeline
from mingjing.domain.assessments.chance import chances, exactly, hit_chance
from mingjing.domain.assessments.ranking import last_ones, ranked

TOTALS = st.dictionaries(st.integers(1, 12), st.integers(50, 60).map(Fraction), min_size=1, max_size=12)
COURTS = st.lists(
    st.lists(st.integers(55, 60).map(Fraction), min_size=5, max_size=5), min_size=1, max_size=30
)


def court(rows: list[list[Fraction]]) -> dict[Month, dict[int, Fraction]]:
    """Five departments, month by month from January."""
    found, month = {}, Month(2026, 1)
    for row in rows:
        found[month] = dict(enumerate(row, start=1))
        month = month.next
    return found


@given(TOTALS, st.integers(1, 4))
def test_nobody_among_the_last_stands_above_somebody_who_is_not(
    totals: dict[int, Fraction], places: int
) -> None:
    last = last_ones(totals, places)
    rest = set(totals) - last
    assert not last or all(totals[one] < totals[other] for one in last for other in rest)
    assert not last or len(last) >= min(places, len(totals))
    assert [one.total for one in ranked(totals)] == sorted(totals.values(), reverse=True)


@given(COURTS)
@settings(max_examples=60)
def test_cards_climb_one_step_at_a_time_and_end_only_what_was_given(rows: list[list[Fraction]]) -> None:
    for walk in timeline(CardRules(), court(rows)).values():
        held: set[CardColour] = set()
        for event in walk.events:
            if event.what is Happening.GIVEN:
                assert event.colour not in held
                held.add(event.colour)
            else:
                assert event.colour in held
            if event.what is Happening.ENDED:
                held.discard(event.colour)
            assert CardColour.RED not in held or CardColour.YELLOW in held
        assert [one.on for one in walk.events] == sorted(one.on for one in walk.events)


@given(COURTS, st.sampled_from(Year))
@settings(max_examples=60)
def test_more_months_never_change_what_happened_before(rows: list[list[Fraction]], year: Year) -> None:
    rules = CardRules(year=year)
    whole, part = timeline(rules, court(rows)), timeline(rules, court(rows[:-1]))
    for unit, walk in part.items():
        assert whole[unit].events[: len(walk.events)] == walk.events


@given(COURTS)
@settings(max_examples=30)
def test_a_year_beginning_in_january_never_sees_red(rows: list[list[Fraction]]) -> None:
    for walk in timeline(CardRules(), court(rows[:12])).values():
        assert not [one for one in walk.events if one.colour is CardColour.RED]


def test_two_months_of_chance_are_the_product() -> None:
    """Two months: blue exactly where both are hit; with 3 of 12 places 1/16."""
    assert hit_chance(CardRules(), 12) == Fraction(1, 4)
    assert exactly(CardRules(), Fraction(1, 4), 2)[CardColour.BLUE] == Fraction(1, 16)


def test_three_months_of_chance_by_hand() -> None:
    """Hit-hit-any and miss-hit-hit: p² + (1 − p)p² of which the first has p² whatever the third is."""
    p = Fraction(1, 4)
    assert exactly(CardRules(), p, 3)[CardColour.BLUE] == p**2 + (1 - p) * p**2


def test_chance_alone_never_gives_red_in_the_first_year() -> None:
    assert exactly(CardRules(), Fraction(1, 2), 12)[CardColour.RED] == 0
    assert exactly(CardRules(), Fraction(1, 2), 15)[CardColour.RED] > 0


def test_a_court_of_three_departments_punishes_everybody_by_chance() -> None:
    found = chances(CardRules(), 3, 6, lambda units, places: range(units), 5)
    assert [one.one for one in found] == [1, 1, 0]
    assert [one.any for one in found] == [1, 1, 0]
    shared = CardRules(share=True)
    assert hit_chance(shared, 3) == Fraction(1, 3)
    assert hit_chance(shared, 2) == 0


def test_without_any_rectification_yellow_stays_and_red_is_likelier() -> None:
    quarter = Fraction(1, 4)
    mended = exactly(CardRules(), quarter, 24)[CardColour.RED]
    assert exactly(CardRules(), quarter, 24, mended=False)[CardColour.RED] > 10 * mended
