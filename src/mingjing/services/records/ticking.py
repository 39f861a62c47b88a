"""What time does to records: rungs that come, provisional days that become certain, content that must go."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from mingjing.domain.reasons import Refusal
from mingjing.services.acts import act
from mingjing.services.recipients import Rosters
from mingjing.services.records.alerting import rosters_of
from mingjing.services.records.limits import tell_clocks
from mingjing.services.records.parties import carry_repeated, repeated
from mingjing.services.records.reviewing import review
from mingjing.services.records.shredding import shred_due
from mingjing.services.records.verbs import KIND
from mingjing.services.records.versions import register_at
from mingjing.storage.records.models import Record, RecordClock

logger = logging.getLogger(__name__)
PAGE = 500


@dataclass(slots=True)
class Told:
    """What one pass did."""

    records: int = 0
    alerts: int = 0
    shredded: int = 0


def tell(on: date, *, recomputed: bool = False, step: Callable[[int], None] | None = None) -> Told:
    """Everything that is due for records by ``on``, once; a pass that died is finished by the next.

    ``recomputed``: definitions have changed since the last pass, so clocks that were provisional or could
    not be computed are computed again. ``step`` is told the number of records done.
    """
    told, rosters = Told(), Rosters()
    for key in _due(on, unsure=recomputed):
        told.alerts += speak_record(key, on, rosters)
        told.records += 1
        if step is not None:
            step(told.records)
    told.records += review(on)
    told.shredded = shred_due(on)
    return told


def is_due(on: date) -> bool:
    """Whether a rung of some record has come."""
    return RecordClock.objects.filter(next_on__lte=on).exists()


def speak_record(key: int, on: date, rosters: Rosters | None = None) -> int:
    """Raise what has come for one record by ``on``: one transaction, one log entry. New alerts."""
    record = Record.objects.select_related("court").get(pk=key)
    try:
        register = register_at(record)
    except Refusal as refusal:
        logger.warning("台账 %s：%s", record.number, refusal)
        return 0
    with act(
        None,
        "到点提醒",
        needs="",
        subject_kind=KIND,
        subject_id=key,
        court=record.court,
        definition=f"截至 {on}",
    ) as entry:
        record = Record.objects.select_for_update(of=("self",)).select_related("court").get(pk=key)
        before = repeated(record)
        spoken = tell_clocks(record, register, on=on, roster=rosters_of(record, rosters))
        record.save(update_fields=["due_on", "colour"])
        carry_repeated(record, before)
        entry.payload = {"编号": record.number, "新提醒": spoken}
    return spoken


def _due(on: date, *, unsure: bool) -> Iterator[int]:
    """Keys of records with a rung that has come, in the order in which it came; then the unsure ones."""
    day, last = date.min, 0
    seen: set[int] = set()
    while True:
        later = Q(next_on__gt=day) | Q(next_on=day, pk__gt=last)
        rows = RecordClock.objects.filter(later, next_on__lte=on).order_by("next_on", "pk")
        page = list(rows.values_list("next_on", "pk", "record_id")[:PAGE])
        if not page:
            break
        for _, _, record in page:
            if record not in seen:
                seen.add(record)
                yield record
        day, last = page[-1][0] or on, page[-1][1]
    if unsure:
        doubt = Q(provisional=True) | ~Q(refusal="")
        rows = RecordClock.objects.filter(doubt, done_on__isnull=True).order_by("record_id")
        yield from rows.values_list("record_id", flat=True).distinct()
