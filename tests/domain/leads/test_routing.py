"""A lead goes around the person reported and everybody that person answers to, in any court."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mingjing.domain.leads.routing import NoReceiver, Organisation, Route, Seat, line_of, route_of

POSTS = ("派驻纪检组长", "派驻纪检干部", "督察室主任", "督察员")
LOWER, UPPER = 1, 2
JUDGE, HEAD, LEADER, PRESIDENT, HIGHEST = 10, 11, 12, 13, 14
CHIEF, OFFICER, INSPECTOR = 20, 21, 22
UPPER_CHIEF, UPPER_OFFICER, UPPER_INSPECTOR = 30, 31, 32
CIVIL, DISCIPLINE = 100, 101


def court(**changes: object) -> Organisation:
    seats = (
        Seat(JUDGE, "审判员", LOWER, CIVIL),
        Seat(HEAD, "庭长", LOWER, CIVIL),
        Seat(LEADER, "副院长", LOWER),
        Seat(PRESIDENT, "院长", LOWER),
        Seat(HIGHEST, "院长", UPPER),
        *(
            Seat(one, post, LOWER, DISCIPLINE)
            for one, post in zip((CHIEF, OFFICER, INSPECTOR), POSTS, strict=False)
        ),
        *(
            Seat(one, post, UPPER)
            for one, post in zip((UPPER_CHIEF, UPPER_OFFICER, UPPER_INSPECTOR), POSTS, strict=False)
        ),
    )
    known: dict[str, object] = {
        "above": {LOWER: UPPER, UPPER: None},
        "seats": seats,
        "heads": {CIVIL: frozenset({HEAD}), DISCIPLINE: frozenset({CHIEF})},
        "leaders": {CIVIL: frozenset({LEADER})},
        "chiefs": {LOWER: frozenset({PRESIDENT}), UPPER: frozenset({HIGHEST})},
    }
    return Organisation(**{**known, **changes})  # type: ignore[arg-type]


def touched(route: Route) -> set[int]:
    return {route.manager, route.approver, route.overseer, *route.eligible}


def test_a_judge_answers_to_head_leader_and_the_presidents() -> None:
    assert line_of(court(), [JUDGE]) == {JUDGE, HEAD, LEADER, PRESIDENT, HIGHEST}


def test_a_lead_about_a_judge_stays_with_the_inspectors_of_the_court() -> None:
    route = route_of(court(), LOWER, [JUDGE], POSTS)
    assert (route.court, route.manager, route.approver, route.raised) == (LOWER, CHIEF, OFFICER, 0)
    assert route.overseer == UPPER_CHIEF


@pytest.mark.parametrize("reported", [LEADER, PRESIDENT])
def test_a_lead_about_a_leader_goes_one_level_up(reported: int) -> None:
    route = route_of(court(), LOWER, [reported], POSTS)
    assert (route.court, route.raised) == (UPPER, 1)
    assert [step.amount for step in route.says] == ["上提一级"]


def test_a_lead_about_an_inspector_goes_up_where_too_few_are_left() -> None:
    route = route_of(court(), LOWER, [OFFICER], POSTS)
    assert route.court == UPPER and not touched(route) & {OFFICER, CHIEF}


def test_a_lead_about_nobody_known_stays_where_it_is() -> None:
    assert route_of(court(), LOWER, [], POSTS).barred == frozenset()


def test_where_nobody_may_receive_it_that_is_said() -> None:
    with pytest.raises(NoReceiver, match="没有人可以受理"):
        route_of(court(), UPPER, [UPPER_CHIEF], POSTS)


def test_courts_that_stand_above_each_other_end_the_search() -> None:
    circle = court(above={LOWER: UPPER, UPPER: LOWER}, seats=(Seat(JUDGE, "审判员", LOWER, CIVIL),))
    with pytest.raises(NoReceiver):
        route_of(circle, LOWER, [JUDGE], POSTS)


@st.composite
def organisations(draw: st.DrawFn) -> tuple[Organisation, int, list[int]]:
    """Courts one above the other, departments, people with any posts, and some of them reported."""
    courts = draw(st.integers(1, 4))
    above = {place: place + 1 if place < courts else None for place in range(1, courts + 1)}
    units = {unit: draw(st.integers(1, courts)) for unit in range(100, 100 + draw(st.integers(1, 6)))}
    people = list(range(1000, 1000 + draw(st.integers(3, 24))))
    seats = []
    for person in people:
        for _ in range(draw(st.integers(1, 2))):
            unit = draw(st.sampled_from([None, *units]))
            place = units[unit] if unit is not None else draw(st.integers(1, courts))
            seats.append(Seat(person, draw(st.sampled_from((*POSTS, "审判员", "庭长"))), place, unit))
    some = st.frozensets(st.sampled_from(people), max_size=2)
    found = Organisation(
        above,
        tuple(seats),
        {unit: draw(some) for unit in units},
        {unit: draw(some) for unit in units},
        {place: draw(some) for place in above},
    )
    reported = draw(st.lists(st.sampled_from(people), min_size=1, max_size=3, unique=True))
    return found, draw(st.integers(1, courts)), reported


def answers_to(known: Organisation, person: int) -> set[int]:
    """The superiors of one person, one step up, written apart from the routing."""
    found: set[int] = set()
    for seat in known.seats:
        if seat.person == person:
            found |= known.heads.get(seat.unit or 0, frozenset()) | known.leaders.get(
                seat.unit or 0, frozenset()
            )
            for place in range(seat.court, len(known.above) + 1):
                found |= known.chiefs.get(place, frozenset())
    return found


@given(organisations())
def test_none_of_the_line_ever_receives_approves_oversees_or_joins(
    given_: tuple[Organisation, int, list[int]],
) -> None:
    known, place, reported = given_
    try:
        route = route_of(known, place, reported, POSTS)
    except NoReceiver:
        assume(False)
    line = set(reported)
    for _ in known.seats:
        line |= {one for person in line for one in answers_to(known, person)}
    assert not touched(route) & line
    assert len({route.manager, route.approver}) == 2


@given(organisations())
def test_a_lead_goes_only_upwards_and_to_people_of_the_court_it_reaches(
    given_: tuple[Organisation, int, list[int]],
) -> None:
    known, place, reported = given_
    try:
        route = route_of(known, place, reported, POSTS)
    except NoReceiver:
        assume(False)
    assert route.court == place + route.raised
    sitting = {seat.person for seat in known.seats if seat.court == route.court and seat.post in POSTS}
    assert set(route.eligible) <= sitting
