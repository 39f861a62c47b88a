"""Courts, departments and people."""

from __future__ import annotations

from datetime import date
from typing import Any

from mingjing.services.people import (
    add_court,
    add_department,
    add_person,
    close_department,
    correct_person,
)
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.postings import end_posting
from mingjing.storage.people.models import Court, Department, Person, Posting
from tests.services.builders import DAY, SINCE, House, acting, file_case, hire
from tests.services.conftest import Logged, Refused


def test_a_person_is_added_once(house: House, one_entry: Logged) -> None:
    keeper = acting(house.keeper)
    given: dict[str, Any] = {
        "court_id": house.court.pk,
        "name": "叶青",
        "staff_number": "A01",
        "initials": "YQ",
    }
    with one_entry() as found:
        person = add_person(keeper, **given)
        assert add_person(keeper, **given) == person
    assert (person.initials, found[0].verb, found[0].subject_id) == ("yq", "登记人员", str(person.pk))


def test_a_staff_number_belongs_to_one(house: House, refused: Refused) -> None:
    keeper = acting(house.keeper)
    number = house.judge.staff_number
    with refused(f"工号 {number} 已经是 林知远 的"):
        add_person(keeper, court_id=house.court.pk, name="叶青", staff_number=number)
    with refused("“姓名”没有填写"):
        add_person(keeper, court_id=house.court.pk, name=" ", staff_number="A01")


def test_a_name_is_mended_and_the_log_keeps_the_old_one(house: House, one_entry: Logged) -> None:
    with one_entry() as found:
        correct_person(acting(house.keeper), person_id=house.judge.pk, name="林致远", initials="lzy")
    assert Person.objects.get(pk=house.judge.pk).name == "林致远"
    assert "林知远" in found[0].payload


def test_a_department_is_opened_once_and_not_again_under_the_same_name(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    keeper = acting(house.keeper)
    with one_entry() as found:
        for _ in range(2):
            add_department(keeper, court_id=house.court.pk, name="少年审判庭", since=DAY)
    assert found[0].verb == "设立部门"
    with refused("已有“民事审判第一庭”（2020-01-01 设立）"):
        add_department(keeper, court_id=house.court.pk, name="民事审判第一庭", since=DAY)


def test_a_department_closes_when_nobody_and_no_case_is_left(
    house: House, one_entry: Logged, refused: Refused
) -> None:
    keeper = acting(house.keeper)
    case = file_case(house, handler=house.stranger)
    with refused("还有 1 个任职、1 件未结案件"):
        close_department(keeper, department_id=house.second_civil.pk, until=DAY)
    case.closed_on = DAY
    case.save()
    posting = Posting.objects.get(person=house.stranger)
    end_posting(acting(house.guardian), posting_id=posting.pk, until=DAY)
    with refused("在设立之前"):
        close_department(keeper, department_id=house.second_civil.pk, until=date(2019, 1, 1))
    with one_entry():
        close_department(keeper, department_id=house.second_civil.pk, until=DAY)
    with refused("已于 2024-04-01 撤销"):
        close_department(keeper, department_id=house.second_civil.pk, until=DAY)
    assert Department.objects.get(pk=house.second_civil.pk).until == DAY


def test_a_court_is_set_up_below_ones_own(house: House, one_entry: Logged, refused: Refused) -> None:
    keeper = acting(hire(house.higher, "邵宁", "系统管理员", None))
    given: dict[str, Any] = {
        "code": "云9829",
        "name": "小溪人民法庭",
        "short_name": "小溪法庭",
        "level": "派出",
    }
    with one_entry():
        court = add_court(keeper, **given)
    assert Court.objects.get(pk=court.pk).parent == house.higher
    with refused("法院代字“云9829”已经是小溪人民法庭的"):
        add_court(keeper, **given)
    with refused("由云溪市中级人民法院办理", of=NotAllowed):
        add_court(acting(house.keeper), **given | {"code": "云9828"})
    assert not Court.objects.filter(code="云9828").exists()


def test_other_courts_are_not_there_and_judges_keep_nobody(house: House, refused: Refused) -> None:
    with refused(of=NotVisible):
        add_person(acting(house.keeper), court_id=house.higher.pk, name="叶青", staff_number="A01")
    with refused(of=NotVisible):
        correct_person(acting(house.keeper), person_id=house.higher_manager.pk, name="叶青")
    with refused("不能“维护机构人员”", of=NotAllowed):
        add_department(acting(house.judge), court_id=house.court.pk, name="新庭", since=SINCE)
