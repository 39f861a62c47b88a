"""Cells of a workbook and the fields of a register: one layout for template, export and import."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.domain.reasons import Unreadable
from mingjing.imports.rows import Cell
from mingjing.imports.values import (
    Reading,
    is_empty,
    read_day,
    read_flag,
    read_moment,
    read_money,
    read_number,
    read_option,
    read_text,
)
from mingjing.services.actors import Actor
from mingjing.services.permissions import cases_seen
from mingjing.services.records.sight import sees
from mingjing.storage.people.models import Court, Department, Person
from mingjing.storage.records.models import Record

NUMBER, DAY, STATE, ABOVE = "编号", "登记日期", "状态", "上级编号"
HEAD = (NUMBER, DAY, STATE)
"""The columns before the fields: given by the system, but for the day, which may be entered."""
FILES = (FieldType.FILES, FieldType.PHOTOS)


def head_of(register: Register) -> tuple[str, ...]:
    """The columns before the fields; a register whose records stand under others names those too."""
    return (*HEAD, ABOVE) if register.under else HEAD


HINTS = {
    FieldType.TEXT: "文字。",
    FieldType.LONG: "文字，可以很长。",
    FieldType.INTEGER: "整数。",
    FieldType.DECIMAL: "数字，可以有小数。",
    FieldType.MONEY: "金额，写作 1286400.00 或 128.64万元；不写单位按元计。",
    FieldType.DAY: "日期，写作 2024-03-05；2024年3月5日也可以。",
    FieldType.MOMENT: "日期和时间，写作 2024-03-05 09:30。",
    FieldType.FLAG: "填“是”或“否”。",
    FieldType.CHOICE: "从下拉列表中选择。",
    FieldType.CHOICES: "可填几项，用顿号“、”隔开。",
    FieldType.PERSON: "本院人员的姓名；同名的写工号。",
    FieldType.PEOPLE: "本院人员的姓名，用顿号“、”隔开；同名的写工号。",
    FieldType.UNIT: "本院部门的全称。",
    FieldType.UNITS: "本院部门的全称，用顿号“、”隔开。",
    FieldType.FILES: "附件不能从表格导入，登记后再上传。",
    FieldType.PHOTOS: "照片不能从表格导入，登记后再上传。",
    FieldType.CASE: "案号。",
    FieldType.RECORD: "对方记录的编号。",
}
EXAMPLES = {FieldType.DAY: "2024-03-05", FieldType.MONEY: "1286400.00", FieldType.FLAG: "是"}


@dataclass(slots=True)
class Roll:
    """The people and departments of a court by the words a workbook uses."""

    people: dict[str, list[int]]
    units: dict[str, list[int]]

    @classmethod
    def of(cls, court: Court, on: date) -> Roll:
        """In two statements. A person is known by name and by staff number."""
        people: dict[str, list[int]] = {}
        for key, name, staff in Person.objects.filter(court=court).values_list("pk", "name", "staff_number"):
            people.setdefault(name, []).append(key)
            people.setdefault(staff, []).append(key)
        units: dict[str, list[int]] = {}
        for key, name in Department.objects.on(on).filter(court=court).values_list("pk", "name"):
            units.setdefault(name, []).append(key)
        return cls(people, units)


@dataclass(slots=True)
class CellReader:
    """Cells → values in the storage form of their field."""

    actor: Actor
    register: Register
    roll: Roll
    since_1904: bool = False

    @property
    def reading(self) -> Reading:
        """How the court writes days."""
        return Reading(ZoneInfo(self.actor.court.time_zone), since_1904=self.since_1904)

    def value(self, field: Field, cell: Cell) -> object:
        """The value of a cell, or "" where it is empty.

        Raises
        ------
        Unreadable, Ambiguous   what is wrong with it, what is allowed, an example
        """
        if is_empty(cell) or field.type in FILES:
            return ""
        read = self._readers().get(field.type)
        return read(field, cell) if read else read_text(cell)

    def _readers(self) -> dict[FieldType, Callable[[Field, Cell], object]]:
        return {
            FieldType.INTEGER: lambda field, cell: _whole(cell),
            FieldType.DECIMAL: lambda field, cell: str(read_number(cell)),
            FieldType.MONEY: lambda field, cell: f"{read_money(cell):.2f}",
            FieldType.DAY: lambda field, cell: read_day(cell, self.reading).isoformat(),
            FieldType.MOMENT: lambda field, cell: read_moment(cell, self.reading).isoformat("T", "minutes"),
            FieldType.FLAG: lambda field, cell: read_flag(cell),
            FieldType.CHOICE: lambda field, cell: read_option(cell, field.options),
            FieldType.CHOICES: lambda field, cell: [read_option(one, field.options) for one in _parts(cell)],
            FieldType.PERSON: lambda field, cell: self._one(self.roll.people, "人员", read_text(cell)),
            FieldType.PEOPLE: lambda field, cell: self._several(self.roll.people, "人员", cell),
            FieldType.UNIT: lambda field, cell: self._one(self.roll.units, "部门", read_text(cell)),
            FieldType.UNITS: lambda field, cell: self._several(self.roll.units, "部门", cell),
            FieldType.CASE: lambda field, cell: self._case(read_text(cell)),
            FieldType.RECORD: lambda field, cell: self._record(field, read_text(cell)),
        }

    def _several(self, known: dict[str, list[int]], what: str, cell: Cell) -> list[int]:
        return list(dict.fromkeys(self._one(known, what, part) for part in _parts(cell)))

    @staticmethod
    def _one(known: dict[str, list[int]], what: str, text: str) -> int:
        found = known.get(text, [])
        if len(found) == 1:
            return found[0]
        if found:
            raise Unreadable(f"本院有 {len(found)} 位“{text}”，请改写工号。")
        near = tuple(name for name in known if text and text in name)[:5]
        raise Unreadable(f"本院没有{what}“{text}”。", allowed=near)

    def _case(self, number: str) -> int:
        found = cases_seen(self.actor).filter(number=number).values_list("pk", flat=True).first()
        if found is None:
            raise Unreadable(f"没有案件“{number}”，或者您看不到。", example="（2024）云0102民初1560号")
        return found

    def _record(self, field: Field, number: str) -> int:
        rows = Record.objects.filter(court=self.actor.court, register=field.of, number=number)
        found = rows.select_related("court").first()
        if found is None or not sees(self.actor, found):
            raise Unreadable(f"没有记录“{number}”，或者您看不到。")
        return found.pk


def _parts(cell: Cell) -> list[str]:
    parts = [part.strip() for part in read_text(cell).replace("，", "、").replace(",", "、").split("、")]
    return [part for part in parts if part]


def _whole(cell: Cell) -> int:
    number = read_number(cell)
    if isinstance(number, Decimal):
        raise Unreadable(f"“{read_text(cell)}”不是整数。", example="12")
    return number


def cell_of(field: Field, value: object, shown: str) -> Cell | Decimal:
    """A stored value as a cell in its own type; ``shown`` is what people read."""
    if value in (None, "", [], ()):
        return None
    if field.type in (FieldType.MONEY, FieldType.DECIMAL):
        return Decimal(str(value))
    if field.type is FieldType.INTEGER and isinstance(value, int):
        return value
    return date.fromisoformat(str(value)) if field.type is FieldType.DAY else shown
