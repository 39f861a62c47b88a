"""From a ``document`` definition and the values of its blanks to an official document."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from datetime import date

from mingjing.definitions.values.documents import DocumentTemplate
from mingjing.documents.cleaning import clean_paragraphs
from mingjing.documents.gongwen import Level, OfficialDocument, Paragraph, Urgency, read_level
from mingjing.documents.tables import Column, Table
from mingjing.domain.ledgers.values import read_table
from mingjing.domain.reasons import MissingFact, Refusal


class UnknownBlank(Refusal):
    """A value was given for a blank the document does not have."""

    code = "unknown-blank"


def fill_template(
    template: DocumentTemplate,
    values: Mapping[str, str],
    *,
    issuer: str,
    number: str,
    issued_on: date,
    tables: Iterable[Table] = (),
    attachments: Iterable[str] = (),
    urgency: Urgency | None = None,
) -> OfficialDocument:
    """The document with its blanks filled in; ``tables`` follow the text, before the signature.

    ``number`` is the complete number (``template.numbered(2026, 18, "云98")``). The structure is the
    template's alone: a line of a value that begins with ``一、`` stays plain text. A paragraph that is
    a table kept as text (``domain.ledgers.values.read_table``) is set as a table.

    Raises
    ------
    UnknownBlank   a value for a blank the template does not have
    MissingFact    required blanks without a value; all of them are named
    """
    _check(template, values)
    filled = template.fill(values)
    body: list[Paragraph | Table] = []
    for pattern, text in zip(template.body, filled.paragraphs, strict=True):
        level = read_level(pattern)
        if (table := _set_table(text)) is not None:
            body.append(table)
            continue
        for line in clean_paragraphs(text):
            body.append(Paragraph(line, level))
            level = Level.TEXT
    return OfficialDocument(
        issuer=issuer,
        title=filled.title,
        body=(*body, *tables),
        issued_on=issued_on,
        number=number,
        addressee=filled.to,
        signature=filled.signed_by,
        attachments=tuple(attachments),
        copies_to=filled.copies_to,
        urgency=urgency,
    )


def _set_table(text: str) -> Table | None:
    """A text that is a table, with columns as wide as what stands in them; None for any other text."""
    rows = read_table(text)
    if not rows:
        return None
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    columns = (Column(label, min(max(width, 4), 24)) for label, width in zip(rows[0], widths, strict=True))
    return Table(tuple(columns), rows[1:])


def _check(template: DocumentTemplate, values: Mapping[str, str]) -> None:
    names = tuple(blank.name for blank in template.blanks)
    for name in values:
        if name not in names:
            near = difflib.get_close_matches(name, names, n=1, cutoff=0.4)
            hint = f"是不是“{near[0]}”？" if near else ""
            raise UnknownBlank(
                f"《{template.label}》没有“{name}”这一项。{hint}",
                allowed=names,
                example=f"{near[0] if near else names[0]}：……" if names else "",
            )
    missing = [b for b in template.blanks if b.required and not values.get(b.name, "").strip()]
    if missing:
        labels = "、".join(f"“{blank.label}”" for blank in missing)
        raise MissingFact(
            f"《{template.label}》缺少{labels}，不能出文。",
            allowed=names,
            example=f"{missing[0].name}：……",
        )
