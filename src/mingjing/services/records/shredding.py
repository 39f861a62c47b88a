"""Destroying personal content when its time is over: what is left says that it was, not what it held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from mingjing.domain.dates.offsets import day_after, day_before
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.acts import act
from mingjing.services.destroying import DESTROYED, destroy_contents
from mingjing.services.installation import registry
from mingjing.services.records.leftovers import set_aside, settle_leaving
from mingjing.services.records.machineries import register_of
from mingjing.services.records.releasing import withdraw
from mingjing.services.records.verbs import KIND
from mingjing.services.records.versions import register_at
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Evidence, Record, RecordNotice
from mingjing.storage.window.models import Receipt

NEAR = timedelta(days=5)
"""Months differ in length: a few days more are looked at, and each record is then counted exactly."""


def shred_due(on: date) -> int:
    """Destroy the content of every record whose time is over by ``on``. How many.

    The log never held guarded content (``writing.is_guarded``); what its entries did say about the record is
    destroyed with it, and the entries, their commitments and all proofs stay.
    """
    done = 0
    for court in Court.objects.order_by("pk"):
        for register_id, cutoff in _cutoffs(court, on):
            rows = Record.objects.filter(court=court, register=register_id, over_on__lte=cutoff)
            waiting = rows.filter(over=True, shredded_on__isnull=True).order_by("over_on", "pk")
            for record in list(waiting.select_related("court")):
                done += _shred_if_due(record, on)
    return done


def _cutoffs(court: Court, on: date) -> Iterator[tuple[str, date]]:
    """Registers of which some version keeps content for a time, with the last day worth looking at."""
    definitions = registry(court)
    for register_id in definitions.register_ids():
        versions = [register_of(one.value) for one in definitions.files(register_id)]
        days = [
            day_before(on, one.keeps, definitions.calendar(one.calendar))
            for one in versions
            if one is not None and one.keeps is not None
        ]
        if days:
            yield register_id, max(days) + NEAR


def _shred_if_due(record: Record, on: date) -> bool:
    try:
        register = register_at(record)
        due = _last_day(record, register)
    except Refusal:
        return False  # its definition or a calendar is missing: kept until it is back
    if due is None or due >= on:
        return False
    shred(record, register, on)
    return True


def _last_day(record: Record, register: Register) -> date | None:
    """The last day on which the content is kept; None where it is kept for good."""
    if register.keeps is None or record.over_on is None:
        return None
    calendar = registry(record.court).calendar(register.calendar)
    return day_after(record.over_on, register.keeps, calendar)


def shred(record: Record, register: Register, on: date) -> None:
    """Destroy the content of one record, with one log entry. Files nobody else has go with it."""
    gone: list[Evidence] = []
    try:
        with act(
            None,
            "到期销毁内容",
            needs="",
            subject_kind=KIND,
            subject_id=record.pk,
            court=record.court,
            definition=record.definition,
        ) as entry:
            gone += _emptied(record, on)
            set_aside(gone)
            emptied = destroy_contents(KIND, [record.pk])
            entry.payload = {
                "台账": register.label,
                "编号": record.number,
                "文件": len(gone),
                DESTROYED: emptied,
            }
    finally:
        settle_leaving([one.digest for one in gone])


def _emptied(record: Record, on: date) -> list[Evidence]:
    """The record without its content; the files nobody holds any more, their rows deleted."""
    files = list(Evidence.objects.filter(attachments__record=record).distinct())
    record.attachments.all().delete()
    record.parties.all().delete()
    RecordNotice.objects.filter(record=record).update(sentence="（内容已按期销毁）")
    record.data, record.inner, record.margin = {}, {}, {}
    record.title = record.search = record.likeness = ""
    record.holder = record.subject = None
    record.shredded_on = on
    withdraw(record)
    Receipt.objects.filter(record=record).delete()
    record.save()
    gone = [one for one in files if not one.is_held]
    Evidence.objects.filter(pk__in=[one.pk for one in gone]).delete()
    return gone
