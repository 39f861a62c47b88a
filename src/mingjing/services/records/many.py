"""Many records of one register made in one verb: as one by one, in a few statements whatever their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingjing.domain.approvals.approval import Approval
from mingjing.domain.ledgers.clocks import Done
from mingjing.domain.ledgers.matters import COUNTS, Deed, Matter, Stepped
from mingjing.domain.ledgers.register import NEW, Register
from mingjing.services.bulk_writing import insert
from mingjing.services.records.entries import FILE_TYPES, check_entries
from mingjing.services.records.limits import begin_clocks, let_speak
from mingjing.services.records.listed_names import warn
from mingjing.services.records.machineries import register_of, step
from mingjing.services.records.making import make
from mingjing.services.records.numbering import next_numbers
from mingjing.services.records.parties import REPEATED, carry_repeated, parties_of, repeated
from mingjing.services.records.verbs import Work
from mingjing.services.records.versions import reference_of
from mingjing.services.records.words import OWN_UNIT, PERSON_TYPES, UNIT_TYPES, keys_of
from mingjing.services.records.writing import act_row, carry_fields, changed_by, own_unit
from mingjing.storage.people.models import Department
from mingjing.storage.records.models import Record, RecordParty

_AT_ONCE = 500
"""Numbers asked for in one statement."""


@dataclass(frozen=True, slots=True)
class New:
    """One record to be made: its first act, its period, the mark of its obligation.

    ``placeless``: whom it is about has no department, so it does not belong to that of whoever makes it.
    """

    deed: Deed
    period: str = ""
    obligation: str = ""
    placeless: bool = False


def make_many(work: Work, value: object, news: Sequence[New]) -> list[Record]:
    """The records, in this order, within a verb that is under way.

    The log entry is not told of each: whoever calls writes into it what was done. Raises as ``make``.
    """
    register = register_of(value)
    if not news:
        return []
    if isinstance(value, Approval) or register.recurs is not None or _with_files(register, news):
        return [make_one(work, value, new) for new in news]
    _check(work, register, news)
    counts = dict.fromkeys(COUNTS, 0)
    stepped = [step(value, Matter(counts=counts, opened=work.on), new.deed) for new in news]
    if any(one.opens or one.told or one.flags for one in stepped):
        return [make_one(work, value, new) for new in news]
    return _write(work, register, news, stepped)


def make_one(work: Work, value: object, new: New) -> Record:
    """One record; the log entry is told of it where it says nothing yet."""
    record = make(work, value, new.deed, period=new.period, obligation=new.obligation)
    if new.placeless and record.unit_id is not None:
        before = repeated(record)
        Record.objects.filter(pk=record.pk).update(unit=None)
        record.parties.filter(capacity=OWN_UNIT).delete()
        record.unit = None
        carry_repeated(record, before)
    return record


def _with_files(register: Register, news: Sequence[New]) -> bool:
    labels = {field.label for field in register.fields if field.type in FILE_TYPES}
    return any(labels & new.deed.values.keys() for new in news)


def _check(work: Work, register: Register, news: Sequence[New]) -> None:
    """What is entered, checked as for one: each different value once, people and departments together."""
    said: dict[str, dict[str, object]] = {}
    for new in news:
        for label, held in new.deed.values.items():
            said.setdefault(label, {})[repr(held)] = held
    named = {field.label for field in register.fields if field.type in PERSON_TYPES | UNIT_TYPES}
    for label, values in said.items():
        together = [sorted(set().union(*map(keys_of, values.values())))] if label in named else []
        for held in together or values.values():
            check_entries(work.actor, work.court, register, {label: held}, work.on)


def _write(work: Work, register: Register, news: Sequence[New], stepped: Sequence[Stepped]) -> list[Record]:
    records = _records(work, register, news, stepped)
    changed = [changed_by(one, new.deed, {}) for new, one in zip(news, stepped, strict=True)]
    moment = work.at.replace(tzinfo=None)
    new_clocks = [
        (record, Done(record.revision, new.deed.act, work.on, record.state, values, moment))
        for record, new, values in zip(records, news, changed, strict=True)
    ]
    begun = begin_clocks(new_clocks, register, today=work.today)
    _save(work, register, records)
    let_speak(begun, register)
    parties = [
        (record.pk, *party, *repeated(record)) for record in records for party in parties_of(record, register)
    ]
    insert(RecordParty, ("record_id", "capacity", "person_id", "unit_id", *REPEATED), parties)
    quiet, work.quiet = work.quiet, True
    for record, new, values, one in zip(records, news, changed, stepped, strict=True):
        work.acts.append(act_row(work, record, register, NEW, values, new.deed, ()))
        warn(work, record, register, one.values)
    work.quiet = quiet
    return records


def _save(work: Work, register: Register, records: Sequence[Record]) -> None:
    """The records written, and their keys known by their numbers."""
    names = [field.attname for field in Record._meta.concrete_fields if not field.primary_key]
    insert(Record, names, [tuple(getattr(row, name) for name in names) for row in records], strict=True)
    keys: dict[str, int] = {}
    numbers = [record.number for record in records]
    there = Record.objects.filter(court=work.court, register=register.id).order_by()
    for start in range(0, len(numbers), _AT_ONCE):
        found = there.filter(number__in=numbers[start : start + _AT_ONCE])
        keys |= dict(found.values_list("number", "pk"))
    for record in records:
        record.pk = keys[record.number]
        record._state.adding = False


def _records(work: Work, register: Register, news: Sequence[New], stepped: Sequence[Stepped]) -> list[Record]:
    """The records as their first acts leave them, numbered, not saved."""
    definition, own = reference_of(work.court, register.id, work.on), own_unit(work)
    records = []
    for new, one in zip(news, stepped, strict=True):
        record = Record(
            court=work.court,
            register=register.id,
            definition=definition,
            state=NEW,
            registered_by_id=work.person,
            acted_by_id=work.person,
            unit_id=own,
            opened_on=work.on,
            period=new.period,
            obligation=new.obligation,
        )
        carry_fields(work, record, register, one, new.deed)
        records.append(record)
    places = Department.objects.in_bulk({record.unit_id for record in records if record.unit_id})
    units = [places.get(record.unit_id) if record.unit_id else None for record in records]
    for record, number, new in zip(
        records, next_numbers(work.court, register, work.on, units), news, strict=True
    ):
        record.number = number
        record.search = f"{number} {record.search}".strip()
        if new.placeless:
            record.unit_id = None
    return records
