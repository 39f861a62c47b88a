"""The frame of a verb on records: one transaction, one log entry, and the acts that carry its number."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db import transaction

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import Machine, act
from mingjing.services.acts import Record as Entry
from mingjing.services.bulk_writing import insert
from mingjing.services.installation import now, today
from mingjing.services.marking import mark_records
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import RecordAct

ACT = "办理台账"
KIND = "台账"


class WrongMoment(Refusal):
    """An act is dated after today, or before the act it follows."""

    code = "wrong-moment"


@dataclass(slots=True)
class Work:
    """One verb while it runs: who, when (in the court's zone), its log entry, the acts it has written.

    ``today`` is the civil day on which it is written, ``on`` the day of the act itself. ``depth`` counts
    records that open records; ``quiet``: the log entry says by itself what was done, as for an import.
    """

    actor: Actor | None
    court: Court
    at: datetime
    entry: Entry
    today: date
    acts: list[RecordAct] = field(default_factory=list)
    depth: int = 0
    quiet: bool = False

    @property
    def on(self) -> date:
        """The civil day of the act."""
        return self.at.date()

    @property
    def person(self) -> int | None:
        """The key of whoever acts; None for the clock process."""
        return self.actor.person.pk if self.actor else None


@contextmanager
def verb(
    actor: Actor | Machine,
    name: str,
    court: Court,
    *,
    subject_id: object = "",
    why: str = "",
    at: datetime | None = None,
    needs: str = ACT,
    joined: bool = False,
) -> Iterator[Work]:
    """Do one thing to records: all of it with its log entry and its acts, or none of it.

    ``joined``: whoever calls undoes everything where it fails, so that it needs no savepoint of its own.

    Raises
    ------
    NotAllowed    no role of the actor lists ``needs``
    WrongMoment   ``at`` lies in the future
    """
    moment = now()
    if at is not None and at > moment:
        raise WrongMoment(f"办理时间 {at:%Y-%m-%d %H:%M} 还没有到。", example=f"{moment:%Y-%m-%d %H:%M}")
    local = (at or moment).astimezone(ZoneInfo(court.time_zone))
    with nullcontext() if joined else transaction.atomic():
        with act(
            actor, name, needs=needs, subject_kind=KIND, subject_id=subject_id, court=court, why=why[:400]
        ) as entry:
            work = Work(actor if isinstance(actor, Actor) else None, court, local, entry, today(court))
            yield work
        # Acts cannot be changed once written, so they wait for the number of the entry.
        for row in work.acts:
            row.entry = entry.seq
        _write(work.acts)
        # The figures follow the subjects of the log; what else was acted on they would not hear of.
        mark_records(sorted({row.record_id for row in work.acts if str(row.record_id) != entry.subject_id}))


def _write(acts: Sequence[RecordAct]) -> None:
    names = [field.attname for field in RecordAct._meta.concrete_fields if not field.primary_key]
    insert(RecordAct, names, [tuple(getattr(row, name) for name in names) for row in acts], strict=True)
