"""Reading what is sealed or personal leaves a trace too: who read which record, on which day, why."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import act, stamp
from mingjing.services.installation import day_begins
from mingjing.storage.auditlog.models import Act

VERB = "查看"


def note_reading(
    actor: Actor, subject_kind: str, subject_id: object, why: str, *, definition: str = ""
) -> None:
    """Leave one entry that ``actor`` read a sealed or personal record; a second look on the same day for the
    same reason adds none.

    Call it before showing anything: where the entry cannot be written, nothing is shown. The permission to
    read is the caller's to check. ``why`` names the ground, never the content; the entry keeps it for good.
    """
    since = stamp(day_begins(actor.court, actor.on))
    known = Act.objects.filter(
        subject_kind=subject_kind,
        subject_id=str(subject_id),
        actor=str(actor.person.pk),
        verb=VERB,
        why=why,
        at__gte=since,
    )
    if known.exists():
        return
    with act(actor, VERB, needs=None, subject_kind=subject_kind, subject_id=subject_id, why=why) as entry:
        entry.definition = definition
