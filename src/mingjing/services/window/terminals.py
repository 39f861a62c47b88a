"""Self-service terminals: a key, when each was last heard of, and what its silence does to its record.

A terminal is a record of ``ledger.terminal``; its key is the code of that record. What it hands in goes the
way of every form of the window. It says every few minutes that it is there: that changes one column. Only
falling silent, and coming back, are acts.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction

from mingjing.domain.ledgers.matters import Deed, Who
from mingjing.domain.reasons import Refusal
from mingjing.services.acts import CLOCK
from mingjing.services.installation import now
from mingjing.services.records.applying import apply
from mingjing.services.records.verbs import verb
from mingjing.services.records.versions import value_at
from mingjing.services.records.words import SYSTEM
from mingjing.services.window.codes import digest_of
from mingjing.services.window.offers import setting
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record
from mingjing.storage.window.models import Receipt

TERMINALS = "ledger.terminal"
WORKING, SILENT = "运行", "失联"
FALL_SILENT, COME_BACK = "失联", "恢复联系"
_ITSELF = Who(0, SYSTEM, frozenset({SYSTEM}))


class WrongKey(Refusal):
    """No terminal in use has this key."""

    code = "wrong-key"


def heard(key: str) -> Record:
    """The terminal of a key, heard of now; one that had fallen silent is back. Raises WrongKey."""
    found = Receipt.objects.filter(digest=digest_of(key), record__register=TERMINALS)
    record = Record.objects.filter(receipt__in=found, over=False).select_related("court").first()
    if record is None:
        raise WrongKey("没有用这把密钥的自助终端，或者它已经停用。请到“自助终端”台账重新发一把。")
    Receipt.objects.filter(record=record).update(seen_at=now())
    if record.state == SILENT:
        _change(record.pk, SILENT, COME_BACK)
    return record


def fall_silent() -> int:
    """Mark every working terminal that has not been heard of for longer than its court allows. How many.

    A court whose settings cannot be read waits until they can: the clock has other things to do.
    """
    silent = 0
    for court in Court.objects.order_by("pk"):
        rows = list(Record.objects.filter(court=court, register=TERMINALS, state=WORKING))
        if not rows:
            continue
        try:
            last = now() - timedelta(minutes=setting(court, "失联时间"))
        except Refusal:
            continue
        for receipt in Receipt.objects.filter(record__in=rows, seen_at__lt=last):
            silent += _change(receipt.record_id, WORKING, FALL_SILENT)
    return silent


def _change(key: int, before: str, label: str) -> bool:
    """The act of the system on a terminal, unless somebody acted meanwhile."""
    with transaction.atomic():
        locked = Record.objects.select_for_update(of=("self",)).select_related("court").get(pk=key)
        if locked.state != before:
            return False
        with verb(CLOCK, label, locked.court, subject_id=locked.pk, needs="") as work:
            apply(work, locked, value_at(locked), Deed(label, _ITSELF, work.at.replace(tzinfo=None)))
    return True
