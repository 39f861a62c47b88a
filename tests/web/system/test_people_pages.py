"""机构人员: the roster of any day, posts granted and ended, logins opened, shut and re-keyed."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Account, Court, Department, Oversight, Person, Posting
from tests.services.builders import House
from tests.services.conftest import Logged
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_the_roster_is_that_of_the_chosen_day(house: House) -> None:
    Posting.objects.filter(person=house.judge).update(until=date(2023, 12, 31))
    keeper = signed_in(house.keeper)
    today = text_of(keeper, "/people")
    assert "这一天没有职务的人" in today
    past = text_of(keeper, "/people?on=2023年6月1日")
    assert "这一天没有职务的人" not in past
    assert "二〇二三年六月一日" in past
    assert "林知远" in past


def test_an_unreadable_day_is_refused(house: House) -> None:
    assert "“去年”" in text_of(signed_in(house.keeper), "/people?on=去年", status=422)


def test_the_court_above_may_look_at_the_court_below_but_not_the_other_way(house: House) -> None:
    above = signed_in(house.higher_manager)
    assert "岚县人民法院" in text_of(above, f"/people?court={house.court.pk}")
    text_of(signed_in(house.keeper), f"/people?court={house.higher.pk}", status=404)
    text_of(signed_in(house.keeper), "/people?court=x", status=404)


def test_a_person_page_lists_every_post_ever_held(house: House) -> None:
    Posting.objects.create(
        person=house.judge, post="法官助理", department=house.second_civil, since=date(2015, 1, 1),
        until=date(2019, 12, 31),
    )  # fmt: skip
    page = text_of(signed_in(house.stranger), f"/people/{house.judge.pk}")
    assert "法官助理" in page
    assert "2019-12-31" in page
    assert "没有账号" in page
    assert "授予职务" not in page, "a judge may look, not act"


def test_the_keeper_registers_departments_and_people(house: House, one_entry: Logged) -> None:
    keeper = signed_in(house.keeper)
    court = house.court.pk
    with one_entry() as logged:
        answer = keeper.post(
            f"/people/courts/{court}/departments/new", {"name": "少年法庭", "since": "2024-04-01"}
        )
    assert answer.status_code == 302
    assert logged[0].verb == "设立部门"
    assert Department.objects.filter(name="少年法庭").exists()
    with one_entry():
        keeper.post(f"/people/courts/{court}/new", {"name": "温故", "staff_number": "88"})
    person = Person.objects.get(staff_number="88")
    with one_entry():
        keeper.post(f"/people/{person.pk}/edit", {"name": "温顾", "initials": "wg", "email": ""})
    assert Person.objects.get(pk=person.pk).name == "温顾"


def test_a_refused_registration_keeps_what_was_typed(house: House) -> None:
    number = house.judge.staff_number
    answer = signed_in(house.keeper).post(
        f"/people/courts/{house.court.pk}/new", {"name": "温故", "staff_number": number}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "林知远" in page
    assert 'value="温故"' in page


def test_a_court_below_is_set_up_by_the_court_above(house: House) -> None:
    keeper = house.higher_manager
    Posting.objects.create(person=keeper, post="系统管理员", since=date(2020, 1, 1))
    sent = {
        "code": "云9822",
        "name": "松岭县人民法院",
        "short_name": "松岭法院",
        "level": "基层",
        "folder": "",
    }
    assert signed_in(keeper).post("/people/courts/new", sent).status_code == 302
    assert Court.objects.get(code="云9822").parent == house.higher


def test_a_department_with_people_in_it_is_not_closed(house: House) -> None:
    answer = signed_in(house.keeper).post(
        f"/people/departments/{house.first_civil.pk}/close", {"until": "2024-04-01"}
    )
    assert answer.status_code == 422
    assert "个任职" in answer.content.decode()


def test_the_guardian_grants_and_ends_posts(house: House, one_entry: Logged) -> None:
    guardian = signed_in(house.guardian)
    with one_entry() as logged:
        guardian.post(
            f"/people/{house.judge.pk}/postings/new",
            {"post": "副庭长", "department": house.first_civil.pk, "since": "2024-04-01", "until": ""},
        )
    assert logged[0].verb == "授予职务"
    posting = Posting.objects.get(person=house.judge, post="副庭长")
    with one_entry() as logged:
        guardian.post(f"/people/postings/{posting.pk}/end", {"until": "2024-06-30"})
    assert logged[0].verb == "免去职务"
    assert Posting.objects.get(pk=posting.pk).until == date(2024, 6, 30)


def test_the_guardian_says_who_is_in_charge_of_a_department(house: House) -> None:
    guardian = signed_in(house.guardian)
    place = house.second_civil.pk
    sent = {"leader": house.leader.pk, "since": "2024-04-01"}
    assert guardian.post(f"/people/departments/{place}/oversight", sent).status_code == 302
    oversight = Oversight.objects.get(department=place)
    answer = guardian.post(f"/people/oversights/{oversight.pk}/end", {"until": "2024-05-01"})
    assert answer.status_code == 302
    assert Oversight.objects.get(pk=oversight.pk).until == date(2024, 5, 1)


def test_the_keeper_opens_shuts_and_rekeys_logins_and_no_password_is_kept(house: House) -> None:
    keeper = signed_in(house.keeper)
    sent = {"username": "linzhiyuan", "password": "a-quite-long-one"}
    assert keeper.post(f"/people/{house.judge.pk}/account", sent).status_code == 302
    account = Account.objects.get(username="linzhiyuan")
    again = {"password": "another-long-one"}
    assert keeper.post(f"/accounts/{account.pk}/password", again).status_code == 302
    assert keeper.post(f"/accounts/{account.pk}/state", {"reason": "调离本院"}).status_code == 302
    account.refresh_from_db()
    assert account.check_password("another-long-one")
    assert not account.is_active
    assert "已停用" in text_of(keeper, f"/people/{house.judge.pk}")
    written = " ".join(Act.objects.values_list("payload", flat=True))
    assert "long-one" not in written


def test_a_weak_password_is_refused_on_the_page(house: House) -> None:
    answer = signed_in(house.keeper).post(
        f"/people/{house.judge.pk}/account", {"username": "linzhiyuan", "password": "123"}
    )
    assert answer.status_code == 422
    assert "口令不合要求" in answer.content.decode()
