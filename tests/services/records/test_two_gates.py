"""A hard case passes the judges' meeting before the judicial committee (S-194, R-065)."""

from __future__ import annotations

import pytest

from mingjing.domain.ledgers.matters import WrongValue
from mingjing.domain.meetings.gates import NotPrepared
from mingjing.services.reading.records.meetings import meeting_view
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import House, acting, file_case

JUDGES, COMMITTEE = "meeting.judges", "meeting.judicial_committee"
CASE = "（2024）云98刑初3号"


def convened(house: House, body: str, chair: Person, members: tuple[Person, ...]) -> Record:
    """A meeting prepared by the case-management office."""
    called = {
        "会议名称": "本次会议", "会议时间": "2024-04-01T14:30", "主持人": chair.pk,
        "应到人员": [chair.pk, *(one.pk for one in members)],
    }  # fmt: skip
    return open_record(acting(house.manager), body, "筹备", called)


def act(house: House, record: Record, label: str, why: str = "", **target: object) -> Record:
    """One act by the case-management office."""
    return do(acting(house.manager), record.pk, label, {}, target=target, why=why)


def searched(house: House, *, filed: bool = True, case: str = CASE, serial: int = 1) -> Record:
    """The search for like cases the judge was asked for, with the report or still without."""
    asked = {
        "案件": file_case(house, serial=serial).pk, "案号": case, "承办人": house.judge.pk,
        "承办部门": house.first_civil.pk, "检索事由": "提交专业法官会议", "评议日期": "2024-04-08",
    }  # fmt: skip
    record = open_record(acting(house.judge), "ledger.case_search", "要求检索", asked)
    if not filed:
        return record
    do(acting(house.judge), record.pk, "申请不检索", {"不检索的理由": "有司法解释直接规定"})
    return do(acting(house.head), record.pk, "同意不检索", {})


def judges_meeting(house: House) -> Record:
    """The judges' meeting discusses the case and concludes."""
    record = convened(house, JUDGES, house.leader, (house.judge, house.stranger))
    act(house, record, "增加议题", 议题=CASE, 类别="疑难案件")
    act(house, record, "完成准备", "已提交", 议题=CASE, 准备="审理报告")
    act(house, record, "完成准备", 议题=CASE, 准备="类案检索", 会议=searched(house).pk)
    act(house, record, "召集")
    act(house, record, "签到", 人员=[house.leader.pk, house.judge.pk, house.stranger.pk])
    act(house, record, "宣布开会")
    act(house, record, "进入议题", 议题=CASE)
    for person in (house.judge, house.stranger, house.leader):
        act(house, record, "发言", 人员=[person.pk], 意见="按无效处理")
    do(acting(house.manager), record.pk, "作出决定", {"决议内容": "多数意见：无效"}, target={"结果": "通过"})
    act(house, record, "结束会议")
    return record


def test_without_the_first_gate_the_committee_does_not_take_the_case_up(house: House) -> None:
    committee = convened(house, COMMITTEE, house.president, (house.leader,))
    act(house, committee, "增加议题", 议题=CASE, 类别="重大疑难案件")
    act(house, committee, "完成准备", "已提交", 议题=CASE, 准备="审理报告")
    with pytest.raises(NotPrepared, match="专业法官会议意见"):
        act(house, committee, "召集")


def test_only_a_meeting_with_minutes_proves_the_first_gate(house: House) -> None:
    committee = convened(house, COMMITTEE, house.president, (house.leader,))
    act(house, committee, "增加议题", 议题=CASE, 类别="重大疑难案件")
    act(house, committee, "完成准备", "已提交", 议题=CASE, 准备="审理报告")
    proof = judges_meeting(house)
    with pytest.raises(WrongValue, match="已经形成纪要"):
        act(house, committee, "完成准备", 议题=CASE, 准备="专业法官会议意见", 会议=proof.pk)
    do(acting(house.manager), proof.pk, "提交纪要", {"会议纪要": "多数意见：无效"})
    view = meeting_view(acting(house.manager), committee.pk)
    assert [key for key, _ in view.agenda[0].needs[0].proofs] == [proof.pk]
    act(house, committee, "完成准备", 议题=CASE, 准备="专业法官会议意见", 会议=proof.pk)
    assert act(house, committee, "召集").state == "已召集"


