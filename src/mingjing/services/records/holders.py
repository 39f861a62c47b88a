"""Who holds the posts of an approval's steps: what its machinery cannot look up by itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from types import MappingProxyType

from mingjing.domain.approvals.approval import Approval
from mingjing.domain.approvals.chain import Person
from mingjing.domain.ledgers.matters import Deed
from mingjing.services.recipients import load_roster
from mingjing.services.records.aiming import with_people
from mingjing.services.records.capacities import people_of
from mingjing.services.records.words import by_key
from mingjing.storage.records.models import Record

NOTHING: Mapping[str, object] = MappingProxyType({})


def with_holders(value: object, record: Record, deed: Deed) -> Deed:
    """The deed with who holds the posts of an approval's steps on its day; other machineries ask nobody.

    ``record`` may be one that is only being made; nothing of it is changed. Raises NobodyThere.
    """
    if not isinstance(value, Approval):
        return deed
    target = with_people(record.court, deed.target, deed.on)
    found = holders_for(value, record, deed.on, deed.values)
    holders = {word: [list(one) for one in people] for word, people in found.items()}
    return replace(deed, target={**target, "holders": holders})


def holders_for(
    value: Approval, record: Record, on: date, entries: Mapping[str, object] = NOTHING
) -> dict[str, list[Person]]:
    """Capacity → who holds it towards the record on a day, once ``entries`` (by label) are on it."""
    provisional = Record(
        court=record.court,
        register=record.register,
        definition=record.definition,
        unit_id=record.unit_id,
        registered_by_id=record.registered_by_id,
        acted_by_id=record.acted_by_id,
        subject_id=record.subject_id,
        holder_id=record.holder_id,
        data={**record.data, **by_key(value.register, entries)},
        inner=record.inner,
    )
    roster = load_roster(record.court, on)
    asked = (word for step in value.steps for word in step.words)
    words = dict.fromkeys((*asked, *value.copies_to))
    return {word: [(one.pk, one.name) for one in people_of(provisional, word, on, roster)] for word in words}
