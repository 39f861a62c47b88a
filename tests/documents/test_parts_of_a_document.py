from __future__ import annotations

from datetime import date

import pytest
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from mingjing.documents.gongwen import Level, format_day, mark_size, read_paragraphs, write_document
from tests.documents.samples import fonts_of, notice, opened, paragraph_with


def texts(**changes: object) -> list[str]:
    return [paragraph.text for paragraph in opened(notice(**changes)).paragraphs]


def test_the_parts_stand_in_the_order_of_the_standard() -> None:
    lines = [line for line in texts(attachments=("审限计算说明",)) if line]
    wanted = [
        "特急",
        "云溪市中级人民法院",
        "云中法督〔2026〕18号",
        "关于限期办结（2025）云0102民初771号",
        "案件的督办通知",
        "民事审判第一庭：",
        "附件：审限计算说明",
        "云溪市中级人民法院",
        "2026年9月30日",
    ]
    assert [line for line in lines if line in wanted] == wanted


def test_the_mark_is_red_small_standard_song_and_fits_one_line() -> None:
    mark = opened(notice()).paragraphs[3]
    run = mark.runs[0]
    assert run.font.color.rgb == RGBColor(0xFF, 0, 0)
    assert fonts_of(run).get(qn("w:eastAsia")) == "方正小标宋简体"
    for issuer in ("云溪市法院", "云溪市中级人民法院", "云溪市中级人民法院审判管理办公室"):
        assert mark_size(issuer) * len(issuer) <= 442, issuer


def test_a_red_rule_follows_the_number() -> None:
    number = paragraph_with(opened(notice()), "云中法督〔2026〕18号")
    (rule,) = number._p.xpath("w:pPr/w:pBdr/w:bottom")
    assert rule.get(qn("w:color")) == "FF0000"


def test_the_title_is_22_point() -> None:
    assert paragraph_with(opened(notice()), "案件的督办通知").runs[0].font.size == Pt(22)


def test_the_addressee_gets_exactly_one_colon() -> None:
    assert "民事审判第一庭：" in texts(addressee="民事审判第一庭：")
    assert "民事审判第一庭：" in texts(addressee="民事审判第一庭")


def test_several_attachments_are_numbered_and_one_is_not() -> None:
    assert "附件：审限计算说明" in texts(attachments=("审限计算说明",))
    several = texts(attachments=("审限计算说明", "材料清单"))
    assert "附件：1. 审限计算说明" in several
    assert "　　　2. 材料清单" in several


def test_the_date_has_arabic_figures_without_leading_zeros() -> None:
    assert format_day(date(2026, 1, 5)) == "2026年1月5日"


def test_the_date_stands_four_characters_from_the_right() -> None:
    assert paragraph_with(opened(notice()), "2026年9月30日").paragraph_format.right_indent == Pt(4 * 15.7)


def test_the_signature_is_kept_with_the_last_line_of_the_text() -> None:
    paragraphs = opened(notice()).paragraphs
    last = next(i for i, p in enumerate(paragraphs) if "（1）逾期" in p.text)
    assert all(paragraph.paragraph_format.keep_with_next for paragraph in paragraphs[last:-1])


def test_the_colophon_names_copies_printer_and_day() -> None:
    xml = opened(notice()).element.body.xml
    assert "抄送：分管院领导，督察室。" in xml
    assert "2026年9月30日印发" in xml
    assert "抄送" not in opened(notice(copies_to=())).element.body.xml


def test_the_same_content_gives_the_same_bytes() -> None:
    assert write_document(notice()) == write_document(notice())


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("一、督办事项", Level.FIRST),
        ("十二、附则", Level.FIRST),
        ("（三）限期办结", Level.SECOND),
        ("1. 开庭", Level.THIRD),
        ("（2）宣判", Level.FOURTH),
        ("（2026）云0102民初1号案件", Level.TEXT),
        ("2.5 倍的工作量", Level.TEXT),
        ("一件案件", Level.TEXT),
    ],
)
def test_the_level_is_read_from_the_number_at_the_start(text: str, level: Level) -> None:
    assert [paragraph.level for paragraph in read_paragraphs(text)] == [level]
