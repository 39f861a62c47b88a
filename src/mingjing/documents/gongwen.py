"""Official documents (公文) as Word files in the layout of GB/T 9704-2012 《党政机关公文格式》."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import date
from enum import Enum
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt, Twips
from docx.text.paragraph import Paragraph as WordParagraph

from mingjing.documents.cleaning import clean_line, clean_paragraphs
from mingjing.documents.colophon import add_colophon
from mingjing.documents.days import format_day as format_day
from mingjing.documents.page import set_up_sheet
from mingjing.documents.tables import Table, add_table
from mingjing.documents.titles import title_lines
from mingjing.documents.typography import (
    CHARACTER,
    LINE,
    RED,
    SIZE_2,
    Face,
    Ink,
    add_run,
    align,
    indent,
    set_lines,
    width_in_characters,
)


class Urgency(Enum):
    """How fast the addressee must act (紧急程度)."""

    EXTRA = "特急"
    URGENT = "加急"


class Level(Enum):
    """The four levels of headings, and plain text."""

    TEXT = ""
    FIRST = "一、"
    SECOND = "（一）"
    THIRD = "1."
    FOURTH = "（1）"


TITLE_LINE = Pt(34)
LONGEST_HEADING = 24  # characters
KEPT_WIDTH = 6 * 28  # characters: six lines
_NUMERAL = "[一二三四五六七八九十百]+"
_HEADS = (
    (Level.FIRST, re.compile(f"{_NUMERAL}、")),
    (Level.SECOND, re.compile(f"（{_NUMERAL}）")),
    (Level.THIRD, re.compile(r"\d{1,3}[.．](?!\d)")),
    (Level.FOURTH, re.compile(r"（\d{1,3}）")),
)
_FACES = {Level.FIRST: Face.HEI, Level.SECOND: Face.KAI}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. The number of a heading (``一、``) is part of ``text``."""

    text: str
    level: Level = Level.TEXT


def read_paragraphs(text: str) -> tuple[Paragraph, ...]:
    """The paragraphs of ``text``, one a line; the level is read from the number at the start.

    ``（2026）云0102民初1号…`` is no heading: a year has four digits.
    """
    return tuple(Paragraph(line, read_level(line)) for line in clean_paragraphs(text))


def read_level(line: str) -> Level:
    """The level of a line, from the number at its start; TEXT without one."""
    return next((level for level, head in _HEADS if head.match(line)), Level.TEXT)


def heading_end(text: str) -> int:
    """How many characters of a numbered paragraph are its heading.

    ``一、督办事项`` is a heading as a whole; ``（一）书面说明原因。请于…`` runs on after its first sentence;
    an item that is a sentence of its own (``一、请于十月十二日前书面回复，写明原因。``) has none.
    """
    first = text[: text.find("。") + 1] or text
    if len(first) > LONGEST_HEADING or any(mark in first for mark in "，；："):
        return 0
    return 0 if first == text and text.endswith("。") else len(first)


@dataclass(frozen=True, slots=True)
class OfficialDocument:
    """What an official document says; the layout is the standard's and is not chosen here.

    ``issuer`` is the red mark at the head, ``signature`` the name above the date (the issuer where it
    is empty). ``number`` is complete (``云中法督〔2026〕18号``). ``issued_on`` is the civil day on which
    the document was signed; the colophon repeats it as the day of printing. ``copies_to`` are names
    without punctuation, ``attachments`` titles without numbers.
    """

    issuer: str
    title: str
    body: tuple[Paragraph | Table, ...]
    issued_on: date
    number: str = ""
    addressee: str = ""
    signature: str = ""
    attachments: tuple[str, ...] = ()
    copies_to: tuple[str, ...] = ()
    urgency: Urgency | None = None


def write_document(content: OfficialDocument) -> bytes:
    """The .docx file. The same content always gives the same bytes."""
    document = docx.Document()
    set_up_sheet(
        document,
        title=clean_line(content.title),
        author=clean_line(content.issuer),
        issued_on=content.issued_on,
    )
    _add_head(document, content)
    _add_title(document, content)
    _add_body(document, content)
    _add_attachments(document, content)
    date_line = _add_signature(document, content)
    copies = tuple(filter(None, map(clean_line, content.copies_to)))
    add_colophon(date_line, copies, clean_line(content.issuer), f"{format_day(content.issued_on)}印发")
    return sealed(document)


def _add_line(
    document: Document, text: str = "", ink: Ink | None = None, side: str = "left"
) -> WordParagraph:
    paragraph = document.add_paragraph()
    set_lines(paragraph)
    align(paragraph, side)
    if text:
        add_run(paragraph, text, ink or Ink())
    return paragraph


def mark_size(issuer: str) -> float:
    """Points of the issuer's mark: as large as one line of 156 mm allows, between 26 and 48."""
    return max(26.0, min(48.0, 430.0 / max(1.0, width_in_characters(issuer))))


