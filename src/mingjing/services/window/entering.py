"""A form of the public becomes a record, and a receipt goes back: number and query code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mingjing.domain.ledgers.matters import Deed
from mingjing.services.acts import Machine, act
from mingjing.services.installation import now
from mingjing.services.records.making import make
from mingjing.services.records.verbs import KIND, verb
from mingjing.services.records.versions import value_of
from mingjing.services.records.words import PUBLIC
from mingjing.services.window.codes import digest_of, new_code
from mingjing.services.window.offers import SOMEBODY, form_of, offered, opening_act, read_answers
from mingjing.services.window.uploading import Uploads, received
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record
from mingjing.storage.window.models import Receipt

OUTSIDE = Machine("public", PUBLIC)
"""Who acts where somebody came in by the window: the log knows the record, not the person or the address."""
AGAIN = "补发查询码"
Said = Mapping[str, Iterable[str]]


@dataclass(frozen=True, slots=True)
class Entered:
    """What goes back to whoever handed a form in: the number, and the code that is shown this once."""

    number: str
    code: str
    service: str


def enter(
    court: Court,
    service: str,
    said: Said,
    uploads: Uploads,
    *,
    terminal: Record | None = None,
    job: str = "",
    at: datetime | None = None,
) -> Entered:
    """Open a record of a service for somebody outside: one transaction, one entry.

    ``terminal`` is the record of the device it came from, ``job`` its own number of the job: sent again, the
    record is the one it made, with a new code and an entry that says so. ``at`` is when it came in, where
    that was earlier.

    Raises
    ------
    NotVisible    the court has no such window
    FileRefused   a file cannot be taken
    Refusal       the definition refuses: fields, conditions
    """
    register = offered(court, service)
    opening = opening_act(register)
    form = form_of(register, opening)
    mark = f"{service}:{terminal.number}:{job}"[:90] if terminal and job else ""
    before = Record.objects.filter(court=court, once=mark).first() if mark else None
    if before is not None and terminal is not None:
        return _again(before, terminal, register.label)
    values = read_answers(form, register, said)
    flags = [PUBLIC, *([f"自助终端 {terminal.number}"] if terminal else [])]
    code = new_code()
    with (
        received(court, form, uploads) as files,
        verb(OUTSIDE, opening.label, court, at=at, needs="") as work,
    ):
        value = value_of(court, service, work.on)
        deed = Deed(opening.label, SOMEBODY, work.at.replace(tzinfo=None), values)
        record = make(work, value, deed, files=files.rows(), once=mark, flags=flags)
        Receipt.objects.create(record=record, digest=digest_of(code), given_at=work.at, terminal=terminal)
        files.settle()
    return Entered(record.number, code, register.label)


def _again(record: Record, terminal: Record, label: str) -> Entered:
    """The answer to a terminal that sent its job twice: the first answer was lost, so was the code. That the
    code before it opens nothing any more is an act of its own."""
    code = new_code()
    with act(
        OUTSIDE, AGAIN, needs=None, subject_kind=KIND, subject_id=record.pk, court=record.court
    ) as entry:
        Receipt.objects.filter(record=record).update(digest=digest_of(code), given_at=now())
        entry.payload = {"编号": record.number, "自助终端": terminal.number}
    return Entered(record.number, code, label)
