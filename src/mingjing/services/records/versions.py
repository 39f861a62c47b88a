"""The versions of registers: what is in force at a court, and the version a record began with."""

from __future__ import annotations

from datetime import date

from mingjing.domain.ledgers.register import SEALED, Register
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible
from mingjing.services.records.machineries import register_of
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record


def value_of(court: Court, register_id: str, on: date) -> object:
    """The typed definition of a register in force on a day.

    Raises UnknownDefinition, NotInForce; NotVisible for a sealed one, which keeps no records here (G9).
    """
    value = registry(court).register_value(register_id, on)
    if register_of(value).secrecy == SEALED:
        raise NotVisible
    return value


def value_at(record: Record) -> object:
    """The typed definition a record began with: it finishes under that version.

    Raises
    ------
    UnknownDefinition   its file is gone
    """
    return registry(record.court).register_value_at(record.definition)


def register_at(record: Record) -> Register:
    """The register a record began with."""
    return register_of(value_at(record))


def registers_on(court: Court, on: date) -> tuple[Register, ...]:
    """Every register in force at a court on a day."""
    return registry(court).registers(on)


def states_ever(court: Court, register_id: str) -> frozenset[str]:
    """The labels of every state a register knows or knew: open records stand in those of their versions."""
    versions = (one.value for one in registry(court).files(register_id) if one.value is not None)
    return frozenset(state.label for value in versions for state in register_of(value).states)


def reference_of(court: Court, register_id: str, on: date) -> str:
    """``id @ effective date # hash``, as a new record keeps it."""
    return registry(court).ref(register_id, on)
