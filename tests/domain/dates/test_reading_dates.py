"""Days, moments and spans as people write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.reading import DayOrder, read_date, read_moment, read_span
from mingjing.domain.dates.spans import Span
from mingjing.domain.reasons import Ambiguous, Unreadable
from tests.domain.samples import ZONE, day

NUMERALS = "〇一二三四五六七八九"


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05",
        "2024-3-5",
        "2024.3.5",
        "2024/3/5",
        "20240305",
        "2024年3月5日",
        "2024年03月05号",
        "2024 年 3 月 5 日",
        "二〇二四年三月五日",
        "二零二四年三月五日",
        "二○二四年三月五日",
        "２０２４－０３－０５",
        "２０２４年３月５日",
        "  2024-03-05  ",
        "2024-03-05 10:20",
        "2024-03-05T10:20:30.5+08:00",
        "2024-03-05 00:00:00",
        "20240305102030",
        "2024/3/5 9:05",
        "2024年3月5日10时20分",
        "2024年3月5日上午9时",
        "2024年3月5日 下午3点20分",
    ],
)
def test_every_usual_way_of_writing_a_day_is_read(text: str) -> None:
    assert read_date(text) == date(2024, 3, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("二〇二四年十二月三十一日", "2024-12-31"),
        ("二〇二四年十月十日", "2024-10-10"),
        ("二〇二四年十一月廿五日", "2024-11-25"),
        ("二〇二四年一月二十日", "2024-01-20"),
        ("一九九九年二月二日", "1999-02-02"),
        ("2024年十二月3日", "2024-12-03"),
    ],
)
def test_chinese_numerals_are_read(text: str, expected: str) -> None:
    assert read_date(text) == day(expected)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("2024-02-30", "2 月没有 30 日"),
        ("2023-02-29", "2 月没有 29 日"),
        ("2024-13-01", "没有 13 月"),
        ("2024-00-10", "没有 0 月"),
        ("20241301", "没有 13 月"),
        ("1024-03-05", "年份应在"),
        ("二〇二四年三月三十二日", "没有 32 日"),
        ("二〇二四年三月二三日", "不是月份或日子"),
        ("2024-03", "不是日期"),
        ("2024-3.5", "不是日期"),
        ("昨天", "不是日期"),
        ("", "不是日期"),
        ("45356", "不是日期"),
        ("2024-03-05 25:00", "没有这个时刻"),
        ("2024-03-05 附注", "不是时刻"),
    ],
)
def test_what_is_no_day_is_refused_with_its_cause(text: str, cause: str) -> None:
    with pytest.raises(Unreadable, match=cause):
        read_date(text)


@pytest.mark.parametrize("text", ["24-3-5", "24.3.5", "3/5/24", "24年3月5日", "05-MAR-24", "24-3-5 10:20"])
def test_a_year_of_two_digits_is_ambiguous(text: str) -> None:
    with pytest.raises(Ambiguous, match="只写了两位"):
        read_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "5 March 2024",
        "05-Mar-2024",
        "5th Mar. 2024",
        "March 5, 2024",
        "Mar 5, 2024 3:30 PM",
        "Tue, 05 Mar 2024 10:20:00 GMT",
        "Tue Mar 05 10:20:00 UTC 2024",
        "Tue Mar 05 2024 10:20:00 GMT+0800 (China Standard Time)",
        "5 de março de 2024",
        "05/mar/2024 14:33",
    ],
)
def test_a_month_that_is_named_leaves_no_doubt(text: str) -> None:
    assert read_date(text) == date(2024, 3, 5)


@pytest.mark.parametrize("text", ["5 Mazzo 2024", "31 Apr 2024", "March 2024"])
def test_a_month_nobody_named_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_date(text)


@pytest.mark.parametrize("text", ["2024年3月5日 星期二", "2024-03-05（周二）", "2024/3/5星期二 9:05"])
def test_a_weekday_behind_the_day_is_read(text: str) -> None:
    assert read_date(text) == date(2024, 3, 5)


def test_a_weekday_of_another_day_shows_a_mistake() -> None:
    with pytest.raises(Unreadable, match="是星期二，必有一处写错"):
        read_date("2024年3月5日 星期三")


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2024/3/5 上午 12:05", (0, 5)),
        ("2024/3/5 下午 2:05:00", (14, 5)),
        ("2024-03-05上午9:30", (9, 30)),
        ("2024-03-05 12:05 AM", (0, 5)),
        ("2024-03-05 12:05:00 pm", (12, 5)),
        ("2024-03-05 2:05 p.m.", (14, 5)),
        ("2024-03-05:14.32", (14, 32)),
        ("2024-03-05 02.30.00.000000 PM", (14, 30)),
    ],
)
def test_the_halves_of_the_day_are_told_apart(text: str, clock: tuple[int, int]) -> None:
    found = read_moment(text, ZONE)
    assert (found.date(), found.hour, found.minute) == (date(2024, 3, 5), *clock)


@pytest.mark.parametrize(
    "text",
    [
        "2024-03-05 02:20:00 UTC",
        "2024-03-05 02:20:00 GMT",
        "2024-03-05 03:20 GMT+0100",
        "2024-03-05 10:20+08",
    ],
)
def test_an_offset_may_be_named_in_words(text: str) -> None:
    assert read_moment(text, ZONE) == datetime(2024, 3, 5, 2, 20, tzinfo=UTC)


def test_an_abbreviation_is_believed_only_where_it_is_that_of_the_zone() -> None:
    assert read_moment("2024-03-05 10:20 CST", ZONE) == datetime(2024, 3, 5, 10, 20, tzinfo=ZONE)
    with pytest.raises(Unreadable, match="不止一种意思"):
        read_moment("2024-03-05 10:20 EST", ZONE)
    assert read_date("2024-03-05 10:20 EST") == date(2024, 3, 5)


@pytest.mark.parametrize("text", ["03/04/2024", "3.4.2024", "13/04/2024", "03/04/2024 10:00"])
def test_a_date_with_the_year_last_is_ambiguous_until_an_order_is_chosen(text: str) -> None:
    with pytest.raises(Ambiguous) as refused:
        read_date(text)
    assert refused.value.allowed == ("日/月/年", "月/日/年")


def test_a_chosen_order_decides() -> None:
    assert read_date("03/04/2024", order=DayOrder.DAY_FIRST) == day("2024-04-03")
    assert read_date("03/04/2024", order=DayOrder.MONTH_FIRST) == day("2024-03-04")
    with pytest.raises(Unreadable, match="没有 13 月"):
        read_date("13/04/2024", order=DayOrder.MONTH_FIRST)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_reading_gives_back_what_was_written(on: date) -> None:
    numerals = "".join(NUMERALS[int(digit)] for digit in str(on.year))
    for text in (
        on.isoformat(),
        f"{on:%Y%m%d}",
        f"{on.year}.{on.month}.{on.day}",
        f"{on.year}年{on.month}月{on.day}日",
        f"{numerals}年{_spelled(on.month)}月{_spelled(on.day)}日",
    ):
        assert read_date(text) == on


def test_a_moment_takes_the_zone_given() -> None:
    assert read_moment("2024-03-05 10:20", ZONE) == datetime(2024, 3, 5, 10, 20, tzinfo=ZONE)
    assert read_moment("2024年3月5日下午3时20分5秒", ZONE) == datetime(2024, 3, 5, 15, 20, 5, tzinfo=ZONE)
    assert read_moment("2024-03-05 10:20:30.123456789", ZONE).microsecond == 123456


def test_a_moment_with_its_own_offset_is_converted() -> None:
    found = read_moment("2024-03-05T02:20:00Z", ZONE)
    assert (found, found.tzinfo) == (datetime(2024, 3, 5, 2, 20, tzinfo=UTC), ZONE)
    west = timezone(timedelta(hours=-3, minutes=-30))
    assert read_moment("2024-03-05 02:20-03:30", ZONE) == datetime(2024, 3, 5, 2, 20, tzinfo=west)


def test_a_moment_without_an_hour_is_refused() -> None:
    with pytest.raises(Unreadable, match="没有写几点几分"):
        read_moment("2024-03-05", ZONE)


def test_a_span_counts_both_ends_and_may_be_open() -> None:
    whole = Span(day("2024-04-01"), day("2024-04-20"))
    assert read_span("2024-04-01 至 2024-04-20") == whole
    assert read_span("2024.4.1至2024年4月20日") == whole
    assert read_span("2024-04-01～2024-04-20") == whole
    assert read_span("2024-04-01 至 今") == Span(day("2024-04-01"))
    assert read_span("2024-04-01至今") == Span(day("2024-04-01"))


@pytest.mark.parametrize("text", ["2024-04-01", "至 2024-04-20", "2024-04-20 至 2024-04-01", "一 至 二"])
def test_what_is_no_span_is_refused(text: str) -> None:
    with pytest.raises(Unreadable):
        read_span(text)


def _spelled(number: int) -> str:
    tens, ones = divmod(number, 10)
    return ("十" if tens == 1 else f"{NUMERALS[tens]}十" if tens else "") + (NUMERALS[ones] if ones else "")
