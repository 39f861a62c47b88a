"""Notices on paper: the .docx of each, several in one archive, PDF where LibreOffice is installed."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from django.conf import settings

from mingjing.documents.gongwen import OfficialDocument, write_document
from mingjing.documents.pdf import to_pdf
from mingjing.documents.template import fill_template
from mingjing.services.installation import registry
from mingjing.services.notice_facts import notice_fields
from mingjing.services.notices import TEMPLATE
from mingjing.storage.supervision.models import Notice

SECONDS_EACH = 6.0
SECONDS_TO_START = 60.0


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to hand over: its name with ending, and its bytes."""

    name: str
    content: bytes


def notice_document(notice: Notice) -> OfficialDocument:
    """The notice in the wording that was in force on the day it was issued.

    Raises
    ------
    MissingFact   the case has no judge or no filing day to be named
    """
    template = registry(notice.court).document(TEMPLATE, notice.issued_on)
    fields = notice_fields(notice)
    values = {blank.name: fields[blank.name] for blank in template.blanks if blank.name in fields}
    return fill_template(
        template, values, issuer=notice.court.name, number=notice.number, issued_on=notice.issued_on
    )


def notice_paper(notice: Notice) -> Paper:
    """The .docx of one notice."""
    return Paper(f"{notice.number}督办通知书.docx", write_document(notice_document(notice)))


def notice_pdf(notice: Notice) -> Paper:
    """The PDF of one notice, made from its .docx.

    Raises
    ------
    ConverterMissing   LibreOffice is not installed
    """
    return _printed([notice_paper(notice)])[0]


def notice_archive(notices: Sequence[Notice], *, pdf: bool = False) -> Paper:
    """The .docx (or the PDF) of every notice in one .zip, in the order given.

    Raises
    ------
    ConverterMissing   PDF is wanted and LibreOffice is not installed
    """
    papers = [notice_paper(notice) for notice in notices]
    if pdf:
        papers = _printed(papers)
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            archive.writestr(zipfile.ZipInfo(paper.name, date_time=(1980, 1, 1, 0, 0, 0)), paper.content)
    first, last = notices[0], notices[-1]
    span = first.number if first == last else f"{first.number}至{last.number}"
    return Paper(f"{span}督办通知书.zip", out.getvalue())


def _printed(papers: Sequence[Paper]) -> list[Paper]:
    profile = Path(settings.CONFIGURATION.data) / "libreoffice"
    pdfs = to_pdf(
        [paper.content for paper in papers],
        profile=profile,
        timeout=SECONDS_TO_START + SECONDS_EACH * len(papers),
    )
    return [
        Paper(paper.name.removesuffix(".docx") + ".pdf", content)
        for paper, content in zip(papers, pdfs, strict=True)
    ]