def test_a_meeting_of_another_body_proves_nothing(house: House) -> None:
    committee = convened(house, COMMITTEE, house.president, (house.leader,))
    act(house, committee, "增加议题", 议题=CASE, 类别="重大疑难案件")
    with pytest.raises(WrongValue):
        act(house, committee, "完成准备", 议题=CASE, 准备="专业法官会议意见", 会议=committee.pk)


def test_a_hard_case_comes_before_the_judges_with_its_search_on_file(house: House) -> None:
    record = convened(house, JUDGES, house.leader, (house.judge, house.stranger))
    act(house, record, "增加议题", 议题=CASE, 类别="疑难案件")
    act(house, record, "完成准备", "已提交", 议题=CASE, 准备="审理报告")
    waiting = searched(house, filed=False)
    with pytest.raises(WrongValue, match="已经办结"):
        act(house, record, "完成准备", 议题=CASE, 准备="类案检索", 会议=waiting.pk)
    with pytest.raises(NotPrepared, match="类案检索"):
        act(house, record, "召集")
    do(acting(house.judge), waiting.pk, "申请不检索", {"不检索的理由": "有司法解释直接规定"})
    do(acting(house.head), waiting.pk, "同意不检索", {})
    view = meeting_view(acting(house.manager), record.pk)
    assert [key for need in view.agenda[0].needs for key, _ in need.proofs] == [waiting.pk]
    act(house, record, "完成准备", 议题=CASE, 准备="类案检索", 会议=waiting.pk)
    assert act(house, record, "召集").state == "已召集"


def test_the_report_of_another_case_proves_nothing(house: House) -> None:
    record = convened(house, JUDGES, house.leader, (house.judge, house.stranger))
    topic = f"{CASE}借名买房一案的处理"
    act(house, record, "增加议题", 议题=topic, 类别="疑难案件")
    other = searched(house, case="（2024）云98刑初33号", serial=2)
    with pytest.raises(WrongValue, match="现在还没有说"):
        act(house, record, "完成准备", 议题=topic, 准备="类案检索", 会议=other.pk)
    right = searched(house)
    with pytest.raises(WrongValue, match="不是议题") as refused:
        act(house, record, "完成准备", 议题=topic, 准备="类案检索", 会议=other.pk)
    assert refused.value.allowed == (right.number,)
    needs = meeting_view(acting(house.manager), record.pk).agenda[0].needs
    assert [key for need in needs for key, _ in need.proofs] == [right.pk]
    act(house, record, "完成准备", 议题="1", 准备="类案检索", 会议=right.pk)


def test_a_meeting_that_spoke_of_another_case_proves_nothing(house: House) -> None:
    proof = judges_meeting(house)
    do(acting(house.manager), proof.pk, "提交纪要", {"会议纪要": "多数意见：无效"})
    committee = convened(house, COMMITTEE, house.president, (house.leader,))
    other = "（2024）云98刑初4号"
    act(house, committee, "增加议题", 议题=other, 类别="重大疑难案件")
    with pytest.raises(WrongValue, match="不是议题"):
        act(house, committee, "完成准备", 议题=other, 准备="专业法官会议意见", 会议=proof.pk)


def test_a_topic_that_names_no_case_takes_no_report_of_a_case(house: House) -> None:
    record = convened(house, JUDGES, house.leader, (house.judge, house.stranger))
    act(house, record, "增加议题", 议题="一件疑难案件", 类别="疑难案件")
    with pytest.raises(WrongValue, match="不是议题"):
        act(house, record, "完成准备", 议题="一件疑难案件", 准备="类案检索", 会议=searched(house).pk)
