"""Slips in a ledger: each is named at its line and column, with what is allowed."""

from __future__ import annotations

from pathlib import Path
from time import process_time

import pytest

from mingjing.definitions.problems import Severity
from tests.definitions.court import told
from tests.definitions.ledger_court import MINI, LedgerCourt


@pytest.fixture
def court(tmp_path: Path) -> LedgerCourt:
    return LedgerCourt(tmp_path / "court")


MISTAKES: list[tuple[str, str, tuple[str, int, int, str]]] = [
    # (in the sample, written instead, (code, line, column, how the cause begins))
    ("type: 长文本", "type: 长文", ("bad-choice", 11, 33, "不能写“长文”。您是不是想写“长文本”？")),
    (
        "options: [案件评查, 审务督察, 巡视巡察, 信访反映]",
        "options: []",
        ("empty-value", 12, 46, "列表至少要有 1 项。"),
    ),
    (
        ", options: [案件评查, 审务督察, 巡视巡察, 信访反映]",
        "",
        ("no-options", 12, 33, "“问题来源”是选项，要写 options"),
    ),
    (
        "type: 部门}",
        "type: 部门, options: [甲]}",
        ("no-options", 13, 46, "“责任部门”是部门，不能写 options 或 of。"),
    ),
    (
        "[案件评查, 审务督察",
        "[案件评查, 案件评查",
        ("duplicate-row", 12, 46, "“案件评查”在可选内容里写了两次。"),
    ),
    ("label: 整改措施", "label: 责任部门", ("duplicate-row", 15, 21, "字段“责任部门”已经写在第 13 行。")),
    ("label: 整改措施", "label: 附件数", ("reserved-name", 15, 21, "“附件数”另有意思，不能用作字段名称。")),
    ("label: 整改措施", "label: 整改/措施", ("bad-label", 15, 21, "字段名称“整改/措施”里不能有“/”")),
    ("label: 整改措施", 'label: ""', ("bad-label", 15, 21, "字段名称是空的")),
    ("label: 整改措施", f"label: {'长' * 41}", ("bad-label", 15, 21, "字段名称有 41 个字，最多 40 个字。")),
    ("label: 待验收}", "label: 待、验收}", ("bad-label", 22, 20, "状态名称“待、验收”里不能有“、”")),
    ("label: 认领,", "label: 认 领,", ("bad-label", 27, 21, "办理名称“认 领”里不能有空格")),
    ("label: 认领,", "label: 认/领,", ("bad-label", 27, 21, "办理名称“认/领”里不能有“/”")),
    ("label: 认领,", "label: ..,", ("bad-label", 27, 21, "“..”不能用作办理名称。")),
    ("label: 整改措施", "label: 整改措施、", ("bad-label", 15, 21, "字段名称“整改措施、”前后不带“、”")),
    ("label: 整改措施", "label: 整改；措施", ("bad-label", 15, 21, "字段名称“整改；措施”里不能有“；”")),
    ("label: 整改措施", "label: 【整改措施】", ("bad-label", 15, 21, "字段名称“【整改措施】”里不能有“【”")),
    ("label: 待验收}", "label: 待验收。}", ("bad-label", 22, 20, "状态名称“待验收。”前后不带“。”")),
    ("label: 待验收}", "label: 【待验收】}", ("bad-label", 22, 20, "状态名称“【待验收】”里不能有“【”")),
    ("label: 认领,", "label: 认领；,", ("bad-label", 27, 21, "办理名称“认领；”前后不带“；”")),
    ("label: 认领,", "label: 认领，,", ("bad-label", 27, 21, "办理名称“认领，”前后不带“，”")),
    ("label: 认领,", "label: 【认领】,", ("bad-label", 27, 21, "办理名称“【认领】”里不能有“【”")),
    ("label: 认领时限", "label: 认领时限；", ("bad-label", 33, 13, "时限名称“认领时限；”前后不带“；”")),
    (
        "fill: [责任人, 整改措施]",
        "fill: [责任人、整改措施]",
        (
            "unknown-name",
            27,
            60,
            "“责任人、整改措施”被读成了一个字段。几个字段写在英文方括号里，用英文逗号隔开。",
        ),
    ),
    (
        "fill: [责任人, 整改措施]",
        "fill: 【责任人，整改措施】",
        ("unknown-name", 27, 59, "“【责任人，整改措施】”被读成了一个字段。"),
    ),
    ("  measure:", "  Measure:", ("bad-key", 15, 3, "“Measure”不能用作键。")),
    ("label: 待验收}", "label: 整改中}", ("duplicate-row", 22, 20, "状态“整改中”已经写在第 21 行。")),
    ("label: 待验收}", "label: 任意}", ("reserved-name", 22, 20, "“任意”另有意思，不能用作状态名称。")),
    ("final: true", "final: yes", ("bad-flag", 23, 32, "不能写“yes”。")),
    (", final: true", "", ("dead-end-state", 23, 20, "状态“已销号”没有办理离开它，又没有写 final: true")),
    ("→ 已销号, never", "→ 整改中, never", ("unreachable-state", 23, 20, "状态“已销号”永远到不了：")),
    ("新建 → 待认领", "待认领 → 整改中", ("no-first-act", 25, 1, "没有从“新建”开始的办理，谁也建不了记录。")),
    ("label: 认领,", "label: 登记,", ("duplicate-row", 27, 21, "办理“登记”已经写在第 26 行。")),
    (
        "by: 责任部门,",
        "by: 责任部们,",
        ("unknown-capacity", 27, 29, "“责任部们”不是谁的身份。您是不是想写“责任部门”？"),
    ),
    (
        "by: 责任部门,",
        "by: 本人,",
        ("unknown-capacity", 27, 29, "写了“本人”，但没有写 subject，不知道记录说的是谁。"),
    ),
    (
        "by: 督察员,   moves: 新建",
        "by: 责任人,   moves: 新建",
        ("nobody-may", 26, 29, "“登记”谁也不能办：责任人——"),
    ),
    (
        "never_by: 责任人",
        "never_by: 督察员",
        ("nobody-may", 30, 29, "“销号”谁也不能办：可以办的人（by）都在"),
    ),
    (
        "never_by: 责任人",
        "never_by: 责任员",
        ("unknown-capacity", 30, 64, "“责任员”不是谁的身份。您是不是想写“责任人”？"),
    ),
    ("待认领 → 整改中", "待认领 -> 整改中", ("bad-move", 27, 42, "“待认领 -> 整改中”不是状态的变化。")),
    (
        "待认领 → 整改中",
        "待认领 → 整改",
        ("unknown-name", 27, 42, "没有“整改”这个状态。您是不是想写“整改中”？"),
    ),
    (
        "待认领 → 整改中",
        "待领 → 整改中",
        ("unknown-name", 27, 42, "没有“待领”这个状态。您是不是想写“待认领”？"),
    ),
    ("待认领 → 整改中", "任意、待认领 → 整改中", ("bad-move", 27, 42, "“任意”已经包括别的状态，请单独写。")),
    (
        "待认领 → 整改中",
        "待认领、待认领 → 整改中",
        ("bad-move", 27, 42, "“待认领、待认领”里有空着的或者写了两次的状态。"),
    ),
    ("新建 → 待认领", "新建 → 不变", ("bad-move", 26, 43, "新建的记录总要到一个状态，不能写“不变”。")),
    (
        "fill: [责任人, 整改措施]",
        "fill: [责任人, 整改措拖]",
        ("unknown-name", 27, 65, "没有“整改措拖”这个字段。您是不是想写“整改措施”？"),
    ),
    ("fill: [责任人, 整改措施]", "fill: [责任人, 责任人]", ("duplicate-row", 27, 65, "“责任人”写了两次。")),
    (
        "fill: [整改佐证]",
        "fill: [整改佐证], needs: [{when: 佐证 >= 1, reason: 没有}]",
        ("unknown-name", 28, 83, "没有“佐证”这个字段。"),
    ),
    (
        "fill: [整改佐证]",
        "fill: [整改佐证], needs: [{when: 案件评查 in 问题来源, reason: 没有}]",
        ("bad-expression", 28, 83, "“问题来源”不是多选，不能问它里面有没有“案件评查”。"),
    ),
    (
        "fill: [整改佐证]",
        "fill: [整改佐证], approval: approval.seal",
        ("unknown-definition", 28, 78, "没有审批“approval.seal”。"),
    ),
    ("starts: 登记", "starts: 登计", ("unknown-name", 33, 27, "没有“登计”这个办理。您是不是想写“登记”？")),
    ("within: 3 个工作日", "until: 整改措施", ("unknown-name", 33, 49, "没有“整改措施”这个日期字段。")),
    ("within: 3 个工作日", "within: 3 工作日", ("bad-duration", 33, 50, "不认识的时长“3 工作日”。")),
    ("within: 3 个工作日, ", "", ("conflicting-keys", 33, 5, "“within”、“until” 必须写一个。")),
    (
        "late: 提醒 责任部门",
        "late: 责任部门",
        ("bad-rung", 33, 64, "“责任部门”不对。写作“提醒 谁”，几个用“、”隔开。"),
    ),
    ("late: 提醒 责任部门", "late: 提醒 责任处", ("unknown-capacity", 33, 64, "“责任处”不是谁的身份。")),
    ("late: 提醒 责任部门", "ladder: 整改", ("no-ladder", 33, 66, "没有“整改”这一组提醒。")),
    ("label: 整改时限", "label: 认领时限", ("duplicate-row", 34, 13, "时限“认领时限”已经写在第 33 行。")),
    (
        "number: 整改-{年}-{序号:4}",
        "number: 整改-{年}",
        ("bad-number-format", 8, 9, "编号格式“整改-{年}”里没有 {序号}"),
    ),
    (
        "public: {when: 已销号",
        "public: {when: 已消号",
        ("unknown-name", 36, 16, "没有“已消号”这个状态。您是不是想写“已销号”？"),
    ),
    (
        "show: [问题来源",
        "show: [问题来原",
        ("unknown-name", 36, 28, "没有“问题来原”这个字段。您是不是想写“问题来源”？"),
    ),
    (
        "public:",
        "subject: 责任部门\npublic:",
        ("unknown-name", 36, 10, "没有“责任部门”这个人员字段。您是不是想写“责任人”？"),
    ),
    (
        "public:",
        "under: ledger.campaign\npublic:",
        ("unknown-definition", 36, 8, "没有台账“ledger.campaign”。"),
    ),
    (
        "public:",
        "under: campaign\npublic:",
        ("bad-id", 36, 8, "“campaign”不是台账、填报、活动、审批、会议、评分表或牌的 id。"),
    ),
    (
        "public:",
        "recurs: {same: [部门], within: 1 年}\npublic:",
        ("unknown-name", 36, 17, "没有“部门”这个字段。您是不是想写“责任部门”？"),
    ),
    (
        "public:",
        "prints: document.none\npublic:",
        ("unknown-definition", 36, 9, "没有公文模板“document.none”。"),
    ),
    (
        "public:",
        "calendar: calendar.us\npublic:",
        ("unknown-definition", 36, 11, "没有工作日历“calendar.us”。"),
    ),
    (
        "民一庭 认领 责任人=李法官  ",
        "民一庭 人领 责任人=李法官  ",
        ("unknown-name", 42, 9, "没有“人领”这个办理。您是不是想写“认领”？"),
    ),
    ("认领 责任人=李法官  ", "认领 责任=李法官  ", ("unknown-name", 42, 9, "没有“责任”这个字段。")),
    (
        "认领 责任人=李法官  ",
        "认领 责任人：李法官  ",
        ("bad-step", 42, 9, "“责任人：李法官”不是“字段=内容”。"),
    ),
    (
        "认领 责任人=李法官  ",
        "认领 责任人=李法官，整改措施=补录  ",
        ("bad-step", 42, 9, "“责任人”的内容里又有“整改措施=”。几项之间用分号隔开，"),
    ),
    (
        "- 2024-03-01 张督察 登记",
        "- 3月1日 张督察 登记",
        ("bad-step", 41, 9, "“3月1日 张督察 登记”不是一步。"),
    ),
    ("ends: 整改中", "ends: 整改", ("unknown-name", 54, 11, "没有“整改”这个状态。您是不是想写“整改中”？")),
    (
        "late: [认领时限, 整改时限]",
        "late: [认领时间]",
        ("unknown-name", 77, 12, "没有“认领时间”这个时限。您是不是想写“认领时限”？"),
    ),
]


