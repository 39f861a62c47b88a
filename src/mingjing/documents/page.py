"""The sheet of GB/T 9704-2012: margins, grid, page numbers, typefaces of the file as a whole."""

from __future__ import annotations

from datetime import date, datetime

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section, _Footer
from docx.shared import Mm, Pt

from mingjing.documents.typography import (
    LINE,
    SIZE_3,
    SIZE_4,
    STAND_INS,
    Face,
    Ink,
    add_run,
    align,
    indent,
    set_fonts,
    set_lines,
)

_PAGE_NUMBER = Ink(Face.SONG, SIZE_4, latin=Face.SONG.value)


def set_up_sheet(document: Document, *, title: str, author: str, issued_on: date) -> None:
    """Turn a new document into an empty official sheet.

    The file's own dates are taken from ``issued_on``, so that the same document gives the same bytes.
    """
    _set_margins(document.sections[0])
    _set_normal_style(document)
    _set_settings(document)
    _name_stand_ins(document)
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    _number_pages(section.footer, "right")
    _number_pages(section.even_page_footer, "left")
    properties = document.core_properties
    properties.title, properties.author, properties.comments = title[:255], author[:255], ""
    properties.last_modified_by = author[:255]
    properties.language = "zh-CN"
    moment = datetime(issued_on.year, issued_on.month, issued_on.day)  # noqa: DTZ001  the format has no zone
    properties.created = properties.modified = moment
    properties.revision = 1


def _set_margins(section: Section) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.gutter = Mm(0)
    section.header_distance = Mm(15)
    # The dash of the page number stands 7 mm below the text area: half of its 7 mm line above it.
    section.footer_distance = Mm(24.5)
    properties = section._sectPr
    for old in properties.findall(qn("w:docGrid")):
        properties.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "linesAndChars")
    grid.set(qn("w:linePitch"), str(round(LINE.twips)))
    # Twenty-eight characters in 156 mm: each 16 pt character gives up 0.207 pt, in 1/4096 pt.
    grid.set(qn("w:charSpace"), "-849")
    properties.append(grid)


def _set_normal_style(document: Document) -> None:
    normal = document.styles["Normal"]
    normal.font.size = SIZE_3
    properties = normal.element.get_or_add_rPr()
    set_fonts(properties, Ink())
    defaults = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    set_fonts(defaults, Ink())
    for old in defaults.findall(qn("w:lang")):
        defaults.remove(old)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    defaults.append(language)
    normal.paragraph_format.widow_control = False


def _set_settings(document: Document) -> None:
    """Both sides are printed and the left edge is bound, so even pages mirror their margins."""
    settings = document.settings.element
    mirror = OxmlElement("w:mirrorMargins")
    zoom = settings.find(qn("w:zoom"))
    settings.insert(0 if zoom is None else list(settings).index(zoom) + 1, mirror)


def _name_stand_ins(document: Document) -> None:
    """Say in the font table which face to use where the named one is not installed."""
    part = document.part.part_related_by(RELATIONSHIP_TYPE.FONT_TABLE)
    table = parse_xml(part.blob)
    for face in Face:
        stand_in = STAND_INS.get(face)
        alternative = f'<w:altName w:val="{stand_in}"/>' if stand_in else ""
        modern = "swiss" if face is Face.HEI else "roman"
        table.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{face.value}">{alternative}<w:charset w:val="86"/>'
                f'<w:family w:val="{modern}"/><w:pitch w:val="default"/></w:font>'
            )
        )
    part._blob = serialize_part_xml(table)


def _number_pages(footer: _Footer, side: str) -> None:
    """``— 1 —`` at the outer edge, one character in."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.style = "Normal"
    set_lines(paragraph, Pt(20))
    align(paragraph, side)
    indent(paragraph, left=1 if side == "left" else 0, right=1 if side == "right" else 0, size=SIZE_4)
    add_run(paragraph, "— ", _PAGE_NUMBER)
    run = add_run(paragraph, "", _PAGE_NUMBER)
    for part in _page_field():
        run._element.append(part)
    add_run(paragraph, " —", _PAGE_NUMBER)


def _page_field() -> tuple[BaseOxmlElement, ...]:
    return (
        parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="begin"/>'),
        parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> PAGE </w:instrText>'),
        parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="separate"/>'),
        parse_xml(f"<w:t {nsdecls('w')}>1</w:t>"),
        parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="end"/>'),
    )
