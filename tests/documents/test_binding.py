"""A batch of documents bound into one file."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
from docx.oxml.ns import qn

from mingjing.documents import pdf
from mingjing.documents.binding import bind_documents
from mingjing.documents.gongwen import write_document
from tests.documents.samples import needs_pdftotext, needs_soffice, notice, words_by_page

NUMBERS = ("云中法督〔2026〕18号", "云中法督〔2026〕19号", "云中法督〔2026〕20号")


def batch() -> list[bytes]:
    return [write_document(notice(number=number)) for number in NUMBERS]


def test_every_document_is_a_section_that_counts_from_one() -> None:
    bound = docx.Document(BytesIO(bind_documents(batch())))
    assert len(bound.sections) == 3
    starts = [section._sectPr.find(qn("w:pgNumType")).get(qn("w:start")) for section in bound.sections]
    assert starts == ["1", "1", "1"]


def test_nothing_is_lost_and_the_order_is_kept() -> None:
    single = docx.Document(BytesIO(batch()[0]))
    bound = docx.Document(BytesIO(bind_documents(batch())))
    said = [paragraph.text for paragraph in bound.paragraphs if paragraph.text]
    assert len(said) == 3 * len([paragraph for paragraph in single.paragraphs if paragraph.text])
    assert [text for text in said if text in NUMBERS] == list(NUMBERS)


def test_one_document_alone_stays_one_section() -> None:
    assert len(docx.Document(BytesIO(bind_documents(batch()[:1]))).sections) == 1


def test_the_same_batch_gives_the_same_bytes() -> None:
    assert bind_documents(batch()) == bind_documents(batch())


@needs_soffice
@needs_pdftotext
def test_the_pdf_of_a_batch_has_the_pages_of_each(tmp_path: Path) -> None:
    together, alone = pdf.to_pdf([bind_documents(batch()), batch()[0]], profile=tmp_path / "profile")
    pages = words_by_page(together, tmp_path)
    assert len(pages) == 3 * len(words_by_page(alone, tmp_path))
    text = ["".join(word for _, word in page) for page in pages]
    assert [number in text[2 * place] for place, number in enumerate(NUMBERS)] == [True, True, True]
    assert all("—1—" in page for page in text[::2])
