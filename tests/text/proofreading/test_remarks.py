"""A remark says the place, what is wrong, why, and what it might be; the same document says the same."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.text.proofreading.checking import proofread
from mingjing.text.proofreading.days import han_day
from mingjing.text.proofreading.known import Known, Law, Lists, Word
from mingjing.text.proofreading.marking import Mark, marked
from mingjing.text.proofreading.names import one_off
from mingjing.text.proofreading.remarks import CODES
from tests.text.proofreading.judgments import clean, lists

BARE = Known(on=date(2026, 9, 30))
LISTS = lists()


def said(text: str, known: Known = BARE, with_lists: Lists = LISTS) -> list[tuple[str, str, str]]:
    """Code, place in words and proposal of every remark."""
    return [(one.code, text[one.start : one.end], one.proposal) for one in proofread(text, known, with_lists)]


def test_a_wrong_word_is_marked_with_the_right_one() -> None:
    assert said("货款已经转帐。") == [("错别字", "转帐", "转账")]


def test_within_a_phrase_that_is_right_nothing_is_said() -> None:
    word = Word("载定", "裁定", ("记载定",))
    assert said("合同记载定金数额。", with_lists=Lists(words=(word,))) == []
    assert said("作出民事载定。", with_lists=Lists(words=(word,))) == [("错别字", "载定", "裁定")]


def test_a_rule_not_in_use_says_nothing() -> None:
    assert said("货款已经转帐。", with_lists=replace(LISTS, off=frozenset({"错别字"}))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("货款壹拾贰万元（120000元）", []),
        ("货款壹拾贰万元（12万元）", []),
        ("货款壹拾贰万元（130000元）", ["大小写不一致"]),
        ("支付1250.50元（大写：壹仟贰佰伍拾元伍角整）", []),
        ("支付1250.50元（大写：壹仟贰佰伍拾元整）", ["大小写不一致"]),
        ("医疗费100元、误工费200元，共计300元。", []),
        ("医疗费100元、误工费200元，共计310元。", ["合计不等于分项"]),
        ("借款5000元，已还1000元、2000元，共计3000元。", []),
        ("各项损失500元，其中医疗费100元、误工费200元，共计800元。", []),
        ("案件受理费2300元，减半收取1150元，由原告负担。", []),
        ("案件受理费2300元，减半收取1250元，由原告负担。", ["减半收取算错"]),
        ("案件受理费301元，减半收取150.50元，由原告负担。", []),
        ("货款1,2000元。", ["金额写法"]),
        ("货款12,000元。", []),
    ],
)
def test_money_is_recomputed(text: str, expected: list[str]) -> None:
    assert [code for code, _, _ in said(text)] == expected


def test_an_article_beyond_the_last_is_found_and_the_version_follows_the_day_of_the_foot() -> None:
    laws = (
        Law("中华人民共和国民事诉讼法", "民事诉讼法", 291, date(2022, 1, 1), date(2024, 1, 1)),
        Law("中华人民共和国民事诉讼法", "民事诉讼法", 306, date(2024, 1, 1)),
    )
    text = "依照《中华人民共和国民事诉讼法》第三百条规定，判决如下：\n一、驳回。\n{}\n"
    signed = [text.format(han_day(day)) for day in (date(2023, 12, 31), date(2024, 1, 1))]
    assert [[code for code, _, _ in said(one, with_lists=Lists(laws))] for one in signed] == [
        ["没有这一条"],
        [],
    ]


def test_an_old_law_is_asked_about_from_the_day_it_ended() -> None:
    law = Law("中华人民共和国合同法", "合同法", 428, None, date(2021, 1, 1), "中华人民共和国民法典")
    text = "依照《中华人民共和国合同法》第六十条规定，判决如下：\n一、驳回。\n{}\n"
    signed = [text.format(han_day(day)) for day in (date(2020, 12, 31), date(2021, 1, 1))]
    assert [[code for code, _, _ in said(one, with_lists=Lists((law,)))] for one in signed] == [
        [],
        ["法律已经废止"],
    ]


def test_a_law_nobody_registered_is_left_alone() -> None:
    assert said("依照《中华人民共和国海商法》第九千条规定，判决如下：\n一、驳回。\n") == []


def test_two_brothers_are_no_slip_of_the_pen() -> None:
    known = replace(BARE, parties=(("原告", "周见微"), ("被告", "周见明")))
    lead = "原告：周见微，男。\n被告：周见明，男。\n原告周见微与被告周见明赡养纠纷一案。\n"
    text = f"{lead}原告周见微称，被告周见明不尽义务。\n"
    assert said(text, known) == []


def test_a_relative_who_is_no_party_is_no_slip_either() -> None:
    text = (
        "原告：周见微，男。\n被告：顾知白，男。\n原告周见微与被告顾知白赡养纠纷一案。\n证人周见明出庭作证。\n"
    )
    assert said(text, replace(BARE, parties=(("原告", "周见微"), ("被告", "顾知白")))) == []


def test_an_empty_case_accuses_nobody() -> None:
    judgment = clean(0)
    assert proofread(judgment.text, BARE, Lists()) == ()


def test_one_off_is_one_character_changed_added_or_left_out() -> None:
    assert one_off("周见微", "周见徽")
    assert one_off("恒通建材公司", "恒通建公司")
    assert not one_off("周见微", "周见微")
    assert not one_off("周见微", "顾见徽")


TEXTS = st.text(
    st.sampled_from("原告被周见微，。；（）《》“”第条一二十元1203年月日 \n本院认为判决如下共计：、"),
    max_size=120,
)


@settings(max_examples=200, deadline=None)
@given(TEXTS)
def test_whatever_the_text_every_remark_marks_a_place_once_and_the_text_is_left_as_it_is(text: str) -> None:
    known = clean(0).known
    first = proofread(text, known, LISTS)
    assert first == proofread(text, known, LISTS)
    assert all(0 <= one.start < one.end <= len(text) and one.code in CODES for one in first)
    assert len({(one.code, one.start, one.end) for one in first}) == len(first)
    assert all(one.what and one.why for one in first)
    assert list(first) == sorted(first, key=lambda one: (one.start, one.end, one.code))


@settings(max_examples=100, deadline=None)
@given(
    st.text(st.sampled_from("甲乙\n丙 "), max_size=40),
    st.lists(st.tuples(st.integers(0, 39), st.integers(1, 5))),
)
def test_the_runs_of_a_page_hold_every_character_of_its_lines(
    text: str, places: list[tuple[int, int]]
) -> None:
    marks = [
        Mark(number, start, min(start + size, len(text)), "doubt")
        for number, (start, size) in enumerate(places, 1)
        if start < len(text)
    ]
    shown = [run.text for line in marked(text, marks) for run in line.runs]
    assert "".join(shown) == "".join(line for line in text.split("\n") if line.strip())
