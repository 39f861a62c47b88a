"""An act with an approval opens it, waits beside the record, and is done when everybody has agreed."""

from __future__ import annotations

from datetime import date

from mingjing.domain.ledgers.matters import WrongPerson
from mingjing.services.records.acting import do, options
from mingjing.services.records.gates import Waiting, pending_act
from mingjing.services.records.opening import open_record
from mingjing.services.records.sight import seen_record
from mingjing.services.records.surroundings import matter_of
from mingjing.services.records.ticking import tell
from mingjing.services.records.versions import register_at
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record, RecordAlert, RecordNotice
from tests.services.builders import acting
from tests.services.conftest import Logged, Refused
from tests.services.records.builders import Bench, fresh

SEAL, SEALING = "ledger.seal", "approval.sealing"


def asked(bench: Bench) -> tuple[Record, Record]:
    """A seal the judge asks to use, and the approval it waits for."""
    judge = acting(bench.house.judge)
    record = open_record(judge, SEAL, "登记用印", {"用印事由": "判决书", "用印人": judge.person.pk})
    do(judge, record.pk, "用印", {"份数": 3}, why="当庭宣判", revision=1)
    return fresh(record), Record.objects.get(register=SEALING)


def agree(person: Person, approval: Record) -> Record:
    return do(acting(person), approval.pk, "同意", {})


def test_the_record_stays_and_the_approval_carries_what_is_asked(bench: Bench, one_entry: Logged) -> None:
    judge = acting(bench.house.judge)
    record = open_record(judge, SEAL, "登记用印", {"用印事由": "判决书", "用印人": judge.person.pk})
    with one_entry():
        do(judge, record.pk, "用印", {"份数": 3}, revision=1)
    record, approval = fresh(record), Record.objects.get(register=SEALING)
    assert (record.state, pending_act(record), record.revision) == ("待用印", "用印", 2)
    assert approval.data == {"matter": f"用印登记 {record.number}：用印", "copies": 3}
    assert [row.label for row in record.acts.all()] == ["登记用印", "报批：用印"]
    assert matter_of(record, register_at(record)).counts["未结审批"] == 1
    assert record.due_on == date(2024, 4, 11), "the clock goes on while it waits"


def test_when_all_agree_the_act_is_done_in_the_name_of_who_asked(bench: Bench) -> None:
    record, approval = asked(bench)
    agree(bench.house.head, approval)
    assert fresh(record).state == "待用印"
    agree(bench.house.leader, approval)
    record = fresh(record)
    assert (record.state, record.over, pending_act(record)) == ("已用印", True, "")
    assert record.data["copies"] == 3
    last = record.acts.last()
    assert last is not None
    assert last.actor == bench.house.judge
    assert (last.label, last.why, last.flags) == ("用印", "当庭宣判", [f"经审批 {approval.number}"])
    assert matter_of(record, register_at(record)).counts["未结审批"] == 0


def test_it_is_asked_for_once_and_a_form_sent_twice_asks_once(bench: Bench, refused: Refused) -> None:
    record, _ = asked(bench)
    judge = acting(bench.house.judge)
    with refused("正在等“用印”的审批", of=Waiting):
        do(judge, record.pk, "用印", {"份数": 5}, revision=2)
    again = do(judge, record.pk, "用印", {"份数": 3}, revision=1)
    assert again.revision == 2
    assert Record.objects.filter(register=SEALING).count() == 1
    offered = {one.act: one.refusal for one in options(judge, fresh(record))}
    assert "正在等审批" in offered["用印"]


def test_approvers_see_it_in_turn_and_nobody_else_decides(bench: Bench, refused: Refused) -> None:
    record, approval = asked(bench)
    assert seen_record(acting(bench.house.head), approval.pk)
    assert "同意" in {one.act for one in options(acting(bench.house.head), fresh(approval))}
    with refused("现在等周岚办理", of=WrongPerson):
        agree(bench.house.leader, approval)
    with refused(of=WrongPerson):
        agree(bench.house.judge, approval)
    assert fresh(record).state == "待用印"


def test_an_approval_that_is_not_given_lets_go_of_the_act_and_says_so(bench: Bench) -> None:
    record, approval = asked(bench)
    do(acting(bench.house.head), approval.pk, "驳回", {}, target={"退回到": "终止"}, why="材料不全")
    record = fresh(record)
    assert (record.state, pending_act(record)) == ("待用印", "")
    assert fresh(approval).state == "不同意"
    told = RecordNotice.objects.filter(record=record, person=bench.house.judge)
    assert any("没有获准" in notice.sentence for notice in told)
    do(acting(bench.house.judge), record.pk, "用印", {"份数": 2}, revision=record.revision)
    assert Record.objects.filter(register=SEALING).count() == 2


def test_the_clock_of_a_step_runs_from_when_it_is_reached(bench: Bench) -> None:
    _, approval = asked(bench)
    row = approval.clocks.get(done_on=None)
    assert row.due_on == date(2024, 4, 3)
    tell(date(2024, 4, 7))
    told = RecordAlert.objects.filter(record=approval).values_list("person__name", "on")
    assert list(told) == [("顾临川", date(2024, 4, 4))]
    agree(bench.house.head, approval)
    assert approval.clocks.filter(done_on=None).count() == 1
    agree(bench.house.leader, approval)
    assert approval.clocks.filter(done_on=None).count() == 0
