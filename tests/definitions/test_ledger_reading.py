"""The sample ledger is read unchanged, stands on the shelf, and is laid out for people."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingjing.definitions.describing import describe
from mingjing.definitions.schema import json_schema
from mingjing.definitions.shelf import UnknownDefinition
from mingjing.domain.ladders.rungs import Colour
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.domain.ledgers.values import for_conditions
from mingjing.domain.reasons import NotInForce
from tests.definitions.ledger_court import FILE, MINI, SAMPLE, LedgerCourt

ON = date(2024, 6, 1)


@pytest.fixture
def court(tmp_path: Path) -> LedgerCourt:
    return LedgerCourt(tmp_path / "court")


def test_the_sample_has_nothing_to_mend(court: LedgerCourt) -> None:
    assert court.errors() == []
    assert court.warnings() == []


def test_fields_states_and_acts_are_those_of_the_file(court: LedgerCourt) -> None:
    register = court.register()
    assert [(one.key, one.label, one.type) for one in register.fields][:2] == [
        ("problem", "问题描述", FieldType.LONG),
        ("source", "问题来源", FieldType.CHOICE),
    ]
    assert register.field("问题来源").options == ("案件评查", "审务督察", "巡视巡察", "信访反映")
    assert [one.label for one in register.states if one.final] == ["已销号"]
    assert register.act("销号").never_by == ("责任人",)
    assert register.act("登记").opens_record
    assert register.act("认领").moves == ((("待认领",), "整改中"),)


def test_late_tells_on_the_day_after_in_red(court: LedgerCourt) -> None:
    (rung,) = court.register().clocks[0].rungs
    assert (rung.colour, rung.tell, str(rung.offset), rung.before) == (Colour.RED, "责任部门", "1 天", False)


def test_title_holder_and_department_are_the_first_fields_that_fit(court: LedgerCourt) -> None:
    register = court.register()
    assert (register.title, register.holder, register.unit) == ("问题描述", "责任人", "责任部门")


def test_a_ledger_without_a_number_is_numbered_by_its_label(court: LedgerCourt) -> None:
    court.sample_with("number: 整改-{年}-{序号:4}          # 例：整改-2024-0007\n", "")
    assert court.register().number == "整改台账-{年}-{序号:4}"


def test_any_state_leaves_out_the_final_ones_and_the_one_it_leads_to(court: LedgerCourt) -> None:
    court.sample_with("moves: 待验收 → 整改中", "moves: 任意 → 整改中")
    assert court.register().act("退回").moves == ((("待认领", "待验收"), "整改中"),)


def test_several_moves_of_one_act_are_kept_apart(court: LedgerCourt) -> None:
    court.sample_with("moves: 待验收 → 整改中", "moves: [待验收、整改中 → 待认领, 待认领 → 不变]")
    assert court.register().act("退回").moves == ((("待验收", "整改中"), "待认领"), (("待认领",), ""))


def test_the_shelf_gives_a_register_in_force_with_the_words_of_its_dictionaries(court: LedgerCourt) -> None:
    registry = court.write("ledgers/mini.yaml", MINI).load()
    assert "简易程序" in registry.register("ledger.mini", ON).field("类别").options
    assert registry.register_value("ledger.mini", ON) is registry.register("ledger.mini", ON)
    assert [one.id for one in registry.registers(ON)] == ["ledger.mini", "ledger.rectification"]
    assert registry.register_ids() == ("ledger.mini", "ledger.rectification")


def test_before_its_first_day_a_ledger_is_not_in_force(court: LedgerCourt) -> None:
    with pytest.raises(NotInForce):
        court.load().register("ledger.rectification", date(2023, 12, 31))
    assert court.load().registers(date(2023, 12, 31)) == ()


def test_a_record_finds_the_version_it_began_with(court: LedgerCourt) -> None:
    newer = SAMPLE.replace("from: 2024-01-01", "from: 2024-05-01").replace("label: 报验", "label: 送验")
    newer = (
        newer.replace(" 报验", " 送验")
        .replace("stops: 报验", "stops: 送验")
        .replace("只能：报验", "只能：送验")
    )
    registry = court.write("ledgers/rectification_2.yaml", newer).load()
    old = registry.ref("ledger.rectification", date(2024, 3, 1))
    value = registry.register_value_at(old)
    assert isinstance(value, Register)
    assert value.since == date(2024, 1, 1)
    assert [one.since for one in registry.registers(ON)] == [date(2024, 5, 1)]


def test_a_version_that_is_gone_is_refused_with_those_there_are(court: LedgerCourt) -> None:
    with pytest.raises(UnknownDefinition) as refused:
        court.load().register_value_at("ledger.rectification @ 2020-01-01 # 12345678")
    assert refused.value.allowed == ("2024-01-01 起施行的版本",)


def test_what_is_no_register_is_refused(court: LedgerCourt) -> None:
    with pytest.raises(UnknownDefinition, match="不是台账。"):
        court.load().register("deadline.civil.summary", ON)


def test_the_page_shows_fields_states_acts_and_clocks(court: LedgerCourt) -> None:
    registry = court.load()
    page = describe(registry.definition("ledger.rectification"), registry, ON)
    assert [one.title for one in page.sections] == ["要点", "字段", "状态", "办理", "时限"]
    acts = next(one for one in page.sections if one.title == "办理")
    assert acts.rows[-1] == ("销号", "督察员（责任人不得）", "待验收 → 已销号", "—")
    assert page.examples[2].expected == "拒绝：责任人 张督察 不得办理“销号”"


def test_the_page_names_other_registers_by_their_labels(court: LedgerCourt) -> None:
    registry = court.write("ledgers/mini.yaml", MINI).load()
    page = describe(registry.definition("ledger.mini"), registry, ON)
    (opens,) = [one for one in page.sections if one.title == "自动开出"]
    assert opens.rows == (("了结", "“整改台账”", "参加人", "问题描述 ← 事项"),)


def test_an_editor_is_told_every_key(court: LedgerCourt) -> None:
    schema = json_schema("ledger")
    properties = schema["properties"]
    assert isinstance(properties, dict)
    assert set(_keys(SAMPLE)) <= set(properties)
    assert schema["required"] == ["id", "label", "owner", "from", "fields", "states", "actions"]


def _keys(text: str) -> list[str]:
    return [line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()]


def test_two_readings_of_one_file_are_equal(court: LedgerCourt) -> None:
    court.write("ledgers/mini.yaml", MINI)
    one, other = court.load(), court.load()
    assert one.definition("ledger.mini").value == other.definition("ledger.mini").value


MANY = ("type: 选项, options: [案件评查", "type: 多选, options: [案件评查")


def asking(court: LedgerCourt, word: str) -> LedgerCourt:
    """The sample with a 多选 field, one of whose words an act needs."""
    needs = f"fill: [整改佐证], needs: [{{when: {word} in 问题来源, reason: 不是评查}}]"
    court.sample_with(*MANY)
    court.edit(FILE, "fill: [整改佐证]", needs)
    return court


def test_a_condition_may_ask_for_a_word_of_a_field_with_several(court: LedgerCourt) -> None:
    asking(court, "案件评查")
    assert court.errors() == []
    register = court.register()
    [needed] = register.act("报验").needs
    assert needed.holds(for_conditions(register, {"问题来源": ["审务督察", "案件评查"]}))
    assert not needed.holds(for_conditions(register, {"问题来源": ["审务督察"]}))


def test_a_word_that_is_no_option_is_refused(court: LedgerCourt) -> None:
    [(code, _, _, cause)] = asking(court, "案卷评查").errors()
    assert (code, cause) == ("unknown-name", "“问题来源”的可选内容里没有“案卷评查”。")
