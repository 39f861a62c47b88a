"""The frame of every write: one transaction, a permission, one entry in the log of acts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType

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
MICROSECONDS = len("2024-03-13T01:30:00.000000")
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


class _Act:
    """The frame itself, written out: every act goes through it, and a generator would cost it more."""

    __slots__ = ("_actor", "_court", "_needs", "_verb", "_whole", "records")
    _actor: Actor | Machine | None
    _verb: str
    _needs: str | None
    _court: Court | None
    records: list[Record]

    def _begin(self) -> None:
        if self._needs is not None and isinstance(self._actor, Actor):
            require(self._actor, self._needs)
        self._whole = Whole()
        self._whole.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            try:
                self._write()
            except BaseException as failed:
                self._whole.__exit__(type(failed), failed, failed.__traceback__)
                raise
        self._whole.__exit__(kind, error, trace)

    def _write(self) -> None:
        actor, verb, court, database = self._actor, self._verb, self._court, self._whole.database
        permitting = _permitting(actor) if self._needs and isinstance(actor, Actor) else ""
        lock_log(database)
        at = stamp(now())  # behind the lock: numbers and moments run the same way
        drafts = [_draft(actor, verb, record, court, at, permitting) for record in self.records]
        for seq, record in enumerate(self.records, append(database, drafts)):
            record.seq = seq


class act(_Act):  # noqa: N801 — it is read as a verb: ``with act(...) as record``
    """Do one thing: all of it with its log entry, or none of it.

    ``actor`` None is the clock process. ``needs`` is the act of ``dictionary.acts`` a role must list; None
    where the caller has asked another rule than roles.

    Raises
    ------
    NotAllowed   no role of the actor lists ``needs``
    """

    __slots__ = ()

    def __init__(
        self,
        actor: Actor | Machine | None,
        verb: str,
        *,
        needs: str | None,
        subject_kind: str,
        subject_id: object,
        court: Court | None = None,
        why: str = "",
        definition: str = "",
    ) -> None:
        self._actor, self._verb, self._needs, self._court = actor, verb, needs, court
        self.records = [Record(subject_kind, str(subject_id), definition, why)]

    def __enter__(self) -> Record:
        self._begin()
        return self.records[0]


class acts_together(_Act):  # noqa: N801
    """Do one thing to many records: each ``Record`` put into the list gets its own entry, all of them with
    the work, or nothing.

    Raises
    ------
    NotAllowed   no role of the actor lists ``needs``
    """

    __slots__ = ()

    def __init__(
        self, actor: Actor | Machine | None, verb: str, *, needs: str | None, court: Court | None = None
    ) -> None:
        self._actor, self._verb, self._needs, self._court = actor, verb, needs, court
        self.records = []

    def __enter__(self) -> list[Record]:
        self._begin()
        return self.records


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
        str(person.person.pk) if person else machine.id,
        person.person.name if person else machine.name,
        at,
        place.code if place else "",
        record.definition or permitting,
        record.subject_id,
        record.subject_kind,
        verb,
        whence() if person or machine is CONSOLE else "",
        record.why,
        _text(record.payload),
    )


def stamp(moment: datetime) -> str:
    """A moment as the log writes it: UTC, microseconds, ``Z``."""
    there = moment if moment.tzinfo is UTC else moment.astimezone(UTC)
    return there.isoformat("T", "microseconds")[:MICROSECONDS] + "Z"


def _text(payload: Mapping[str, object]) -> str:
    try:
        return canonical_text(payload)
    except TypeError:  # a date, a decimal
        return canonical_text(_plain(payload))


def _plain(payload: Mapping[str, object]) -> dict[str, object]:
    """The payload with dates and decimals as text, as it will be hashed."""
    plain: dict[str, object] = json.loads(json.dumps(payload, default=str, ensure_ascii=False))
    return plain
