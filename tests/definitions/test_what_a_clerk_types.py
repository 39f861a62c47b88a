"""What a clerk types into a blank by habit: named at its place, with what was probably meant."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingjing.definitions.beginning import blank
from mingjing.definitions.commands import find_weak
from mingjing.definitions.problems import Problem, Severity, nearest
from mingjing.definitions.registry import Registry

NATIONWIDE = Path(__file__).parents[2] / "institutions" / "cn"
LEDGER = blank("ledger", date(2026, 9, 30))
RULE = "    never_by: 借用人"


@pytest.fixture(scope="module")
def nationwide() -> Registry:
    return Registry.load(NATIONWIDE)


def asking(condition: str) -> str:
    """The blank ledger whose second act has a condition."""
    return LEDGER.replace(RULE, f"{RULE}\n    needs: [{{when: {condition}, reason: 不行}}]")


TYPED: list[tuple[str, str, str, str, str, str]] = [
    # (what, in the blank, typed instead, code, a part of the cause, the example)
    ("斜线的日期", "from: 2026-09-30", "from: 2026/9/1", "bad-date", "“2026-09-01”？", "2026-09-01"),
    ("年月日", "from: 2026-09-30", "from: 2026年9月1日", "bad-date", "“2026-09-01”？", "2026-09-01"),
    ("点的日期", "from: 2026-09-30", "from: 2026.9.1", "bad-date", "“2026-09-01”？", "2026-09-01"),
    ("八位数", "from: 2026-09-30", "from: 20260901", "bad-date", "“2026-09-01”？", "2026-09-01"),
    ("没有的日子", "from: 2026-09-30", "from: 2026/13/1", "bad-date", "不是日期", "2024-03-01"),
    ("汉字的天数", "within: 1 天", "within: 十五天", "bad-duration", "数字要写成 1、2、3。", "15 天"),
    ("两周", "within: 1 天", "within: 2周", "bad-duration", "不认识的时长", "14 天"),
    ("负数", "within: 1 天", "within: -1 天", "bad-duration", "时长不能是负数。", "3 个月"),
    ("太大的数", "within: 1 天", "within: 999999 天", "bad-duration", "数字最多五位。", "3 个月"),
    ("键盘上的箭头", "待同意 → 使用中", "待同意 -> 使用中", "bad-move", "箭头要写“→”", "待同意 → 使用中"),
    ("等号的箭头", "待同意 → 使用中", "待同意=>使用中", "bad-move", "箭头要写“→”", "待同意 → 使用中"),
    ("引号里的名称", "label: 会议室借用登记", "label: “会议室借用”", "bad-label", "外面不加引号", ""),
    ("引号里的字段", "label: 用途,", "label: “用途”,", "bad-label", "请写成 用途。", "label: 问题描述"),
    ("引号里的选项", "第一会议室,", "“第一会议室”,", "bad-label", "请写成 第一会议室。", ""),
    ("太长的名称", "label: 会议室借用登记", f"label: {'长' * 61}", "bad-label", "最多 60 个字", ""),
    ("中文的键", "number: 借用", "编号: 借用", "unknown-key", "您是不是想写“number”（编号的格式）？", ""),
    ("断成两行的话", "（示例，换成本院文件）\n", "\n第三条\n", "yaml-syntax", "请和上一行写成一行", ""),
]


@pytest.mark.parametrize("typed", TYPED, ids=[one[0] for one in TYPED])
def test_a_habit_is_answered_with_what_was_meant(
    nationwide: Registry, typed: tuple[str, str, str, str, str, str]
) -> None:
    _, before, after, code, cause, example = typed
    assert before in LEDGER
    problem = _first(nationwide, LEDGER.replace(before, after, 1))
    assert problem.code == code
    assert cause in problem.cause
    assert example in problem.example


def test_a_broken_off_line_is_named_where_it_stands(nationwide: Registry) -> None:
    problem = _first(nationwide, LEDGER.replace("（示例，换成本院文件）\n", "\n第三条\n", 1))
    assert (problem.line, problem.text_line) == (8, "第三条")


def test_a_word_that_is_no_option_is_not_compared_with(nationwide: Registry) -> None:
    problem = _first(nationwide, asking("会议室 == 第三会议室"))
    assert problem.cause == "“会议室”的可选内容里没有“第三会议室”。您是不是想写“第二会议室”？"
    assert problem.allowed == ("第一会议室", "第二会议室")


def test_nor_one_of_a_list(nationwide: Registry) -> None:
    problem = _first(nationwide, asking('"会议室 in (第一会议室, 大礼堂)"'))
    assert "没有“大礼堂”" in problem.cause


def test_an_empty_text_asks_whether_there_is_one(nationwide: Registry) -> None:
    assert nationwide.with_text(asking('会议室 != ""'), "f.yaml").errors == ()


def test_a_word_of_a_dictionary_is_looked_up_in_it(nationwide: Registry) -> None:
    text = asking("结果 == 未有此种").replace(
        "  purpose:", "  outcome: {label: 结果, type: 选项, of: dictionary.outcomes}\n  purpose:"
    )
    problem = next(one for one in nationwide.with_text(text, "f.yaml").errors if "未有此种" in one.cause)
    assert problem.code == "unknown-name"


@pytest.mark.parametrize(
    ("condition", "cause"),
    [
        ("使用日期 > 3", "日期不能这样比大小"),
        ("用途 > 3", "文字不能这样比大小"),
        ("附件数 == 用途", "永远不会相等"),
        ("使用日期", "单独作条件的应是“是/否”数据项"),
    ],
)
def test_two_kinds_that_never_meet_are_not_compared(nationwide: Registry, condition: str, cause: str) -> None:
    problem = _first(nationwide, asking(condition))
    assert (problem.code, problem.line) == ("bad-expression", 34)
    assert cause in problem.cause
    assert problem.example


def test_a_day_and_today_are_compared(nationwide: Registry) -> None:
    assert nationwide.with_text(asking("使用日期 >= 今天 and 附件数 >= 0"), "f.yaml").errors == ()


def test_a_step_before_the_one_above_it_is_no_example(nationwide: Registry) -> None:
    problem = _first(nationwide, LEDGER.replace("2026-03-03 李法官 归还", "2026-03-01 李法官 归还"))
    assert problem.cause == "这一步（2026-03-01）比上一步（2026-03-02）早。例子按先后写，日期不能倒着走。"


def test_a_field_that_no_act_fills_is_mentioned(nationwide: Registry) -> None:
    text = LEDGER.replace("  damage: ", "  extra: {label: 钥匙号, type: 文本}\n  damage: ")
    drafted = nationwide.with_text(text, "f.yaml")
    assert [(one.code, one.severity) for one in drafted.problems] == [("never-filled", Severity.WARNING)]
    assert drafted.problems[0].example == "may_fill: [钥匙号]"


def test_an_id_that_is_something_else_already_is_mentioned(nationwide: Registry) -> None:
    text = LEDGER.replace("ledger.room_loan", "ledger.rectification")
    (problem,) = nationwide.with_text(text, "f.yaml").problems
    assert (problem.code, problem.severity, problem.line) == ("takes-the-place", Severity.WARNING, 3)
    assert "“整改台账”" in problem.cause


def test_the_same_matter_of_a_court_takes_the_place_in_silence(nationwide: Registry) -> None:
    own = (NATIONWIDE / "dictionary" / "long_pending.yaml").read_text(encoding="utf-8")
    assert nationwide.with_text(own, "f.yaml").problems == ()


@pytest.mark.parametrize("name", ["room.yaml.txt", "room.txt", "room.yml", "room.YAML", "room.docx"])
def test_a_file_no_one_will_read_is_named(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(LEDGER, encoding="utf-8")
    (problem,) = Registry.load(tmp_path).problems
    assert (problem.code, problem.example) == ("bad-extension", "room.yaml")


def test_a_picture_beside_the_definitions_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "room.png").write_bytes(b"")
    assert Registry.load(tmp_path).problems == ()


def test_edits_are_not_tried_on_a_file_whose_examples_fail_already(tmp_path: Path) -> None:
    (tmp_path / "room.yaml").write_text(LEDGER.replace("late: []", "late: [归还时限]"), encoding="utf-8")
    report = find_weak([NATIONWIDE, tmp_path], ["ledger.room_loan"])
    assert not report.ok
    assert "应得" in report.lines[0]
    assert report.lines[-1].endswith("有 1 个例子现在就不符，那几份制度没有试，请先改好。")


def test_only_a_name_that_is_alike_is_offered_for_an_id() -> None:
    known = ("ledger.rule_change", "ledger.gift_register")
    assert nearest("ledger.gift_registr", known) == "您是不是想写“ledger.gift_register”？"
    assert nearest("ledger.seals", known) == ""


def test_a_day_of_a_case_is_offered_as_a_day(nationwide: Registry) -> None:
    text = blank("deadline", date(2026, 9, 30)).replace("starts: 结案日期", "starts: 结案的日期")
    assert "您是不是想写“结案日期”？" in _first(nationwide, text).cause


def _first(nationwide: Registry, text: str) -> Problem:
    return nationwide.with_text(text, "f.yaml").errors[0]
