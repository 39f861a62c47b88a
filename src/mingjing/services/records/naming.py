"""Names of what fields point to, asked for all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.services.records.words import PERSON_TYPES, UNIT_TYPES, keys_of
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Record

_FILES = (FieldType.FILES, FieldType.PHOTOS)


class Names:
    """People, departments, cases and records that values name, read in one statement each."""

    def __init__(self, register: Register, many: Iterable[Mapping[str, object]]) -> None:
        rows = list(many)
        self._people = self._read(register, rows, PERSON_TYPES)
        self._units = self._read(register, rows, UNIT_TYPES)
        self._cases = self._read(register, rows, frozenset((FieldType.CASE,)))
        self._records = self._read(register, rows, frozenset((FieldType.RECORD,)))

    @staticmethod
    def _read(
        register: Register, rows: list[Mapping[str, object]], types: frozenset[FieldType]
    ) -> dict[int, str]:
        labels = [field.label for field in register.fields if field.type in types]
        keys = {key for row in rows for label in labels for key in keys_of(row.get(label))}
        if not keys:
            return {}
        if types == PERSON_TYPES:
            return dict(Person.objects.filter(pk__in=keys).values_list("pk", "name"))
        if types == UNIT_TYPES:
            return dict(Department.objects.filter(pk__in=keys).values_list("pk", "name"))
        model = Case if FieldType.CASE in types else Record
        return dict(model.objects.filter(pk__in=keys).values_list("pk", "number"))

    def shown(self, field: Field, value: object) -> str:
        """A value as people read it; several are joined by 、; files are counted."""
        if value in (None, "", [], ()):
            return ""
        if field.type in _FILES:
            return f"{len(value)} 份" if isinstance(value, (list, tuple)) else ""
        if field.type is FieldType.FLAG:
            return "是" if value else "否"
        known = self._table(field)
        several = value if isinstance(value, (list, tuple)) else [value]
        if known is not None:
            return "、".join(known.get(one, "") for one in several if isinstance(one, int))
        return "、".join(map(str, several))

    def _table(self, field: Field) -> dict[int, str] | None:
        if field.type in PERSON_TYPES:
            return self._people
        if field.type in UNIT_TYPES:
            return self._units
        return {FieldType.CASE: self._cases, FieldType.RECORD: self._records}.get(field.type)
