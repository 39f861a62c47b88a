"""Several official documents bound into one Word file, so that a batch prints in one go."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from io import BytesIO

import docx
from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement

from mingjing.documents.gongwen import sealed


def bind_documents(documents: Sequence[bytes]) -> bytes:
    """One .docx in which each of ``documents`` begins on a new page and counts its pages from 1.

    They must all come from ``write_document``: their styles, headers and footers are taken to be the same.
    At least one is needed.
    """
    first, *others = [docx.Document(BytesIO(content)) for content in documents]
    _count_from_one(_section(first))
    for other in others:
        _close_section(first)
        following = _section(other)
        last = _section(first)
        for part in other.element.body:
            if part is not following:
                last.addprevious(deepcopy(part))
    return sealed(first)


def _section(document: Document) -> BaseOxmlElement:
    """The page set-up at the end of the body; it holds for everything since the section before."""
    found: BaseOxmlElement = document.sections[-1]._sectPr
    return found


def _close_section(document: Document) -> None:
    """End the section here: an empty paragraph of no height carries a copy of the page set-up."""
    last = _section(document)
    paragraph, properties = OxmlElement("w:p"), OxmlElement("w:pPr")
    spacing = OxmlElement("w:spacing")
    for name, value in (("before", "0"), ("after", "0"), ("line", "20"), ("lineRule", "exact")):
        spacing.set(qn(f"w:{name}"), value)
    properties.append(spacing)
    properties.append(deepcopy(last))
    paragraph.append(properties)
    last.addprevious(paragraph)


def _count_from_one(section: BaseOxmlElement) -> None:
    numbering = section.find(qn("w:pgNumType"))
    if numbering is None:
        numbering = OxmlElement("w:pgNumType")
        section.insert_element_before(
            numbering, "w:cols", "w:formProt", "w:vAlign", "w:titlePg", "w:docGrid", "w:printerSettings"
        )
    numbering.set(qn("w:start"), "1")
