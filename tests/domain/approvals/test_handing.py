"""转办 委派 加签 减签: every combination of handing on and sending back, at least once."""

from __future__ import annotations

from itertools import product

import pytest

from mingjing.domain.approvals.approval import AGREED, RETURNED, RUNNING, Mode, Resume
from mingjing.domain.approvals.refusals import DecidedAlready, HandedToWrongPerson, NotOffered
from mingjing.domain.ledgers.matters import NotFilled, WrongPerson, WrongState
from tests.domain.approvals.chains import Court, approval, level


def court(mode: Mode = Mode.ANY, resumes: Resume = Resume.AFRESH) -> Court:
    value = approval(level("初审", "副主任"), level("复审", "主任", mode=mode), resumes=resumes)
    made = Court(
        value, 小王=["干警"], 副甲=["副主任"], 主甲=["主任"], 主乙=["主任"], 帮手=["干警"], 专家=["干警"]
    )
    made.do("小王", "提交")
    made.do("副甲", "同意")
    return made


def test_a_seat_handed_on_does_not_come_back() -> None:
    made = court(Mode.ALL)
    made.do("主甲", "转办", "帮手")
    with pytest.raises(WrongPerson):
        made.do("主甲", "同意")
    made.do("帮手", "同意")
    assert made.do("主乙", "同意").state == AGREED


def test_a_seat_lent_comes_back_to_be_confirmed() -> None:
    made = court()
    made.do("主甲", "委派", "帮手")
    with pytest.raises(WrongState, match="等他回复"):
        made.do("主甲", "同意")
    with pytest.raises(WrongPerson):
        made.do("帮手", "同意")
    made.do("帮手", "回复委派", why="材料齐全")
    assert made.matter.state == RUNNING
    assert made.do("主甲", "同意").state == AGREED


def test_an_opinion_must_say_something() -> None:
    made = court()
    made.do("主甲", "委派", "帮手")
    with pytest.raises(NotFilled):
        made.do("帮手", "回复委派", why=" ")


def test_a_question_nobody_answers_is_taken_back() -> None:
    made = court()
    made.do("主甲", "委派", "帮手")
    made.do("主甲", "收回委派")
    with pytest.raises(WrongPerson):
        made.do("帮手", "回复委派", why="晚了")
    assert made.do("主甲", "同意").state == AGREED


def test_people_added_before_decide_before() -> None:
    made = court()
    made.do("主甲", "加签", "帮手", "专家", place="前加签")
    with pytest.raises(WrongPerson):
        made.do("主甲", "同意")
    made.do("帮手", "同意")
    made.do("专家", "同意")
    assert made.do("主甲", "同意").state == AGREED


def test_people_added_after_decide_after() -> None:
    made = court()
    made.do("主甲", "加签", "帮手", place="后加签")
    made.do("主甲", "同意")
    assert made.matter.state == RUNNING
    assert made.do("帮手", "同意").state == AGREED


def test_of_people_added_as_alternatives_the_first_decides() -> None:
    made = court()
    made.do("主甲", "加签", "帮手", "专家", place="后加签", mode="或签")
    made.do("主甲", "同意")
    assert made.do("专家", "同意").state == AGREED


def test_only_whoever_added_them_takes_people_out_again() -> None:
    made = court()
    made.do("主甲", "加签", "帮手", place="前加签")
    with pytest.raises(WrongPerson, match="不能减签"):
        made.do("主乙", "减签", "帮手")
    made.do("主甲", "减签", "帮手")
    assert made.do("主甲", "同意").state == AGREED


def test_nobody_who_has_decided_is_taken_out() -> None:
    made = court()
    made.do("主甲", "加签", "帮手", "专家", place="前加签")
    made.do("帮手", "同意")
    with pytest.raises(DecidedAlready):
        made.do("主甲", "减签", "帮手")
    made.do("主甲", "减签", "专家")
    assert made.do("主甲", "同意").state == AGREED


