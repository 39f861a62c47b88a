"""What of a record goes outside: whether the moment its definition names is reached, and the public pages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import lru_cache

from mingjing.domain.expressions.reading import MissingFieldError, WrongFieldError, read_expression
from mingjing.domain.ledgers.matters import COUNTS, Matter
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.domain.ledgers.stepping import SURROUNDINGS, surroundings_of
from mingjing.services.records.naming import Names
from mingjing.services.records.words import by_label
from mingjing.storage.published.models import PublishedRecord
from mingjing.storage.records.models import Record

COLUMN = "栏目"
"""The field that says in which column of the public pages a record stands."""
FILES = (FieldType.FILES, FieldType.PHOTOS)


def reached(register: Register, record: Record, when: str, on: date) -> bool:
    """Whether ``when`` (a state of the register, or a condition over its fields) holds for a record; a
    condition over an empty field does not."""
    if any(state.label == when for state in register.states):
        return record.state == when
    values = by_label(register, record.data)
    matter = Matter(record.state, values, counts=dict.fromkeys(COUNTS, 0), opened=record.opened_on)
    holds = _compiled(when, tuple(field.label for field in register.fields))
    try:
        return holds(surroundings_of(register, matter, on))
    except (MissingFieldError, WrongFieldError):
        return False


@lru_cache(maxsize=256)
def _compiled(when: str, fields: tuple[str, ...]) -> Callable[[Mapping[str, object]], bool]:
    known = (*fields, *COUNTS, *SURROUNDINGS)
    return read_expression(when, several=True).exact().compile(known)


def shown_of(register: Register, record: Record, labels: tuple[str, ...]) -> list[tuple[str, str, str]]:
    """The fields of a record that may be read outside: label, type, text; empty ones and files left out."""
    values = by_label(register, record.data)
    names = Names(register, [values])
    found = []
    for label in labels:
        field = register.field(label)
        text = "" if field.type in FILES else names.shown(field, values.get(label))
        if text:
            found.append((label, field.type.value, text))
    return found


def release(record: Record, register: Register, at: datetime) -> None:
    """Put the record on the public pages, bring it up to date there, or take it down, as its definition says.

    It stands in the open as it was when it was last acted on, at ``at``; what is not in ``show`` never leaves
    the house.
    """
    if not register.public_when:
        return
    if not reached(register, record, register.public_when, at.date()):
        withdraw(record)
        return
    shown = shown_of(register, record, register.public_fields)
    column = next((text for label, _, text in shown if label == COLUMN), register.label)
    open_title = record.title if register.title in register.public_fields else ""
    said = {
        "code": record.court.code,
        "court": record.court.name,
        "column": column[:60],
        "title": open_title or record.number,
        "shown": [list(one) for one in shown],
    }
    PublishedRecord.objects.update_or_create(
        record=record.pk, defaults=said, create_defaults={**said, "published_at": at}
    )


def withdraw(record: Record) -> None:
    """Take a record off the public pages."""
    PublishedRecord.objects.filter(record=record.pk).delete()
