from __future__ import annotations

from io import BytesIO

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.documents.cleaning import clean_line, clean_paragraphs, clean_text
from mingjing.documents.gongwen import Paragraph, read_paragraphs, write_document
from mingjing.documents.tables import Column, Table
from tests.documents.samples import notice, opened

NASTY = "说明\x00\x07\x0b\x1b<w:p/>&amp;]]>\ud800\ufffe\uffff😀𠮷\u202e号123\r\n第二段\u2028第三段\t制表"


def test_forbidden_characters_are_dropped_and_visible_ones_kept() -> None:
    assert clean_text(NASTY) == "说明<w:p/>&amp;]]>😀𠮷号123\n第二段\n第三段\t制表"


def test_marks_that_reverse_the_reading_order_are_dropped() -> None:
    assert clean_line("标的\u202e00.001\u202c元") == "标的00.001元"


def test_every_field_may_hold_hostile_text_and_the_file_still_opens() -> None:
    table = Table((Column(NASTY), Column("空")), ((NASTY, ""),), caption=NASTY)
    document = opened(
        notice(
            issuer=NASTY,
            number=NASTY,
            title=NASTY,
            addressee=NASTY,
            body=(*read_paragraphs(NASTY), Paragraph(NASTY), table),
            signature=NASTY,
            copies_to=(NASTY, " "),
            attachments=(NASTY, ""),
        )
    )
    assert "第二段" in [paragraph.text for paragraph in document.paragraphs]
    assert "😀𠮷" in document.tables[0].cell(1, 0).text


def test_a_text_of_half_a_million_characters_is_written() -> None:
    document = opened(notice(body=(Paragraph("长" * 250_000), Paragraph("W" * 250_000))))
    assert max(len(paragraph.text) for paragraph in document.paragraphs) == 250_000


@pytest.mark.parametrize("empty", ["", " ", "\n\n", "\u3000"])
def test_blank_fields_leave_no_trace(empty: str) -> None:
    assert clean_paragraphs(empty) == ()
    document = opened(notice(addressee=empty, body=(Paragraph(empty),), copies_to=(empty,)))
    assert not [p for p in document.paragraphs if p.text in ("：", empty) and p.text]


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60))
def test_any_text_at_all_gives_a_file_that_opens(text: str) -> None:
    content = notice(title=text, addressee=text, body=read_paragraphs(text), copies_to=(text,))
    assert docx.Document(BytesIO(write_document(content))).paragraphs
