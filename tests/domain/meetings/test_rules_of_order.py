"""First item, preparation, notice, quorum, the head last, recusal, counting, signatures."""

from __future__ import annotations

import pytest

from mingjing.domain.ledgers.matters import NotFilled, NotReady, WrongPerson, WrongState
from mingjing.domain.meetings.gates import (
    MayNotVote,
    NoQuorum,
    NotPrepared,
    NotTold,
    TooEarly,
    WrongAgenda,
    WrongCount,
)
from mingjing.domain.meetings.outline import ASKS, STATES, acts
from mingjing.domain.meetings.proportions import read_proportion
from mingjing.domain.meetings.rules import Ballot, Enforcement, FirstItem
from mingjing.domain.meetings.stepping import HANDLERS, permitted
from tests.domain.meetings.bodies import CHIEF, CLERK, HEAD, Table, at, party_group, who


def test_an_agenda_whose_first_item_is_another_is_refused() -> None:
    table = Table().plan().topic("办公用房调整").topic("传达学习", "第一议题")
    with pytest.raises(WrongAgenda, match="现在排在第 2 项"):
        table.act("召集")
    table.act("调整议题", 议题="传达学习", 位置="1")
    assert table.act("召集").state == "已召集"


def test_a_body_may_only_mark_a_wrong_first_item() -> None:
    table = Table(party_group(first_item=FirstItem("第一议题", Enforcement.MARK))).plan().topic("用房")
    assert table.act("召集").flags == ("第一议题未排首位",)


def test_an_unprepared_major_matter_is_refused_and_an_exception_is_marked() -> None:
    table = Table().plan().topic("传达学习", "第一议题").topic("大额支出", "三重一大")
    table.act("完成准备", 议题="大额支出", 准备="调查研究", why="走访")
    with pytest.raises(NotPrepared, match="征求意见、充分酝酿"):
        table.act("召集")
    table.act("例外上会", HEAD, 议题="大额支出", why="防汛抢险")
    assert table.flags == ["未备齐经例外上会"]
    assert table.act("召集").flags == ("未提前报送",)


def test_a_preparation_says_how_it_was_done() -> None:
    table = Table().plan().topic("大额支出", "三重一大")
    with pytest.raises(NotFilled, match="写明情况"):
        table.act("完成准备", 议题="大额支出", 准备="调查研究")
    with pytest.raises(NotFilled, match="没有“公示”"):
        table.act("完成准备", 议题="大额支出", 准备="公示", why="已公示")


def test_topics_sent_late_are_marked_and_judged_again_when_the_meeting_moves() -> None:
    table = Table().plan().topic("大额支出", "三重一大")
    assert table.act("报送议题", moment="2024-03-05 11:30").flags == ("报送迟延",)
    table.act("调整会议", values={"会议时间": "2024-03-06T09:00"})
    assert table.sitting.invitations["派驻纪检组长"].late == ()


def test_minutes_wait_for_the_answer_to_the_invitation() -> None:
    table = _major_meeting()
    with pytest.raises(NotTold, match="答复"):
        table.act("提交纪要", values={"会议纪要": "……"})
    table.act("答复邀请", CHIEF, 答复="参加")
    assert table.act("提交纪要", values={"会议纪要": "……"}).state == "待签字"


def test_the_record_sent_on_the_sixth_day_is_late_and_filing_waits_for_it() -> None:
    table = _major_meeting()
    table.act("答复邀请", CHIEF, 答复="不能参加")
    table.act("提交纪要", values={"会议纪要": "……"})
    for person in (1, 2, 3, 4, 5):
        table.act("签字", person)
    with pytest.raises(NotTold, match="送会后记录"):
        table.act("归档")
    assert table.act("送会后记录", moment="2024-03-11 08:00").flags == ("会后记录迟送",)
    assert table.act("归档").state == "已归档"


def _major_meeting() -> Table:
    table = Table().plan().topic("大额支出", "三重一大")
    table.act("例外上会", HEAD, 议题="大额支出", why="防汛抢险")
    table.act("报送议题", moment="2024-03-04 09:00")
    table.begin()
    table.act("进入议题", 议题="大额支出")
    table.act("缓议", HEAD, why="数据再核")
    table.act("结束会议", moment="2024-03-05 17:00")
    return table


def test_a_meeting_does_not_open_below_its_quorum() -> None:
    table = Table().plan((1, 2, 3, 4, 5, 6)).topic("传达学习", "第一议题")
    table.act("召集")
    table.act("签到", 1)
    table.act("签到", 2)
    with pytest.raises(NoQuorum, match="应到 6 人，实到 2 人；开会须有半数以上到会，即至少 3 人"):
        table.act("宣布开会", HEAD)
    table.act("签到", 3)
    assert table.act("宣布开会", HEAD).state == "会议中"


