"""The outer shell of a lead: what is kept in the open, what is sealed, who holds which capacity."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import cast

from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.services.installation import registry
from mingjing.storage.leads.models import Lead
from mingjing.storage.people.models import Court

LEAD = "ledger.lead"
CONTENT = (FieldType.LONG, FieldType.FILES, FieldType.PHOTOS)
"""Types whose values are sealed; the rest are days, signs and keys of those who work on the lead."""
PEOPLE = (FieldType.PERSON, FieldType.PEOPLE)


def register_at(lead: Lead) -> Register:
    """The definition a lead began with."""
    return cast(Register, registry(lead.court).register_value_at(lead.definition))


def is_sealed(field: Field) -> bool:
    """Whether what a field holds is content."""
    return field.type in CONTENT


def shell_values(lead: Lead, register: Register) -> dict[str, object]:
    """The open values by label, with the people from the members as they are now."""
    values = {field.label: lead.data.get(field.key) for field in register.fields if not is_sealed(field)}
    members = [(one.capacity, one.person_id) for one in lead.members.filter(until__isnull=True)]
    for field in register.fields:
        if field.type in PEOPLE:
            held = [person for capacity, person in members if capacity == field.label]
            values[field.label] = held if field.type is FieldType.PEOPLE else next(iter(held), None)
    return values


def split(register: Register, values: Mapping[str, object]) -> tuple[dict[str, object], dict[str, object]]:
    """What was entered, by label: the open part and the sealed part."""
    sealed = {field.label for field in register.fields if is_sealed(field)}
    plain = {label: value for label, value in values.items() if label not in sealed}
    return plain, {label: value for label, value in values.items() if label in sealed and value}


def register_on(court: Court, day: date) -> Register:
    """The definition in force for new leads."""
    return registry(court).register(LEAD, day)
