"""提交 同意 驳回 撤回: who decides, in which order, where it goes back to."""

from __future__ import annotations

import pytest

from mingjing.domain.approvals.approval import (
    AGREED,
    DECLINED,
    RETURNED,
    RUNNING,
    WITHDRAWN,
    Back,
    Mode,
    Resume,
)
from mingjing.domain.approvals.refusals import (
    HandedToWrongPerson,
    NobodyElse,
    NoStepApplies,
    NotOffered,
    PostVacant,
    UrgedAlready,
)
from mingjing.domain.ledgers.matters import NotAsked, NotFilled, WrongPerson, WrongState
from tests.domain.approvals.chains import Court, approval, level

THREE = (level("初审", "副主任"), level("复审", "主任"), level("终审", "院领导"))


def three(**more: object) -> Court:
    return Court(
        approval(*THREE, **more),  # type: ignore[arg-type]
        小王=["干警"],
        副甲=["副主任"],
        副乙=["副主任"],
        主任=["主任"],
        领导=["院领导"],
    )


def test_three_levels_agree_one_after_the_other() -> None:
    court = three()
    court.do("小王", "提交")
    court.do("副乙", "同意")
    court.do("主任", "同意")
    assert court.matter.state == RUNNING
    assert court.do("领导", "同意").state == AGREED
    assert court.flags == [
        "到达“初审”",
        "离开“初审”",
        "到达“复审”",
        "离开“复审”",
        "到达“终审”",
        "离开“终审”",
    ]


def test_nobody_decides_before_their_turn() -> None:
    court = three()
    court.do("小王", "提交")
    with pytest.raises(WrongPerson, match="初审”现在等副甲、副乙办理"):
        court.do("主任", "同意")


def test_an_applicant_never_approves_their_own() -> None:
    court = three()
    court.do("副甲", "提交")
    with pytest.raises(WrongPerson):
        court.do("副甲", "同意")
    assert court.do("副乙", "同意").state == RUNNING


def test_a_step_whose_posts_are_vacant_is_refused_by_name_at_submission() -> None:
    court = three()
    court.cast["领导"] = []
    with pytest.raises(PostVacant, match="“终审”由院领导审批，现在没有人担任。请先由政治部任命"):
        court.do("小王", "提交")


def test_a_step_only_the_applicant_holds_is_refused_at_submission() -> None:
    court = three()
    with pytest.raises(NobodyElse, match="“复审”只能由主任审批，但谁也不能审批自己的事"):
        court.do("主任", "提交")


def test_the_same_person_at_two_levels_is_refused_at_submission() -> None:
    court = Court(approval(*THREE), 小王=["干警"], 双职=["副主任", "主任"], 领导=["院领导"])
    with pytest.raises(NobodyElse, match="轮到“复审”时没有别人"):
        court.do("小王", "提交")


def test_somebody_a_later_step_cannot_do_without_is_not_asked_before() -> None:
    court = Court(approval(*THREE), 小王=["干警"], 副甲=["副主任"], 双职=["副主任", "主任"], 领导=["院领导"])
    court.do("小王", "提交")
    with pytest.raises(WrongPerson):
        court.do("双职", "同意")
    court.do("副甲", "同意")
    assert court.do("双职", "同意").state == RUNNING


def test_the_post_instead_decides_where_the_holder_applied() -> None:
    value = approval(level("部门审批", "主任", instead=("院领导",)))
    court = Court(value, 主任=["主任"], 领导=["院领导"])
    court.do("主任", "提交")
    assert court.do("领导", "同意").state == AGREED


def test_the_same_person_may_decide_two_levels_where_the_definition_allows_it() -> None:
    court = Court(approval(*THREE, distinct=False), 小王=["干警"], 全能=["副主任", "主任", "院领导"])
    court.do("小王", "提交")
    for _ in range(3):
        court.do("全能", "同意")
    assert court.matter.state == AGREED


def test_all_must_agree_in_a_countersignature() -> None:
    court = Court(approval(level("会签", "庭长", mode=Mode.ALL)), 小王=["干警"], 甲=["庭长"], 乙=["庭长"])
    court.do("小王", "提交")
    court.do("乙", "同意")
    assert court.matter.state == RUNNING
    assert court.do("甲", "同意").state == AGREED


def test_in_turn_each_waits_for_the_one_before() -> None:
    court = Court(approval(level("依次", "庭长", mode=Mode.TURN)), 小王=["干警"], 甲=["庭长"], 乙=["庭长"])
    court.do("小王", "提交")
    with pytest.raises(WrongPerson):
        court.do("乙", "同意")
    court.do("甲", "同意")
    assert court.do("乙", "同意").state == AGREED


