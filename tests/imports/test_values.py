"""One cell, one value: dates, sums, flags, numbers as courts type them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.reasons import Ambiguous, Refusal, Unreadable
from mingjing.imports.amounts import read_amount
from mingjing.imports.rows import Cell
from mingjing.imports.values import (
    Reading,
    is_empty,
    other_words,
    read_day,
    read_flag,
    read_length,
    read_moment,
    read_money,
    read_number,
    read_option,
    read_text,
    read_when,
    short_forms,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
HERE = Reading(SHANGHAI)
DAY = date(2024, 3, 5)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-03-05",
        "2024.3.5",
        "2024/3/5",
        "20240305",
        20240305,
        20240305.0,
        "2024年3月5日",
        "２０２４年３月５日",
        "二〇二四年三月五日",
        "二○二四年三月五日",
        " 2024-03-05 ",
        "2024-03-05 14:30",
        "2024-03-05T14:30:00",
        "2024-03-05T14:30:00+08:00",
        "20240305143000",
        "2024/3/5 9:05:00",
        "2024年3月5日 14时30分",
        45356,
        45356.0,
        45356.604,
        "45356",
        date(2024, 3, 5),
        datetime(2024, 3, 5, 14, 30),  # noqa: DTZ001 - a spreadsheet knows no zone
        datetime(2024, 3, 4, 20, 0, tzinfo=UTC),
        1709620200000,
        "1709620200000",
    ],
)
def test_the_fifth_of_march_in_every_spelling(cell: Cell) -> None:
    assert read_day(cell, HERE) == DAY


def test_a_serial_of_the_1904_system_is_four_years_and_a_day_later() -> None:
    assert read_day(43894, Reading(SHANGHAI, since_1904=True)) == DAY
    assert read_day(45356 - 1462, Reading(SHANGHAI, since_1904=True)) == DAY


def test_a_moment_belongs_to_the_civil_day_of_the_court() -> None:
    amsterdam = Reading(ZoneInfo("Europe/Amsterdam"))
    text = "2011-12-05T23:30:00+00:00"
    assert read_day(text, amsterdam) == date(2011, 12, 6)
    assert read_day(text, Reading(UTC)) == date(2011, 12, 5)


def test_a_moment_keeps_the_offset_it_was_written_with() -> None:
    moment = read_when("2011-10-11T13:42:22.688+02:00", HERE).moment
    assert moment is not None
    assert moment.isoformat() == "2011-10-11T13:42:22.688000+02:00"


def test_a_day_alone_has_no_moment_but_can_serve_as_midnight() -> None:
    assert read_when("2024-03-05", HERE).moment is None
    assert read_moment("2024-03-05", HERE) == datetime(2024, 3, 5, tzinfo=SHANGHAI)


def test_the_time_of_day_of_a_serial_is_kept() -> None:
    assert read_moment(45356.5, HERE) == datetime(2024, 3, 5, 12, tzinfo=SHANGHAI)


def test_day_and_month_that_can_be_exchanged_are_refused_until_an_order_is_chosen() -> None:
    with pytest.raises(Ambiguous):
        read_day("03/04/2024", HERE)
    assert read_day("03/04/2024", Reading(SHANGHAI, "日月年")) == date(2024, 4, 3)
    assert read_day("03/04/2024", Reading(SHANGHAI, "月日年")) == date(2024, 3, 4)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-02-30",
        "2023-02-29",
        "2024-13-01",
        "2024-00-10",
        "昨天",
        "2024年3月",
        "9999-12-31",
        "0001-01-01",
        date(9999, 12, 31),
        True,
        float("nan"),
        float("inf"),
        7,
        2024.3,
        "#REF!",
        "=TODAY()",
        "2024-03-05 25:00",
    ],
)
def test_what_is_no_day_is_refused(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        read_day(cell, HERE)


@pytest.mark.parametrize(
    ("cell", "yuan"),
    [
        ("1,286,400.00元", "1286400.00"),
        ("128.64万元", "1286400.00"),
        ("１２８．６４万元", "1286400.00"),
        ("￥1，286，400", "1286400.00"),
        ("人民币1286400元整", "1286400.00"),
        ("1.5亿元", "150000000.00"),
        ("-300", "-300.00"),
        ("（300.50）", "-300.50"),
        ("壹佰贰拾捌万陆仟肆佰元整", "1286400.00"),
        ("壹拾万零伍元叁角贰分", "100005.32"),
        (1286400, "1286400.00"),
        (1286400.1, "1286400.10"),
        (0.1 + 0.2, "0.30"),
        (100 / 3, "33.33"),
        ("12,8640,0000", "1286400000.00"),
    ],
)
def test_sums_of_money_become_yuan(cell: Cell, yuan: str) -> None:
    assert read_money(cell) == Decimal(yuan)
    assert str(read_money(cell)) == yuan


def test_the_unit_of_the_column_serves_only_where_the_cell_names_none() -> None:
    assert read_money(128.64, "万元") == Decimal("1286400.00")
    assert read_money("128.64", "万元") == Decimal("1286400.00")
    assert read_money("1286400元", "万元") == Decimal("1286400.00")


@pytest.mark.parametrize("text", ["1.286.400,00", "12,86,400", "1,28"])
def test_separators_in_a_foreign_order_are_ambiguous(text: str) -> None:
    with pytest.raises(Ambiguous):
        read_amount(text)


@pytest.mark.parametrize("text", ["约十万", "10.005元", "1e5", "10-20万元", "9" * 20])
def test_what_is_no_exact_sum_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_amount(text)


@pytest.mark.parametrize(
    ("cell", "flag"),
    [
        ("是", True),
        ("√", True),
        ("Y", True),
        (1, True),
        (True, True),
        ("否", False),
        ("无", False),
        ("×", False),
        (0, False),
        ("FALSE", False),
    ],
)
def test_yes_and_no_in_their_many_forms(cell: Cell, flag: bool) -> None:
    assert read_flag(cell) is flag


def test_a_flag_that_is_neither_is_refused_with_what_is_allowed() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_flag("不详")
    assert refusal.value.allowed == ("是", "否")


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12.0, 12),
        ("１２", 12),
        ("12人", 12),
        ("1,200件", 1200),
        ("40%", Decimal("0.4")),
        ("2.5", Decimal("2.5")),
        (3, 3),
    ],
)
def test_numbers_with_and_without_a_counter(cell: Cell, number: int | Decimal) -> None:
    assert read_number(cell) == number
    assert isinstance(read_number(cell), type(number))


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (30, "30 天"),
        ("30天", "30 天"),
        ("3个月", "3 个月"),
        ("3月", "3 个月"),
        ("7个工作日", "7 个工作日"),
        ("７工作日", "7 个工作日"),
    ],
)
def test_lengths_come_out_in_the_spelling_of_the_statutes(cell: Cell, text: str) -> None:
    assert read_length(cell) == text


def test_an_option_tolerates_width_and_case_and_nothing_else() -> None:
    options = ("普通程序", "简易程序", "A类")
    assert read_option(" 简易 程序 ", options) == "简易程序"
    assert read_option("ａ类", options) == "A类"
    with pytest.raises(Unreadable) as refusal:
        read_option("简易", options)
    assert "简易程序" in refusal.value.allowed
    assert read_option("别的", options, open_list=True) == "别的"


def test_a_word_without_its_ending_is_meant_where_only_one_can_be() -> None:
    options = ("普通程序", "普通程序独任", "小额诉讼程序", "执行程序", "执行案件")
    short = short_forms(options)
    assert [read_option(word, options, short=short) for word in ("普通", "小额诉讼", "小额", "小额案件")] == [
        "普通程序",
        "小额诉讼程序",
        "小额诉讼程序",
        "小额诉讼程序",
    ]
    with pytest.raises(Unreadable):
        read_option("执行", options, short=short)


def test_the_end_of_a_case_in_the_words_of_other_systems_is_the_one_of_the_dictionary() -> None:
    options = ("判决", "准许撤诉", "按撤诉处理", "撤销原判发回重审", "维持原判", "终结本次执行程序")
    short = other_words(options)
    meant = {
        "撤诉": "准许撤诉",
        "准予撤诉": "准许撤诉",
        "视为撤诉": "按撤诉处理",
        "发回重审": "撤销原判发回重审",
        "驳回上诉，维持原判": "维持原判",
        "终本": "终结本次执行程序",
        "另作处理": "另作处理",
    }
    assert {word: read_option(word, options, open_list=True, short=short) for word in meant} == meant


def test_a_dictionary_that_has_the_short_word_itself_keeps_it() -> None:
    options = ("撤诉", "准许撤诉")
    assert read_option("撤诉", options, open_list=True, short=other_words(options)) == "撤诉"
    assert other_words(("买卖合同纠纷",)) == {}


def test_formula_text_and_errors_are_refused_as_content() -> None:
    for text in ("=1+1", '=HYPERLINK("x")', "#N/A", "#DIV/0!"):
        with pytest.raises(Unreadable):
            read_text(text)


def test_our_own_guard_is_taken_off_again() -> None:
    assert read_text("'=1+1") == "=1+1"
    assert read_text("'@王明") == "@王明"


def test_a_long_number_that_lost_its_last_digits_is_refused() -> None:
    with pytest.raises(Unreadable, match="15 位"):
        read_text(3067151820178240075.0)


@pytest.mark.parametrize("cell", [None, "", "  ", "/", "-", "—", "无"])
def test_signs_for_nothing_are_empty(cell: Cell) -> None:
    assert is_empty(cell)


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=40), st.dates(), st.datetimes(),
    st.times(), st.timedeltas(),
    st.from_regex(r"[\d０-９./年月日:T+\- 万元,%]{1,24}", fullmatch=True),
)  # fmt: skip


@given(CELLS)
def test_every_reader_either_reads_or_refuses(cell: Cell) -> None:
    readers = (read_text, read_flag, read_number, read_money, read_length, lambda one: read_when(one, HERE))
    for read in readers:
        try:
            read(cell)
        except Refusal as refusal:
            assert refusal.message


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_every_day_reads_back_from_each_spelling(day: date) -> None:
    for text in (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日",
    ):
        assert read_day(text, HERE) == day


@given(st.decimals("-99999999", "99999999", places=2))
def test_every_sum_reads_back_from_its_text(yuan: Decimal) -> None:
    assert read_amount(f"{yuan:,}元") == yuan
