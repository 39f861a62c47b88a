"""Every figure with value, unit, qualifier, period, subject and place; what only looks like one is none."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.text.checking import check_report
from mingjing.text.figures import Figure, find_figures
from mingjing.text.folding import fold, has_traditional
from mingjing.text.numerals import chinese
from mingjing.text.outline import Outline


def figures(text: str) -> list[Figure]:
    return find_figures(Outline(text))


@pytest.mark.parametrize(
    ("text", "value", "unit", "qualifier"),
    [
        ("受理47407件", "47407", "件", ""),
        ("受理47,407件", "47407", "件", ""),
        ("受理４７，４０７件", "47407", "件", ""),
        ("受理四万七千四百零七件", "47407", "件", ""),
        ("執行到位近4000萬元", "40000000", "元", "近"),
        ("发放1.67亿元", "167000000", "元", ""),
        ("到位1亿3000万元", "130000000", "元", ""),
        ("阅读量达6万余次", "60000", "次", "余"),
        ("化解400余件", "400", "件", "余"),
        ("办理不少于30%", "30", "%", "以上"),
        ("合格率百分之九十五点六", "95.6", "%", ""),
        ("提升3.2个百分点", "3.2", "个百分点", ""),
        ("走访106人次", "106", "人次", ""),
        ("排名第十七位", "17", "位", ""),
        ("位列全区法院第二", "2", "位", ""),
        ("干警三十二名", "32", "人", ""),
        ("到位9337.42万元", "93374200", "元", ""),
    ],
)
def test_a_figure_is_read_in_its_plain_unit(text: str, value: str, unit: str, qualifier: str) -> None:
    (found,) = figures(text)
    assert (found.value, found.unit, found.qualifier) == (Fraction(value), unit, qualifier)


@pytest.mark.parametrize(
    "text",
    [
        "2021年4月13日", "依照第一百六十四条", "（2024）云9821民初9号", "电话0731-28519200", "“三个规定”",
        "一岗双责",
        "实行一案双查", "1.贯彻落实", "（1）学习", "湘工发〔2018〕20号", "进一步加强", "一次性办好",
    ],
)  # fmt: skip
def test_dates_numbers_and_idioms_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_places_are_places_of_the_text_as_given() -> None:
    text = "第一行\n２０２１年1至6月，受理各类案件４７４０７件"
    (found,) = figures(text)
    assert text[found.start : found.end] == "４７４０７件"
    assert Outline(text).line_column(found.start) == (2, 17)


def test_subject_and_period_stand_with_the_figure() -> None:
    found = figures("2021年1至6月全市法院共受理执行案件19343件，执结10042件")
    assert [one.subject for one in found] == ["2021年1至6月全市法院共受理执行案件", "执结"]
    assert all(one.period and one.period.days == (date(2021, 1, 1), date(2021, 6, 30)) for one in found)


def test_this_year_is_the_year_the_text_speaks_of() -> None:
    found = figures("2021年上半年受理5件。今年1至6月，执结3件。去年结案2件。")
    assert [one.period and one.period.year for one in found] == [2021, 2021, 2020]


def test_traditional_text_is_read_and_known_as_such() -> None:
    assert fold("審結執行案件") == "审结执行案件"
    assert has_traditional("審結執行案件，調解")
    assert not has_traditional("审结执行案件")


@given(st.text(max_size=300))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(
    st.text(
        alphabet="一二三十百千万亿零两0123456789,.，。；件人元%个百分点受理审结执率同比上升从降至其中、（）\n",
        max_size=200,
    )
)
def test_any_text_is_checked_without_a_fault(text: str) -> None:
    checked = check_report(text)
    for finding in checked.findings:
        assert 0 <= finding.start < finding.end <= len(text)


def in_chinese(number: int) -> str:
    digits = "零一二三四五六七八九"
    if number < 10:
        return digits[number]
    for size, name in ((10000, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= size:
            head, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return in_chinese(head) + name + (gap + in_chinese(rest) if rest else "")
    raise AssertionError(number)


@given(st.integers(1, 99_999_999))
def test_chinese_numerals_are_read_back(number: int) -> None:
    assert chinese(in_chinese(number)) == number


@pytest.mark.parametrize("words", ["百千", "十百", "万一", "二三十"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert chinese(words) is None
