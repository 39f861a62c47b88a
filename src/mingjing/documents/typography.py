"""Typefaces and sizes of GB/T 9704-2012, and the runs and paragraphs that carry them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Pt, RGBColor, Twips
from docx.text.paragraph import Paragraph as WordParagraph
from docx.text.run import Run

SIZE_2 = Pt(22)  # 2 号
SIZE_3 = Pt(16)  # 3 号
SIZE_4 = Pt(14)  # 4 号
SIZE_SMALL_4 = Pt(12)  # 小 4 号，表内文字
LINE = Twips(579)  # 版心 225 mm ÷ 22 行，取整不超出版心
CHARACTER = Twips(314)  # 版心 156 mm ÷ 28 字，取整不超出版心
BLACK = RGBColor(0, 0, 0)
RED = RGBColor(0xFF, 0, 0)
LATIN = "Times New Roman"


class Face(Enum):
    """The East Asian typefaces the standard names."""

    FANGSONG = "仿宋_GB2312"
    HEI = "黑体"
    KAI = "楷体_GB2312"
    SONG = "宋体"
    BIAOSONG = "方正小标宋简体"


# A computer without the left name shows the right one instead; Word reads this from the font table.
STAND_INS = {Face.FANGSONG: "仿宋", Face.KAI: "楷体", Face.BIAOSONG: "华文中宋"}


@dataclass(frozen=True, slots=True)
class Ink:
    """How a run of characters is printed."""

    face: Face = Face.FANGSONG
    size: Length = SIZE_3
    colour: RGBColor = BLACK
    latin: str = LATIN


def set_fonts(properties: BaseOxmlElement, ink: Ink) -> None:
    """Write the four font slots of ``w:rPr`` and drop theme fonts, which would win over names."""
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    fonts = OxmlElement("w:rFonts")
    for slot in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{slot}"), ink.latin)
    fonts.set(qn("w:eastAsia"), ink.face.value)
    # Quotation marks and dashes exist in both scripts; the hint makes them Chinese.
    fonts.set(qn("w:hint"), "eastAsia")
    properties.insert(0, fonts)


def add_run(paragraph: WordParagraph, text: str, ink: Ink) -> Run:
    """Append ``text`` (already clean; a line feed becomes a line break) in ``ink``."""
    run = paragraph.add_run(text)
    run.font.size = ink.size
    run.font.color.rgb = ink.colour
    properties = run._element.get_or_add_rPr()
    set_fonts(properties, ink)
    if ink.size == SIZE_3:
        tighten(properties)
    return run


def tighten(properties: BaseOxmlElement) -> None:
    """Take 0.3 pt from each character of 16 pt, so that 28 of them fit into 156 mm.

    The file also carries the sheet's character grid; but LibreOffice gives a character that is wider
    than its cell two cells, so the text does not lean on the grid.
    """
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), "-6")
    size = properties.find(qn("w:sz"))
    properties.insert(len(properties) if size is None else list(properties).index(size), spacing)


def set_lines(paragraph: WordParagraph, height: Length = LINE, *, before: Length | None = None) -> None:
    """Give every line of the paragraph exactly ``height``, so that 22 of them fill the page."""
    properties = paragraph._p.get_or_add_pPr()
    if properties.find(qn("w:snapToGrid")) is None:
        off = OxmlElement("w:snapToGrid")
        off.set(qn("w:val"), "0")
        properties.insert_element_before(off, "w:spacing", "w:ind", "w:jc", "w:rPr")
    layout = paragraph.paragraph_format
    layout.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    layout.line_spacing = height
    layout.space_before = before or Twips(0)
    layout.space_after = Twips(0)


def align(paragraph: WordParagraph, side: str) -> None:
    """Align to ``left``, ``right``, ``centre`` or ``both``."""
    paragraph.alignment = {
        "left": WD_ALIGN_PARAGRAPH.LEFT,
        "right": WD_ALIGN_PARAGRAPH.RIGHT,
        "centre": WD_ALIGN_PARAGRAPH.CENTER,
        "both": WD_ALIGN_PARAGRAPH.JUSTIFY,
    }[side]


def indent(
    paragraph: WordParagraph, *, first: float = 0, left: float = 0, right: float = 0, size: Length = SIZE_3
) -> None:
    """Indent by so many characters of ``size``.

    Written twice: in characters, which Word follows when the text is set in another size, and as a
    length, which other programs need.
    """
    properties = paragraph._p.get_or_add_pPr()
    element = properties.get_or_add_ind()
    unit = CHARACTER if size == SIZE_3 else size
    for slot, characters in (("firstLine", first), ("left", left), ("right", right)):
        if characters:
            element.set(qn(f"w:{slot}Chars"), str(round(characters * 100)))
            element.set(qn(f"w:{slot}"), str(round(characters * unit / Twips(1))))


def width_in_characters(text: str) -> float:
    """How many full-width characters ``text`` takes: Latin letters and digits count as half."""
    return sum(0.5 if character.isascii() else 1.0 for character in text)
