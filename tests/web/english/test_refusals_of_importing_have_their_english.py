"""Why a file, a row or a cell was not taken, is said in English too."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingjing.web.english.catalogue import CHINESE, catalogue
from tests.house.tree import lines_of

SOURCE = Path(__file__).resolve().parents[3] / "src" / "mingjing"
REFUSES = ("imports", "services/importing", "domain/casenumbers")
OF_A_CELL = "RowError"


def refusals_of(code: str) -> Iterator[str]:
    """The sentences of one module with which something is refused, ``{}`` for what is filled in."""
    for node in ast.walk(ast.parse(code)):
        raised = isinstance(node, ast.Raise)
        call = node.exc if isinstance(node, ast.Raise) else node
        if not isinstance(call, ast.Call):
            continue
        if raised or (isinstance(call.func, ast.Name) and call.func.id == OF_A_CELL):
            yield from filter(CHINESE.search, map(_text, call.args))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return "" if "{" in node.value else node.value  # a piece of YAML is no sentence
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return ""


def test_every_refusal_of_an_import_has_its_english() -> None:
    known = catalogue()
    missing = [
        f"{path.relative_to(SOURCE)}: {text}"
        for folder in REFUSES
        for path in sorted((SOURCE / folder).rglob("*.py"))
        for text in refusals_of(path.read_text(encoding="utf-8"))
        if known.said(text.replace("{}", "7")) is None and known.said(text.replace("{}", "甲")) is None
    ]
    assert not missing, "\n".join(
        ["write these as lines 中文<Tab>English of src/mingjing/web/english/phrases:", lines_of(missing)]
    )


def test_refusals_are_found() -> None:
    code = 'raise Unreadable(f"“{x}”不是案号。", example="a")\nRowError(1, "", "", "止日早于起日。")'
    assert sorted(refusals_of(code)) == ["“{}”不是案号。", "止日早于起日。"]


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("“abc”不是案号。", "“abc” is no case number."),
        ("“（2031）云9801民初1号”的年份 2031 还没有到，最晚是 2026。", "The year 2031 of"),
        ("文件“a.csv”是空的（0 字节）。请检查导出是否成功。", "is empty (0 bytes)"),
        ("工作簿“三月.xlsx”不完整或已损坏，读不出来。请重新导出或重新上传。", "incomplete or damaged"),
        ("已新建人员 2 个：钱多、孙立", "2 people were made: 钱多"),
    ],
)
def test_a_refusal_is_told_with_its_values(said: str, english: str) -> None:
    assert english in (catalogue().said(said) or "")
