"""审批 in the browser: the chain drawn, acts by form, four boxes, several at once, lending duties."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Department, Oversight, Person, Posting
from mingjing.storage.records.models import Delegation, Record
from tests.services.builders import DAY, SINCE, House, acting, hire
from tests.web.signing_in import signed_in, text_of


@dataclass(frozen=True, slots=True)
class Desk:
    """The office of publicity of the house."""

    house: House
    office: Department
    deputy: Person
    director: Person
    publicist: Person


@pytest.fixture
def desk(house: House) -> Desk:
    office = Department.objects.get(court=house.court, name="综合办公室")
    Oversight.objects.create(leader=house.leader, department=office, since=SINCE)
    return Desk(
        house,
        office,
        deputy=hire(house.court, "梁简", "综合办副主任", office),
        director=hire(house.court, "许诺", "综合办主任", office),
        publicist=hire(house.court, "杜若", "宣传干部", office),
    )


def submitted(desk: Desk, **values: object) -> Record:
    given = {
        "标题": "开展巡回审判",
        "稿件": "正文",
        "信息类别": "动态",
        "发布渠道": ["门户网站"],
        "重大信息": False,
        "归口部门": desk.office.pk,
        **values,
    }
    return open_record(acting(desk.house.clerk), "approval.publication", "提交", given)


def leave(desk: Desk, **values: object) -> Record:
    given = {
        "请假类别": "年休假",
        "起": "2024-04-08",
        "止": "2024-04-10",
        "天数": "3",
        "事由": "探亲",
        **values,
    }
    return open_record(acting(desk.house.clerk), "approval.leave", "提交", given)


def send(client: Client, path: str, **data: object) -> str:
    response = client.post(path, data, follow=True)
    return response.content.decode()


def test_the_page_of_an_approval_draws_its_chain(desk: Desk) -> None:
    record = submitted(desk)
    do(acting(desk.deputy), record.pk, "同意", {"已作脱密脱敏": True}, why="事实清楚")
    page = text_of(signed_in(desk.house.clerk), f"/records/{record.pk}")
    assert "梁简 同意" in page
    assert "“事实清楚”" in page
    assert "等<b>许诺</b>审批" in page
    assert "届时由顾临川审批" in page
    assert "不需要这一步" in page
    assert "不符合：重大信息" in page
    assert "复审时限" in page
    assert 'class="late">到达' not in page


def test_an_approver_agrees_by_the_form_which_says_who_comes_next(desk: Desk) -> None:
    record = submitted(desk)
    client = signed_in(desk.deputy)
    form = text_of(client, f"/records/{record.pk}/do/同意")
    assert "接下来到“复审”，由许诺审批。" in form
    page = send(
        client, f"/records/{record.pk}/do/同意", cleared="是", why="事实清楚", revision=record.revision
    )
    assert "已办理“同意”" in page


def test_the_chain_says_that_whoever_it_waits_for_has_left(desk: Desk) -> None:
    record = submitted(desk)
    said = f"{desk.deputy.name}已经离任，不能审批。"
    assert said not in text_of(signed_in(desk.house.clerk), f"/records/{record.pk}")
    Posting.objects.filter(person=desk.deputy).update(until=DAY - timedelta(days=1))
    assert said in text_of(signed_in(desk.house.clerk), f"/records/{record.pk}")


def test_a_rejection_offers_only_where_it_may_go(desk: Desk) -> None:
    record = submitted(desk)
    client = signed_in(desk.deputy)
    form = text_of(client, f"/records/{record.pk}/do/驳回")
    assert 'value="发起人"' in form
    assert 'value="上一步"' not in form
    data = {"ask:退回到": "发起人", "why": "图片未打码", "revision": record.revision}
    client.post(f"/records/{record.pk}/do/驳回", data)
    assert Record.objects.get(pk=record.pk).state == "已退回"


def test_a_rejection_without_a_reason_is_refused_on_the_page(desk: Desk) -> None:
    record = submitted(desk)
    data = {"ask:退回到": "发起人", "revision": record.revision}
    response = signed_in(desk.deputy).post(f"/records/{record.pk}/do/驳回", data)
    assert response.status_code == 422
    assert "驳回要写明理由" in response.content.decode()


def test_a_step_is_handed_on_to_somebody_by_name(desk: Desk) -> None:
    record = leave(desk)
    data = {"ask:交给": "苏禾", "revision": record.revision}
    page = send(signed_in(desk.house.head), f"/records/{record.pk}/do/转办", **data)
    assert "等<b>苏禾</b>（周岚转办）审批" in page


def test_the_four_boxes(desk: Desk) -> None:
    record = submitted(desk)
    assert record.number in text_of(signed_in(desk.deputy), "/approvals")
    assert "没有等您审批的" in text_of(signed_in(desk.director), "/approvals")
    assert record.number in text_of(signed_in(desk.house.clerk), "/approvals?box=我发起的")
    do(acting(desk.deputy), record.pk, "同意", {"已作脱密脱敏": True})
    assert record.number in text_of(signed_in(desk.deputy), "/approvals?box=我已审批")
    assert "没有抄送给您的审批" in text_of(signed_in(desk.publicist), "/approvals?box=抄送我的")
    text_of(signed_in(desk.deputy), "/approvals?box=别的", status=404)


def test_what_waits_stands_on_the_home_page(desk: Desk) -> None:
    submitted(desk)
    assert "开展巡回审判" in text_of(signed_in(desk.deputy), "/")


def test_several_are_agreed_to_at_once_where_the_definition_allows_it(desk: Desk) -> None:
    first, second = leave(desk), leave(desk, 起="2024-04-15", 止="2024-04-17")
    client = signed_in(desk.house.head)
    assert "同意选中的" in text_of(client, "/approvals")
    page = send(client, "/approvals/agree", record=[first.pk, second.pk])
    assert "已同意 2 件" in page


def test_what_must_be_read_is_not_agreed_to_in_bulk(desk: Desk) -> None:
    record = submitted(desk)
    do(acting(desk.deputy), record.pk, "同意", {"已作脱密脱敏": True})
    client = signed_in(desk.director)
    assert "同意选中的" not in text_of(client, "/approvals")
    assert "要逐件看过再同意" in send(client, "/approvals/agree", record=[record.pk])
    assert Record.objects.get(pk=record.pk).state == "审批中"


def test_the_signed_sheet_prints_every_opinion(desk: Desk) -> None:
    record = submitted(desk)
    do(acting(desk.deputy), record.pk, "同意", {"已作脱密脱敏": True}, why="事实清楚")
    page = text_of(signed_in(desk.house.clerk), f"/records/{record.pk}/sheet")
    assert "信息发布审核审批单" in page
    assert "事实清楚" in page
    assert "梁简" in page


def test_the_register_says_who_would_decide_today(desk: Desk) -> None:
    submitted(desk)
    page = text_of(signed_in(desk.house.clerk), "/registers/approval.publication")
    assert "现在申请，由谁审批" in page
    assert "梁简" in page


def test_duties_are_lent_listed_and_taken_back(desk: Desk) -> None:
    client = signed_in(desk.director)
    until = DAY + timedelta(days=3)
    data = {"taker": "杜若", "since": DAY.isoformat(), "until": until.isoformat(), "reason": "年休假"}
    assert "您委托 <b>杜若</b>" in send(client, "/delegations", **data)
    assert "<b>许诺</b> 委托您" in text_of(signed_in(desk.publicist), "/delegations")
    made = Delegation.objects.get()
    assert "已撤回对 杜若 的委托" in send(client, f"/delegations/{made.pk}/revoke")
    assert Delegation.objects.get().revoked_on == DAY


def test_nobody_takes_back_what_somebody_else_lent(desk: Desk) -> None:
    send(
        signed_in(desk.director),
        "/delegations",
        taker="杜若",
        since=DAY.isoformat(),
        until=DAY.isoformat(),
        reason="年休假",
    )
    made = Delegation.objects.get()
    response = signed_in(desk.publicist).post(f"/delegations/{made.pk}/revoke")
    assert response.status_code == 404
    assert Delegation.objects.get().revoked_on is None


def test_a_delegation_to_oneself_or_too_long_is_refused_on_the_page(desk: Desk) -> None:
    data = {"taker": "杜若", "since": "2024-04-01", "until": "2024-12-31", "reason": "进修"}
    response = signed_in(desk.director).post("/delegations", data)
    assert response.status_code == 422
    assert "一次委托最长 92 天" in response.content.decode()
