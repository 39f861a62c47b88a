"""The letters of a record: a notice, a slip, a suggestion, written from its fields as its file words them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.records.page import Held, RecordView, record_view


@dataclass(frozen=True, slots=True)
class Letter:
    """A file to hand over: its name with ending, and its bytes."""

    name: str
    content: bytes


def letters_of(register: Register, actor: Actor) -> tuple[tuple[str, str], ...]:
    """The documents records of this register are printed as: id and name."""
    known = registry(actor.court)
    return tuple((id_, known.definition(id_, actor.on).label) for id_ in register.prints)


def letter(actor: Actor, record_id: int, document_id: str) -> Letter:
    """The .docx of one letter, in the wording in force today; blanks take the fields of the same name.

    Raises
    ------
    NotVisible    the record is not for this actor, or is not printed as this document
    MissingFact   the letter needs fields that are still empty; all of them are named
    """
    # The writer of .docx is loaded by whoever writes one.
    from mingjing.documents.gongwen import write_document
    from mingjing.documents.template import fill_template

    view = record_view(actor, record_id)
    if document_id not in view.register.prints:
        raise NotVisible
    template = registry(actor.court).document(document_id, actor.on)
    words = _words(view)
    values = {blank.name: words[blank.name] for blank in template.blanks if words.get(blank.name)}
    document = fill_template(
        template, values, issuer=actor.court.name, number=view.record.number, issued_on=actor.on
    )
    return Letter(f"{view.record.number}{template.label}.docx", write_document(document))


def _words(view: RecordView) -> dict[str, str]:
    """Everything a blank may ask for."""
    from mingjing.documents.days import format_day

    record = view.record
    said = {one.field.label: _said(one) for one in view.fields}
    return {
        "法院": record.court.name,
        "编号": record.number,
        "状态": record.state,
        "登记日期": format_day(record.opened_on),
        "登记人": record.registered_by.name if record.registered_by else "",
        **said,
    }


def _said(held: Held) -> str:
    """A field as a letter writes it: days in the words of an official document."""
    from mingjing.documents.days import format_day

    if held.field.type is FieldType.DAY and held.said:
        return format_day(date.fromisoformat(held.said))
    return held.said
