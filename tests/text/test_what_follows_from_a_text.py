"""Facts a text implies without printing them: days, months, sums, one of how many; old facts are said old."""

from __future__ import annotations

import pytest

from mingjing.text.checking import check_report
from mingjing.text.findings import Finding, Verdict


def told(text: str, code: str) -> list[Finding]:
    return [one for one in check_report(text).findings if one.code == code]


def test_both_days_of_a_span_are_counted() -> None:
    (found,) = told("2026年2月27日至3月1日，开展了督察。", "date")
    assert found.message == "首尾都算共 3 天"


def test_facts_older_than_a_quarter_are_said_to_be_old() -> None:
    text = "发布时间：2026-09-30\n截至2026年{}，21个问题已整改20个。"
    assert not [one for one in told(text.format("7月2日"), "date") if one.verdict.accuses]
    (found,) = [one for one in told(text.format("7月1日"), "date") if one.verdict.accuses]
    assert found.verdict is Verdict.TENSION
    assert "91 天" in found.message


def test_a_year_of_dues_that_only_others_paid_is_asked_after() -> None:
    text = "2023年-2024年工会会员会费已收缴。聘用人员2025年度工会会费已收缴。2026年的会费已收缴。"
    assert "2025年没有写" in told(text, "period")[0].message
    whole = text.replace("聘用人员2025年度", "2025年度")
    assert told(whole, "period") == []


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("全年召开党组会8次和专题会21次。", "合计 29次"),
        ("走访企业32家，提出建议19条。", "平均每家 0.59条"),
        ("汇编共11编52项制度。", "平均每编 4.73项"),
        ("全市梳理问题208条，已完成销号205条；其中本院梳理22条，已销号20条。", "其余的为 186条、185条"),
        ("全年开展明察暗访12次。", "合每月 1 次"),
    ],
)
def test_what_nobody_printed_is_worked_out(text: str, words: str) -> None:
    messages = [one.message for one in check_report(text).findings if one.verdict is Verdict.DERIVED]
    assert any(words in one for one in messages), messages


def test_one_set_of_phrases_has_one_wording() -> None:
    text = "建设“政治清明、司法清廉、干警清正”的法院。营造“干警清正、机关清廉、司法清明”的环境。"
    assert told(text, "name")[0].verdict is Verdict.TENSION
    assert told(text.replace("干警清正、机关清廉、司法清明", "司法清廉、政治清明、干警清正"), "name") == []


def test_persons_dealt_with_may_be_the_same_persons() -> None:
    found = told("处理违纪干警8人，其中处分3人、组织处理5人。对2名干警诫勉谈话。", "persons")
    assert [one.verdict for one in found] == [Verdict.UNCHECKED]
