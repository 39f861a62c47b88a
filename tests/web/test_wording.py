from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.web import wording

DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")}
PLACES = {"十": 10, "百": 100, "千": 1000}


def value_of(words: str) -> int:
    """The number behind Chinese words, read independently of the writer."""
    if words == "零":
        return 0
    total = pending = 0
    for character in words.replace("零", ""):
        if character in PLACES:
            total += (pending or 1) * PLACES[character]
            pending = 0
        else:
            pending = DIGITS[character]
    return total + pending


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "零"),
        (9, "九"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (31, "三十一"),
        (110, "一百一十"),
        (305, "三百零五"),
        (1003, "一千零三"),
        (9999, "九千九百九十九"),
        (12000, "12,000"),
    ],
)
def test_numbers_read_as_people_say_them(number: int, words: str) -> None:
    assert wording.chinese_number(number) == words


@given(st.integers(0, 9999))
def test_every_number_below_ten_thousand_can_be_read_back(number: int) -> None:
    assert value_of(wording.chinese_number(number)) == number


def test_a_day_of_the_same_year_needs_no_year() -> None:
    assert wording.chinese_day(date(2026, 9, 30), date(2026, 1, 1)) == "九月三十日"
    assert wording.chinese_day(date(2025, 10, 8), date(2026, 1, 1)) == "二〇二五年十月八日"
    assert wording.chinese_day(date(2024, 12, 1)) == "二〇二四年十二月一日"


def test_weekdays_begin_on_monday() -> None:
    assert [wording.chinese_weekday(date(2026, 9, 28) + timedelta(days=i)) for i in (0, 2, 6)] == [
        "星期一",
        "星期三",
        "星期日",
    ]


@pytest.mark.parametrize(
    ("days", "words"),
    [(-1, "逾期 1 天"), (0, "今天"), (1, "明天"), (2, "还有 2 天"), (1200, "还有 1,200 天")],
)
def test_distance_is_said_from_today(days: int, words: str) -> None:
    on = date(2026, 9, 30)
    assert wording.days_away(on + timedelta(days=days), on) == words


@pytest.mark.parametrize(
    ("days", "words"),
    [(0, "0 天"), (59, "59 天"), (60, "2 个月"), (364, "11 个月"), (365, "1 年"), (530, "1 年 5 个月")],
)
def test_age_is_days_then_months_then_years(days: int, words: str) -> None:
    assert wording.age(days) == words


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.42, "0.4 秒"),
        (59.7, "1 分"),
        (12, "12 秒"),
        (200, "3 分 20 秒"),
        (7500, "2 小时 5 分"),
        (273600, "3 天 4 小时"),
    ],
)
def test_measured_time_has_two_units_at_most(seconds: float, words: str) -> None:
    assert wording.clock_time(seconds) == words
    assert wording.clock_time(timedelta(seconds=seconds)) == words


@pytest.mark.parametrize(
    ("amount", "words"), [("1286400", "1,286,400.00"), ("0.005", "0.01"), (12.345, "12.35"), (-3, "-3.00")]
)
def test_money_has_two_decimals(amount: float | str, words: str) -> None:
    assert wording.yuan(amount) == words


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("密级 == 秘密 or 份数 >= 30", "密级为“秘密”，或者份数不少于 30"),
        (
            "必填：份数；条件：实际份数 <= 份数，否则“超过了”",
            "必填：份数；条件：实际份数不超过份数，否则“超过了”",
        ),
        ("每次都要", "每次都要"),
        ("见《办法》<第二稿", "见《办法》<第二稿"),
    ],
)
def test_a_condition_in_a_table_of_a_rule_reads_as_words(written: str, said: str) -> None:
    assert wording.conditions_said(written) == said
