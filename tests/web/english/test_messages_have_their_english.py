"""What pages say back, what fields ask for and what is refused: with their values, in English."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from mingjing.web.english.catalogue import CHINESE, catalogue
from tests.house.tree import lines_of

WEB = Path(__file__).resolve().parents[3] / "src" / "mingjing" / "web"
SAYS = {"success", "info", "warning", "error"}
"""The ways a page tells afterwards what was done."""
SHOWN = {"help_text", "label", "button", "does"}
"""What a form is given to show."""


def texts_of(code: str) -> Iterator[str]:
    """Messages and words of forms in one module, ``{}`` for what is filled in."""
    for node in ast.walk(ast.parse(code)):
        if not isinstance(node, ast.Call):
            continue
        tells = isinstance(node.func, ast.Attribute) and node.func.attr in SAYS and len(node.args) > 1
        told = [node.args[1]] if tells else []
        yield from filter(None, map(_text, told + [one.value for one in node.keywords if one.arg in SHOWN]))


def _text(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
    return ""


def test_what_a_page_says_back_and_what_a_field_asks_has_its_english() -> None:
    known = catalogue()
    missing = [
        f"{path.relative_to(WEB)}: {text}"
        for path in sorted(WEB.rglob("*.py"))
        for text in texts_of(path.read_text(encoding="utf-8"))
        if CHINESE.search(text)
        and known.said(text.replace("{}", "7")) is None
        and known.said(text.replace("{}", "甲")) is None
    ]
    assert not missing, "\n".join(
        ["write these as lines 中文<Tab>English of src/mingjing/web/english/phrases:", lines_of(missing)]
    )


def test_messages_and_words_of_forms_are_found() -> None:
    code = 'messages.success(request, f"已办 {n} 件。")\nform(label="案号", help_text="写案号。", key="甲")'
    assert sorted(texts_of(code)) == ["写案号。", "已办 {} 件。", "案号"]


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("为什么是十月八日", "Why 8 October"),
        ("“立案日期”没有填写。", " “Filed Date” is empty. "),
        ("本案已于 2026-09-30 结案。", "This case was closed on 2026-09-30. "),
        ("例如：（2026）云9801民初12号", "for example: （2026）云9801民初12号"),
        ("（2026）云9801民初65号 · 明镜", "（2026）云9801民初65号 · Mingjing"),
        (
            "应于 2026-09-15 前申请（届满 15 天前），2026-09-30 已过。期限于 2026-09-29 届满。",
            "To be asked before 2026-09-15 (15 days before the end); 2026-09-30 is past that. "
            "The limit ends on 2026-09-29. ",
        ),
        (
            "“立案”发生在 2025-10-20，2025-11-19 才录入，迟了 22 个工作日，超过 3 个工作日",
            " “Filed” happened on 2025-10-20, entered only on 2025-11-19, 22 working days late, "
            "over the 3 working days allowed",
        ),
        (
            "范围：未了结 · 我的　数据截至 2026-09-30　由 程归农 打印",
            "Scope: Open · Mine　Data as of 2026-09-30　printed by 程归农",
        ),
    ],
)
def test_a_message_with_values_reads_as_a_sentence(said: str, english: str | None) -> None:
    assert catalogue().said(said) == english