def test_nobody_the_definition_asks_for_is_taken_out() -> None:
    made = court(Mode.ALL)
    with pytest.raises(WrongPerson):
        made.do("主甲", "减签", "主乙")


def test_a_step_that_offers_nothing_hands_nothing_on() -> None:
    value = approval(level("终审", "院长", may=frozenset()))
    made = Court(value, 小王=["干警"], 院长=["院长"], 帮手=["干警"])
    made.do("小王", "提交")
    for act in ("转办", "委派", "加签"):
        with pytest.raises(NotOffered):
            made.do("院长", act, "帮手", place="前加签")


def test_somebody_who_has_decided_a_step_is_not_handed_another() -> None:
    with pytest.raises(HandedToWrongPerson, match="别的步骤"):
        court().do("主甲", "转办", "副甲")


def test_somebody_a_later_step_cannot_do_without_is_not_handed_this_one() -> None:
    value = approval(level("初审", "副主任"), level("终审", "院长"))
    made = Court(value, 小王=["干警"], 副甲=["副主任"], 院长=["院长"])
    made.do("小王", "提交")
    with pytest.raises(HandedToWrongPerson, match="只有院长"):
        made.do("副甲", "转办", "院长")


HANDINGS = {
    "转办": (("主甲", "转办", ("帮手",), {}),),
    "委派": (("主甲", "委派", ("帮手",), {}), ("帮手", "回复委派", (), {"why": "可以"})),
    "前加签": (("主甲", "加签", ("专家",), {"place": "前加签"}), ("专家", "同意", (), {})),
    "后加签": (("主甲", "加签", ("专家",), {"place": "后加签"}),),
    "加签又减签": (("主甲", "加签", ("专家",), {"place": "前加签"}), ("主甲", "减签", ("专家",), {})),
}


@pytest.mark.parametrize(
    ("handing", "to", "resumes", "mode"),
    list(product(HANDINGS, ("上一步", "任一步", "发起人"), Resume, Mode)),
)
def test_every_handing_survives_every_way_back(handing: str, to: str, resumes: Resume, mode: Mode) -> None:
    made = court(mode, resumes)
    for name, act, people, more in HANDINGS[handing]:
        made.do(name, act, *people, **more)  # type: ignore[arg-type]
    seat = "帮手" if handing == "转办" else "主甲"
    made.do(seat, "驳回", why="请再看", to="初审" if to == "任一步" else to)
    if to == "发起人":
        assert made.matter.state == RETURNED
        made.do("小王", "提交")
    everybody = ("副甲", "帮手", "专家", "主甲", "主乙", "帮手", "专家")
    for _ in range(3):
        for name in everybody:
            if made.matter.state == RUNNING:
                try:
                    made.do(name, "同意")
                except (WrongPerson, DecidedAlready):
                    continue
    assert made.matter.state == AGREED


@pytest.mark.parametrize(("first", "second"), list(product(HANDINGS, HANDINGS)))
def test_one_handing_follows_another(first: str, second: str) -> None:
    """Whoever has the seat after the first handing hands it on the second way to people not used yet."""
    made = court()
    for name, act, people, more in HANDINGS[first]:
        made.do(name, act, *people, **more)  # type: ignore[arg-type]
    new = {"帮手": "新一", "专家": "新二"}
    for name in new.values():
        made.cast[name], made.keys[name] = ["干警"], len(made.keys) + 1
    seat = "帮手" if first == "转办" else "主甲"
    for name, act, people, more in HANDINGS[second]:
        who = seat if name == "主甲" else new[name]
        made.do(who, act, *(new[one] for one in people), **more)  # type: ignore[arg-type]
    for name in ("新二", "新一", "专家", "帮手", "主甲", "主乙", "新二", "专家"):
        if made.matter.state == RUNNING:
            try:
                made.do(name, "同意")
            except WrongPerson:
                continue
    assert made.matter.state == AGREED
