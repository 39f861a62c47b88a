"""Official documents about fictional cases, and readers for what came out."""

from __future__ import annotations

import re
import shutil
import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

from mingjing.documents import pdf
from mingjing.documents.gongwen import OfficialDocument, Urgency, read_paragraphs, write_document

SIGNED = date(2026, 9, 30)
needs_soffice = pytest.mark.skipif(not pdf.is_available(), reason="本机没有安装 LibreOffice，PDF 测试跳过")
needs_pdftotext = pytest.mark.skipif(
    shutil.which("pdftotext") is None, reason="本机没有 pdftotext，PDF 测试跳过"
)

BODY = """你庭承办的（2025）云0102民初771号建设工程施工合同纠纷一案，至今仍未审结，现予督办。
一、督办事项
（一）书面说明原因。请于2026年10月12日前书面说明长期未结的原因。
1. 鉴定意见已于2026年8月3日收到，请即安排开庭。
（1）逾期未回复的，升级一级督办。"""


def notice(**changes: object) -> OfficialDocument:
    """A supervision notice; keyword arguments replace its parts."""
    parts: dict[str, object] = {
        "issuer": "云溪市中级人民法院",
        "number": "云中法督〔2026〕18号",
        "title": "关于限期办结（2025）云0102民初771号案件的督办通知",
        "addressee": "民事审判第一庭",
        "body": read_paragraphs(BODY),
        "issued_on": SIGNED,
        "copies_to": ("分管院领导", "督察室"),
        "urgency": Urgency.EXTRA,
    }
    return OfficialDocument(**{**parts, **changes})  # type: ignore[arg-type]


def opened(content: OfficialDocument) -> Document:
    """The written file, read back."""
    return docx.Document(BytesIO(write_document(content)))


def paragraph_with(document: Document, text: str) -> WordParagraph:
    """The only paragraph that contains ``text``."""
    (found,) = [paragraph for paragraph in document.paragraphs if text in paragraph.text]
    return found


def words_by_page(content: bytes, folder: Path) -> list[list[tuple[float, str]]]:
    """For each page of a PDF, its words with their distance from the top edge in points."""
    path = folder / "read.pdf"
    path.write_bytes(content)
    found = subprocess.run(["pdftotext", "-bbox", str(path), "-"], capture_output=True, text=True, check=True)
    pattern = re.compile(r'<word xMin="[\d.]+" yMin="([\d.]+)"[^>]*>([^<]*)<')
    return [
        [(float(top), word) for top, word in pattern.findall(page)]
        for page in found.stdout.split("<page ")[1:]
    ]


def fonts_of(run: Run) -> BaseOxmlElement:
    """The ``w:rFonts`` of a run."""
    assert run._element.rPr is not None
    (found,) = run._element.rPr.findall(qn("w:rFonts"))
    assert isinstance(found, BaseOxmlElement)
    return found
