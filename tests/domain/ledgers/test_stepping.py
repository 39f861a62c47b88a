"""What an act does to a record, and what it refuses: in the words a person sees."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mingjing.domain.ledgers.matters import (
    Matter,
    NotAsked,
    NotFilled,
    NotReady,
    UnknownAct,
    Who,
    WrongPerson,
    WrongState,
    WrongValue,
)
from mingjing.domain.ledgers.register import Opening
from mingjing.domain.ledgers.stepping import permitted, step
from tests.domain.ledgers.sample_registers import (
    FIRST,
    INSPECTOR,
    LI,
    OWNER,
    RECTIFICATION,
    ZHANG,
    accepted,
    deed,
    needing,
    registered,
    submitted,
    with_fields,
)

TODAY = date(2024, 3, 21)


def test_an_act_moves_the_record_and_keeps_what_was_entered() -> None:
    matter = registered()
    assert matter.state == "待认领"
    assert matter.values == FIRST


def test_values_entered_before_stay() -> None:
    assert accepted().values == {**FIRST, "责任人": 2}


def test_an_owner_cannot_close_their_own_item() -> None:
    matter = submitted(owner=1)
    with pytest.raises(WrongPerson, match="责任人 张督察 不得办理“销号”"):
        step(RECTIFICATION, matter, deed("销号", with_fields(ZHANG, matter)))


def test_who_stands_in_for_the_owner_cannot_close_either() -> None:
    stand_in = Who(9, "王督察", frozenset({INSPECTOR, OWNER}))
    with pytest.raises(WrongPerson, match="责任人 王督察 不得办理“销号”"):
        step(RECTIFICATION, submitted(), deed("销号", stand_in))


def test_an_owner_cannot_close_even_where_nobody_told_of_their_capacity() -> None:
    with pytest.raises(WrongPerson):
        step(RECTIFICATION, submitted(owner=1), deed("销号", ZHANG))


def test_an_act_that_makes_somebody_the_owner_is_barred_to_them_too() -> None:
    acts = tuple(
        replace(act, never_by=(OWNER,)) if act.label == "认领" else act for act in RECTIFICATION.acts
    )
    with pytest.raises(WrongPerson, match="责任人 李法官 不得办理“认领”"):
        step(replace(RECTIFICATION, acts=acts), registered(), deed("认领", LI, 责任人=2))


def test_somebody_without_the_capacity_is_told_who_has_it() -> None:
    with pytest.raises(WrongPerson, match="“认领”由部门办理，张督察不是。"):
        step(RECTIFICATION, registered(), deed("认领", ZHANG, 责任人=2))


def test_an_act_of_another_state_is_refused_with_the_acts_there_are() -> None:
    with pytest.raises(WrongState, match="“整改中”不能“销号”，现在只能：报验"):
        step(RECTIFICATION, accepted(), deed("销号", ZHANG))


def test_a_record_that_is_over_says_that_nothing_can_be_done() -> None:
    with pytest.raises(WrongState, match="“已销号”不能“退回”，现在不能再办理"):
        step(RECTIFICATION, Matter("已销号"), deed("退回", ZHANG))


def test_an_act_nobody_defined_is_refused_with_all_acts() -> None:
    with pytest.raises(UnknownAct) as refused:
        step(RECTIFICATION, registered(), deed("批准", ZHANG))
    assert refused.value.allowed == ("登记", "认领", "报验", "退回", "销号", "说明")


def test_required_fields_left_empty_are_all_named() -> None:
    with pytest.raises(NotFilled, match="“登记”还要填写：问题、部门。"):
        step(RECTIFICATION, Matter(), deed("登记", ZHANG, 来源="评查", 问题=""))


def test_a_field_filled_earlier_need_not_be_filled_again() -> None:
    matter = replace(registered(), values={**FIRST, "责任人": 2})
    assert step(RECTIFICATION, matter, deed("认领", LI)).state == "整改中"


def test_a_field_the_act_does_not_ask_for_is_refused() -> None:
    with pytest.raises(NotAsked, match="“报验”不填“责任人”，可以填：佐证。"):
        step(RECTIFICATION, accepted(), deed("报验", with_fields(LI, accepted()), 责任人=3))


def test_a_word_that_is_no_option_is_refused_with_the_options() -> None:
    with pytest.raises(WrongValue) as refused:
        step(RECTIFICATION, Matter(), deed("登记", ZHANG, **{**FIRST, "来源": "听说"}))
    assert refused.value.allowed == ("评查", "信访")


def test_closing_without_evidence_is_refused_in_the_words_of_the_file() -> None:
    matter = replace(submitted(), values={**accepted().values})
    with pytest.raises(NotReady, match="要有佐证，关联的审批也都办完"):
        step(RECTIFICATION, matter, deed("销号", ZHANG))


def test_closing_with_an_open_approval_is_refused() -> None:
    with pytest.raises(NotReady):
        step(RECTIFICATION, replace(submitted(), counts={"未结审批": 1}), deed("销号", ZHANG))


def test_closing_with_evidence_and_no_open_approval_succeeds() -> None:
    done = step(RECTIFICATION, submitted(), deed("销号", ZHANG))
    assert done.state == "已销号"
    assert RECTIFICATION.is_final(done.state)


def test_a_condition_over_an_empty_field_says_what_is_missing() -> None:
    acts = tuple(
        replace(act, needs=(needing("期限 <= 今天", "约定的期限还没有到"),)) if act.label == "销号" else act
        for act in RECTIFICATION.acts
    )
    with pytest.raises(NotReady, match="约定的期限还没有到（“期限”还没有）"):
        step(replace(RECTIFICATION, acts=acts), submitted(), deed("销号", ZHANG))


def test_an_act_that_keeps_the_state_keeps_it() -> None:
    assert step(RECTIFICATION, accepted(), deed("说明", LI, 问题="两处没有签名")).state == "整改中"


def test_what_an_act_opens_elsewhere_comes_with_the_step() -> None:
    opening = Opening("ledger.task", {"事由": "问题"})
    acts = tuple(replace(act, opens=(opening,)) if act.label == "退回" else act for act in RECTIFICATION.acts)
    assert step(replace(RECTIFICATION, acts=acts), submitted(), deed("退回", ZHANG)).opens == (opening,)


def test_the_acts_shown_are_those_of_the_state_and_the_capacity() -> None:
    assert [one.act for one in permitted(RECTIFICATION, registered(), LI, TODAY)] == ["认领"]
    assert permitted(RECTIFICATION, registered(), ZHANG, TODAY) == ()


def test_what_an_act_asks_is_shown_with_it() -> None:
    (shown,) = permitted(RECTIFICATION, registered(), LI, TODAY)
    assert (shown.fill, shown.may_fill, shown.refusal) == (("责任人",), ("期限",), "")


def test_an_act_barred_to_its_viewer_is_shown_with_the_reason() -> None:
    matter = submitted(owner=1)
    shown = {
        one.act: one.refusal for one in permitted(RECTIFICATION, matter, with_fields(ZHANG, matter), TODAY)
    }
    assert shown == {"退回": "", "销号": "责任人 张督察 不得办理“销号”"}


def test_an_act_whose_condition_cannot_hold_is_shown_with_the_reason() -> None:
    matter = replace(submitted(), counts={"未结审批": 1})
    shown = {one.act: one.refusal for one in permitted(RECTIFICATION, matter, ZHANG, TODAY)}
    assert shown["销号"] == "要有佐证，关联的审批也都办完"


def test_a_person_may_register_what_the_field_will_name_them_for() -> None:
    first = replace(RECTIFICATION.acts[0], by=(OWNER,), fill=(OWNER,))
    register = replace(RECTIFICATION, acts=(first, *RECTIFICATION.acts[1:]))
    nobody = Who(5, "赵法官", frozenset())
    assert [one.act for one in permitted(register, Matter(), nobody, TODAY)] == ["登记"]
    assert step(register, Matter(), deed("登记", nobody, 责任人=5)).state == "待认领"
    with pytest.raises(WrongPerson):
        step(register, Matter(), deed("登记", nobody, 责任人=6))


def test_an_opening_with_a_condition_comes_only_where_it_holds() -> None:
    opening = Opening(
        "ledger.task", {"事由": "问题"}, when="期限 >= 今天", holds=needing("期限 >= 今天", "").holds
    )
    acts = tuple(replace(act, opens=(opening,)) if act.label == "退回" else act for act in RECTIFICATION.acts)
    register = replace(RECTIFICATION, acts=acts)

    def opened(until: str | None) -> int:
        matter = submitted()
        values = {**matter.values, **({"期限": until} if until else {})}
        return len(step(register, replace(matter, values=values), deed("退回", ZHANG)).opens)

    assert (opened("2999-01-01"), opened("2000-01-01")) == (1, 0)
    assert opened(None) == 0, "over an empty field it does not hold"