def test_a_condition_decides_at_submission_whether_a_step_is_needed() -> None:
    value = approval(level("部门", "主任"), level("院长", "院长", when="金额 >= 10000"))
    court = Court(value, 小王=["干警"], 主任=["主任"], 院长=["院长"])
    court.do("小王", "提交", values={"事由": "购置", "金额": "9999.99"})
    assert court.do("主任", "同意").state == AGREED
    court = Court(value, 小王=["干警"], 主任=["主任"], 院长=["院长"])
    court.do("小王", "提交", values={"事由": "购置", "金额": "10000.00"})
    assert court.do("主任", "同意").state == RUNNING
    assert court.do("院长", "同意").state == AGREED


def test_a_condition_that_looks_at_an_empty_field_asks_for_it() -> None:
    court = Court(approval(level("院长", "院长", when="金额 >= 10000")), 小王=["干警"], 院长=["院长"])
    with pytest.raises(NotFilled, match="是否需要“院长”要看“金额”"):
        court.do("小王", "提交")


def test_an_approval_without_a_step_that_applies_is_refused() -> None:
    court = Court(approval(level("院长", "院长", when="金额 >= 10000")), 小王=["干警"], 院长=["院长"])
    with pytest.raises(NoStepApplies):
        court.do("小王", "提交", values={"事由": "购置", "金额": "1.00"})


def test_a_rejection_needs_a_reason() -> None:
    court = three()
    court.do("小王", "提交")
    with pytest.raises(NotFilled, match="理由"):
        court.do("副甲", "驳回", to="发起人")


def test_a_rejection_goes_to_the_step_before() -> None:
    court = three()
    court.do("小王", "提交")
    court.do("副甲", "同意")
    court.do("主任", "驳回", why="请核对日期", to="上一步")
    assert court.do("副甲", "同意").state == RUNNING
    court.do("主任", "同意")
    assert court.do("领导", "同意").state == AGREED


def test_from_the_first_step_nothing_goes_to_the_step_before() -> None:
    court = three()
    court.do("小王", "提交")
    with pytest.raises(NotOffered, match="不能退回到“上一步”"):
        court.do("副甲", "驳回", why="不全", to="上一步")


def test_a_rejection_to_any_step_walks_through_all_again_from_there() -> None:
    court = three()
    court.do("小王", "提交")
    for name in ("副甲", "主任"):
        court.do(name, "同意")
    court.do("领导", "驳回", why="重看", to="初审")
    court.do("副乙", "同意")
    court.do("主任", "同意")
    assert court.do("领导", "同意").state == AGREED


def test_or_straight_back_to_whoever_rejected_where_the_definition_says_so() -> None:
    court = three(resumes=Resume.THERE)
    court.do("小王", "提交")
    for name in ("副甲", "主任"):
        court.do(name, "同意")
    court.do("领导", "驳回", why="重看", to="初审")
    court.do("副乙", "同意")
    assert court.do("领导", "同意").state == AGREED


def test_a_step_that_is_not_behind_cannot_be_gone_back_to() -> None:
    court = three()
    court.do("小王", "提交")
    court.do("副甲", "同意")
    with pytest.raises(NotOffered, match="可用：上一步、初审、发起人、终止"):
        court.do("主任", "驳回", why="不对", to="终审")


def test_what_was_sent_back_is_submitted_again_by_whoever_applied() -> None:
    court = three()
    court.do("小王", "提交")
    court.do("副甲", "同意")
    assert court.do("主任", "驳回", why="请改", to="发起人").state == RETURNED
    with pytest.raises(WrongPerson, match="只能由申请人小王"):
        court.do("副甲", "提交")
    court.do("小王", "提交", values={"事由": "合同用章（改）"})
    with pytest.raises(WrongPerson):
        court.do("主任", "同意")


def test_a_resubmission_goes_to_the_rejecting_step_where_the_definition_says_so() -> None:
    court = three(resumes=Resume.THERE)
    court.do("小王", "提交")
    court.do("副甲", "同意")
    court.do("主任", "驳回", why="请改", to="发起人")
    court.do("小王", "提交")
    court.do("主任", "同意")
    assert court.do("领导", "同意").state == AGREED


def test_a_step_that_has_become_necessary_is_not_skipped_by_a_resubmission() -> None:
    value = approval(level("纪检", "纪检", when="金额 >= 10000"), level("主任", "主任"), resumes=Resume.THERE)
    court = Court(value, 小王=["干警"], 纪检=["纪检"], 主任=["主任"])
    court.do("小王", "提交", values={"事由": "购置", "金额": "1.00"})
    court.do("主任", "驳回", why="金额不对", to="发起人")
    court.do("小王", "提交", values={"金额": "20000.00"})
    with pytest.raises(WrongPerson, match="纪检"):
        court.do("主任", "同意")
    court.do("纪检", "同意")
    assert court.do("主任", "同意").state == AGREED