@pytest.mark.parametrize(
    ("before", "after", "expected"), MISTAKES, ids=[f"{m[2][0]}-{m[1]}" for m in MISTAKES]
)
def test_a_mistake_is_named_at_its_place(
    court: LedgerCourt, before: str, after: str, expected: tuple[str, int, int, str]
) -> None:
    found = court.sample_with(before, after).errors()
    assert found, "nothing was noticed"
    code, line, column, cause = found[0]
    assert (code, line, column) == expected[:3], found
    assert cause.startswith(expected[3])


def test_a_hundred_thousand_options_are_read_in_seconds(court: LedgerCourt) -> None:
    many = ", ".join(f"项{number}" for number in range(100_000))
    started = process_time()
    court.sample_with("[案件评查, 审务督察, 巡视巡察, 信访反映]", f"[{many}]").errors()
    assert process_time() - started < 60  # comparing each with each takes minutes


def mini(court: LedgerCourt, before: str, after: str) -> list[tuple[str, str]]:
    """(code, cause) of every problem of the practice ledger with one edit."""
    assert before in MINI, before
    court.write(
        "ledgers/mini.yaml",
        MINI.replace(before, after, 1)
        + "\nexamples:\n  - {name: 一, steps: [2024-03-01 甲 登记], ends: 办理中}\n",
    )
    problems = [one for one in court.load().problems if one.path.name == "mini.yaml"]
    return [(told(one)[0], told(one)[3]) for one in problems if one.severity is Severity.ERROR]


