"""What holds of the registers of discipline whatever their examples say: no way round an investigation."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingjing.definitions.registry import Registry
from mingjing.domain.ledgers.register import NEW, Register

CN = Path(__file__).parents[2] / "institutions" / "cn"
ON = date(2026, 9, 30)


@pytest.fixture(scope="module")
def registry() -> Registry:
    return Registry.load_strict(CN)


def ends_without(register: Register, skipped: str) -> set[str]:
    """The final states that can be reached without ever doing one act."""
    reached, waiting = set[str](), [NEW]
    while waiting:
        state = waiting.pop()
        for act in register.acts:
            for sources, after in act.moves:
                if act.label != skipped and state in sources and after and after not in reached:
                    reached.add(after)
                    waiting.append(after)
    return {one.label for one in register.states if one.final} & reached


@pytest.mark.parametrize(
    ("register_id", "act"),
    [
        ("ledger.zero_tolerance", "立案调查"),
        ("ledger.zero_tolerance", "报结论"),
        ("ledger.case_dissection", "报审"),
        ("ledger.case_dissection", "下达任务"),
        ("ledger.self_report", "核实"),
    ],
)
def test_no_record_ends_without_this_act(registry: Registry, register_id: str, act: str) -> None:
    register = registry.register(register_id, ON)
    assert any(one.label == act for one in register.acts)
    assert ends_without(register, act) == set()


def test_a_way_round_would_be_found(registry: Registry) -> None:
    assert ends_without(registry.register("ledger.clearing", ON), "澄清") == {"不予澄清"}


def test_every_section_of_a_dissection_is_one_of_the_dictionary_and_is_asked_for(registry: Registry) -> None:
    register = registry.register("ledger.case_dissection", ON)
    sections = set(registry.dictionary("dictionary.five_dissections").keys)
    assert sections <= set(register.act("报审").fill)


def test_each_direction_of_correction_becomes_a_task_of_its_own(registry: Registry) -> None:
    (task,) = registry.register("ledger.case_dissection", ON).act("下达任务").opens
    assert (task.register, task.each) == ("ledger.rectification", "逐项方向")
