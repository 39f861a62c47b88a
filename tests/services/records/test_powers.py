"""Supervision stays within the list of powers, and every act of it leaves a trace (S-191)."""

from __future__ import annotations

import pytest

from mingjing.services.change_procedure import change_handler
from mingjing.services.reading.supervision_traces import traces
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.powers import OutsideTheList, powers
from mingjing.services.supervision_notes import add_note
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from mingjing.storage.supervision.models import Proposal
from tests.services.builders import DAY, House, acting, file_case, hire

pytestmark = pytest.mark.django_db
REGISTER = "ledger.supervision_act"


def ask(house: House, who: Person, item: str, case: Case) -> Record:
    """A supervisor asks for something on a case of 林知远."""
    values = {
        "案件": case.pk, "案号": case.number, "监督事项": item, "监督意见": "请书面报告进展",
        "承办人": house.judge.pk, "办理期限": "2024-04-10",
    }  # fmt: skip
    return open_record(acting(who), REGISTER, "提出", values)


def marked(house: House, case: Case) -> None:
    """The case is one of the four kinds."""
    Proposal.objects.create(
        court=house.court, case=case, marks="四类案件", category="群体性纠纷", reason="十二人",
        proposed_on=DAY, state=Proposal.State.CONFIRMED,
    )  # fmt: skip


def test_what_is_on_the_list_is_entered_and_answered(house: House) -> None:
    case = file_case(house)
    record = ask(house, house.head, "要求报告进展", case)
    assert do(acting(house.judge), record.pk, "办理", {"办理情况": "已报告"}).state == "已办理"


def test_what_the_list_gives_to_others_is_refused_with_ones_own(house: House) -> None:
    case = file_case(house)
    with pytest.raises(OutsideTheList, match="由院长、分管院领导行使") as refused:
        ask(house, house.head, "提请审委会", case)
    assert "要求报告进展" in refused.value.allowed
    assert not Record.objects.filter(register=REGISTER).exists()


def test_some_powers_are_for_the_four_kinds_only(house: House) -> None:
    case = file_case(house)
    with pytest.raises(OutsideTheList, match="没有认定为四类案件"):
        ask(house, house.head, "审阅审理报告", case)
    marked(house, case)
    assert ask(house, house.head, "审阅审理报告", case).state == "待办理"


def test_a_third_reconsideration_is_refused(house: House) -> None:
    case, other = file_case(house), file_case(house, serial=2)
    marked(house, case)
    marked(house, other)
    for _ in range(2):
        ask(house, house.head, "要求复议", case)
    with pytest.raises(OutsideTheList, match="每案至多 2 次"):
        ask(house, house.head, "要求复议", case)
    assert ask(house, house.head, "要求复议", other).state == "待办理"


def test_who_was_asked_outside_the_list_registers_it_and_it_stands_out(house: House) -> None:
    case = file_case(house)
    values = {
        "案件": case.pk, "案号": case.number, "过问人": "某领导", "过问内容": "要求尽快判决",
        "承办人": house.judge.pk,
    }  # fmt: skip
    record = open_record(acting(house.judge), REGISTER, "登记清单外过问", values)
    _, [trace] = traces(acting(house.judge), case.pk)
    assert (trace.who, trace.item, trace.outside, trace.record) == ("某领导", "清单外", True, record.pk)
    inspector = hire(house.court, "纪明", "督察员", house.office)
    assert do(acting(inspector), record.pk, "核处", {"核处情况": "已提醒"}).state == "已核处"


def test_every_act_of_a_supervisor_is_a_trace_under_its_item(house: House) -> None:
    case = file_case(house)
    add_note(acting(house.head), case_id=case.pk, text="请提交类案检索报告")
    ask(house, house.leader, "要求报告进展", case)
    change_handler(acting(house.head), case_id=case.pk, handler_id=house.stranger.pk, reason="调离")
    _, found = traces(acting(house.manager), case.pk)
    assert sorted((one.item, one.who, one.outside) for one in found) == [
        ("留监督意见", "周岚", False),
        ("要求报告进展", "顾临川", False),
        ("调整承办人", "周岚", False),
    ]


def test_an_act_by_somebody_the_list_does_not_name_is_flagged(house: House) -> None:
    case = file_case(house)
    add_note(acting(house.head), case_id=case.pk, text="请提交类案检索报告")
    house.head.postings.update(post="审判员")
    _, [trace] = traces(acting(house.judge), case.pk)
    assert trace.outside


def test_the_list_names_the_powers_of_assistants_and_judges_too(house: House) -> None:
    who = {one for power in powers(house.court) for one in power.who}
    assert {"院长", "分管院领导", "庭长", "审判员", "法官助理"} <= who
