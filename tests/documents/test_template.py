from __future__ import annotations

from datetime import date

import pytest
from docx.oxml.ns import qn

from mingjing.definitions.values.documents import Blank, DocumentTemplate
from mingjing.documents.gongwen import Level, OfficialDocument, Paragraph
from mingjing.documents.tables import Column, Table
from mingjing.documents.template import UnknownBlank, fill_template
from mingjing.domain.reasons import MissingFact
from tests.documents.samples import SIGNED, fonts_of, opened, paragraph_with

TEMPLATE = DocumentTemplate(
    id="document.supervision_notice",
    label="督办通知书",
    owner="审判管理办公室",
    since=date(2016, 1, 1),
    number="（{年}）{法院代字}督{序号}号",
    title="督办通知书",
    to="{承办人}：",
    body=(
        "你承办的{案号}一案，督办事由：{事由}。",
        "一、有关要求",
        "二、请于{回复期限}前书面回复，写明原因。",
    ),
    blanks=(
        Blank("案号", "案号", True),
        Blank("承办人", "承办人", True),
        Blank("事由", "督办事由", True),
        Blank("回复期限", "回复期限", False),
    ),
    signed_by="审判管理办公室",
    copies_to=("分管院领导",),
)
VALUES = {
    "案号": "（2026）云98民初1号",
    "承办人": "沈知白",
    "事由": "立案已满十二个月",
    "回复期限": "2026年10月12日",
}


def filled(**values: str) -> OfficialDocument:
    number = TEMPLATE.numbered(2026, 18, "云98")
    return fill_template(
        TEMPLATE, {**VALUES, **values}, issuer="云溪市中级人民法院", number=number, issued_on=SIGNED
    )


def test_every_part_of_the_template_is_carried_over() -> None:
    document = filled()
    assert document.number == "（2026）云98督18号"
    assert (document.addressee, document.signature, document.copies_to) == (
        "沈知白：",
        "审判管理办公室",
        ("分管院领导",),
    )
    assert document.body[0] == Paragraph("你承办的（2026）云98民初1号一案，督办事由：立案已满十二个月。")
    assert opened(document).paragraphs[3].text == "云溪市中级人民法院"


def test_structure_comes_from_the_template_and_not_from_what_is_typed() -> None:
    document = filled(事由="一、甲\n二、乙{案号}")
    assert document.body[:3] == (
        Paragraph("你承办的（2026）云98民初1号一案，督办事由：一、甲"),
        Paragraph("二、乙{案号}。"),
        Paragraph("一、有关要求", Level.FIRST),
    )


def test_a_numbered_sentence_is_text_and_a_numbered_heading_is_bold_faced() -> None:
    document = opened(filled())
    faces = [
        fonts_of(paragraph_with(document, text).runs[0]).get(qn("w:eastAsia"))
        for text in ("一、有关", "二、请于")
    ]
    assert faces == ["黑体", "仿宋_GB2312"]


def test_missing_values_are_all_named_with_the_blanks_there_are() -> None:
    with pytest.raises(MissingFact, match="《督办通知书》缺少“承办人”、“督办事由”，不能出文") as refused:
        filled(承办人=" ", 事由="")
    assert refused.value.allowed == ("案号", "承办人", "事由", "回复期限")
    assert refused.value.example == "承办人：……"


def test_a_value_for_an_unknown_blank_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownBlank, match="没有“回复日期”这一项。是不是“回复期限”？"):
        filled(回复日期="2026年10月12日")


def test_a_blank_that_is_not_required_may_be_left_out() -> None:
    assert filled(回复期限="").body[2] == Paragraph("二、请于前书面回复，写明原因。", Level.FIRST)


def test_tables_follow_the_text() -> None:
    table = Table((Column("案号"),), (("（2026）云98民初1号",),))
    document = fill_template(
        TEMPLATE, VALUES, issuer="云溪市中级人民法院", number="1", issued_on=SIGNED, tables=[table]
    )
    assert document.body[-1] is table
