"""The colophon (版记): who receives copies, who printed, when; at the foot of the last page."""

from __future__ import annotations

from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu, Length, Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from mingjing.documents.typography import SIZE_4, Face, Ink, add_run, indent, set_lines, width_in_characters

_INK = Ink(Face.FANGSONG, SIZE_4)
_WIDTH = Mm(156)
_LINE = Pt(24)
_THICK, _THIN = 8, 6  # eighths of a point: 0.35 mm and 0.25 mm
_RULE_LINE = Pt(2)
_COPIES_WIDTH = 26  # characters of 4 号 in 156 mm, less four at the left and one at the right
_SHAPES = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"


def add_colophon(last: WordParagraph, copies_to: tuple[str, ...], printer: str, printed: str) -> None:
    """Pin the colophon to the bottom of the text area of the page on which ``last`` stands.

    It is a text box that hangs on ``last`` and pushes text away above and below, so it neither covers
    the text nor leaves an empty line after it. ``copies_to`` may be empty.
    """
    copies = f"抄送：{'，'.join(copies_to)}。" if copies_to else ""
    lines = 1 + (int(width_in_characters(copies) / _COPIES_WIDTH) + 1 if copies else 0)
    rules = 3 if copies else 2
    anchor = last.add_run()._r
    anchor.append(_box(Emu(lines * _LINE + rules * _RULE_LINE + Pt(2))))
    content = anchor.find(f".//{qn('w:txbxContent')}")
    _add_rule(content, last, _THICK)
    if copies:
        paragraph = _add_line(content, last)
        indent(paragraph, left=4, right=1, size=SIZE_4)
        paragraph.paragraph_format.first_line_indent = Emu(-3 * SIZE_4)
        add_run(paragraph, copies, _INK)
        _add_rule(content, last, _THIN)
    paragraph = _add_line(content, last)
    indent(paragraph, left=1, right=1, size=SIZE_4)
    paragraph.paragraph_format.tab_stops.add_tab_stop(Emu(_WIDTH - SIZE_4), WD_TAB_ALIGNMENT.RIGHT)
    add_run(paragraph, f"{printer}\t{printed}", _INK)
    _add_rule(content, last, _THICK)


def _add_line(content: BaseOxmlElement, last: WordParagraph, height: Length = _LINE) -> WordParagraph:
    element = parse_xml(f"<w:p {nsdecls('w')}/>")
    content.append(element)
    paragraph = WordParagraph(element, last._parent)
    set_lines(paragraph, height)
    return paragraph


def _add_rule(content: BaseOxmlElement, last: WordParagraph, size: int) -> None:
    """A rule of the full width: a border of a text line would stop at the line's indents."""
    paragraph = _add_line(content, last, _RULE_LINE)
    paragraph._p.get_or_add_pPr().insert_element_before(
        parse_xml(
            f"<w:pBdr {nsdecls('w')}>"
            f'<w:bottom w:val="single" w:sz="{size}" w:space="0" w:color="000000"/></w:pBdr>'
        ),
        *("w:snapToGrid", "w:spacing", "w:ind", "w:jc", "w:rPr"),
    )


def _box(height: Length) -> BaseOxmlElement:
    """A text box without frame or ground, as wide as the text, at the bottom of the text area."""
    return parse_xml(
        f'<w:drawing {nsdecls("w", "wp", "a")} xmlns:wps="{_SHAPES}">'
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1" '
        'behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent cx="{int(_WIDTH)}" cy="{int(height)}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>'
        '<wp:wrapTopAndBottom/><wp:docPr id="1" name="版记"/><wp:cNvGraphicFramePr/>'
        f'<a:graphic><a:graphicData uri="{_SHAPES}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext cx="{int(_WIDTH)}" cy="{int(height)}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        "<wps:txbx><w:txbxContent/></wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr>'
        "</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing>"
    )
