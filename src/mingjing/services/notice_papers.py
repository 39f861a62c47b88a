"""Notices on paper: the .docx of each, several in one archive, PDF where LibreOffice is installed."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from mingjing.documents.pdf import to_pdf
from mingjing.services.installation import registry
from mingjing.services.notice_facts import notice_fields
from mingjing.services.notices import TEMPLATE
from mingjing.storage.supervision.models import Notice

if TYPE_CHECKING:  # the writer of .docx is loaded by whoever writes one
    from mingjing.documents.gongwen import OfficialDocument

SECONDS_EACH = 1.0
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
    from mingjing.documents.template import fill_template

    template = registry(notice.court).document(TEMPLATE, notice.issued_on)
    fields = notice_fields(notice)
    values = {blank.name: fields[blank.name] for blank in template.blanks if blank.name in fields}
    return fill_template(
        template, values, issuer=notice.court.name, number=notice.number, issued_on=notice.issued_on
    )


def notice_paper(notice: Notice) -> Paper:
    """The .docx of one notice."""
    from mingjing.documents.gongwen import write_document

    return Paper(f"{notice.number}督办通知书.docx", write_document(notice_document(notice)))


def notice_pdf(notices: Sequence[Notice]) -> Paper:
    """One PDF of all these notices, each on pages of its own, made from the same .docx.

    Raises
    ------
    ConverterMissing   LibreOffice is not installed
    """
    from mingjing.documents.binding import bind_documents

    bound = bind_documents([notice_paper(notice).content for notice in notices])
    profile = Path(settings.CONFIGURATION.data) / "libreoffice"
    (content,) = to_pdf([bound], profile=profile, timeout=SECONDS_TO_START + SECONDS_EACH * len(notices))
    return Paper(f"{_span(notices)}督办通知书.pdf", content)


def notice_archive(notices: Sequence[Notice]) -> Paper:
    """The .docx of every notice in one .zip, in the order given."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in map(notice_paper, notices):
            archive.writestr(zipfile.ZipInfo(paper.name, date_time=(1980, 1, 1, 0, 0, 0)), paper.content)
    return Paper(f"{_span(notices)}督办通知书.zip", out.getvalue())


def _span(notices: Sequence[Notice]) -> str:
    first, last = notices[0], notices[-1]
    return first.number if first == last else f"{first.number}至{last.number}"
