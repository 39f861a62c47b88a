"""From registering to closing: states, fields, numbers, parts, the log, and what is refused."""

from __future__ import annotations

from datetime import date

import pytest
from django.db.utils import DatabaseError

from mingjing.domain.ledgers.matters import NotReady, WrongPerson, WrongState
from mingjing.services.permissions import NotAllowed, NotVisible
from mingjing.services.records.acting import do, options
from mingjing.services.records.opening import WrongPlace, open_record, openings
from mingjing.storage.records.models import Record, RecordAct
from tests.services.builders import acting, entries
from tests.services.conftest import Logged, Refused, SetMoment
from tests.services.records.builders import (
    CHECK,
    MENDING,
    STEP,
    Bench,
    accepted,
    file_of,
    fresh,
    registered,
    submitted,
)
from tests.services.records.builders import moment as at


def test_a_registered_problem_has_number_title_department_and_first_act(
    bench: Bench, one_entry: Logged
) -> None:
    with one_entry() as log:
        record = fresh(registered(bench))
    assert (record.number, record.state, record.title) == ("整改-2024-0001", "待认领", "卷宗超期未归档")
    assert (record.unit_id, record.holder_id) == (bench.house.first_civil.pk, None)
    assert record.registered_by_id == bench.inspector.pk
    assert record.definition.startswith("ledger.mending @ 2024-01-01 # ")
    first = record.acts.get()
    assert (first.turn, first.label, first.before, first.after) == (1, "登记", "新建", "待认领")
    assert first.entry == log[0].seq
    assert (log[0].verb, log[0].subject_kind, log[0].subject_id) == ("登记", "台账", str(record.pk))
    assert log[0].definition == record.definition


def test_numbers_of_a_year_have_no_gap_though_an_act_was_refused(bench: Bench, refused: Refused) -> None:
    registered(bench)
    with refused("问题描述"):
        registered(bench, 问题描述="")
    assert registered(bench).number == "整改-2024-0002"


def test_the_owner_is_who_the_field_names_and_changes_with_it(bench: Bench) -> None:
    record = accepted(bench, registered(bench))
    assert fresh(record).holder_id == bench.house.judge.pk
    do(acting(bench.house.judge), record.pk, "移交", {"责任人": bench.house.assistant.pk})
    record = fresh(record)
    assert record.holder_id == bench.house.assistant.pk
    owners = record.parties.filter(capacity="责任人").values_list("person", flat=True)
    assert list(owners) == [bench.house.assistant.pk]


def test_the_whole_way_to_the_end(bench: Bench) -> None:
    record = submitted(bench, accepted(bench, registered(bench)))
    record = fresh(do(acting(bench.inspector), record.pk, "销号", {}))
    assert (record.state, record.over, record.over_on) == ("已销号", True, date(2024, 4, 1))
    assert record.revision == 4
    assert [row.label for row in record.acts.all()] == ["登记", "认领", "报验", "销号"]
    assert (record.due_on, record.colour) == (None, 0)
    record = fresh(do(acting(bench.inspector), record.pk, "重启", {}))
    assert (record.state, record.over, record.over_on) == ("整改中", False, None)


def test_nobody_outside_the_department_takes_it_over(bench: Bench, refused: Refused) -> None:
    record = registered(bench)
    with refused(of=NotVisible):
        accepted(bench, record, by=bench.house.stranger)
    with refused("责任部门", of=WrongPerson):
        do(acting(bench.inspector), record.pk, "认领", {"责任人": bench.inspector.pk, "整改措施": "x"})


def test_an_owner_cannot_close_their_own_item(bench: Bench, refused: Refused) -> None:
    record = registered(bench, 责任部门=bench.house.office.pk)
    accepted(bench, record, by=bench.inspector)
    do(acting(bench.inspector), record.pk, "报验", {}, files=[("整改佐证", file_of("x"), "x.pdf")])
    with refused("责任人 纪明 不得办理“销号”", of=WrongPerson):
        do(acting(bench.inspector), record.pk, "销号", {})


def test_an_act_is_only_open_in_its_states_and_with_its_evidence(bench: Bench, refused: Refused) -> None:
    record = accepted(bench, registered(bench))
    with refused("“整改中”不能“销号”", of=WrongState):
        do(acting(bench.inspector), record.pk, "销号", {})
    with refused("报验要有佐证", of=NotReady):
        do(acting(bench.house.judge), record.pk, "报验", {})


