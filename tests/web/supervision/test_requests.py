"""审批: what waits, why the window is what it is, the decision, the withdrawal."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.limit_changes import request_extension
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Request
from tests.services.builders import House, acting, entries, file_case
from tests.web.signing_in import signed_in, text_of
from tests.web.supervision.counting import statements


@pytest.fixture
def request_(house: House) -> Request:
    """林知远 asks for one more month; 简易程序 from 13 March ends on 13 June."""
    case = file_case(house)
    return request_extension(acting(house.judge), case_id=case.pk, length="1 个月", reason="等待另案结果")


@pytest.fixture
def approver(house: House, request_: Request) -> Person:
    """Whoever the definition names."""
    return {"院长": house.president, "分管院领导": house.leader, "庭长": house.head}[request_.approver_role]


def test_it_waits_on_the_list_of_its_approver(house: House, request_: Request, approver: Person) -> None:
    page = text_of(signed_in(approver), "/requests")
    assert "等您审批的" in page
    assert "延长 1 个月" in page
    assert request_.case.number in page


def test_the_page_derives_the_window_and_says_what_follows(
    house: House, request_: Request, approver: Person
) -> None:
    page = text_of(signed_in(approver), f"/requests/{request_.pk}")
    assert "为什么是这几个日子" in page
    assert "至迟这一天申请" in page
    assert "延至 2024-07-" in page
    assert request_.definition in page


def test_an_approval_lengthens_the_limit(house: House, request_: Request, approver: Person) -> None:
    response = signed_in(approver).post(f"/requests/{request_.pk}", {"decision": "approve", "opinion": ""})
    assert (response.status_code, response["Location"]) == (302, "/requests")
    request_.refresh_from_db()
    assert request_.state == Request.State.APPROVED
    assert request_.case.extensions.count() == 1
    assert len(entries("审批审限变更")) == 1


def test_a_refusal_without_a_reason_is_not_taken(house: House, request_: Request, approver: Person) -> None:
    response = signed_in(approver).post(f"/requests/{request_.pk}", {"decision": "decline", "opinion": ""})
    assert response.status_code == 422
    assert "审批意见" in response.content.decode()
    request_.refresh_from_db()
    assert request_.state == Request.State.OPEN


def test_the_applicant_cannot_decide_but_can_take_it_back(house: House, request_: Request) -> None:
    client = signed_in(house.judge)
    page = text_of(client, f"/requests/{request_.pk}")
    assert "撤回申请" in page
    assert "您的决定" not in page
    assert client.post(f"/requests/{request_.pk}", {"decision": "approve"}).status_code == 404
    assert client.post(f"/requests/{request_.pk}/withdraw", {"reason": "案件已调解"}).status_code == 302
    request_.refresh_from_db()
    assert request_.state == Request.State.WITHDRAWN
    assert client.get(f"/requests/{request_.pk}/withdraw").status_code == 404


def test_who_looks_without_deciding_is_told_who_decides(house: House, request_: Request) -> None:
    page = text_of(signed_in(house.manager), f"/requests/{request_.pk}")
    assert f"由{request_.approver_role}审批" in page


@pytest.mark.parametrize("path", ["", "/withdraw"])
def test_another_division_and_the_keeper_find_nothing(house: House, request_: Request, path: str) -> None:
    for person in (house.stranger, house.keeper):
        assert signed_in(person).get(f"/requests/{request_.pk}{path}").status_code == 404


def test_the_judge_begins_with_their_own(house: House, request_: Request) -> None:
    page = text_of(signed_in(house.judge), "/requests")
    assert "我申请的" in page
    assert request_.case.number in page


def test_a_late_decision_is_marked(house: House, request_: Request, approver: Person, moment: object) -> None:
    assert request_.decide_by is not None
    assert request_.decide_by < date(2024, 6, 12)
    moment("2024-06-12T09:00:00")  # type: ignore[operator]
    client = signed_in(approver)
    client.post(f"/requests/{request_.pk}", {"decision": "approve", "opinion": "同意"})
    assert "晚于最迟决定日" in text_of(client, f"/requests/{request_.pk}")


@pytest.mark.parametrize("who", ["judge", "president", "manager", "higher_manager"])
def test_the_list_takes_at_most_eight_statements(house: House, request_: Request, who: str) -> None:
    assert statements(signed_in(getattr(house, who)), "/requests?whose=看得到的") <= 8
