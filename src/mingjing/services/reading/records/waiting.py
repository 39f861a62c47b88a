"""The records that wait for somebody today: theirs, those that ask for them, those they were warned about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q

from mingjing.services.actors import Actor
from mingjing.services.reading.counts import names_met, records_asking, records_held, records_told
from mingjing.services.reading.records.listing import ROW, RecordRow, reader
from mingjing.services.records.sight import sees
from mingjing.services.records.versions import registers_on
from mingjing.storage.records.models import Record

SHOWN = 10


@dataclass(frozen=True, slots=True)
class TodayRecord:
    """A record on the home page. ``own`` where this person holds it; ``register`` is its label."""

    row: RecordRow
    register: str
    own: bool

    @property
    def title(self) -> str:
        """What the record is about; of a report without a title of its own, its register."""
        return self.row.title or self.register

    @property
    def called(self) -> str:
        """Register and number; the register is left out where the number begins with it."""
        number = self.row.number
        return number if number.startswith(self.register) else f"{self.register} {number}"


@dataclass(frozen=True, slots=True)
class Met:
    """A listed name was met where this person works; ``opens`` is the record it was met in, None where it is
    not theirs to open."""

    on: date
    sentence: str
    opens: int | None


def met_today(actor: Actor) -> list[Met]:
    """What this person was told of listed names in the last two weeks, the newest first (R-093)."""
    rows = names_met(actor).select_related("record__court").order_by("-pk")[:SHOWN]
    return [Met(one.on, one.sentence, one.record_id if sees(actor, one.record) else None) for one in rows]


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
