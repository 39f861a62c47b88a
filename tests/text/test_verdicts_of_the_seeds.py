"""The verdicts of N-001 to N-088 that rest on the text, on the five published documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.text.checking import Checked, check_report
from mingjing.text.findings import Finding, Verdict

OK, MISMATCH, TENSION, DERIVED = Verdict.OK, Verdict.MISMATCH, Verdict.TENSION, Verdict.DERIVED
APPROX, UNCHECKED = Verdict.APPROX, Verdict.UNCHECKED

ROWS = (
    ("N-001", "001", "rate", "59.37%", OK, "28144件 ÷ 47407件 = 59.36676%"),
    ("N-002", "001", "growth", "18.71%", DERIVED, "39,934–39,936"),
    ("N-003", "001", "growth", "6.08%", DERIVED, "26,530–26,532"),
    ("N-004", "001", "heading", "案件质效得到提升", TENSION, "7.07 个百分点"),
    ("N-005", "001", "flow", "28144件", DERIVED, "19,263"),
    ("N-006", "001", "rate", "51.67%", MISMATCH, "51.92%"),
    ("N-007", "001", "subset", "19343件", DERIVED, "40.80%"),
    ("N-008", "001", "subset", "10042件", DERIVED, "18,102"),
    ("N-009", "001", "rate", "88.54%", UNCHECKED, "没有给出"),
    ("N-010", "001", "rate", "100%", UNCHECKED, "无数据"),
    ("N-011", "001", "units", "1.67亿元", DERIVED, "89,516–90,054"),
    ("N-012", "001", "single", "44件", UNCHECKED, "没有可以与它对照"),
    ("N-013", "001", "rank", "第二", UNCHECKED, "名次"),
    ("N-014", "001", "period", "2021年1至6月", TENSION, "4个月"),
    ("N-020", "001", "subset", "205条", DERIVED, "还有 3条"),
    ("N-021", "001", "subset", "20条", DERIVED, "90.91%"),
    ("N-023", "001", "definition", "60项", TENSION, "口径不同"),
    ("N-024", "001", "single", "400余件", APPROX, "约数"),
    ("N-026", "001", "list", "3个", OK, "相符"),
    ("N-030", "002", "list", "8个", OK, "8 个问题"),
    ("N-031", "002", "list", "21项", OK, "21 项具体问题"),
    ("N-032", "002", "status", "21个", OK, "9个 + 11个 + 1个 = 21个"),
    ("N-033", "002", "status", "已完成整改9个", MISMATCH, "6/15/0"),
    ("N-034", "002", "matter", "违规入额", TENSION, "只能有一种状态"),
    ("N-034", "002", "evidence", "待市委组织部批准", TENSION, "还没有做完"),
    ("N-035", "002", "evidence", "拟采购", TENSION, "还没有做完"),
    ("N-038", "002", "early", "2021年1月", TENSION, "立行立改"),
    ("N-044", "002", "twice", "两次", TENSION, "只能计一次"),
    ("N-045", "002", "frequency", "每年", TENSION, "每半年"),
    ("N-046", "002", "single", "33名", UNCHECKED, "没有可以与它对照"),
    ("N-050", "003", "points", "3.2个百分点", DERIVED, "95.4%"),
    ("N-051", "003", "movement", "0.2%", DERIVED, "-75.00%"),
    ("N-052", "003", "movement", "99.8%", DERIVED, "400"),
    ("N-054", "003", "parts", "8人", OK, "3人 + 5人 = 8人"),
    ("N-059", "003", "share", "15%", UNCHECKED, "没有给出"),
    ("N-062", "003", "growth", "10%", UNCHECKED, "没有与之对应的基数"),
    ("N-064", "003", "zero", "零违纪", TENSION, "两种读法"),
    ("N-070", "004", "single", "95件", UNCHECKED, "没有可以与它对照"),
    ("N-073", "004", "rate", "100%", UNCHECKED, "无数据"),
    ("N-074", "004", "units", "9337.42万元", DERIVED, "93,374,200元"),
    ("N-075", "004", "single", "3700余份", APPROX, "约数"),
    ("N-077", "004", "period", "2023年", TENSION, "期间不一"),
    ("N-083", "000", "units", "近4000万元", APPROX, "40,000,000元"),
    ("N-085", "000", "rank", "第一位", OK, "前进"),
    ("N-022", "001", "subset", "20条", DERIVED, "186条、185条，99.46%，还有 1条"),
    ("N-025", "001", "together", "100项", DERIVED, "合计 200项"),
    ("N-036", "002", "date", "12月4日", DERIVED, "共 30 天"),
    ("N-037", "002", "date", "2021年4月13日", DERIVED, "距巡察 130 天"),
    ("N-037", "002", "date", "7月9日", DERIVED, "距反馈 87 天"),
    ("N-037", "002", "date", "2021-09-03", DERIVED, "距反馈 143 天，距截止 56 天"),
    ("N-039", "002", "together", "3次", DERIVED, "合计 4次"),
    ("N-041", "002", "date", "2021年4月收回2017年3月", DERIVED, "49 个月"),
    ("N-042", "002", "period", "2017年-2019年", TENSION, "2020年没有写"),
    ("N-053", "003", "persons", "2名", UNCHECKED, "按人去重"),
    ("N-055", "003", "persons", "1人", UNCHECKED, "按人去重"),
    ("N-056", "003", "average", "9个", DERIVED, "每项 3.00个；查出的问题总数没有给出"),
    ("N-057", "003", "frequency", "12次", DERIVED, "每月 1 次"),
    ("N-057", "003", "single", "98场", UNCHECKED, "没有可以与它对照"),
    ("N-058", "003", "frequency", "4次", OK, "每季度"),
    ("N-061", "003", "single", "58项", UNCHECKED, "没有可以与它对照"),
    ("N-065", "003", "together", "1人、分管领导1人", DERIVED, "合计 2人"),
    ("N-071", "004", "together", "8次", DERIVED, "合计 29次"),
    ("N-076", "004", "single", "22名", UNCHECKED, "没有可以与它对照"),
    ("N-080", "000", "together", "6次", DERIVED, "合计 26次"),
    ("N-081", "000", "average", "52项", DERIVED, "4.73项"),
    ("N-082", "000", "single", "106条", UNCHECKED, "没有可以与它对照"),
    ("N-084", "000", "average", "19条", DERIVED, "0.59条"),
    ("N-086", "000", "name", "干警清正、机关清廉", TENSION, "同一个提法两种写法"),
    ("N-087", "000", "name", "同谋划、同安排、同部署、同推进", UNCHECKED, "4 个“同”"),
    ("N-087", "002", "name", "同安排、同部署", UNCHECKED, "2 个“同”"),
    ("N-087", "003", "name", "同谋划、同部署、同推进", UNCHECKED, "3 个“同”"),
    ("N-088", "000", "name", "家属助廉承诺书", TENSION, "一个名称"),
)


@pytest.fixture(scope="module")
def documents(seeds: Path) -> dict[str, Checked]:
    return {path.name[:3]: check_report(path.read_text(encoding="utf-8")) for path in seeds.glob("*.txt")}


def told(checked: Checked, code: str, quote: str) -> list[Finding]:
    """The findings of a check whose place holds the quoted words, or lies within them."""
    text = checked.reading.outline.text
    return [
        one
        for one in checked.findings
        if one.code == code and (quote in text[one.start : one.end] or text[one.start : one.end] in quote)
    ]


@pytest.mark.parametrize(("row", "document", "code", "quote", "verdict", "words"), ROWS)
def test_a_row_reaches_its_verdict(
    documents: dict[str, Checked],
    row: str,
    document: str,
    code: str,
    quote: str,
    verdict: Verdict,
    words: str,
) -> None:
    found = told(documents[document], code, quote)
    said = ["\n".join((one.message, *one.arithmetic)) for one in found if one.verdict is verdict]
    assert any(words in one for one in said), (row, [(one.verdict, one.message) for one in found])


def test_nothing_else_is_called_wrong(documents: dict[str, Checked]) -> None:
    expected = {(document, code) for _, document, code, _, verdict, _ in ROWS if verdict.accuses}
    told_of = {(name, one.code) for name, checked in documents.items() for one in checked.accusations}
    assert told_of == expected
    mismatches = [
        one for checked in documents.values() for one in checked.findings if one.verdict is MISMATCH
    ]
    assert len(mismatches) == 2


def test_both_repairs_of_the_disputed_rate_are_named(documents: dict[str, Checked]) -> None:
    (found,) = [one for one in documents["001"].findings if one.verdict is MISMATCH]
    repairs = "\n".join(found.repairs)
    assert "9,994–9,995" in repairs
    assert "19,433–19,436" in repairs
    assert "19434↔19343" in repairs
    assert "10042件 ÷ 19343件 = 51.91542%" in found.arithmetic[0]