@pytest.mark.parametrize(
    ("before", "after", "code", "cause"),
    [
        ("问题描述: 事项", "问题描诉: 事项", "unknown-name", "没有“问题描诉”这个“整改台账”的字段。"),
        ("问题描述: 事项", "问题描述: '{事象}'", "bad-placeholder", "没有“事象”这个字段。"),
        ("each: 参加人", "each: 经办人", "unknown-name", "没有“经办人”这个多人、多部门或多选字段。"),
        (
            "of: ledger.rectification",
            "of: ledger.nothing",
            "unknown-definition",
            "没有台账“ledger.nothing”。",
        ),
        (
            "of: dictionary.procedures",
            "of: dictionary.nothing",
            "unknown-definition",
            "没有字典“dictionary.nothing”。",
        ),
        ("of: dictionary.procedures", "of: ledger.rectification", "no-options", "“类别”的内容要取自字典。"),
        ("佐证数 >= 2 and", "佐证数 >= 2 &", "bad-expression", "只能用 +、-、* 计算。"),
        ("届满后 1 天 红 督察员", "届满前 5 天 红 督察员", "rungs-out-of-order", "这一档不晚于上一档。"),
        ("届满后 1 天 红 督察员", "届满后 1 天 红 督查员", "unknown-capacity", "“督查员”不是谁的身份。"),
        (
            "may_fill: [佐证]",
            "fill: [佐证], may_fill: [佐证]",
            "duplicate-row",
            "“佐证”已经写在 fill 里，是必填的。",
        ),
        (
            "moves: 任意 → 不变",
            "moves: [办理中 → 不变, 办理中 → 已了结]",
            "bad-move",
            "“补充”从“办理中”出发写了两次",
        ),
    ],
)
def test_what_other_files_and_longer_forms_can_get_wrong(
    court: LedgerCourt, before: str, after: str, code: str, cause: str
) -> None:
    found = mini(court, before, after)
    assert any(one == code and said.startswith(cause) for one, said in found), found