def test_a_rejection_that_ends_it_is_final() -> None:
    court = three()
    court.do("小王", "提交")
    assert court.do("副甲", "驳回", why="不符合规定", to="终止").state == DECLINED
    with pytest.raises(WrongState):
        court.do("副乙", "同意")


def test_where_the_definition_does_not_send_back_nothing_goes() -> None:
    court = three(returns_to=(Back.APPLICANT,))
    court.do("小王", "提交")
    with pytest.raises(NotOffered, match="可用：发起人"):
        court.do("副甲", "驳回", why="不符合规定", to="终止")


def test_whoever_applied_withdraws_until_it_is_decided() -> None:
    court = three()
    court.do("小王", "提交")
    with pytest.raises(WrongPerson, match="只有申请人小王"):
        court.do("副甲", "撤回")
    assert court.do("小王", "撤回").state == WITHDRAWN
    court = three()
    court.do("小王", "提交")
    for name in ("副甲", "主任", "领导"):
        court.do(name, "同意")
    with pytest.raises(WrongState, match="已经办结"):
        court.do("小王", "撤回")


def test_urging_reminds_whoever_it_waits_for_once_a_day() -> None:
    court = three()
    court.do("小王", "提交")
    court.told.clear()
    court.do("小王", "催办")
    assert {key for key, _ in court.told} == {court.keys["副甲"], court.keys["副乙"]}
    with pytest.raises(UrgedAlready):
        court.do("小王", "催办")
    court.do("小王", "催办", day=2)


def test_the_copied_are_told_when_it_is_agreed() -> None:
    court = Court(
        approval(level("审批", "主任"), copies_to=("督察员",)), 小王=["干警"], 主任=["主任"], 督=["督察员"]
    )
    court.do("小王", "提交")
    court.do("主任", "同意")
    assert ("督察员", "“用章申请”已经同意，抄送您知悉。") in court.told
    assert court.matter.inner["copies"] == [[3, "督"]]


def test_a_step_fills_its_fields_when_it_agrees() -> None:
    value = approval(level("派车", "主任", fill=("车辆",)))
    court = Court(value, 小王=["干警"], 主任=["主任"])
    court.do("小王", "提交")
    with pytest.raises(NotFilled, match="车辆"):
        court.do("主任", "同意")
    with pytest.raises(NotAsked):
        court.do("主任", "同意", values={"事由": "别的"})
    court.do("主任", "同意", values={"车辆": "警车一号"})
    assert court.matter.values["车辆"] == "警车一号"


def test_whoever_left_their_post_is_asked_no_more_and_whoever_came_to_it_is() -> None:
    court = three()
    court.do("小王", "提交")
    court.cast["副甲"], court.cast["小王"] = [], ["干警"]
    court.cast["新副"], court.keys["新副"] = ["副主任"], 9
    with pytest.raises(WrongPerson):
        court.do("副甲", "同意")
    assert court.do("新副", "同意").state == RUNNING


def test_the_clock_completes_a_countersignature_whose_last_signer_left() -> None:
    value = approval(level("会签", "庭长", mode=Mode.ALL), level("院长", "院长"))
    court = Court(value, 小王=["干警"], 甲=["庭长"], 乙=["庭长"], 院长=["院长"], 钟=["系统"])
    court.do("小王", "提交")
    court.do("甲", "同意")
    court.cast["乙"] = []
    court.do("钟", "核对人员")
    assert court.do("院长", "同意").state == AGREED


def test_somebody_who_stands_in_decides_for_the_giver() -> None:
    court = three()
    court.cast["替"], court.keys["替"] = ["干警"], 8
    court.lent["主任"] = "替"
    court.do("小王", "提交")
    court.do("副甲", "同意")
    court.do("替", "同意")
    assert court.do("领导", "同意").state == AGREED


def test_somebody_who_applied_does_not_stand_in_for_an_approver() -> None:
    court = three()
    court.lent["副甲"] = court.lent["副乙"] = "小王"
    court.do("小王", "提交")
    with pytest.raises(WrongPerson, match="小王是申请人或者当事人"):
        court.do("小王", "同意")


def test_handing_to_whoever_applied_is_refused() -> None:
    court = three()
    court.do("小王", "提交")
    with pytest.raises(HandedToWrongPerson, match="小王是申请人"):
        court.do("副甲", "转办", "小王")


def test_whom_it_is_about_decides_nothing_though_somebody_else_applied() -> None:
    value = approval(level("审批", "主任"), about=True)
    court = Court(value, 小王=["干警"], 主任=["主任"], 副主=["主任"])
    court.do("小王", "提交", values={"事由": "晋升", "当事人": court.keys["主任"]})
    with pytest.raises(WrongPerson):
        court.do("主任", "同意")
    assert court.do("副主", "同意").state == AGREED