def test_what_is_offered_is_what_can_be_done(bench: Bench) -> None:
    record = registered(bench)
    assert [one.act for one in options(acting(bench.house.judge), record)] == ["认领"]
    assert options(acting(bench.inspector), record) == ()
    assert [one.act for one in openings(acting(bench.inspector), MENDING)] == ["登记"]
    assert openings(acting(bench.house.judge), MENDING) == ()


def test_whoever_keeps_the_system_cannot_use_registers(bench: Bench, refused: Refused) -> None:
    record = registered(bench)
    keeper = acting(bench.house.keeper)
    assert options(keeper, record) == ()
    with refused("不能", of=NotAllowed):
        do(keeper, record.pk, "认领", {})
    with refused("不能", of=NotAllowed):
        open_record(keeper, CHECK, "登记检查", {"检查内容": "x"})


def test_people_of_another_court_are_no_entry(bench: Bench, refused: Refused) -> None:
    record = registered(bench)
    with refused("责任人", "本院"):
        do(
            acting(bench.house.judge),
            record.pk,
            "认领",
            {"责任人": bench.house.higher_manager.pk, "整改措施": "x"},
        )


def test_an_act_may_be_entered_with_its_true_day_but_not_out_of_order(
    bench: Bench, refused: Refused, moment: SetMoment
) -> None:
    inspector = acting(bench.inspector)
    given = {"问题描述": "x", "问题来源": "信访反映", "责任部门": bench.house.first_civil.pk}
    record = open_record(inspector, MENDING, "登记", given, at=at(2024, 3, 25))
    assert fresh(record).opened_on == date(2024, 3, 25)
    judge, values = acting(bench.house.judge), {"责任人": bench.house.judge.pk, "整改措施": "x"}
    with refused("早于", "2024-03-25"):
        do(judge, record.pk, "认领", values, at=at(2024, 3, 22))
    with refused("还没有到"):
        do(judge, record.pk, "认领", values, at=at(2024, 4, 2))
    do(judge, record.pk, "认领", values, at=at(2024, 3, 28))
    assert record.acts.get(turn=2).on == date(2024, 3, 28)


def test_a_measure_stands_under_its_problem_and_holds_it_open(bench: Bench, refused: Refused) -> None:
    inspector = acting(bench.inspector)
    record = submitted(bench, accepted(bench, registered(bench)))
    given = {"措施内容": "补签", "落实人": bench.house.clerk.pk}
    with refused("上级记录", of=WrongPlace):
        open_record(inspector, STEP, "列入", given)
    below = open_record(inspector, STEP, "列入", given, above=record.pk)
    assert fresh(below).above_id == record.pk
    with refused("还有没办完的措施", of=NotReady):
        do(inspector, record.pk, "销号", {})
    do(acting(bench.house.clerk), below.pk, "完成", {})
    assert do(inspector, record.pk, "销号", {}).over


def test_an_act_opens_a_record_for_each_department_all_or_none(bench: Bench, one_entry: Logged) -> None:
    inspector, house = acting(bench.inspector), bench.house
    units = [house.first_civil.pk, house.enforcement.pk]
    check = open_record(inspector, CHECK, "登记检查", {"检查内容": "庭审着装", "涉及部门": units})
    with one_entry() as log:
        do(inspector, check.pk, "交办", {})
    made = list(Record.objects.filter(register=MENDING).order_by("pk"))
    assert [one.unit_id for one in made] == units
    assert made[0].title == "庭审着装（民事审判第一庭）"
    assert [link.label for link in fresh(check).links_out.all()] == ["检查交办", "检查交办"]
    assert {act.entry for one in made for act in one.acts.all()} == {log[0].seq}
    assert fresh(check).state == "已交办"


def test_the_same_problem_again_within_a_year_is_marked_as_a_return(bench: Bench) -> None:
    first, again = registered(bench), registered(bench)
    other = registered(bench, 问题来源="信访反映")
    assert (fresh(first).returns_id, fresh(again).returns_id) == (None, first.pk)
    assert fresh(other).returns_id is None


def test_every_act_is_in_the_log_with_what_was_entered(bench: Bench) -> None:
    record = registered(bench, 内部意见="从严")
    entry = entries("登记")[-1]
    assert "卷宗超期未归档" in entry.payload
    assert "从严" not in entry.payload, "a field for few is not for every reader of the log"
    assert RecordAct.objects.get(record=record).values["remark"] == "从严"


def test_acts_are_never_changed(bench: Bench) -> None:
    act = registered(bench).acts.get()
    act.why = "x"
    with pytest.raises(DatabaseError, match="append-only"):
        act.save()