def test_a_condition_cut_by_a_comma_is_one_mistake_and_says_to_quote_it(court: LedgerCourt) -> None:
    found = mini(court, "佐证数 >= 2 and", "类别 in (甲, 乙, 丙) and")
    assert [code for code, _ in found] == ["bad-expression"]
    assert found[0][1].endswith("请给整个条件加上英文引号。")


def test_what_an_opened_record_still_lacks_is_a_reminder(court: LedgerCourt) -> None:
    court.write("ledgers/mini.yaml", MINI)
    assert [one[0] for one in court.warnings()] == ["opens-unfilled"]


def test_ledgers_under_each_other_are_a_ring(court: LedgerCourt) -> None:
    court.sample_with("public:", "under: ledger.mini\npublic:")
    court.write("ledgers/mini.yaml", MINI + "\nunder: ledger.rectification\n")
    causes = [cause for code, _, _, cause in court.errors() if code == "under-cycle"]
    assert "ledger.mini → ledger.rectification → ledger.mini" in causes[0]
    assert len(causes) == 2


def test_a_cast_with_an_unknown_capacity_is_named(court: LedgerCourt) -> None:
    court.sample_with(
        "    steps:\n      - 2024-03-01", "    people: {张督察: [督查员]}\n    steps:\n      - 2024-03-01"
    )
    (found,) = court.errors()
    assert found[0] == "unknown-name"
    assert found[3].startswith("没有“督查员”这个身份。")


def test_a_broken_part_brings_no_second_complaint(court: LedgerCourt) -> None:
    found = court.sample_with("final: true", "final: yes").errors()
    assert [one[0] for one in found] == ["bad-flag"]
