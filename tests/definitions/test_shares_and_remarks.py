"""Shares, units and remarks written by habit are refused at once, with how they are written here."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from mingjing.definitions.beginning import blank
from mingjing.definitions.problems import Problem
from mingjing.definitions.registry import Registry

NATIONWIDE = Path(__file__).parents[2] / "institutions" / "cn"
TODAY = date(2026, 9, 30)


@pytest.fixture(scope="module")
def nationwide() -> Registry:
    return Registry.load(NATIONWIDE)


def errors(nationwide: Registry, kind: str, before: str, after: str) -> tuple[Problem, ...]:
    text = blank(kind, TODAY)
    assert before in text
    return nationwide.with_text(text.replace(before, after, 1), "f.yaml").errors


@pytest.mark.parametrize("share", ["0.5", "50", "50％", "百分之五十", "50.0%", "50.25%"])
@pytest.mark.parametrize(("kind", "key"), [("filing", "rate"), ("activity", "done")])
def test_a_rate_is_written_in_percent(nationwide: Registry, kind: str, key: str, share: str) -> None:
    (problem,) = errors(nationwide, kind, f"{key}: 50%", f"{key}: {share}")
    assert (problem.code, problem.text_line.strip()) == ("bad-share", f"{key}: {share}")
    assert f"“{share}”" in problem.cause
    assert "请写成百分数" in problem.cause


def test_nothing_to_count_is_no_rate(nationwide: Registry) -> None:
    assert errors(nationwide, "filing", "rate: 50%", "rate: 无数据") == ()


@pytest.mark.parametrize(
    ("word", "sign"), [("百分比", "%"), ("百分数", "%"), ("百分之", "%"), ("％", "%"), ("千分比", "‰")]
)
def test_a_word_for_the_sign_of_a_share_is_no_unit(nationwide: Registry, word: str, sign: str) -> None:
    (problem,) = errors(nationwide, "indicator", 'unit: "%"', f"unit: {word}")
    assert problem.code == "wrong-unit"
    assert problem.cause.endswith(f"请写成“{sign}”。")
    assert problem.example == f'unit: "{sign}"'


@pytest.mark.parametrize(
    "typed", ["会议室借用登记#只管大楼", "会议室借用登记＃只管大楼", "会议室借用登记 ＃只管大楼"]
)
def test_a_remark_glued_to_a_word_is_not_taken_for_a_part_of_it(nationwide: Registry, typed: str) -> None:
    (problem, *_) = errors(nationwide, "ledger", "label: 会议室借用登记\n", f"label: {typed}\n")
    assert problem.code == "glued-comment"
    assert "只管大楼”连着前面的字" in problem.cause


@pytest.mark.parametrize(
    "typed",
    [
        "label: 会议室借用登记 # 只管大楼",
        "label: 会议室借用登记 #只管大楼",
        'label: "会议室借用登记#大楼"',
        "label: 3#楼会议室借用登记",
    ],
)
def test_a_remark_and_a_sign_that_is_meant_are_read(nationwide: Registry, typed: str) -> None:
    assert errors(nationwide, "ledger", "label: 会议室借用登记", typed) == ()
