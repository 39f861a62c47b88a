"""Detectors, what cases share with others, and how much of it chance alone would bring."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import Value, read_expression
from mingjing.domain.indicators.chance import at_least, at_most, expected, share_beyond
from mingjing.domain.indicators.detecting import Detector, Verdict
from mingjing.domain.indicators.fellows import Suit, among_like, on_one_day, refiled, worded_alike
from mingjing.domain.indicators.formula import read_formula

KINDS = {"结案方式": Kind.TEXT, "再立": Kind.NUMBER, "金额": Kind.MONEY}


def detector(settings: Mapping[str, Value], chance: str = "") -> Detector:
    return Detector(
        "detector.x", "撤诉再立", "审管办", date(2024, 1, 1), "结案", "案件", "结案日期",
        read_expression("再立 <= 天数"), "第 {再立} 天，{金额} 元，{没有}", "看笔录",
        read_expression("结案方式 == 撤诉"), settings, {}, read_formula(chance) if chance else None,
    )  # fmt: skip


def test_a_row_is_found_clear_aside_or_missing() -> None:
    ask = detector({"天数": 30}).asked(KINDS)
    assert ask({"结案方式": "撤诉", "再立": 30}).verdict is Verdict.HIT
    assert ask({"结案方式": "撤诉", "再立": 31}).verdict is Verdict.CLEAR
    assert ask({"结案方式": "判决", "再立": 1}).verdict is Verdict.ASIDE
    lacking = ask({"结案方式": "撤诉"})
    assert (lacking.verdict, lacking.reason) == (Verdict.MISSING, "缺数据：再立")


def test_the_reason_carries_the_numbers_of_the_row() -> None:
    found = detector({"天数": 30}).asked(KINDS)({"结案方式": "撤诉", "再立": 3, "金额": 1200.5})
    assert found.reason == "第 3 天，1200.5 元，（未登记）"


def test_a_day_that_stands_for_none_is_said_to_be_none() -> None:
    rule = replace(
        detector({"天数": 30}),
        absent={"签发": date(9999, 12, 31), "金额": 0},
        reason="签发 {签发}，{金额} 元",
    )
    found = rule.asked({**KINDS, "签发": Kind.DAY})({"结案方式": "撤诉", "再立": 3})
    assert found.reason == "签发 （未登记），0 元"


def test_a_setting_is_tuned_by_its_name_and_an_unknown_one_is_refused() -> None:
    strict = detector({"天数": 30}).tuned({"天数": 10})
    assert strict.asked(KINDS)({"结案方式": "撤诉", "再立": 11}).verdict is Verdict.CLEAR
    with pytest.raises(KeyError, match="日数"):
        strict.tuned({"日数": 1})


def test_chance_is_computed_from_settings_and_never_leaves_zero_to_one() -> None:
    row = {"结案方式": "撤诉", "再立": 3}
    assert detector({"天数": 30}, "天数 / 365").asked(KINDS)(row).chance == Fraction(30, 365)
    assert detector({"天数": 900}, "天数 / 365").asked(KINDS)(row).chance == 1
    assert detector({"天数": 30}).asked(KINDS)(row).chance is None


def test_a_withdrawn_suit_finds_the_first_that_came_again() -> None:
    about = ("借款", frozenset({"甲", "乙"}))
    suits = [
        Suit(1, about, date(2024, 1, 5), date(2024, 3, 1), withdrawn=True),
        Suit(2, about, date(2024, 5, 1), None, withdrawn=False),
        Suit(3, about, date(2024, 3, 20), None, withdrawn=False),
        Suit(4, ("租赁", frozenset({"甲", "乙"})), date(2024, 3, 2), None, withdrawn=False),
    ]
    found = refiled(suits)
    assert list(found) == [1]
    assert (found[1].days, found[1].again) == (19, 3)


def test_a_suit_that_came_before_the_withdrawal_is_not_the_same_again() -> None:
    suits = [
        Suit(1, "一事", date(2024, 1, 5), date(2024, 3, 1), withdrawn=True),
        Suit(2, "一事", date(2024, 2, 28), None, withdrawn=False),
    ]
    assert refiled(suits) == {}


def test_grants_of_one_unit_and_day_are_counted_by_case() -> None:
    day, other = date(2024, 3, 1), date(2024, 3, 2)
    found = on_one_day(
        [(1, "一庭", day), (1, "一庭", day), (2, "一庭", day), (3, "二庭", day), (2, "一庭", other)]
    )
    assert found == {1: 2, 2: 2, 3: 1}


def test_words_are_alike_whatever_their_width_and_signs() -> None:
    found = worded_alike(
        [
            (1, "甲", "鉴定，尚未 完成。"),
            (2, "甲", "鉴定尚未完成"),
            (3, "乙", "鉴定尚未完成"),
            (4, "甲", "——"),
        ]
    )
    assert (found[1].cases, found[1].letters, found[3].cases) == (2, 6, 1)
    assert 4 not in found


def test_a_case_is_measured_by_the_middle_of_its_like() -> None:
    found = among_like([(1, "借款", 10), (2, "借款", 30), (3, "借款", 20), (4, "租赁", 5)])
    assert (found[1].cases, found[1].middle, found[4].cases) == (3, 20.0, 1)


def test_tails_of_the_binomial_add_up_to_one() -> None:
    for hits in range(12):
        assert math.isclose(at_least(hits, 10, 0.3) + at_most(hits - 1, 10, 0.3), 1.0)
    assert at_least(3, 3, 0.5) == pytest.approx(0.125)
    assert at_least(1, 5, 0.0) == 0.0
    assert at_least(5, 5, 1.0) == 1.0


def test_the_expected_number_is_unknown_where_one_row_cannot_say() -> None:
    found = expected([Fraction(1, 10)] * 20)
    assert found is not None
    assert found.cases == 2
    assert found.surprise(2) == pytest.approx(at_least(2, 20, 0.1))
    assert expected([Fraction(1, 10), None]) is None
    assert expected([]) is None


def test_a_line_flags_small_numbers_by_chance_more_often_than_great_ones() -> None:
    low = Fraction(9, 10)
    assert share_beyond(low, None, 10, 0.95) == pytest.approx(at_most(8, 10, 0.95))
    assert share_beyond(low, None, 400, 0.95) < 0.001
    assert share_beyond(None, Fraction(1, 10), 10, 0.05) == pytest.approx(at_least(2, 10, 0.05))
    assert share_beyond(None, None, 10, 0.5) == 0.0
