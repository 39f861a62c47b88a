"""A meeting as records: roster of the day, refusals by name, tasks by themselves, who sees what."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingjing.domain.ledgers.matters import NotReady, WrongPerson, WrongState
from mingjing.domain.meetings.gates import NotPrepared, WrongAgenda
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.counts import waiting
from mingjing.services.reading.records.meeting_list import meetings
from mingjing.services.reading.records.meetings import meeting_view
from mingjing.services.reading.records.waiting import records_today
from mingjing.services.records.acting import options
from mingjing.services.records.meetings import proposed
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.records.models import Record, RecordAct, RecordLink
from tests.services.builders import DAY, House, acting
from tests.services.conftest import Logged, SetMoment
from tests.services.records.party import GROUP, Party, act, build_party, opened, planned, topics


@pytest.fixture
def party(house: House) -> Party:
    """The party group."""
    return build_party(house)


def test_the_roster_of_the_day_is_proposed(party: Party) -> None:
    value = registry(party.house.court).register_value(GROUP, DAY)
    found = proposed(acting(party.office), value)  # type: ignore[arg-type]
    assert set(found["应到人员"]) == {one.pk for one in party.everybody}  # type: ignore[call-overload]
    assert found["主持人"] == found["主要负责人"] == party.secretary.pk
    assert found["列席人员"] == [party.chief.pk]


def test_each_act_is_one_entry_and_the_names_stand_in_the_refusal(party: Party, one_entry: Logged) -> None:
    record = planned(party)
    topics(party, record, ("用房", "一般事项"))
    opened(party, record)
    with one_entry() as log:
        act(party, record, "进入议题", 议题="用房")
    assert log[0].verb == "进入议题"
    with pytest.raises(NotReady, match=r"还有 4 人没有表决：.*孙敏"):
        entered = {"决议内容": "照办。", "责任部门": party.general.pk, "办理期限": "2024-05-01"}
        act(party, record, "作出决定", party.secretary, values=entered, 结果="通过")


def test_an_adopted_resolution_becomes_one_task_with_its_owner_and_day(party: Party) -> None:
    record = _decided(party)
    task = Record.objects.get(register="ledger.resolutions")
    assert (task.state, task.unit_id, str(task.due_on)) == ("已交办", party.general.pk, "2024-04-03")
    assert task.data["subject"] == "用房"
    assert task.data["meeting"] == "第四次党组会"
    assert task.data["due"] == "2024-05-01"
    assert RecordLink.objects.filter(source=record, target=task).count() == 1
    view = meeting_view(acting(party.office), record.pk)
    assert view.agenda[1].resolution == task


def _decided(party: Party) -> Record:
    record = planned(party)
    topics(party, record, ("用房", "一般事项"))
    opened(party, record)
    act(party, record, "进入议题", 议题="用房")
    order = [*party.members, party.secretary]
    act(party, record, "表决", 人员=[one.pk for one in order], 表决="同意")
    entered: dict[str, object] = {
        "决议内容": "调整三楼用房。",
        "责任部门": party.general.pk,
        "办理期限": "2024-05-01",
    }
    return act(party, record, "作出决定", party.secretary, values=entered, 结果="通过")


def test_what_was_said_early_stays_marked_with_the_act(party: Party) -> None:
    record = planned(party)
    topics(party, record, ("用房", "一般事项"))
    opened(party, record)
    act(party, record, "进入议题", 议题="用房")
    after = act(party, record, "发言", party.secretary, 意见="我看可以")
    last = RecordAct.objects.get(record=record, turn=after.revision)
    assert last.flags == ["主要负责人先行表态"]


def test_the_gates_of_the_agenda_hold_in_the_database_too(party: Party) -> None:
    record = planned(party)
    act(party, record, "增加议题", 议题="购车", 类别="三重一大")
    act(party, record, "增加议题", 议题="传达学习", 类别="第一议题")
    with pytest.raises(NotPrepared):
        act(party, record, "召集")
    for need in ("调查研究", "征求意见", "充分酝酿"):
        act(party, record, "完成准备", 议题="购车", 准备=need, why="已形成材料")
    with pytest.raises(WrongAgenda):
        act(party, record, "召集")


def test_weekends_are_those_of_the_calendar(party: Party, moment: SetMoment) -> None:
    record = planned(party, starts="2024-04-08T09:00")
    act(party, record, "增加议题", 议题="购车", 类别="三重一大")
    moment("2024-04-07T10:00:00")  # a Sunday worked in exchange for 清明
    act(party, record, "报送议题", 对象="派驻纪检组长")
    assert meeting_view(acting(party.office), record.pk).agenda[0].late == ()


def test_who_is_not_called_sees_nothing_and_a_member_cannot_preside(party: Party) -> None:
    record = planned(party)
    with pytest.raises(NotVisible):
        meeting_view(acting(party.house.judge), record.pk)
    member = acting(party.members[1])
    assert "召集" not in {one.act for one in options(member, record)}
    topics(party, record)
    with pytest.raises(WrongPerson):
        act(party, record, "召集", party.members[1])


def test_the_chief_of_discipline_sees_the_meeting_and_answers(party: Party) -> None:
    record = planned(party)
    act(party, record, "增加议题", 议题="购车", 类别="三重一大")
    act(party, record, "报送议题", 对象="派驻纪检组长")
    act(party, record, "答复邀请", party.chief, 对象="派驻纪检组长", 答复="参加")
    view = meeting_view(acting(party.chief), record.pk)
    assert view.informed[0].invitation is not None
    assert view.informed[0].invitation.answer == "参加"


def test_the_list_tells_what_is_owed_filed_and_kept(party: Party) -> None:
    _decided(party)
    record = planned(party, title="第五次党组会", starts="2024-04-15T14:30")
    act(party, record, "增加议题", 议题="购车", 类别="三重一大")
    found = meetings(acting(party.office), 2024)
    assert [one.record.title for one in found.coming] == ["第四次党组会", "第五次党组会"]
    assert [(one.topic, one.sent) for one in found.filed] == [("购车", "")]
    kept = next(one for one in found.kept if one.register_id == GROUP)
    assert (kept.held, kept.first_kept, kept.first_asked) == (1, 1, 1)
    assert (kept.present, kept.called) == (4, 4)
    monthly = next(one for one in found.owed if one.register_id == GROUP and not one.what)
    assert [one.code for one in monthly.short] == ["2024-01", "2024-02", "2024-03"]
    assert (monthly.now.code, monthly.missing) == ("2024-04", 0)


def _waiting(person: Person) -> set[int]:
    return {one.row.pk for one in records_today(acting(person))}


def test_a_meeting_stands_in_the_day_of_whoever_it_waits_for(party: Party) -> None:
    record, member = planned(party), party.members[0]
    act(party, record, "增加议题", 议题="购车", 类别="三重一大")
    assert record.pk not in _waiting(party.chief)
    act(party, record, "报送议题", 对象="派驻纪检组长")
    assert record.pk in _waiting(party.chief), "an answer is asked for"
    act(party, record, "答复邀请", party.chief, 对象="派驻纪检组长", 答复="参加")
    assert record.pk not in _waiting(party.chief)
    act(party, record, "撤下议题", 议题="购车", why="改期再议")
    topics(party, record)
    act(party, record, "召集")
    assert record.pk in _waiting(member), "they are called"
    act(party, record, "请假", member, why="出差")
    assert record.pk not in _waiting(member)


def test_minutes_wait_for_each_signature_in_the_day_of_the_signer(party: Party) -> None:
    record, member = _to_sign(party), party.members[0]
    assert record.pk in _waiting(member)
    assert waiting(acting(member)).asked == 1
    act(party, record, "签字", member)
    assert record.pk not in _waiting(member)
    assert record.pk in _waiting(party.members[1])


def test_minutes_do_not_wait_for_ever_for_somebody_who_left(party: Party) -> None:
    record, away = _to_sign(party), party.members[1]
    for one in (*party.everybody[:2], *party.everybody[3:]):
        act(party, record, "签字", one)
    with pytest.raises(WrongPerson, match="还在任"):
        act(party, record, "拒签", 人员=away.pk, why="已调走")
    with pytest.raises(WrongPerson, match="还在任"):
        act(party, record, "拒签", 人员=[away.pk], why="已调走")
    Posting.objects.filter(person=away).update(until=DAY - timedelta(days=1))
    assert [one.key for one in meeting_view(acting(party.office), record.pk).left] == [away.pk]
    after = act(party, record, "拒签", 人员=away.pk, why="已调离本院")
    assert after.state == "已签齐"
    assert RecordAct.objects.get(record=record, turn=after.revision).flags == ["离任未签"]


def test_what_two_people_enter_of_one_speech_is_kept_once(party: Party) -> None:
    record, member = planned(party), party.members[0]
    topics(party, record, ("用房", "一般事项"))
    opened(party, record)
    act(party, record, "进入议题", 议题="用房")
    act(party, record, "发言", member, 意见="同意", 态度="同意")
    with pytest.raises(WrongState, match="已经记下"):
        act(party, record, "发言", 人员=member.pk, 意见="同意", 态度="同意")
    act(party, record, "发言", 人员=member.pk, 意见="另请财务室会签", 态度="同意")
    floor = meeting_view(acting(party.office), record.pk)
    assert len(floor.speakers) == len(dict(floor.speakers)) == len(party.everybody)


def _to_sign(party: Party) -> Record:
    record = _decided(party)
    act(party, record, "结束会议", party.secretary)
    return act(party, record, "提交纪要", values={"会议纪要": "……"})
