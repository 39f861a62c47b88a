"""Case numbers: read, normalise, explain, refuse, split."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.casenumbers.grammar import (
    CaseNumber,
    CourtLevel,
    TypeCode,
    Vocabulary,
    WrongCourtLevel,
    explain_case_number,
    read_case_number,
    read_court_code,
    split_case_numbers,
)
from mingjing.domain.casenumbers.vocabulary import level_of
from mingjing.domain.reasons import Unreadable

TYPES = (
    TypeCode("民初", "民事一审", "民事"),
    TypeCode("民终", "民事二审", "民事", CourtLevel.INTERMEDIATE),
    TypeCode("行申", "行政申请再审审查", "行政", CourtLevel.INTERMEDIATE),
    TypeCode("刑核", "死刑复核", "刑事", CourtLevel.SUPREME),
    TypeCode("刑初", "刑事一审", "刑事"),
    TypeCode("执", "首次执行", "执行"),
    TypeCode("执恢", "恢复执行", "执行"),
    TypeCode("诉前调确", "诉前调解确认", "诉前", verified=False),
)
VOCABULARY = Vocabulary(
    courts={
        "最高法": "最高人民法院",
        "云": "云南省高级人民法院",
        "云01": "昆明市中级人民法院",
        "云0102": "昆明市五华区人民法院",
        "云0103": "昆明市盘龙区人民法院",
        "沪74": "上海金融法院",
    },
    types={one.code: one for one in TYPES},
    provinces=frozenset("云沪京"),
)
PLAIN = "（2024）云0102民初1560号"


def read(text: str) -> CaseNumber:
    return read_case_number(text, VOCABULARY)


@pytest.mark.parametrize(
    "text",
    [
        "（2024）云0102民初1560号",
        "(2024)云0102民初1560号",
        "〔2024〕云0102民初1560号",
        "[2024]云0102民初1560号",
        "【2024】云0102民初1560号",
        "［２０２４］云０１０２民初１５６０号",
        "{2024}云0102民初1560号",
        "《2024》云0102民初1560号",
        "（2024)云0102民初1560号",
        " （2024） 云 0102 民初 1560 号 ",
        "（2024）云0102民初1560",
        "\ufeff（2024）云0102民初1560号\u200b",
    ],
)
def test_brackets_width_and_spaces_do_not_matter(text: str) -> None:
    assert read(text).normalised == PLAIN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("（2024）云0102民初1560号", CaseNumber(2024, "云0102", "", "民初", 1560)),
        ("（2024）云01民终1号", CaseNumber(2024, "云01", "", "民终", 1)),
        ("（2024）云民终12号", CaseNumber(2024, "云", "", "民终", 12)),
        ("（2018）最高法行申30063号", CaseNumber(2018, "最高法", "", "行申", 30063)),
        ("（2024）云01知民初3号", CaseNumber(2024, "云01", "知", "民初", 3)),
        ("（2021）沪74民终9号", CaseNumber(2021, "沪74", "", "民终", 9)),
        ("（2024）云0102执5号", CaseNumber(2024, "云0102", "", "执", 5)),
        ("（2024）云0102执恢5号之一", CaseNumber(2024, "云0102", "", "执恢", 5, sub=1)),
        ("（2024）云0102执恢5号之二十三", CaseNumber(2024, "云0102", "", "执恢", 5, sub=23)),
        ("（2024）云0102执恢5之二号", CaseNumber(2024, "云0102", "", "执恢", 5, sub=2)),
        ("（2024）云0102执恢5-3号", CaseNumber(2024, "云0102", "", "执恢", 5, sub=3)),
        ("（2024）云0102执恢5号之12", CaseNumber(2024, "云0102", "", "执恢", 5, sub=12)),
        ("（2019）最高法刑核80274819号", CaseNumber(2019, "最高法", "", "刑核", 80274819)),
        ("（2022）云0102诉前调确4号", CaseNumber(2022, "云0102", "", "诉前调确", 4)),
    ],
)
def test_a_number_is_read_into_its_parts(text: str, expected: CaseNumber) -> None:
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "court", "kind", "serial"),
    [
        ("(2012)鲁民三初字第3号", "鲁", "民三初", 3),
        ("（2010）昆民一初字第56号", "昆", "民一初", 56),
        ("（2013）云高刑终字第12号之一", "云高", "刑终", 12),
        ("（2009）五法执字第7号", "五法", "执", 7),
    ],
)
def test_the_older_style_is_accepted_and_marked(text: str, court: str, kind: str, serial: int) -> None:
    found = read(text)
    assert (found.court, found.type_code, found.serial, found.old_style) == (court, kind, serial, True)
    assert "字第" in found.normalised
    assert explain_case_number(text, VOCABULARY).caveats == (
        "2016 年以前的旧式案号，法院和类型没有全国统一代字，未核对。",
    )


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("", "不是案号"),
        ("1560", "不是案号"),
        ("2024云0102民初1560号", "不是案号"),
        ("（2024）云0102民初号", "不是案号"),
        ("（24）云0102民初1560号", "不是案号"),
        ("（2024）云0102民初1560号号", "不是案号"),
        ("（2024）云0102民初30063、30062号", "不是案号"),
        ("（2015）云0102民初1号", "2016 年以前的案号写法不同"),
        ("（2017）昆民一初字第1号", "2016 年起案号不再写“字第”"),
        ("（2012）字第1号", "不是案号"),
        ("（2012）某某字第1号", "看不出案件类型"),
        ("（2024）云0102民初0156号", "前面不带 0"),
        ("（2024）贵0102民初1号", "法院代字不能以“贵”开头"),
        ("（2024）云0109民初1号", "没有代字为“云0109”的法院"),
        ("（2024）云0102民处1号", "没有类型代字“民处”"),
    ],
)
def test_what_is_no_case_number_is_refused_with_its_cause(text: str, cause: str) -> None:
    with pytest.raises(Unreadable, match=cause):
        read(text)


def test_a_refusal_names_the_nearest_codes_there_are() -> None:
    with pytest.raises(Unreadable) as court:
        read("（2024）云0112民初1号")
    assert "云0102 昆明市五华区人民法院" in court.value.allowed
    with pytest.raises(Unreadable) as kind:
        read("（2024）云01民中1号")
    assert "民终 民事二审" in kind.value.allowed
    assert kind.value.example == PLAIN


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("（2024）云0102民终1号", "云0102 是基层法院，民终（民事二审）只能由中级以上法院办理"),
        ("（2024）云刑核1号", "云 是高级法院，刑核（死刑复核）只能由最高人民法院办理"),
    ],
)
def test_a_court_too_low_for_the_type_is_refused(text: str, cause: str) -> None:
    with pytest.raises(WrongCourtLevel, match=cause):
        read(text)


def test_a_court_too_low_is_told_what_it_could_hear() -> None:
    with pytest.raises(WrongCourtLevel) as refused:
        read("（2024）云0102民终1号")
    assert refused.value.allowed == ("民初",)


def test_a_year_that_has_not_come_is_refused_where_the_caller_knows_the_year() -> None:
    assert read("（2031）云0102民初1号").year == 2031
    with pytest.raises(Unreadable, match="2031 还没有到，最晚是 2026"):
        read_case_number("（2031）云0102民初1号", VOCABULARY, latest_year=2026)


@pytest.mark.parametrize(
    ("court", "level"),
    [
        ("最高法", CourtLevel.SUPREME),
        ("云", CourtLevel.HIGH),
        ("沪74", CourtLevel.INTERMEDIATE),
        ("云0102", CourtLevel.BASIC),
    ],
)
def test_the_digits_of_a_court_tell_its_level(court: str, level: CourtLevel) -> None:
    assert level_of(court) is level


def test_an_explanation_names_every_part() -> None:
    found = explain_case_number("（2024）云01知民终12号之二", VOCABULARY)
    assert [(step.amount, step.text, step.law) for step in found.steps] == [
        ("（2024）", "2024 年立案", ""),
        ("云01", "昆明市中级人民法院（中级法院）", "法〔2015〕137号"),
        ("知", "专门审判：知识产权", "法〔2018〕335号"),
        ("民终", "民事二审", "法〔2015〕137号"),
        ("12号", "该法院当年此类案件第 12 号", ""),
        ("之二", "同一案件的第 2 份裁判文书", ""),
    ]
    assert found.caveats == ()


def test_a_code_from_practice_alone_is_explained_with_a_caveat() -> None:
    assert explain_case_number("（2024）云0102诉前调确4号", VOCABULARY).caveats == (
        "类型代字“诉前调确”在公布的代字表里没有，来自实际使用，请核对。",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PLAIN, (PLAIN,)),
        (
            "（2018）最高法行申30063、30062号",
            ("（2018）最高法行申30063号", "（2018）最高法行申30062号"),
        ),
        (
            "(2024)云0102民初1号、5号之一和6号",
            ("（2024）云0102民初1号", "（2024）云0102民初5号之一", "（2024）云0102民初6号"),
        ),
        (
            "（2024）云0102民初9至11号",
            ("（2024）云0102民初9号", "（2024）云0102民初10号", "（2024）云0102民初11号"),
        ),
        (
            "（2024）云0102民初1号，（2023）云01民终2号",
            ("（2024）云0102民初1号", "（2023）云01民终2号"),
        ),
        ("（2012）和民初字第3、4号", ("（2012）和民初字第3号", "（2012）和民初字第4号")),
        ("（2024）云0102执恢5-1、5-2号", ("（2024）云0102执恢5-1号", "（2024）云0102执恢5-2号")),
        ("不是案号", ("不是案号",)),
        ("", ()),
    ],
)
def test_a_list_is_split_into_single_numbers(text: str, expected: tuple[str, ...]) -> None:
    assert split_case_numbers(text) == expected


@pytest.mark.parametrize("text", ["（2024）云0102民初11至9号", "（2024）云0102民初1至9999号"])
def test_a_range_that_makes_no_sense_is_refused(text: str) -> None:
    with pytest.raises(Unreadable, match="编号范围"):
        split_case_numbers(text)


NUMBERS = st.builds(
    CaseNumber,
    year=st.integers(2016, 2099),
    court=st.sampled_from(["最高法", "云", "云01", "沪74"]),
    special=st.sampled_from(["", "知"]),
    type_code=st.sampled_from(["民初", "民终", "执", "执恢", "诉前调确"]),
    serial=st.integers(1, 99_999_999),
    sub=st.integers(0, 99),
)


@given(NUMBERS)
def test_reading_what_was_normalised_gives_the_same_number(number: CaseNumber) -> None:
    assert read(number.normalised) == number
    assert split_case_numbers(number.normalised) == (number.normalised,)


@given(st.text(max_size=30))
def test_any_text_is_read_or_refused_and_never_crashes(text: str) -> None:
    try:
        found = read(text)
    except Unreadable:
        return
    assert read(found.normalised) == found


def test_numbers_found_in_real_judgments_follow_the_grammar(testdata: Path) -> None:
    """Every court code observed in published judgments is one of the shapes the grammar knows."""
    table = (testdata / "codes" / "court_code_from_judgments.tsv").read_text(encoding="utf-8")
    codes = [line.split("\t")[0] for line in table.splitlines()[1:]]
    kinds = (testdata / "codes" / "case_type_codes_2015.tsv").read_text(encoding="utf-8").splitlines()[1:]
    types = {kind.split("\t")[1]: TypeCode(kind.split("\t")[1], "类型") for kind in kinds}
    vocabulary = Vocabulary({code: code for code in codes}, types, frozenset(code[0] for code in codes))
    for place, code in enumerate(codes):
        kind = list(types)[place % len(types)]
        found = read_case_number(f"(2020){code}{kind}{place + 1}号", vocabulary)
        assert (found.court, found.special + found.type_code, found.serial) == (code, kind, place + 1)


@pytest.mark.parametrize(
    ("written", "code"),
    [("云0199", "云0199"), ("云０１ ９９", "云0199"), ("云99", "云99"), ("云", "云"), ("最高法", "最高法")],
)
def test_a_court_not_in_the_table_yet_may_have_any_code_a_number_can_carry(written: str, code: str) -> None:
    assert read_court_code(written, VOCABULARY) == code


@pytest.mark.parametrize(
    "written", ["", "  ", "P1", "0102", "云012", "云0102x", "五华区", "啊0102", "最高院"]
)
def test_a_court_code_no_number_can_carry_is_refused(written: str) -> None:
    with pytest.raises(Unreadable, match="不是法院代字。写作：省的简称"):
        read_court_code(written, VOCABULARY)


def test_the_name_of_a_court_in_place_of_its_code_is_told_the_code() -> None:
    with pytest.raises(Unreadable) as refused:
        read_court_code("五华区", VOCABULARY)
    assert refused.value.allowed == ("云0102 昆明市五华区人民法院",)
