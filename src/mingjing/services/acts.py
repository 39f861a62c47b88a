"""The frame of every write: one transaction, a permission, one entry in the log of acts."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import connection, transaction

from mingjing.domain.auditlog.entries import SALT_BYTES, Entry, canonical_payload, commit_payload, leaf_hash
from mingjing.services.actors import Actor
from mingjing.services.installation import now
from mingjing.services.permissions import require
from mingjing.services.whence import whence
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Court

LOG_LOCK = 6962  # PostgreSQL advisory lock: entries are numbered one at a time


@dataclass(frozen=True, slots=True)
class Machine:
    """Who acts where nobody is logged in; it needs no permission."""

    id: str
    name: str


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
    with transaction.atomic():
        yield record
        _write(actor, verb, record, court)


def _write(actor: Actor | Machine | None, verb: str, record: Record, court: Court | None) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOG_LOCK])
    last = Act.objects.order_by("-seq").values_list("seq", flat=True).first()
    salt = secrets.token_bytes(SALT_BYTES)
    person = actor if isinstance(actor, Actor) else None
    machine = actor if isinstance(actor, Machine) else CLOCK
    place = record.court or court or (person.court if person else None)
    entry = Entry(
        seq=0 if last is None else last + 1,
        at=stamp(now()),
        actor=str(person.person.pk) if person else machine.id,
        actor_name=person.person.name if person else machine.name,
        court=place.code if place else "",
        verb=verb,
        subject_kind=record.subject_kind,
        subject_id=record.subject_id,
        definition=record.definition,
        why=record.why,
        payload_commitment=commit_payload(_plain(record.payload), salt),
        whence=whence() if person or machine is CONSOLE else "",
    )
    Act.objects.create(
        seq=entry.seq,
        at=entry.at,
        actor=entry.actor,
        actor_name=entry.actor_name,
        court=entry.court,
        verb=verb,
        subject_kind=entry.subject_kind,
        subject_id=entry.subject_id,
        definition=entry.definition,
        why=entry.why,
        payload=canonical_payload(_plain(record.payload)).decode(),
        salt=salt.hex(),
        payload_commitment=entry.payload_commitment,
        whence=entry.whence,
        leaf=leaf_hash(entry),
    )
    record.seq = entry.seq


def stamp(moment: datetime) -> str:
    """A moment as the log writes it: UTC, microseconds, ``Z``."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _plain(payload: Mapping[str, object]) -> dict[str, object]:
    """The payload with dates and decimals as text, as it will be hashed."""
    plain: dict[str, object] = json.loads(json.dumps(payload, default=str, ensure_ascii=False))
    return plain
