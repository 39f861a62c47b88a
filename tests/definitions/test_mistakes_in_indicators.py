"""An indicator written wrongly is told so at its line and column, before any case is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.definitions.problems import Problem, Severity
from mingjing.definitions.registry import Registry
from mingjing.definitions.running import try_examples
from mingjing.definitions.weakness import find_weak_lines

ROOT = Path(__file__).resolve().parents[2]
FOLDERS = tuple(ROOT / "institutions/cn" / one for one in ("dictionary", "indicators", "ledgers", "meetings"))
SHELF = Registry.load(*FOLDERS)
GOOD = (Path(__file__).parent / "fixtures/indicators/within_limit.yaml").read_text(encoding="utf-8")

MISTAKES = [
    ("where: 有无审限 == 有", "where: 有无审线 == 有", "unknown-name", 20, 12, "没有“有无审线”这个数据项"),
    ("where: 有无审限 == 有", "where: 有无审限 > 3", "wrong-kind", 20, 12, "文字不能这样比大小"),
    ("where: 有无审限 == 有", "where: 计件 == 三", "wrong-kind", 20, 18, "只能和“是”“否”比较"),
    ("where: 有无审限 == 有", "where: open(计件)", "bad-expression", 20, 12, "条件的结果应为"),
    (
        "where: 有无审限 == 有",
        "where: 案件类型 in (结案方式, 甲)",
        "wrong-kind",
        20,
        21,
        "列表里不能写数据项",
    ),
    ("where: 有无审限 == 有", "where: 时点 - 立案日期 > 3", "unknown-name", 20, 12, "没有“时点”"),
    ("on: 结案日期", "on: 案件类型", "wrong-kind", 19, 9, "这里要写一个日期"),
    ("on: 结案日期", "at: 期中", "bad-choice", 19, 9, "不能写“期中”"),
    ("    on: 结案日期\n", "    on: 结案日期\n    at: 期末\n", "conflicting-keys", 18, 12, "只能写一个"),
    ("needs: [审限届满日]", "needs: [审限界满日]", "unknown-name", 21, 13, "没有“审限界满日”"),
    ("    needs: [审限届满日]\n", "", "needs-missing", 23, 12, "会被当成“否”"),
    ("among: 结案", "among: 办结", "unknown-name", 23, 12, "没有“办结”这个计数"),
    ("    on: 结案日期\n", "    among: 审限内结案\n", "among-cycle", 19, 12, "绕了一圈"),
    ("value: 审限内结案 / 结案", "value: 审限内 / 结案", "unknown-name", 25, 8, "不是本文件的计数"),
    (
        "value: 审限内结案 / 结案",
        "value: 审限内结案 / (结案 - 审限内结案)",
        "bad-expression",
        25,
        17,
        "分母里不能相减",
    ),
    (
        "value: 审限内结案 / 结案",
        "value: 审限内结案 / (结案 + 0)",
        "bad-expression",
        25,
        22,
        "分母里不能写 0",
    ),
    (
        "value: 审限内结案 / 结案",
        "value: 审限内结案 / 结案 ** 2",
        "bad-expression",
        25,
        16,
        "算式里不能这样写",
    ),
    ("value: 审限内结案 / 结案", "value: 审限内结案", "wrong-unit", 13, 7, "算式里却没有除法"),
    ('unit: "%"', "unit: 件", "wrong-unit", 13, 7, "算式里有除法"),
    ('unit: "%"', "unit: 天", "wrong-unit", 13, 7, "要乘天数请写“期间天数”"),
    ("label: 结案\n", "label: 12月结案\n", "bad-label", 18, 12, "不能以数字开头"),
    ("label: 审限内结案\n", "label: 结案\n", "duplicate-row", 22, 12, "写了两次"),
    ("value: 审限内结案 / 结案", "value: 结案 / 结案", "unused-count", 22, 12, "没有用到"),
    ("value:", "lights: {amber: 少于 90}\nvalue:", "bad-number", 25, 17, "读不懂"),
    ("value:", "lights: {of: 数字}\nvalue:", "missing-key", 25, 1, "什么时候亮黄灯"),
    (
        "    on: 结案日期\n",
        "    at: 期末\n    even: 月\n",
        "conflicting-keys",
        20,
        11,
        "只能用在写“on”的计数上",
    ),
    ("    on: 结案日期\n", "    on: 结案日期\n    even: 周\n", "bad-choice", 20, 11, "不能写“周”"),
    (
        "    on: 结案日期\n",
        "    on: 结案日期\n    even: 月\n    median: 结案日期 - 立案日期\n",
        "conflicting-keys",
        21,
        5,
        "只能写一个",
    ),
    ("    on: 结案日期\n", "    over: ledger.lead\n    on: 登记日期\n", "sealed-population", 19, 11, "密封"),
]


def problems(text: str) -> tuple[Problem, ...]:
    found = SHELF.with_text(text, "within_limit.yaml").problems
    return tuple(one for one in found if one.severity is Severity.ERROR)


def test_the_file_as_it_is_has_no_mistake() -> None:
    assert problems(GOOD) == ()


@pytest.mark.parametrize(("good", "bad", "code", "line", "column", "says"), MISTAKES)
def test_each_mistake_has_its_place_and_its_words(
    good: str, bad: str, code: str, line: int, column: int, says: str
) -> None:
    assert good in GOOD
    found = [
        (one.code, one.line, one.column) for one in problems(GOOD.replace(good, bad, 1)) if says in one.cause
    ]
    assert (code, line, column) in found, [str(one) for one in problems(GOOD.replace(good, bad, 1))]


def test_every_example_holds_and_every_small_wrong_edit_is_noticed() -> None:
    definition = SHELF.definition("indicator.within_limit")
    assert [str(tried) for tried in try_examples(definition, SHELF) if not tried.outcome.ok] == []
    weak = find_weak_lines(definition, SHELF)
    assert weak.tried >= 12
    assert [str(line) for line in weak.lines] == []
