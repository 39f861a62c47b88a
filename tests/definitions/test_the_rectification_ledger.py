"""The rectification ledger that is shipped: closing needs evidence; an example guards every line."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from mingjing.definitions.commands import find_weak
from mingjing.definitions.registry import Registry
from mingjing.domain.ledgers.register import Register

CN = Path(__file__).parents[2] / "institutions" / "cn"


@cache
def rectification() -> Register:
    return Registry.load(CN).register("ledger.rectification", date(2024, 6, 1))


def test_no_small_wrong_edit_passes_unnoticed() -> None:
    report = find_weak([CN], ["ledger.rectification"])
    assert report.ok, "\n".join(report.lines)


def test_the_words_of_being_done_are_three_and_the_first_is_not_over() -> None:
    states = {state.label: state.final for state in rectification().states}
    assert [states[word] for word in ("基本完成", "已完成", "已完成并长期坚持")] == [False, True, True]


def test_a_plan_stands_only_with_measure_leader_person_and_day() -> None:
    assert rectification().act("认领").fill == ("责任人", "责任领导", "整改措施", "整改期限")


def test_both_ways_of_closing_ask_for_evidence_and_no_open_approval() -> None:
    for label in ("销号", "销号并长期坚持"):
        act = rectification().act(label)
        assert [one.text for one in act.needs] == ["佐证数 >= 1", "未结审批 == 0", "未结下级 == 0"]
        assert act.never_by == ("责任人",)


def test_whatever_judges_an_item_is_closed_to_its_owner() -> None:
    judging = ("退回", "认定基本完成", "销号", "销号并长期坚持", "回头看合格", "回头看反弹")
    assert all("责任人" in rectification().act(label).never_by for label in judging)
