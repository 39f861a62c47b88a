"""The records that wait for somebody today: theirs, those that ask for them, those they were warned about."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Q

from mingjing.services.actors import Actor
from mingjing.services.reading.counts import records_asking, records_held, records_told
from mingjing.services.reading.records.listing import ROW, RecordRow, reader
from mingjing.services.records.versions import registers_on
from mingjing.storage.records.models import Record

SHOWN = 10


@dataclass(frozen=True, slots=True)
class TodayRecord:
    """A record on the home page. ``own`` where this person holds it; ``register`` is its label."""

    row: RecordRow
    register: str
    own: bool


def records_today(actor: Actor) -> list[TodayRecord]:
    """The most urgent of them: one statement."""
    wanted = (
        Q(pk__in=records_held(actor).values("pk"))
        | Q(pk__in=records_asking(actor).values("record"))
        | Q(pk__in=records_told(actor).values("record"))
    )
    rows = Record.objects.filter(wanted, court=actor.court).order_by(F("due_on").asc(nulls_last=True), "pk")
    labels = {one.id: one.label for one in registers_on(actor.court, actor.on)}
    found, read = [], reader(actor)
    for holder, *values in rows.values_list("holder_id", *ROW)[:SHOWN]:
        row = read(values, {})
        found.append(TodayRecord(row, labels.get(row.register, "台账"), holder == actor.person.pk))
    return found