def test_a_topic_may_ask_for_more_people_than_the_meeting() -> None:
    table = Table().plan().topic("任命庭长", "干部任免").begin(1, 2, 3)
    table.act("进入议题", 议题="任命庭长")
    table.vote(p2="同意", p3="同意", p1="同意")
    with pytest.raises(NoQuorum, match="三分之二以上"):
        table.decide()
    table.act("签到", 4)
    assert "迟到" in table.flags
    table.vote(p4="同意")
    table.decide()
    assert table.opened == 1


def test_the_head_who_speaks_second_of_five_is_marked() -> None:
    table = Table().plan().topic("用房").begin()
    table.act("进入议题", 议题="用房")
    table.act("发言", 2, 意见="同意")
    assert table.act("发言", HEAD, 意见="同意").flags == ("主要负责人先行表态",)
    assert [one.early for one in table.sitting.topic(1).opinions] == [False, True]


def test_a_body_may_refuse_the_head_who_speaks_early() -> None:
    table = Table(party_group(head_last=Enforcement.REFUSE)).plan().topic("用房").begin()
    table.act("进入议题", 议题="用房")
    for person in (2, 3, 4):
        table.act("发言", person, 意见="同意")
    with pytest.raises(TooEarly, match="还有 1 人没有发表意见：委员5"):
        table.act("表决", HEAD, 表决="同意")
    table.act("表决", 5, 表决="反对")
    assert table.act("发言", HEAD, 意见="同意").flags == ()


def test_absent_members_do_not_hold_the_head_back() -> None:
    table = Table(party_group(head_last=Enforcement.REFUSE)).plan().topic("用房").begin(1, 2, 3)
    table.act("进入议题", 议题="用房")
    table.act("发言", CLERK, 人员=4, 意见="书面意见：同意", 书面="是")
    table.act("发言", 2, 意见="同意")
    table.act("发言", 3, 意见="同意")
    assert table.act("发言", HEAD, 意见="同意").flags == ()


def test_who_keeps_out_of_a_topic_neither_speaks_nor_votes_nor_counts_as_there() -> None:
    table = Table().plan().topic("用房").begin(1, 2, 3)
    table.act("进入议题", 议题="用房")
    table.vote(p3="同意")
    table.act("回避", 3, why="涉及本人住房")
    with pytest.raises(MayNotVote, match="回避"):
        table.act("发言", 3, 意见="同意")
    with pytest.raises(MayNotVote, match="回避"):
        table.act("表决", 3, 表决="同意")
    table.vote(p2="同意", p1="同意")
    with pytest.raises(NoQuorum):
        table.decide()


def test_only_those_called_and_present_vote() -> None:
    table = Table().plan().topic("用房").begin(1, 2, 3)
    table.act("进入议题", 议题="用房")
    with pytest.raises(MayNotVote, match="不在场"):
        table.act("表决", CLERK, 人员=4, 表决="同意")
    with pytest.raises(MayNotVote, match="不是应到人员"):
        table.act("表决", CLERK, 人员=77, 表决="同意")
    with pytest.raises(WrongPerson, match="不能替"):
        table.act("表决", 2, 人员=3, 表决="同意")


def test_a_tie_does_not_pass_and_nobody_may_say_it_did() -> None:
    table = Table().plan((1, 2, 3, 4)).topic("用房").begin(1, 2, 3, 4)
    table.act("进入议题", 议题="用房")
    with pytest.raises(NotReady, match="还有 4 人没有表决"):
        table.decide()
    table.vote(p2="同意", p3="反对", p4="反对", p1="同意")
    with pytest.raises(WrongCount, match="至少 3 票同意；现在同意 2 票"):
        table.decide("通过")
    assert table.decide("不通过").opens == ()
    assert table.sitting.topic(1).state == "未通过"


def test_a_vote_may_be_changed_until_the_decision() -> None:
    table = Table().plan().topic("用房").begin(1, 2, 3)
    table.act("进入议题", 议题="用房")
    table.vote(p2="反对", p3="同意", p1="同意")
    table.vote(p2="同意")
    table.decide()
    with pytest.raises(WrongState):
        table.vote(p2="反对")


