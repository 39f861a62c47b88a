"""A Chinese text in English: whole, with places filled, by clauses, by parts, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingjing.web.english.catalogue import FOLDER, BadPhraseError, Catalogue, lines


@pytest.fixture
def few() -> Catalogue:
    """A handful of phrases."""
    made = Catalogue()
    for chinese, english in (
        ("今日", "Today"),
        ("本周", "this week"),
        ("逾期", "overdue"),
        ("逾期 {}", "overdue {}"),
        ("{} 件", "{} cases"),
        ("由{}办理", "handled by {}"),
        ("对 {} 条办理“{}”吗", "Do “{2}” on {1} records"),
        ("已于 {} 结束", "ended on {}"),
        ("检出只是问题，由人认定。想改，先", "A detection is a question. To change, first"),
    ):
        made.add(chinese, english)
    return made


@pytest.mark.parametrize(
    ("chinese", "english"),
    [
        ("今日", "Today"),
        (" 今日 ", " Today "),
        ("（逾期）", " (overdue) "),
        ("12 件", "12 cases"),
        ("由王某办理", "handled by 王某"),
        ("由本周办理", "handled by this week"),
        ("逾期 3，王某", None),
        ("逾期 3，12 件", "overdue 3, 12 cases"),
        (
            "逾期 3，12 件。检出只是问题，由人认定。想改，先",
            "overdue 3, 12 cases. A detection is a question. To change, first",
        ),
        ("逾期 3。检出只是问题，由人认定。不详", None),
        ("本周逾期", "this week overdue"),
        ("对 3 条办理“移交”吗？", "Do “移交” on 3 records? "),
        ("逾期\n      2", "overdue 2"),
        ("王某 · 逾期 3 · 民一庭", "王某 · overdue 3 · 民一庭"),
        ("今日　（2026）云9801民初1号　王某", "Today　（2026）云9801民初1号　王某"),
        ("王某 · 民一庭", None),
        ("九月三十日", "30 September"),
        ("（9月30日）", " (30 September) "),
        ("二〇二五年十二月三十一日", "31 December 2025"),
        ("已于 2026年10月8日 结束", "ended on 8 October 2026"),
        ("十三月一日", None),
        ("九月三十二日", None),
    ],
)
def test_a_text_is_put_into_english_where_all_of_it_is_covered(
    few: Catalogue, chinese: str, english: str | None
) -> None:
    assert few.said(chinese) == english


@pytest.mark.parametrize(
    "content", ["王某", "（2026）苏0104民初1号", "买卖合同纠纷", "今日说", "2026-09-30", ""]
)
def test_a_name_a_number_or_a_law_stays_as_it_is(few: Catalogue, content: str) -> None:
    assert few.said(content) is None


@pytest.mark.parametrize("line", ["今日", "今日\t", "今日\tToday\tnow", "{} 件\tcases", "件\t{} cases"])
def test_a_line_that_is_no_phrase_is_refused_with_its_place(tmp_path: Path, line: str) -> None:
    path = tmp_path / "base.tsv"
    path.write_text(f"# 总目\n今日\tToday\n{line}\n", encoding="utf-8")
    with pytest.raises(BadPhraseError, match=r"base\.tsv 第 3 行不是一条短语"):
        list(lines(path))


def test_no_text_has_two_englishes() -> None:
    every = [chinese for path in sorted(FOLDER.glob("*.tsv")) for chinese, _ in lines(path)]
    assert [one for one in set(every) if every.count(one) > 1] == []
