"""Acts that nobody does: a limit has run out, and the definition says what becomes of the record then."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date

from mingjing.domain.ledgers.matters import Deed, Who
from mingjing.domain.ledgers.register import Act
from mingjing.domain.reasons import Refusal
from mingjing.services.acts import CLOCK
from mingjing.services.installation import registry
from mingjing.services.records.applying import apply
from mingjing.services.records.machineries import register_of
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import register_at, value_at
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record, RecordClock

logger = logging.getLogger(__name__)
SYSTEM = Who(0, "系统", frozenset(("系统",)), anything=True)


def expire(on: date) -> int:
    """Do every act whose limit has run out before ``on`` at every court. How many were done.

    Each is one transaction with its log entry. An act whose condition does not hold yet is tried again the
    next day. A second pass of the same day changes nothing: the act has moved its record.
    """
    done = 0
    for court in Court.objects.order_by("pk"):
        for key, label in _run_out(court, on):
            try:
                done += _expire(key, label)
            except Refusal as refused:
                logger.warning("台账记录 %s 期满没有自动办理：%s", key, refused)
    return done


def _run_out(court: Court, on: date) -> Iterator[tuple[int, str]]:
    """Records, with the limit, on which some version of their register has an act that time does."""
    known = registry(court)
    for id_ in known.register_ids():
        versions = (register_of(one.value) for one in known.files(id_))
        labels = {act.expires for version in versions for act in version.acts if act.expires}
        if labels:
            rows = RecordClock.objects.filter(
                record__court=court, record__register=id_, label__in=labels, done_on=None, due_on__lt=on
            )
            yield from list(rows.order_by("due_on", "pk").values_list("record_id", "label"))


def _expire(key: int, label: str) -> int:
    record = Record.objects.select_related("court").get(pk=key)
    act = _due(record, label)
    if act is None:
        return 0
    with verb(CLOCK, act.label[:40], record.court, subject_id=key, needs="", why=f"“{label}”已满") as work:
        locked = Record.objects.select_for_update(of=("self",)).select_related("court").get(pk=key)
        apply(work, locked, value_at(locked), Deed(act.label, SYSTEM, work.at.replace(tzinfo=None)))
    return 1


def _due(record: Record, label: str) -> Act | None:
    """The act that the record's own version does when this limit has run out in this state."""
    acts = (act for act in register_at(record).acts if act.expires == label)
    return next((act for act in acts if any(record.state in sources for sources, _ in act.moves)), None)
