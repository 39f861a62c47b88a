"""Who is told, as of a day."""

from __future__ import annotations

from datetime import date

from mingjing.services.recipients import load_roster, one_level_up, recipient
from mingjing.storage.people.models import Oversight, Posting
from tests.services.builders import DAY, House, file_case, hire


def test_each_label_finds_its_holder(house: House) -> None:
    case = file_case(house)
    found = {
        label: recipient(case, label, DAY) for label in ("承办人", "庭长", "分管院领导", "院长", "审管办")
    }
    assert found == {
        "承办人": house.judge,
        "庭长": house.head,
        "分管院领导": house.leader,
        "院长": house.president,
        "审管办": house.manager,
    }


def test_in_enforcement_the_head_of_the_bureau_counts_as_division_head(house: House) -> None:
    case = file_case(house, handler=house.enforcer, kind="首次执行", procedure="执行程序")
    assert recipient(case, "庭长", DAY) == house.enforcement_head


def test_a_head_who_tries_the_case_is_skipped_upward(house: House) -> None:
    case = file_case(house, handler=house.head)
    assert recipient(case, "承办人", DAY) == house.head
    assert recipient(case, "庭长", DAY) == house.leader


def test_a_president_who_tries_the_case_is_still_told(house: House) -> None:
    case = file_case(house, handler=house.president)
    assert recipient(case, "院长", DAY) == house.president


def test_without_a_head_the_deputy_is_told_and_without_either_the_leader(house: House) -> None:
    case = file_case(house)
    deputy = hire(house.court, "叶青", "副庭长", house.first_civil)
    assert recipient(case, "庭长", DAY) == house.head
    Posting.objects.filter(person=house.head).update(until=date(2024, 3, 31))
    assert recipient(case, "庭长", DAY) == deputy
    Posting.objects.filter(person=deputy).update(until=date(2024, 3, 31))
    assert recipient(case, "庭长", DAY) == house.leader
    Oversight.objects.filter(leader=house.leader).update(until=date(2024, 3, 31))
    assert recipient(case, "庭长", DAY) == house.president


def test_it_is_the_holder_on_the_day_who_counts(house: House) -> None:
    case = file_case(house)
    Posting.objects.filter(person=house.head).update(until=date(2024, 3, 31))
    successor = hire(house.court, "叶青", "庭长", house.first_civil, since=DAY)
    assert recipient(case, "庭长", date(2024, 3, 31)) == house.head
    assert recipient(case, "庭长", DAY) == successor


def test_a_court_without_people_tells_nobody(house: House) -> None:
    case = file_case(house)
    Posting.objects.all().delete()
    Oversight.objects.all().delete()
    assert recipient(case, "庭长", DAY) is None


def test_a_roster_answers_for_many_cases_without_a_query(
    house: House, django_assert_num_queries: object
) -> None:
    cases = [file_case(house, serial=serial) for serial in (1, 2)]
    roster = load_roster(house.court, DAY)
    with django_assert_num_queries(0):  # type: ignore[operator]
        assert [roster.recipient(case, "庭长") for case in cases] == [house.head, house.head]


def test_the_ladder_ends_with_the_president() -> None:
    assert [one_level_up(level) for level in ("承办人", "庭长", "分管院领导", "院长")] == [
        "庭长",
        "分管院领导",
        "院长",
        "院长",
    ]
