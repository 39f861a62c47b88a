"""Records of registers as the rows a count reads: their fields by label, and the case they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from mingjing.definitions.values.populations import ABOUT
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.domain.reasons import Refusal
from mingjing.services.figures.cells import Places
from mingjing.services.records.versions import register_at
from mingjing.services.screening_facts import Fields
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import Cell
from mingjing.storage.people.models import Court, Department, Person, Posting
from mingjing.storage.records.models import Record

_NUMBERS = (FieldType.INTEGER, FieldType.DECIMAL, FieldType.MONEY)


@dataclass(frozen=True, slots=True)
class RecordRow:
    """One record: its key, its register, the places it belongs to, its fields."""

    record_id: int
    register: str
    places: Places
    fields: Fields
    shredded: bool


def record_rows(court: Court, ids: Sequence[int]) -> list[RecordRow]:
    """The records of ``court`` among ``ids``, in the order of their keys. Five queries."""
    records = list(
        Record.objects.filter(court=court, pk__in=ids).select_related("holder", "unit").order_by("pk")
    )
    registers: dict[str, Register | None] = {}
    for record in records:
        record.court = court
        if record.definition not in registers:
            registers[record.definition] = _register(record)
    beside = _Beside.of(records, registers)
    return [
        RecordRow(
            record.pk,
            record.register,
            _places(record, beside),
            _fields(record, registers[record.definition], beside),
            record.shredded_on is not None,
        )
        for record in records
    ]


def case_field(register: Register) -> str:
    """The key of the field that says which case a record is about, empty where none does."""
    return next((one.key for one in register.fields if one.type is FieldType.CASE), "")


def _register(record: Record) -> Register | None:
    """The register as the record began with it; None where its file is gone."""
    try:
        return register_at(record)
    except Refusal:
        return None


@dataclass(frozen=True, slots=True)
class _Beside:
    """What the keys in some records stand for."""

    people: dict[int, str]
    units: dict[int, str]
    cases: dict[int, Case]
    posted: dict[int, list[Posting]]

    @classmethod
    def of(cls, records: Iterable[Record], registers: dict[str, Register | None]) -> _Beside:
        keys: dict[FieldType, set[int]] = {
            FieldType.PERSON: set(),
            FieldType.UNIT: set(),
            FieldType.CASE: set(),
        }
        alone = set()
        for record in records:
            register = registers[record.definition]
            for one in register.fields if register else ():
                value = record.data.get(one.key)
                if one.type in keys and isinstance(value, int):
                    keys[one.type].add(value)
            if record.unit_id is None and record.holder_id is not None:
                alone.add(record.holder_id)
        posted: dict[int, list[Posting]] = {}
        rows = Posting.objects.filter(person__in=alone, department__isnull=False)
        for posting in rows.select_related("department").order_by("since", "pk"):
            posted.setdefault(posting.person_id, []).append(posting)
        cases = Case.objects.filter(pk__in=keys[FieldType.CASE]).select_related("department", "handler")
        return cls(
            dict(Person.objects.filter(pk__in=keys[FieldType.PERSON]).values_list("pk", "name")),
            dict(Department.objects.filter(pk__in=keys[FieldType.UNIT]).values_list("pk", "name")),
            {case.pk: case for case in cases},
            posted,
        )

    def unit_of(self, record: Record) -> Department | None:
        """The department of a record: its own, else where its holder was posted when it was opened."""
        if record.unit_id is not None:
            return record.unit
        day = record.opened_on
        for posting in self.posted.get(record.holder_id or 0, ()):
            if posting.since <= day and (posting.until is None or day <= posting.until):
                return posting.department
        return None


def _places(record: Record, beside: _Beside) -> Places:
    unit = beside.unit_of(record)
    members = {
        Cell.Axis.DEPARTMENT: str(unit.pk) if unit else "",
        Cell.Axis.HANDLER: str(record.holder_id or ""),
    }
    return tuple(members.get(axis, "") for axis in Cell.Axis)


def _fields(record: Record, register: Register | None, beside: _Beside) -> Fields:
    found: Fields = {}
    for one in register.fields if register else ():
        value = _value(one.type, record.data.get(one.key), beside)
        if value is not None and value != "":
            found[one.label] = value
    unit = beside.unit_of(record)
    every: Fields = {
        "法院": record.court.name,
        "部门": unit.name if unit else None,
        "承办人": record.holder.name if record.holder else None,
        "编号": record.number,
        "状态": record.state,
        "期间": record.period or None,
        "登记日期": record.opened_on,
        "了结日期": record.over_on,
        "最近期限": record.due_on,
        "已了结": record.over,
    }
    found |= {name: value for name, value in every.items() if value is not None}
    key = record.data.get(case_field(register)) if register else None
    case = beside.cases.get(key) if isinstance(key, int) else None
    return found | (_about(case) if case else {})


def _about(case: Case) -> Fields:
    """What a record's case is, under the names a condition uses."""
    told = {
        "案件类型": case.kind,
        "审理程序": case.procedure,
        "案由": case.cause,
        "承办部门": case.department.name if case.department else "",
        "承办人": case.handler_name or (case.handler.name if case.handler else ""),
        "立案日期": case.filed_on,
        "结案日期": case.closed_on,
        "结案方式": case.outcome,
    }
    return {f"{ABOUT}{name}": value for name, value in told.items() if value is not None and value != ""}


def _value(type_: FieldType, value: object, beside: _Beside) -> object:
    if value is None:
        return None
    if type_ in (FieldType.TEXT, FieldType.CHOICE, FieldType.FLAG):
        return value
    if type_ in _NUMBERS:
        try:
            return Decimal(str(value))
        except InvalidOperation:
            return None
    if type_ is FieldType.DAY:
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            return None
    table = {FieldType.PERSON: beside.people, FieldType.UNIT: beside.units}.get(type_, {})
    return table.get(value) if isinstance(value, int) else None
