"""Which encoding a text file was saved in, and when the question goes back to the user."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.imports.encoding import CHOICES, detect_encoding
from mingjing.imports.refusals import EncodingUnknown, FileEmpty, FileTorn, ImportRefused

TEXT = (
    "案号,案由,承办人\r\n"
    "（2024）云0102民初1560号,离婚纠纷,王明\r\n"
    "（2024）云0102民初1561号,民间借贷纠纷,李清\r\n"
)


@pytest.mark.parametrize(
    ("codec", "label"),
    [
        ("utf-8", "UTF-8"),
        ("utf-8-sig", "UTF-8"),
        ("gbk", "GB18030"),
        ("gb18030", "GB18030"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16-LE"),
        ("utf-16-be", "UTF-16-BE"),
        ("utf-32", "UTF-32"),
    ],
)
def test_every_encoding_a_court_system_exports_is_recognised(codec: str, label: str) -> None:
    data = TEXT.encode(codec)
    found = detect_encoding(io.BytesIO(data))
    assert found.label == label
    assert data.decode(found.codec) == TEXT
    assert found.because


def test_a_name_outside_gbk_is_still_read_as_gb18030() -> None:
    text = TEXT.replace("王明", "王\U00020bb7")
    found = detect_encoding(io.BytesIO(text.encode("gb18030")))
    assert found.codec == "gb18030"


def test_a_mostly_ascii_gbk_file_is_not_taken_for_a_western_encoding() -> None:
    lines = "".join(f"{number},2024-03-{number % 28 + 1:02d},abc\n" for number in range(200))
    text = f"id,date,name\n{lines}201,2024-03-05,张三\n"
    assert detect_encoding(io.BytesIO(text.encode("gbk"))).codec == "gb18030"


@pytest.mark.parametrize("codec", ["cp1252", "iso-8859-1"])
def test_western_text_is_asked_about_instead_of_garbled_as_chinese(codec: str) -> None:
    text = "classe,órgão\nInventário,Família e Órfãos\nSucessões,Tubarão de São João\n" * 5
    with pytest.raises(EncodingUnknown) as refusal:
        detect_encoding(io.BytesIO(text.encode(codec)))
    assert "选定编码" in refusal.value.message
    assert refusal.value.allowed == tuple(CHOICES)


def test_the_users_choice_is_taken_when_the_bytes_allow_it() -> None:
    text = "案號,案由\n甲,買賣合同糾紛\n"
    found = detect_encoding(io.BytesIO(text.encode("big5")), override="Big5")
    assert text.encode("big5").decode(found.codec) == text
    assert found.because == "由您选定"


def test_the_users_choice_is_refused_with_the_place_where_it_fails() -> None:
    with pytest.raises(EncodingUnknown, match="第 1 个字节"):
        detect_encoding(io.BytesIO(TEXT.encode("gbk")), override="UTF-8")


def test_an_unknown_choice_names_the_possible_ones() -> None:
    with pytest.raises(EncodingUnknown) as refusal:
        detect_encoding(io.BytesIO(b"abc"), override="KOI8")
    assert "GB18030" in refusal.value.allowed


@pytest.mark.parametrize("data", [b"", b"\r\n  \t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\r\x00\n\x00"])
def test_a_file_without_content_is_called_empty(data: bytes) -> None:
    with pytest.raises(FileEmpty):
        detect_encoding(io.BytesIO(data))


@pytest.mark.parametrize("cut", [1, 2])
def test_utf8_that_stops_inside_a_character_is_called_torn(cut: int) -> None:
    data = TEXT.encode()[:-2]
    assert data[-1] > 127
    with pytest.raises(FileTorn, match="半个汉字"):
        detect_encoding(io.BytesIO(data[:-cut]))


def test_utf16_with_a_mark_that_breaks_off_is_called_torn() -> None:
    with pytest.raises(FileTorn, match="UTF-16"):
        detect_encoding(io.BytesIO(TEXT.encode("utf-16")[:-1]))


@pytest.mark.parametrize("data", [bytes(range(256)) * 4, b"\x00" * 100, b"\x89\x00\x01\x02abc\xfe\xff" * 50])
def test_binary_content_is_refused(data: bytes) -> None:
    with pytest.raises(EncodingUnknown):
        detect_encoding(io.BytesIO(data))


@given(st.text(st.characters(codec="gb2312", categories=("L", "N", "P")), min_size=12, max_size=400))
def test_whatever_is_recognised_decodes_without_loss(text: str) -> None:
    data = ("案号,案由,立案日期,承办人\n" + text).encode("gb18030")
    try:
        found = detect_encoding(io.BytesIO(data))
    except ImportRefused:
        return
    data.decode(found.codec, "strict")


@given(st.binary(max_size=2_000))
def test_no_bytes_cause_anything_but_a_refusal(data: bytes) -> None:
    try:
        found = detect_encoding(io.BytesIO(data))
    except ImportRefused as refusal:
        assert refusal.message
    else:
        data.decode(found.codec, "strict")
