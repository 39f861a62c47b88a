"""A suggestion is what the clerk meant, never its opposite or another kind, where the slip stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.definitions.problems import closest
from tests.definitions.court import Court, read, summary_with


@pytest.fixture
def court(tmp_path: Path) -> Court:
    return Court(tmp_path / "court")


@pytest.mark.parametrize(
    ("written", "known", "meant"),
    [
        ("顺延", ("遇休假日顺延", "不顺延", "遇休假日顺延，在押除外"), "遇休假日顺延"),
        ("不顺廷", ("遇休假日顺延", "不顺延"), "不顺延"),
        ("公开", ("不公开",), ""),
    ],
)
def test_the_opposite_is_never_suggested(written: str, known: tuple[str, ...], meant: str) -> None:
    assert closest(written, known) == meant


def test_an_id_without_its_kind_is_told_the_kind_its_keys_show() -> None:
    (problem,) = read(summary_with("id: deadline.civil.summary", "id: civil.summary")).problems
    assert (problem.code, problem.line) == ("unknown-kind", 3)
    assert "这是期限，id 要以“deadline.”开头" in problem.cause
    assert problem.example == "id: deadline.civil.summary"
    (slip,) = read(summary_with("id: deadline.civil.summary", "id: dealine.civil.summary")).problems
    assert "您是不是想写“deadline”" in slip.cause


def test_a_fact_misspelt_in_applies_is_the_only_thing_said(court: Court) -> None:
    other = summary_with("id: deadline.civil.summary", "id: deadline.civil.other")
    other = other.replace("owner: 审判管理办公室\n", "owner: 审判管理办公室\nclock: 简易程序审理期限\n", 1)
    court.write("deadlines/z.yaml", other.replace("applies: {案件类型:", "applies: {案件类形:"))
    ((code, _, _, cause),) = court.errors()
    assert code == "unknown-name"
    assert "您是不是想写“案件类型”" in cause


def test_a_moment_by_another_word_is_the_date_of_that_name(court: Court) -> None:
    court.edit("deadlines/summary.yaml", "starts: 立案日期", "starts: 立案时间")
    assert "您是不是想写“立案日期”？" in court.errors()[0][3]


def test_a_decision_due_before_the_last_day_to_ask_is_a_slip() -> None:
    before = "at_most: 1 个月"
    (problem,) = read(
        summary_with(before, f"{before}, apply_before: 15 天, decide_before: 20 天", 1)
    ).problems
    assert problem.code == "bad-duration"
    assert "决定早于申请的最后一天" in problem.cause
    assert not read(summary_with(before, f"{before}, apply_before: 15 天, decide_before: 5 天", 1)).problems


def test_a_key_without_its_colon_is_said_once() -> None:
    (problem,) = read(summary_with("expect: 2024-06-13}", "expect 2024-06-13}", 1)).problems
    assert "“expect”后面少了冒号" in problem.cause


def test_a_weekday_among_the_worked_weekends_is_named_on_its_own_line(court: Court) -> None:
    name = "calendar/2024.yaml"
    text = (court.folder / name).read_text(encoding="utf-8")
    court.write(name, text.replace("workdays:", "workdays:\n  - 2024-03-05", 1))
    ((code, line, _, _),) = court.errors()
    assert code == "bad-date"
    assert text.splitlines()[line - 2].startswith("workdays:")


def test_a_rule_outranked_that_counts_another_clock_is_told_which(court: Court) -> None:
    special = summary_with("id: deadline.civil.summary", "id: deadline.civil.special")
    special = special.replace("applies: {案件类型: 民事一审, 审理程序: 简易程序}", "applies: {涉外: 是}")
    court.write(
        "deadlines/z.yaml",
        special.replace("owner:", "clock: 审理限期\noutranks: [deadline.civil.summary]\nowner:", 1),
    )
    assert "它计的是“简易程序审理期限”，请核对两份的 clock" in court.errors()[0][3]