def _add_head(document: Document, content: OfficialDocument) -> None:
    """Urgency, red mark 35 mm below the edge of the text area, number, red rule 4 mm below it."""
    _add_line(document, content.urgency.value if content.urgency else "", Ink(Face.HEI))
    _add_line(document)
    _add_line(document)
    issuer = clean_line(content.issuer)
    size = mark_size(issuer)
    mark = _add_line(document, issuer, Ink(Face.BIAOSONG, Pt(size), RED), "centre")
    height = Pt(size * 1.25)
    above = Mm(35) - 3 * LINE - (height - Pt(size)) // 2
    set_lines(mark, height, before=Twips(round(max(0, above) / Twips(1))))
    _add_line(document)
    _add_line(document)
    rule = _add_line(document, clean_line(content.number), side="centre")
    rule._p.get_or_add_pPr().insert_element_before(
        parse_xml(
            f"<w:pBdr {nsdecls('w')}>"
            '<w:bottom w:val="single" w:sz="18" w:space="6" w:color="FF0000"/></w:pBdr>'
        ),
        "w:shd",
        "w:tabs",
        "w:suppressAutoHyphens",
        "w:snapToGrid",
        "w:spacing",
        "w:ind",
        "w:jc",
        "w:rPr",
    )


def _add_title(document: Document, content: OfficialDocument) -> None:
    """The title two lines below the rule, the addressee one line below the title, flush left."""
    _add_line(document)
    _add_line(document)
    # The figures of the title are set in the title's own heavy face: Times beside it looks pale.
    ink = Ink(Face.BIAOSONG, SIZE_2, latin=Face.BIAOSONG.value)
    for line in title_lines(content.title):
        set_lines(_add_line(document, line, ink, "centre"), TITLE_LINE)
    _add_line(document)
    addressee = clean_line(content.addressee).rstrip("：:")
    if addressee:
        _add_line(document, f"{addressee}：")


def _add_body(document: Document, content: OfficialDocument) -> None:
    for part in content.body:
        if isinstance(part, Table):
            add_table(document, part)
            continue
        for line in clean_paragraphs(part.text):
            _add_paragraph(document, line, part.level)


def _add_paragraph(document: Document, text: str, level: Level) -> None:
    """A paragraph, two characters in; its heading in the face of its level."""
    paragraph = _add_line(document, side="both")
    indent(paragraph, first=2)
    end = heading_end(text) if level in _FACES else 0
    if end:
        add_run(paragraph, text[:end], Ink(_FACES[level]))
    if end < len(text):
        add_run(paragraph, text[end:], Ink())
    # A heading alone at the foot of a page reads badly.
    paragraph.paragraph_format.keep_with_next = end == len(text)


def _add_attachments(document: Document, content: OfficialDocument) -> None:
    """``附件：1. …`` one line below the text, two characters in, titles aligned under each other."""
    titles = tuple(filter(None, map(clean_line, content.attachments)))
    if not titles:
        return
    _add_line(document)
    for number, title in enumerate(titles, start=1):
        label = "附件：" if number == 1 else "　　　"
        order = f"{number}. " if len(titles) > 1 else ""
        paragraph = _add_line(document, f"{label}{order}{title}")
        hanging = 3 + (len(order) - 1) / 2 if order else 3.0  # a full stop and a space make half a character
        indent(paragraph, left=2 + hanging)
        _hang(paragraph, hanging)


def _hang(paragraph: WordParagraph, characters: float) -> None:
    paragraph.paragraph_format.first_line_indent = -round(characters * CHARACTER)


def _add_signature(document: Document, content: OfficialDocument) -> WordParagraph:
    """The date four characters from the right, the name centred over it, room for the seal above.

    Returns the paragraph of the date, the last of the text.
    """
    last = document.paragraphs[-1]
    # A signature alone on a page is not allowed. LibreOffice moves the whole of a paragraph that is
    # kept with the next, so a long one would leave half a page empty and is not kept.
    last.paragraph_format.keep_with_next = width_in_characters(last.text) <= KEPT_WIDTH
    for _ in range(2):
        _add_line(document).paragraph_format.keep_with_next = True
    name = clean_line(content.signature or content.issuer)
    day = format_day(content.issued_on)
    gaps = 0.25 * len(re.findall(r"\d+", day)) * 2 - 0.25  # a quarter between a figure and a character
    centre = 4 + (width_in_characters(day) + gaps) / 2
    signature = _add_line(document, name, side="right")
    indent(signature, right=max(0.0, centre - width_in_characters(name) / 2))
    signature.paragraph_format.keep_with_next = True
    date_line = _add_line(document, day, side="right")
    indent(date_line, right=4)
    return date_line


def sealed(document: Document) -> bytes:
    """The file with all times inside the archive fixed: the same content, the same bytes."""
    raw, fixed = BytesIO(), BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return fixed.getvalue()
