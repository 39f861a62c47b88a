"""Examples of a ledger are played step by step, and small wrong edits are noticed by them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.definitions.commands import find_weak, run_examples
from mingjing.definitions.running import Tried
from tests.definitions.ledger_court import LedgerCourt


@pytest.fixture
def court(tmp_path: Path) -> LedgerCourt:
    return LedgerCourt(tmp_path / "court")


def verdict(tried: list[Tried]) -> list[tuple[bool, str]]:
    return [(one.outcome.ok, one.outcome.got) for one in tried]


def steps(*lines: str, **more: str) -> str:
    """One example; keys beside ``steps`` are written as given."""
    keys = "".join(f"\n    {key}: {value}" for key, value in more.items())
    return "  - name: 例子\n    steps:\n" + "\n".join(f'      - "{line}"' for line in lines) + keys


def test_every_example_of_the_sample_is_true(court: LedgerCourt) -> None:
    report = run_examples([court.folder], ["ledger"])
    assert report.lines == ("5 个例子，5 个通过，0 个不符。",)


@pytest.mark.parametrize(
    ("before", "after", "got"),
    [
        ("within: 3 个工作日", "within: 2 个工作日", "状态：已销号；超期：认领时限"),
        ("within: 30 天", "within: 29 天", "状态：已销号；超期：整改时限"),
        (",   never_by: 责任人", "", "没有拒绝，状态：已销号"),
        ("moves: 待验收 → 已销号", "moves: 整改中、待验收 → 已销号", "没有拒绝，状态：已销号"),
    ],
)
def test_a_wrong_line_is_noticed(court: LedgerCourt, before: str, after: str, got: str) -> None:
    if "never_by" in before:
        before, after = ", never_by: 责任人", ""
    report = run_examples([court.sample_with(before, after).folder], ["ledger"])
    assert not report.ok
    assert any(got in line for line in report.lines), report.lines


def test_every_small_wrong_edit_but_a_required_field_is_noticed_in_the_sample(court: LedgerCourt) -> None:
    report = find_weak([court.folder], ["ledger.rectification"])
    weak = [line.splitlines()[1].strip() for line in report.lines[:-1]]
    assert report.lines[-1] == "试了 26 处小改动，例子发现了 19 处，没有发现 7 处。"
    assert weak[0] == "去掉“fill: 问题描述、问题来源、责任部门”，没有例子会发现。"
    assert not [line for line in weak if "within" in line or "never_by" in line or "→" in line]


def test_an_example_that_writes_what_it_fills_guards_the_field(court: LedgerCourt) -> None:
    court.sample_with("2024-03-20 李法官 报验\n", "2024-03-20 李法官 报验 整改佐证=照片.jpg\n")
    report = find_weak([court.folder], ["ledger.rectification"])
    assert not [line for line in report.lines if "整改佐证" in line]


def test_a_step_refused_before_the_last_is_never_what_was_expected(court: LedgerCourt) -> None:
    tried = court.tried(
        steps("2024-03-01 甲 登记", "2024-03-02 甲 了结", "2024-03-03 甲 补充", refused="至少两份佐证")
    )
    assert verdict(tried) == [(False, "第 2 步“了结”被拒绝：至少两份佐证")]


def test_counts_written_in_a_step_are_seen_by_conditions(court: LedgerCourt) -> None:
    first = "2024-03-01 甲 登记"
    tried = court.tried(
        steps(first, "2024-03-02 甲 了结 佐证数=2", ends="已了结"),
        steps(first, "2024-03-02 甲 补充 佐证=一.pdf、二.pdf", "2024-03-03 甲 了结", ends="已了结"),
        steps(first, "2024-03-02 甲 了结 佐证数=2; 未结审批=1", refused="至少两份佐证"),
    )
    assert [one.outcome.ok for one in tried] == [True, True, True]


def test_a_field_left_empty_on_purpose_is_refused(court: LedgerCourt) -> None:
    tried = court.tried(
        steps("2024-03-01 甲 登记 经办人=（空）", refused="“登记”还要填写：经办人。", ends="新建")
    )
    assert verdict(tried)[0][0]


def test_a_word_that_is_not_in_the_dictionary_is_refused(court: LedgerCourt) -> None:
    (tried,) = court.tried(steps("2024-03-01 甲 登记 类别=快审", refused="“类别”里没有“快审”"))
    assert tried.outcome.ok


def test_with_a_cast_everybody_holds_only_what_they_are_given(court: LedgerCourt) -> None:
    tried = court.tried(
        steps(
            "2024-03-01 李法官 登记", people="{李法官: [审判员]}", refused="“登记”由督察员办理，李法官不是"
        ),
        steps(
            "2024-03-01 张督察 登记 经办人=李法官",
            "2024-03-02 李法官 补充 佐证=一.pdf",
            people="{张督察: 督察员, 李法官: [审判员]}",
            ends="办理中",
        ),
        steps(
            "2024-03-01 张督察 登记 经办人=李法官",
            "2024-03-02 王法官 补充 佐证=一.pdf",
            people="{张督察: 督察员}",
            refused="“补充”由经办人、督察员办理，王法官不是",
        ),
    )
    assert [one.outcome.ok for one in tried] == [True, True, True], verdict(tried)


def test_what_an_act_opens_is_counted_for_each_person(court: LedgerCourt) -> None:
    tried = court.tried(
        steps(
            "2024-03-01 甲 登记 参加人=李法官、王法官",
            "2024-03-02 甲 了结 佐证数=2",
            opens="[ledger.rectification, ledger.rectification]",
        )
    )
    assert verdict(tried) == [(True, "开出：ledger.rectification、ledger.rectification")]


def test_a_day_to_look_from_shows_what_is_late_and_who_was_told(court: LedgerCourt) -> None:
    tried = court.tried(
        steps(
            "2024-03-01 甲 登记 截止日=2024-03-11",
            on="2024-03-12",
            late="[截止]",
            warned="[2024-03-10 截止 蓝 经办人, 2024-03-12 截止 红 督察员]",
        ),
        steps("2024-03-01 甲 登记 截止日=2024-03-11", on="2024-03-11", late="[]", says="[新建 → 办理中]"),
    )
    assert [one.outcome.ok for one in tried] == [True, True], verdict(tried)


def test_bent_conditions_rungs_and_moves_are_noticed_by_examples_that_stand_on_the_edge(
    court: LedgerCourt,
) -> None:
    court.tried(
        steps("2024-03-01 甲 登记 事项=一; 经办人=乙; 参加人=丙", "2024-03-02 甲 了结 佐证数=2",
              ends="已了结", opens="[ledger.rectification]"),
        steps("2024-03-01 甲 登记", "2024-03-02 甲 了结 佐证数=1", refused="至少两份佐证"),
        steps("2024-03-01 甲 登记", "2024-03-02 甲 了结 佐证数=2; 未结审批=1", refused="至少两份佐证"),
        steps("2024-03-01 甲 登记 经办人=甲", "2024-03-02 甲 了结 佐证数=2", refused="不得办理"),
        steps("2024-03-01 甲 登记 经办人=乙; 类别=简易程序", "2024-03-02 乙 补充 佐证=一.pdf", ends="办理中",
              people="{甲: 督察员, 乙: 审判员}"),
        steps("2024-03-01 甲 登记 截止日=2024-03-11", on="2024-03-12",
              warned="[2024-03-10 截止 蓝 经办人, 2024-03-12 截止 红 督察员]"),
    )  # fmt: skip
    report = find_weak([court.folder], ["ledger.mini"])
    left = [line.splitlines()[1].strip() for line in report.lines[:-1]]
    assert not [line for line in left if "佐证数" in line or "届满" in line or "never_by" in line], left
