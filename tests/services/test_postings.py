"""Posts and oversight between days, and the roster as of a day."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingjing.services.oversights import end_oversight, put_in_charge
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.postings import appoint, end_posting, roster
from mingjing.storage.people.models import Oversight, Person, Posting
from tests.services.builders import DAY, House, acting
from tests.services.conftest import Logged, Refused

LAST = date(2024, 3, 31)


def _end(house: House, person: Person, until: date = LAST) -> Posting:
    posting = Posting.objects.get(person=person, until=None)
    return end_posting(acting(house.guardian), posting_id=posting.pk, until=until)


def test_a_post_changes_hands_and_every_day_has_its_holder(house: House, one_entry: Logged) -> None:
    with one_entry() as ended:
        _end(house, house.head)
    with one_entry() as given:
        for _ in range(2):
            appoint(
                acting(house.guardian),
                person_id=house.stranger.pk,
                post="庭长",
                since=DAY,
                department_id=house.first_civil.pk,
            )
    assert (ended[0].verb, given[0].verb, given[0].why) == ("免去职务", "授予职务", "庭长")
    heads = {
        day: [place.person for place in roster(house.court, day) if place.post == "庭长"]
        for day in (LAST, DAY)
    }
    assert heads == {LAST: [house.head], DAY: [house.stranger]}


def test_ending_a_post_twice_on_the_same_day_changes_nothing(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    posting = Posting.objects.get(person=house.head)
    guardian = acting(house.guardian)
    with one_entry():
        for _ in range(2):
            end_posting(guardian, posting_id=posting.pk, until=LAST)
    with refused("周岚的“庭长”已于 2024-03-31 结束"):
        end_posting(guardian, posting_id=posting.pk, until=DAY)


def test_the_same_post_is_not_given_twice_over_the_same_days(house: House, refused: Refused) -> None:
    guardian = acting(house.guardian)
    given: dict[str, Any] = {
        "person_id": house.judge.pk,
        "post": "审判员",
        "department_id": house.first_civil.pk,
    }
    with refused("林知远的“审判员”已经登记（2020-01-01 至 今）"):
        appoint(guardian, since=DAY, **given)
    _end(house, house.judge)
    with refused("林知远的“审判员”已经登记"):
        appoint(guardian, since=LAST, **given)
    assert appoint(guardian, since=DAY, **given).pk


def test_a_division_has_one_head_but_many_judges(house: House, refused: Refused) -> None:
    guardian = acting(house.guardian)
    with refused("“庭长”由 周岚 担任"):
        appoint(
            guardian,
            person_id=house.judge.pk,
            post="庭长",
            since=DAY,
            department_id=house.first_civil.pk,
        )
    with refused("“院长”由 沈砚 担任"):
        appoint(guardian, person_id=house.judge.pk, post="院长", since=DAY)
    for person in (house.assistant, house.clerk):
        appoint(guardian, person_id=person.pk, post="审判员", since=DAY, department_id=house.first_civil.pk)


def test_unknown_posts_foreign_departments_and_days_backwards_are_refused(
    house: House, refused: Refused
) -> None:
    guardian = acting(house.guardian)
    above = Posting.objects.get(person=house.higher_manager).department_id
    judge = house.judge.pk
    with refused("没有“庭掌”", "庭长"):
        appoint(guardian, person_id=judge, post="庭掌", since=DAY)
    with refused("“审判管理办公室”不是岚县人民法院的部门"):
        appoint(guardian, person_id=judge, post="审判员", since=DAY, department_id=above)
    with refused("在开始之前"):
        appoint(guardian, person_id=judge, post="书记员", since=DAY, until=LAST)
    with refused(of=NotVisible):
        appoint(guardian, person_id=house.higher_manager.pk, post="审判员", since=DAY)


def test_one_leader_at_a_time_is_in_charge(house: House, one_entry: Logged, refused: Refused) -> None:
    guardian = acting(house.guardian)
    given: dict[str, Any] = {"leader_id": house.president.pk, "department_id": house.first_civil.pk}
    with refused("由 顾临川 分管"):
        put_in_charge(guardian, since=DAY, **given)
    oversight = Oversight.objects.get(department=house.first_civil)
    with one_entry() as ended:
        for _ in range(2):
            end_oversight(guardian, oversight_id=oversight.pk, until=LAST)
    with one_entry() as given_:
        for _ in range(2):
            put_in_charge(guardian, since=DAY, **given)
    assert (ended[0].verb, given_[0].verb) == ("结束分管", "确定分管")
    with refused("不在岚县人民法院工作"):
        put_in_charge(
            guardian, leader_id=house.higher_manager.pk, department_id=house.second_civil.pk, since=DAY
        )


def test_the_roster_begins_with_the_leadership(house: House) -> None:
    places = roster(house.court, DAY)
    assert [place.person.name for place in places[:3]] == ["沈砚", "顾临川", "周岚"]
    assert len(places) == 12


def test_who_keeps_people_grants_no_posts(house: House, refused: Refused) -> None:
    with refused("不能“授予职务”", of=NotAllowed):
        appoint(acting(house.keeper), person_id=house.keeper.pk, post="副庭长", since=DAY)
