"""院庭长办案指标 over real cases: who counts, who sees whom, which cases stand behind a number."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.detecting.leaders import cases_behind, leaders_of
from mingjing.services.permissions import NotVisible
from mingjing.storage.cases.models import Case, PanelMember
from mingjing.storage.people.models import Person, Posting
from tests.services.builders import House, acting, file_case

END = date(2024, 12, 31)


def closed(house: House, handler: Person, number: int, *, first: int, panel: Person | None = None) -> None:
    """So many cases of a judge, closed in the year; ``panel`` sat on all of them."""
    for serial in range(first, first + number):
        case = file_case(house, serial=serial, handler=handler)
        Case.objects.filter(pk=case.pk).update(closed_on=date(2024, 6, 3), outcome="判决")
        if panel is not None:
            PanelMember.objects.create(case=case, person=panel, role="审判员")


def test_the_base_is_of_ordinary_judges_and_a_leader_sees_only_their_own(house: House) -> None:
    closed(house, house.judge, 12, first=1, panel=house.leader)
    closed(house, house.stranger, 6, first=100)
    closed(house, house.leader, 1, first=200)
    Posting.objects.filter(person=house.stranger).update(until=date(2024, 6, 20))
    Posting.objects.filter(person=house.enforcer).update(until=date(2023, 12, 31))
    view = leaders_of(acting(house.president, END), 2024)
    assert view.base == 12  # 18 cases, one judge for twelve months, one for six
    by_name = {one.person.name: one for one in view.leaders}
    leader = by_name[house.leader.name]
    assert leader.answer is not None
    found = leader.answer.value
    assert (found.own, found.panel, found.counted, found.required) == (1, 12, 2, 4)
    assert (leader.state, by_name[house.president.name].post) == ("未完成", "院长")
    own = leaders_of(acting(house.leader, END), 2024)
    assert [one.person for one in own.leaders] == [house.leader]
    assert own.lines == ()
    assert leaders_of(acting(house.judge, END), 2024).leaders == ()


def test_the_cases_behind_a_number_are_as_many_and_for_the_same_eyes(house: House) -> None:
    closed(house, house.judge, 3, first=1, panel=house.leader)
    closed(house, house.leader, 2, first=200)
    office = acting(house.manager, END)
    assert len(cases_behind(office, house.leader.pk, "own", 2024)[1]) == 2
    assert len(cases_behind(office, house.leader.pk, "panel", 2024)[1]) == 3
    for actor, person, which in (
        (acting(house.judge, END), house.leader, "own"),
        (acting(house.leader, END), house.president, "own"),
        (office, house.leader, "other"),
        (office, house.judge, "own"),
    ):
        with pytest.raises(NotVisible):
            cases_behind(actor, person.pk, which, 2024)


def test_hard_cases_are_shared_out_and_counted(house: House) -> None:
    closed(house, house.judge, 3, first=1)
    closed(house, house.leader, 1, first=200)
    Case.objects.update(facts={"疑难复杂重大": True})
    view = leaders_of(acting(house.president, END), 2024)
    assert (view.hard, view.remanded) == ((1, 4), (0, 0))


def test_without_ordinary_judges_there_is_no_base_and_no_number(house: House) -> None:
    Posting.objects.filter(person__in=[house.judge, house.stranger, house.enforcer]).update(
        until=date(2023, 12, 31)
    )
    view = leaders_of(acting(house.president, END), 2024)
    assert view.base is None
    assert {one.state for one in view.leaders} == {"没有基数"}
