"""What a field holds, as people read it: names for keys, words for yes and no, money with its unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db.models import CharField, F, Value
from django.db.models.functions import Cast

from mingjing.domain.ledgers.register import Field, FieldType
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Record

PEOPLE, UNITS, CASES, RECORDS = "人", "部门", "案件", "记录"
HOLDS = {
    FieldType.PERSON: PEOPLE,
    FieldType.PEOPLE: PEOPLE,
    FieldType.UNIT: UNITS,
    FieldType.UNITS: UNITS,
    FieldType.CASE: CASES,
    FieldType.RECORD: RECORDS,
}
SOURCES = {
    PEOPLE: (Person, "name"),
    UNITS: (Department, "name"),
    CASES: (Case, "number"),
    RECORDS: (Record, "number"),
}
Names = Mapping[str, Mapping[int, str]]


def keys_in(value: object) -> tuple[int, ...]:
    """The primary keys a field holds: one, several or none."""
    several = value if isinstance(value, list | tuple) else (value,)
    return tuple(one for one in several if isinstance(one, int) and not isinstance(one, bool))


def names_for(held: Iterable[tuple[Field, object]]) -> dict[str, dict[int, str]]:
    """The names behind the keys that fields hold, by what they name: one statement, none without keys."""
    wanted: dict[str, set[int]] = {}
    for field, value in held:
        kind = HOLDS.get(field.type)
        if kind:
            wanted.setdefault(kind, set()).update(keys_in(value))
    parts = []
    for kind, keys in wanted.items():
        if keys:
            model, name = SOURCES[kind]
            rows = model._default_manager.filter(pk__in=keys).order_by()
            shown = Cast(F(name), CharField(max_length=120))
            parts.append(rows.values_list(Value(kind, CharField()), "pk", shown))
    found: dict[str, dict[int, str]] = {}
    if parts:
        for kind, key, name in parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]:
            found.setdefault(kind, {})[key] = name
    return found


def said(field: Field, value: object, names: Names) -> str:
    """The value in words; empty where there is none. Files are counted (``3 个文件``)."""
    if value in (None, "", [], ()):
        return ""
    if (kind := HOLDS.get(field.type)) is not None:
        known = names.get(kind, {})
        return "、".join(known.get(key, "（已不在册）") for key in keys_in(value))
    if field.type in (FieldType.FILES, FieldType.PHOTOS):
        return f"{len(value) if isinstance(value, list) else 1} 个文件"
    if field.type is FieldType.CHOICES and isinstance(value, list):
        return "、".join(map(str, value))
    if field.type is FieldType.FLAG:
        return "是" if value else "否"
    if field.type is FieldType.MONEY:
        return f"{_amount(value)} 元"
    if field.type is FieldType.MOMENT:
        return str(value).replace("T", " ")[:16]
    unit = f" {field.unit}" if field.unit else ""
    return f"{value}{unit}"


def _amount(value: object) -> str:
    try:
        return f"{Decimal(str(value)):,.2f}"
    except InvalidOperation:
        return str(value)


def plain(field: Field, value: object, names: Names) -> object:
    """The value for a workbook: days and numbers as such, everything else as text."""
    if value in (None, "", [], ()):
        return None
    if field.type is FieldType.DAY:
        return date.fromisoformat(str(value)[:10])
    if field.type is FieldType.INTEGER:
        return value
    if field.type in (FieldType.DECIMAL, FieldType.MONEY):
        return float(str(value))
    if field.type is FieldType.MOMENT:
        return f"{datetime.fromisoformat(str(value)):%Y-%m-%d %H:%M}"
    return said(field, value, names)
