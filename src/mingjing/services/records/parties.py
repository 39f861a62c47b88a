"""Who has a part in a record, as rows: by them a list knows what somebody sees without reading records."""

from __future__ import annotations

from mingjing.domain.ledgers.register import Register
from mingjing.services.records.capacities import Anchors
from mingjing.services.records.words import LASTING, TOLD
from mingjing.storage.records.models import Record, RecordParty

Party = tuple[str, int | None, int | None]


def parties_of(record: Record, register: Register) -> frozenset[Party]:
    """(capacity, person, department) as the record stands."""
    anchors = Anchors.of(record, register)
    people = {(word, key, None) for word, keys in anchors.people.items() for key in keys}
    units = {(word, None, key) for word, keys in anchors.units.items() for key in keys}
    return frozenset(people | units)


def carry_parties(record: Record, before: frozenset[Party], after: frozenset[Party]) -> None:
    """Write what an act changed of the parts."""
    for capacity, person, unit in before - after:
        if capacity not in LASTING:
            RecordParty.objects.filter(record=record, capacity=capacity, person=person, unit=unit).delete()
    new = [party for party in after - before if party[0] not in LASTING or not _held(record, party)]
    RecordParty.objects.bulk_create(
        [RecordParty(record=record, capacity=c, person_id=p, unit_id=u) for c, p, u in new]
    )


def add_told(record: Record, people: set[int]) -> None:
    """Whoever was told of a record sees it."""
    known = RecordParty.objects.filter(record=record, capacity=TOLD, person__in=people)
    fresh = people - set(known.values_list("person_id", flat=True))
    RecordParty.objects.bulk_create(
        [RecordParty(record=record, capacity=TOLD, person_id=key) for key in sorted(fresh)]
    )


def _held(record: Record, party: Party) -> bool:
    return RecordParty.objects.filter(record=record, capacity=party[0], person=party[1]).exists()