def test_a_secret_ballot_never_counts_more_votes_than_voters() -> None:
    ballot = Ballot(read_proportion("超过半数"), secret=True)
    table = Table(party_group(ballot=ballot)).plan().topic("选举").begin(1, 2, 3, 4)
    table.act("进入议题", 议题="选举")
    with pytest.raises(MayNotVote, match="计票"):
        table.act("表决", 2, 表决="同意")
    with pytest.raises(WrongCount, match="计出 5 票，可以投票的只有 4 人"):
        table.act("计票", 同意=4, 反对=1, 弃权=0)
    table.act("计票", 同意=3, 反对=1, 弃权=0)
    table.decide()
    assert table.opened == 1


def test_an_adopted_resolution_names_who_does_it_and_by_when() -> None:
    table = Table().plan().topic("用房").begin(1, 2, 3)
    table.act("进入议题", 议题="用房")
    table.act("表决", CLERK, 人员=[2, 3, 1], 表决="同意")
    with pytest.raises(NotFilled, match="责任部门或者责任人"):
        table.act("作出决定", HEAD, values={"决议内容": "照办。"}, 结果="通过")
    with pytest.raises(NotFilled, match="办理期限"):
        table.act("作出决定", HEAD, values={"决议内容": "照办。", "责任部门": 7}, 结果="通过")


def test_a_later_decision_takes_nothing_over_from_an_earlier_one() -> None:
    table = Table().plan().topic("用房").topic("用车").begin(1, 2, 3)
    for title in ("用房", "用车"):
        table.act("进入议题", 议题=title)
        table.act("表决", CLERK, 人员=[2, 3, 1], 表决="同意")
        if title == "用房":
            table.decide()
    with pytest.raises(NotFilled, match="决议内容"):
        table.act("作出决定", HEAD, 结果="通过")


def test_one_topic_at_a_time_and_the_first_item_first() -> None:
    table = Table().plan().topic("传达学习", "第一议题").topic("用房").topic("用车")
    table.act("召集")
    for person in (1, 2, 3):
        table.act("签到", person)
    table.act("宣布开会", HEAD)
    with pytest.raises(WrongAgenda, match="要先议第一议题"):
        table.act("进入议题", 议题="用房")
    table.act("进入议题", 议题="传达学习")
    with pytest.raises(WrongState, match="还没有议完"):
        table.act("进入议题", 议题="用房")
    table.act("议毕")
    assert table.act("进入议题", 议题="用车").flags == ("未按议程次序",)
    table.act("缓议", HEAD, why="等方案")
    assert table.act("结束会议").flags == ("有议题未议",)


def test_a_topic_raised_in_the_meeting_is_marked() -> None:
    table = Table().plan().begin()
    assert table.act("增加议题", 议题="临时事项", 类别="一般事项").flags == ("临时动议",)


def test_everybody_who_was_there_signs_for_themselves_or_says_why_not() -> None:
    table = Table().plan().begin(1, 2, 3)
    table.act("离席", 3)
    table.act("结束会议")
    table.act("提交纪要", values={"会议纪要": "……"})
    with pytest.raises(WrongPerson, match="本人"):
        table.act("签字", HEAD, 人员=2)
    with pytest.raises(WrongPerson, match="没有到会"):
        table.act("签字", 4)
    table.act("签字", 1)
    table.act("签字", 2)
    with pytest.raises(NotFilled, match="不签字的理由"):
        table.act("拒签", 3)
    assert table.act("拒签", 3, why="发言记录有出入").flags == ("拒绝签字",)
    assert table.matter.state == "已签齐"


def test_minutes_written_anew_are_signed_anew() -> None:
    table = Table().plan().begin(1, 2, 3)
    table.act("结束会议")
    table.act("提交纪要", values={"会议纪要": "……"})
    table.act("签字", 1)
    assert table.act("重写纪要", values={"会议纪要": "更正"}, why="人名有误").flags == ("纪要重写",)
    assert table.sitting.signatures == {}


def test_minutes_come_only_after_the_end() -> None:
    table = Table().plan().begin()
    with pytest.raises(WrongState, match="会议中"):
        table.act("提交纪要", values={"会议纪要": "……"})


def test_what_a_gate_holds_back_is_shown_with_the_reason() -> None:
    table = Table().plan().topic("用房")
    shown = {one.act: one for one in permitted(table.meeting, table.matter, who(HEAD), at(table.when).date())}
    assert "没有" in shown["召集"].refusal
    assert shown["增加议题"].asks == ("议题", "类别", "汇报人")
    assert "报送议题" not in shown


def test_every_act_has_its_handler_and_every_state_a_way_in() -> None:
    all_acts = acts(("综合办",), ("派驻纪检组长",))
    assert {one.label for one in all_acts} == set(HANDLERS)
    assert set(ASKS) <= set(HANDLERS)
    reached = {after for one in all_acts for _, after in one.moves if after} | {"已签齐"}
    assert {one.label for one in STATES} == reached
