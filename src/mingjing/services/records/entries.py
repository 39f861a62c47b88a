"""What is entered, checked against what is stored: people and departments of the court, cases and records
the actor sees, files that were received. Whether a value fits its type is the machinery's question."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import cast

from django.db.models import QuerySet

from mingjing.domain.ledgers.matters import WrongValue
from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.permissions import MOST_KEY, cases_seen
from mingjing.services.records.powers import require_power
from mingjing.services.records.sight import sees
from mingjing.services.records.words import PERSON_TYPES, UNIT_TYPES, keys_of
from mingjing.storage.kept import Given, ask_count, several
from mingjing.storage.people.models import Court, Department, Person
from mingjing.storage.records.models import Evidence, Record

FILE_TYPES = frozenset((FieldType.FILES, FieldType.PHOTOS))
FEW = 8
"""For so many people or files the statement is kept by their number."""


def check_entries(
    actor: Actor | None, court: Court, register: Register, values: Mapping[str, object], on: date
) -> None:
    """Refuse what points to nothing, or to what the actor does not see.

    Raises
    ------
    WrongValue       the field, what is wrong with it
    OutsideTheList   a supervisory act that the list of powers does not give the actor
    """
    require_power(actor, court, register.id, values)
    for field in register.fields:
        value = values.get(field.label)
        if value in (None, "", [], ()):
            continue
        if field.type in PERSON_TYPES | UNIT_TYPES:
            _check_roster(court, field, value, on)
        elif field.type in FILE_TYPES:
            _check_files(field, value)
        elif actor is not None and field.type is FieldType.CASE:
            if not cases_seen(actor).filter(pk__in=keys_of(value)).exists():
                raise WrongValue(f"“{field.label}”填的案件没有，或者您看不到。")
        elif actor is not None and field.type is FieldType.RECORD:
            _check_record(actor, field, value)


def _check_roster(court: Court, field: Field, value: object, on: date) -> None:
    keys = keys_of(value)
    if field.type in PERSON_TYPES:
        found = _known(court, sorted(keys))
        what = "人员不在本院"
    else:
        found = Department.objects.on(on).filter(pk__in=keys, court=court).count()
        what = f"部门不在本院，或者在 {on} 没有设立"
    if not keys or found != len(keys):
        raise WrongValue(f"“{field.label}”填的{what}。请从列表中选择。")


def _known(court: Court, keys: Sequence[int]) -> int:
    """How many of these people are of the court."""

    if len(keys) > FEW or max(keys, default=0) > MOST_KEY:
        return Person.objects.filter(pk__in=keys, court=court).count()
    places, named = several(keys)

    def compose() -> QuerySet[Person]:
        return Person.objects.filter(pk__in=places, court=cast(Court, Given("court"))).order_by()

    return ask_count(("people of a court", len(keys)), compose, {**named, "court": court.pk})


def _check_files(field: Field, value: object) -> None:
    digests = sorted({str(one) for one in value}) if isinstance(value, (list, tuple)) else []
    if _received(digests) != len(digests):
        raise WrongValue(f"“{field.label}”里有没收到的文件。请重新上传。")


def _received(digests: Sequence[str]) -> int:
    """How many of these files there are."""
    if len(digests) > FEW:
        return Evidence.objects.filter(digest__in=digests).count()
    places, named = several(digests, Evidence._meta.get_field("digest"))

    def compose() -> QuerySet[Evidence]:
        return Evidence.objects.filter(digest__in=places).order_by()

    return ask_count(("evidence received", len(digests)), compose, named)


def _check_record(actor: Actor, field: Field, value: object) -> None:
    found = Record.objects.select_related("court").filter(pk__in=keys_of(value)).first()
    if found is None or (field.of and found.register != field.of) or not sees(actor, found):
        raise WrongValue(f"“{field.label}”填的记录没有，或者您看不到。")
