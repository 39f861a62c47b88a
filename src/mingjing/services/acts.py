"""The frame of every write: one transaction, a permission, one entry in the log of acts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from mingjing.domain.auditlog.entries import canonical_text
from mingjing.services.actors import Actor
from mingjing.services.installation import now, registry
from mingjing.services.permissions import require
from mingjing.services.whence import whence
from mingjing.storage.auditlog.appending import Draft, append, lock_log
from mingjing.storage.people.models import Court
from mingjing.storage.sqlite.base import Whole


@dataclass(frozen=True, slots=True)
class Machine:
    """Who acts where nobody is logged in; it needs no permission."""

    id: str
    name: str


ROLES = "roles.court"
CLOCK = Machine("clock", "时钟")
CONSOLE = Machine("console", "控制台")
"""Whoever works at the console of the machine itself."""


@dataclass(slots=True)
class Record:
    """What the act will say about itself; the use case fills it in while it works. ``court`` is set where
    the act makes the court it belongs to; ``seq`` is the number of the entry once it is written."""

    subject_kind: str
    subject_id: str
    definition: str = ""
    why: str = ""
    payload: dict[str, object] = field(default_factory=dict)
    court: Court | None = None
    seq: int | None = None


@contextmanager
def act(
    actor: Actor | Machine | None,
    verb: str,
    *,
    needs: str | None,
    subject_kind: str,
    subject_id: object,
    court: Court | None = None,
    why: str = "",
    definition: str = "",
) -> Iterator[Record]:
    """Do one thing: all of it with its log entry, or none of it.

    ``actor`` None is the clock process. ``needs`` is the act of ``dictionary.acts`` a role must list; None
    where the caller has asked another rule than roles.

    Raises
    ------
    NotAllowed   no role of the actor lists ``needs``
    """
    if isinstance(actor, Actor) and needs is not None:
        require(actor, needs)
    record = Record(subject_kind, str(subject_id), definition=definition, why=why)
    with Whole():
        yield record
        _write(actor, verb, (record,), court, needs)


@contextmanager
def acts_together(
    actor: Actor | Machine | None, verb: str, *, needs: str | None, court: Court | None = None
) -> Iterator[list[Record]]:
    """Do one thing to many records: each ``Record`` put into the list gets its own entry, all of them with
    the work, or nothing.

    Raises
    ------
    NotAllowed   no role of the actor lists ``needs``
    """
    if isinstance(actor, Actor) and needs is not None:
        require(actor, needs)
    records: list[Record] = []
    with Whole():
        yield records
        _write(actor, verb, records, court, needs)


def _write(
    actor: Actor | Machine | None,
    verb: str,
    records: Sequence[Record],
    court: Court | None,
    needs: str | None,
) -> None:
    permitting = _permitting(actor) if isinstance(actor, Actor) and needs else ""
    lock_log()
    at = stamp(now())  # behind the lock: numbers and moments run the same way
    drafts = [_draft(actor, verb, record, court, at, permitting) for record in records]
    first = append(drafts)
    for place, record in enumerate(records):
        record.seq = first + place


def _permitting(actor: Actor) -> str:
    """The definition a right comes from: what an act stands under where no rule of its own governs it."""
    return registry(actor.court).ref(ROLES, actor.on)


def _draft(
    actor: Actor | Machine | None,
    verb: str,
    record: Record,
    court: Court | None,
    at: str,
    permitting: str,
) -> Draft:
    person = actor if isinstance(actor, Actor) else None
    machine = actor if isinstance(actor, Machine) else CLOCK
    place = record.court or court or (person.court if person else None)
    return Draft(
        at,
        str(person.person.pk) if person else machine.id,
        person.person.name if person else machine.name,
        place.code if place else "",
        verb,
        record.subject_kind,
        record.subject_id,
        record.definition or permitting,
        record.why,
        whence() if person or machine is CONSOLE else "",
        _text(record.payload),
    )


def stamp(moment: datetime) -> str:
    """A moment as the log writes it: UTC, microseconds, ``Z``."""
    there = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return there.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def _text(payload: Mapping[str, object]) -> str:
    try:
        return canonical_text(payload)
    except TypeError:  # a date, a decimal
        return canonical_text(_plain(payload))


def _plain(payload: Mapping[str, object]) -> dict[str, object]:
    """The payload with dates and decimals as text, as it will be hashed."""
    plain: dict[str, object] = json.loads(json.dumps(payload, default=str, ensure_ascii=False))
    return plain
