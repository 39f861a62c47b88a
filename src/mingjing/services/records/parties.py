"""Who has a part in a record, as rows: by them a list knows what somebody sees without reading records."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import QuerySet

from mingjing.domain.ledgers.register import Register
from mingjing.services.records.capacities import Anchors
from mingjing.services.records.words import LASTING, TOLD
from mingjing.storage.kept import Given, ask
from mingjing.storage.people.models import Person
from mingjing.storage.prepared import prepared_cursor
from mingjing.storage.records.models import Record, RecordParty

Party = tuple[str, int | None, int | None]
Repeated = tuple[Any, ...]
REPEATED = ("court_id", "register", "over", "state", "due_on", "place_id")
"""The columns of a part that repeat its record, in the order of ``repeated``."""
_REPEAT = (
    f"UPDATE {RecordParty._meta.db_table} SET "  # noqa: S608
    + ", ".join(f'"{name}" = %s' for name in REPEATED)
    + " WHERE record_id = %s"
)


def repeated(record: Record) -> Repeated:
    """What its parts repeat of a record, as it stands."""
    return record.court_id, record.register, record.over, record.state, record.due_on, record.unit_id


def carry_repeated(record: Record, before: Repeated) -> None:
    """Let the parts of a record that was ``before`` say what it is now: one statement, or none."""
    now = repeated(record)
    if now != before:
        with prepared_cursor() as cursor:
            cursor.execute(_REPEAT, [*now, record.pk])


def part(record: Record, capacity: str, person: int | None = None, unit: int | None = None) -> RecordParty:
    """A part in a saved record, not saved itself."""
    own = dict(zip(REPEATED, repeated(record), strict=True))
    return RecordParty(record=record, capacity=capacity, person_id=person, unit_id=unit, **own)


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
    RecordParty.objects.bulk_create([part(record, *party) for party in new])


def add_told(record: Record, people: set[int]) -> None:
    """Whoever was told of a record sees it."""
    known = RecordParty.objects.filter(record=record, capacity=TOLD, person__in=people)
    fresh = people - set(known.values_list("person_id", flat=True))
    RecordParty.objects.bulk_create([part(record, TOLD, key) for key in sorted(fresh)])


def _held(record: Record, party: Party) -> bool:
    def lasting() -> QuerySet[RecordParty, Any]:
        mine = RecordParty.objects.filter(record=cast(Record, Given("record")), capacity=party[0])
        return mine.filter(person=cast(Person, Given("person"))).order_by().values_list("pk")[:1]

    return bool(ask(("a part held", party[0]), lasting, {"record": record.pk, "person": party[1]}))
