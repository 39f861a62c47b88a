"""The lists of proofreading and the checks that read them name the same rules."""

from __future__ import annotations

import pytest

from mingjing.text.proofreading.remarks import CODES
from tests.house.tree import ROOT
from tests.text.proofreading.judgments import lists

RULES = ROOT / "institutions" / "cn" / "dictionary" / "proofreading_rules.yaml"
SHEET = ROOT / "institutions" / "cn" / "sheets" / "document_check.yaml"


def test_every_rule_of_the_checks_is_a_row_and_every_row_a_rule() -> None:
    block = RULES.read_text(encoding="utf-8").split("rows: |\n")[1].split("\nexamples:")[0]
    rows = [line.split() for line in block.splitlines()[1:] if line.strip()]
    assert {row[0] for row in rows} == set(CODES)
    assert {row[3] for row in rows} == {"错误", "请看"}


@pytest.mark.parametrize("group", ["当事人信息", "日期金额", "法条引用", "文字格式"])
def test_the_groups_are_those_of_the_sheet_by_which_issued_documents_are_reviewed(group: str) -> None:
    assert f"label: {group}," in SHEET.read_text(encoding="utf-8")
    assert group in RULES.read_text(encoding="utf-8")


def test_no_word_is_right_and_wrong_at_once() -> None:
    words = lists().words
    assert not {one.wrong for one in words} & {one.right for one in words}
    assert all(one.wrong in phrase for one in words for phrase in one.unless)
