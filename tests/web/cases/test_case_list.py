"""The list of cases shows what the reader may see, filtered, in order, page by page."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from mingjing.services.reading.keyset import PAGE
from mingjing.storage.cases.models import Case, Party
from tests.services.builders import FILED, House, file_case
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_a_judge_sees_only_cases_of_their_own(house: House) -> None:
    own = file_case(house, serial=1)
    others = file_case(house, serial=2, handler=house.stranger)
    page = text_of(signed_in(house.judge), "/cases")
    assert own.number in page
    assert others.number not in page


def test_the_division_head_sees_the_division_and_no_more(house: House) -> None:
    mine = file_case(house, serial=1)
    elsewhere = file_case(house, serial=2, handler=house.stranger)
    page = text_of(signed_in(house.head), "/cases")
    assert mine.number in page
    assert elsewhere.number not in page


def test_the_higher_court_sees_the_courts_below(house: House) -> None:
    case = file_case(house)
    assert case.number in text_of(signed_in(house.higher_manager), "/cases")


def test_whoever_has_no_role_in_cases_is_told_there_is_no_such_page(house: House) -> None:
    assert "没有这一页" in text_of(signed_in(house.keeper), "/cases", status=404)


def test_cases_stand_in_the_order_in_which_they_fall_due(house: House) -> None:
    late = file_case(house, serial=1, filed_on=FILED + timedelta(days=20))
    early = file_case(house, serial=2, filed_on=FILED)
    page = text_of(signed_in(house.manager), "/cases")
    assert page.index(early.number) < page.index(late.number)


def test_a_case_without_a_limit_comes_after_those_with_one(house: House) -> None:
    free = file_case(house, serial=1)
    Case.objects.filter(pk=free.pk).update(due_on=None)
    bound = file_case(house, serial=2)
    page = text_of(signed_in(house.manager), "/cases")
    assert page.index(bound.number) < page.index(free.number)


def test_a_case_that_is_not_filed_yet_is_listed_without_a_filing_day(house: House) -> None:
    case = file_case(house, serial=1)
    Case.objects.filter(pk=case.pk).update(filed_on=None, original_filed_on=None)
    assert case.number in text_of(signed_in(house.manager), "/cases")


def test_every_case_is_on_exactly_one_page_however_many_there_are(house: House) -> None:
    wanted = {file_case(house, serial=serial, filed_on=FILED).number for serial in range(1, PAGE + 8)}
    Case.objects.filter(number__in=sorted(wanted)[:9]).update(due_on=None)
    client = signed_in(house.manager)
    seen: list[str] = []
    path = "/cases?status=在办"
    for _ in range(4):
        response = client.get(path)
        seen += [case.number for case in response.context["page"].rows]
        following = response.context["page"].next_after
        if not following:
            break
        path = f"/cases?status=在办&after={following}"
    assert len(seen) == len(set(seen))
    assert set(seen) == wanted


def test_a_list_of_any_length_takes_eight_statements_at_most(house: House) -> None:
    for serial in range(1, PAGE + 5):
        file_case(house, serial=serial)
    for person in (house.manager, house.head, house.judge, house.higher_manager):
        client = signed_in(person)
        client.get("/cases")
        with CaptureQueriesContext(connection) as asked:
            client.get("/cases")
        assert len(asked) <= 8, [query["sql"] for query in asked]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=（2024）云9821民初1号", True),
        ("q=(2024)云9821民初1号", True),
        ("q=1", True),
        ("q=林知远", True),
        ("q=岚县恒通", True),
        ("q=不存在的人", False),
        ("status=已结", False),
        ("department=民事审判第一庭", True),
        ("department=民事审判第二庭", False),
        ("kind=民事一审&procedure=简易程序", True),
        ("older=1", False),
        ("due=逾期", False),
        ("tag=涉民企", False),
    ],
)
def test_filters_and_search_find_what_they_say(house: House, query: str, found: bool) -> None:
    case = file_case(house, serial=1)
    file_case(house, serial=77, handler=house.stranger, filed_on=date(2024, 3, 20))
    Case.objects.filter(pk=case.pk).update(serial=1)
    Party.objects.create(case=case, role="原告", name="岚县恒通建材有限公司")
    response = signed_in(house.manager).get(f"/cases?{query}", follow=True)
    assert (case.number in response.content.decode()) is found


def test_searching_a_whole_number_opens_the_case_itself(house: House) -> None:
    case = file_case(house)
    response = signed_in(house.manager).get(f"/cases?q={case.number}")
    assert response.status_code == 302
    assert response["Location"] == f"/cases/{case.pk}"


@pytest.mark.parametrize(
    "query",
    [
        "status=别的",
        "due=明年",
        "older=很久",
        "older=²",
        "older=99999999999",
        "colour=紫",
        "order=姓名",
        "after=乱写",
    ],
)
def test_a_filter_that_does_not_exist_is_refused_with_what_there_is(house: House, query: str) -> None:
    file_case(house)
    response = signed_in(house.manager).get(f"/cases?{query}")
    assert response.status_code == 422
    assert "不能这样办" in response.content.decode()


def test_an_empty_list_says_where_cases_come_from(house: House) -> None:
    assert "导入" in text_of(signed_in(house.manager), "/cases")
