"""The page of a meeting: prepared, run, voted, minuted and signed by small forms, without a script."""

from __future__ import annotations

import re
import zipfile
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import House
from tests.services.records.party import GROUP, Party, act, build_party, opened, planned, topics
from tests.web.signing_in import signed_in, text_of


@pytest.fixture
def party(house: House) -> Party:
    """The party group."""
    return build_party(house)


def send(client: Client, record: Record, act_label: str, status: int = 302, **values: object) -> str:
    """One small form of the meeting's page."""
    path = reverse("meeting", args=[record.pk])
    response = client.post(path, {"act": act_label, **values})
    assert response.status_code == status, unescape(re.sub(r"<[^>]+>", "", response.content.decode()))[:1500]
    return unescape(response.content.decode())


def page(person: Person, record: Record) -> str:
    """The page as somebody sees it."""
    return unescape(text_of(signed_in(person), reverse("meeting", args=[record.pk])))


def test_a_meeting_is_planned_with_the_roster_its_rules_name(party: Party) -> None:
    office = signed_in(party.office)
    path = reverse("meeting-plan", args=[GROUP])
    assert text_of(office, path).count(" checked") >= 4
    sent = {
        "name": "第四次党组会", "starts": "2024-04-08T14:30", "chair": party.secretary.name,
        "called": [one.pk for one in party.everybody],
    }  # fmt: skip
    response = office.post(path, sent)
    made = Record.objects.get(register=GROUP)
    assert response.status_code == 302
    assert response["Location"] == reverse("meeting", args=[made.pk])
    assert made.data["head"] == party.secretary.pk


def test_a_wrong_first_item_is_refused_on_the_page_and_moved_up_with_one_click(party: Party) -> None:
    record, office = planned(party), signed_in(party.office)
    send(office, record, "增加议题", 议题="用房调整", 类别="一般事项")
    send(office, record, "增加议题", 议题="传达学习", 类别="第一议题", 汇报人="沈砚")
    shown = page(party.office, record)
    assert "现在排在第 2 项" in shown
    assert '<button class="btn must" name="act" value="召集"' not in shown
    assert "第一项议题须是“第一议题”" in send(office, record, "召集", 422)
    send(office, record, "调整议题", 议题="2", 位置="1")
    send(office, record, "召集")
    assert Record.objects.get(pk=record.pk).state == "已召集"


def test_whose_turn_it_is_the_count_and_the_decision_stand_on_the_page(party: Party) -> None:
    record, office = _running(party), signed_in(party.office)
    shown = page(party.office, record)
    assert "轮到<b>顾临川</b>" in shown
    assert "沈砚<span>末位</span>" in re.sub(r"\s+", "", shown).replace("\n", "")
    for person in (*party.members, party.secretary):
        send(signed_in(person), record, "发言", 意见="同意")
        send(signed_in(person), record, "表决", 表决="同意")
    shown = page(party.office, record)
    assert "须超过半数即 <b>3</b> 票同意；已投 4 票" in shown
    entered: dict[str, Any] = {"resolution": "调整三楼用房。", "unit": party.general.pk, "due": "2024-05-01"}
    send(office, record, "作出决定", 结果="通过", **entered)
    task = Record.objects.get(register="ledger.resolutions")
    assert f'<a href="{reverse("record", args=[task.pk])}">{task.number}</a>' in page(party.office, record)


def _running(party: Party) -> Record:
    record = planned(party)
    topics(party, record, ("用房调整", "一般事项"))
    opened(party, record)
    act(party, record, "进入议题", 议题="用房调整")
    return record


def test_the_head_who_speaks_early_is_told_and_marked(party: Party) -> None:
    record, head = _running(party), signed_in(party.secretary)
    path = reverse("meeting", args=[record.pk])
    response = head.post(path, {"act": "发言", "意见": "我看可以"}, follow=True)
    assert "已办理“发言”，并记下：主要负责人先行表态。" in unescape(response.content.decode())


def test_what_was_typed_stays_when_a_decision_is_refused(party: Party) -> None:
    record, office = _running(party), signed_in(party.office)
    voters = [one.pk for one in (*party.members, party.secretary)]
    send(office, record, "表决", 人员=voters, 表决="同意")
    shown = send(office, record, "作出决定", 422, resolution="调整三楼用房。", 结果="通过")
    assert "通过的决议要落实到责任部门或者责任人" in shown
    assert "调整三楼用房。</textarea>" in shown


def test_a_member_votes_for_nobody_else(party: Party) -> None:
    record, member = _running(party), signed_in(party.members[1])
    assert "您不能替" in send(member, record, "表决", 422, 人员=str(party.members[2].pk), 表决="同意")


def test_a_judge_who_is_not_called_finds_no_meeting(party: Party) -> None:
    record = planned(party)
    client = signed_in(party.house.judge)
    assert client.get(reverse("meeting", args=[record.pk])).status_code == 404
    assert client.post(reverse("meeting", args=[record.pk]), {"act": "召集"}).status_code == 404


def test_minutes_are_drafted_signed_and_printed(party: Party) -> None:
    record, office = _running(party), signed_in(party.office)
    send(signed_in(party.members[0]), record, "发言", 意见="同意，建议分步走")
    send(office, record, "缓议", 说明="方案再细化")
    send(office, record, "结束会议")
    shown = page(party.office, record)
    assert "顾临川：同意，建议分步走" in shown
    assert "缓议：方案再细化" in shown
    send(office, record, "提交纪要", minutes="议定事项：用房方案再细化后上会。")
    for person in party.everybody:
        send(signed_in(person), record, "签字")
    assert Record.objects.get(pk=record.pk).state == "已签齐"
    for kind, words in (("agenda", "会议议程"), ("minutes", "到会人员签字")):
        paper = office.get(reverse("meeting-paper", args=[record.pk, kind]))
        with zipfile.ZipFile(BytesIO(paper.content)) as archive:
            assert words in archive.read("word/document.xml").decode()


def test_an_open_page_learns_that_something_happened(party: Party) -> None:
    record, office = _running(party), signed_in(party.office)
    path = reverse("meeting-strip", args=[record.pk])
    now = Record.objects.get(pk=record.pk).revision
    assert "刚才有新的办理" not in text_of(office, f"{path}?since={now}")
    send(signed_in(party.members[0]), record, "发言", 意见="同意")
    assert "刚才有新的办理" in text_of(office, f"{path}?since={now}")


def test_all_meetings_together(party: Party) -> None:
    record = planned(party)
    act(party, record, "增加议题", 议题="购车", 类别="三重一大")
    shown = unescape(text_of(signed_in(party.office), reverse("meetings")))
    assert "第四次党组会" in shown
    assert "没有报送" in shown
    assert "每月 1 次" in shown
    assert reverse("meeting-plan", args=[GROUP]) in shown


def test_the_record_shows_the_agenda_and_leads_to_the_meeting(party: Party) -> None:
    record = planned(party)
    topics(party, record)
    shown = text_of(signed_in(party.office), reverse("record", args=[record.pk]))
    assert reverse("meeting", args=[record.pk]) in shown
    assert "传达学习" in shown
