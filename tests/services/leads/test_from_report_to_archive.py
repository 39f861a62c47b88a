"""A report is sealed before it is kept, opened only by those who work on it, and ends in the archive."""

from __future__ import annotations

import pytest

from mingjing.domain.ledgers.matters import NotReady, WrongState
from mingjing.services.leads import talking, working
from mingjing.services.leads.sight import leads_seen, open_lead
from mingjing.services.permissions import NotVisible
from mingjing.storage.leads.models import LeadAct
from tests.services.builders import acting
from tests.services.leads.conftest import TEXT, Office, Reporting

CONFERRED = {
    "参加会商": "四月八日，秦朗、章牧、赵棠，意见一致",
    "会商意见": "初步核实",
    "处置方式": "初步核实",
}


def plan(office: Office, pk: int, team: list[int]) -> None:
    chief, mine = acting(office.chief), office.opened(office.chief)
    working.do(chief, pk, "受理", {}, mine)
    entered = {**CONFERRED, "核查方案": "调取转账记录", "专班": team, "办结期限": "2024-06-28"}
    working.do(chief, pk, "会商报方案", entered, mine)


def verify(office: Office, pk: int, ending: str = "查否", blood: bool = False) -> None:
    plan(office, pk, [office.officer.pk, office.clerk.pk])
    approver = acting(office.inspector)
    working.do(approver, pk, "批准方案", {"方案编号": "方案1"}, office.opened(office.inspector))
    ticks = {"见人": True, "见面": True, "见底": True, "见血": blood}
    entered = {"核查报告": "截图系伪造", "结论": ending, **ticks}
    working.do(acting(office.officer), pk, "报结论", entered, office.opened(office.officer))


def test_the_chief_reads_what_was_reported(office: Office, reported: Reporting) -> None:
    lead = reported().lead
    _, pieces = open_lead(acting(office.chief), lead.pk, office.opened(office.chief))
    assert pieces[0].says["内容"] == TEXT
    assert pieces[0].says["被反映人"] == ["林知远"]


def test_for_everybody_else_it_does_not_exist(office: Office, reported: Reporting) -> None:
    lead, house = reported().lead, office.house
    above = (house.judge, house.head, house.leader, house.president)
    for person in (*above, house.keeper, house.guardian, office.officer, office.clerk, house.higher_manager):
        assert not leads_seen(acting(person)).exists()
        with pytest.raises(NotVisible):
            open_lead(acting(person), lead.pk, office.opened(office.chief))


def test_an_unfounded_lead_waits_for_the_last_signature(office: Office, reported: Reporting) -> None:
    pk = reported().lead.pk
    verify(office, pk)
    approver, key = acting(office.inspector), office.opened(office.inspector)
    working.do(acting(office.officer), pk, "签字背书", {}, office.opened(office.officer))
    working.do(approver, pk, "签字背书", {}, key)
    with pytest.raises(NotReady, match="还有人没有签"):
        working.do(approver, pk, "审结", {}, key)
    with pytest.raises(working.SignedAlready):
        working.do(approver, pk, "签字背书", {}, key)
    working.do(acting(office.clerk), pk, "签字背书", {}, office.opened(office.clerk))
    working.do(approver, pk, "审结", {}, key)
    chief = acting(office.chief)
    done = working.do(chief, pk, "归档", {"归档号": "归档1"}, office.opened(office.chief))
    assert (done.state, done.over) == ("已归档", True)


def test_a_second_plan_is_refused(office: Office, reported: Reporting) -> None:
    pk = reported().lead.pk
    verify(office, pk)
    with pytest.raises(WrongState):
        plan(office, pk, [office.officer.pk])


def test_a_verified_lead_without_measures_is_not_concluded(office: Office, reported: Reporting) -> None:
    pk = reported().lead.pk
    verify(office, pk, "属实")
    with pytest.raises(NotReady, match="见血"):
        working.do(acting(office.inspector), pk, "审结", {}, office.opened(office.inspector))


def test_the_reported_never_joins_the_team(office: Office, reported: Reporting) -> None:
    lead = reported(reported=(office.clerk.name,), unit="督察室").lead
    assert lead.court == office.house.higher, "too few are left below"
    key = office.opened(office.higher_chief)
    able = working.eligible(acting(office.higher_chief), lead, key)
    assert office.clerk not in able and office.inspector not in able
    working.do(acting(office.higher_chief), lead.pk, "受理", {}, key)
    entered = {**CONFERRED, "核查方案": "核实", "专班": [office.clerk.pk], "办结期限": "2024-06-28"}
    with pytest.raises(working.NotEligible):
        working.do(acting(office.higher_chief), lead.pk, "会商报方案", entered, key)


def test_a_new_member_reads_everything_from_the_beginning(office: Office, reported: Reporting) -> None:
    pk = reported().lead.pk
    with pytest.raises(NotVisible):
        open_lead(acting(office.officer), pk, office.opened(office.officer))
    plan(office, pk, [office.officer.pk])
    _, pieces = open_lead(acting(office.officer), pk, office.opened(office.officer))
    assert pieces[0].says["内容"] == TEXT


def test_the_reporter_asks_with_the_receipt_and_is_answered(office: Office, reported: Reporting) -> None:
    received = reported()
    talking.answer(acting(office.chief), received.lead.pk, "转账截图能否提供原图？")
    talking.write_message(received.receipt.words, "可以，已放在信箱。")
    found = talking.progress(received.receipt.words.replace(" ", "、"))
    assert [(word.mine, word.text) for word in found.words] == [
        (True, TEXT),
        (False, "转账截图能否提供原图？"),
        (True, "可以，已放在信箱。"),
    ]
    assert found.commitment == received.commitment and len(found.leaf) == 64
    _, pieces = open_lead(acting(office.chief), received.lead.pk, office.opened(office.chief))
    assert pieces[-1].says["内容"] == "可以，已放在信箱。"


def test_every_act_has_its_entry(office: Office, reported: Reporting) -> None:
    pk = reported().lead.pk
    verify(office, pk)
    entries = LeadAct.objects.filter(lead=pk).values_list("entry", flat=True)
    seqs = [seq for seq in entries if seq is not None]
    assert len(seqs) == len(entries)
    assert seqs == sorted(set(seqs))


def test_what_was_said_in_conference_is_sealed_and_how_it_is_dealt_with_stands_outside(
    office: Office, reported: Reporting
) -> None:
    lead = reported().lead
    plan(office, lead.pk, [office.officer.pk, office.clerk.pk])
    lead.refresh_from_db()
    act = LeadAct.objects.get(lead=lead, label="会商报方案")
    assert lead.data["disposal"] == "初步核实" and act.values["处置方式"] == "初步核实"
    assert "四月八日" not in str(lead.data) + str(act.values)
    _, pieces = open_lead(acting(office.officer), lead.pk, office.opened(office.officer))
    assert CONFERRED["参加会商"] in str([one.says for one in pieces])
