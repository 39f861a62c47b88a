"""Numbers of records: counted by register and year, without a gap, whoever registers at the same time."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from mingjing.domain.ledgers.register import Register
from mingjing.storage.people.models import Court, Department
from mingjing.storage.records.models import Serial

_BLANK = re.compile(r"\{(年|月|序号|法院代字|部门)(?::(\d{1,2}))?\}")


def next_number(court: Court, register: Register, on: date, unit: Department | None) -> str:
    """The next number of a register; the row it counts by stays locked until the transaction ends."""
    return next_numbers(court, register, on, (unit,))[0]


def next_numbers(court: Court, register: Register, on: date, units: Sequence[Department | None]) -> list[str]:
    """The next numbers of a register, one for each of several records and its department, in this order."""
    pattern = _pattern(register)
    last = next_serial(court, register.id, on.year if "{年" in pattern else 0, several=len(units))
    first = last - len(units) + 1
    return [_number(pattern, court, on, unit, first + place) for place, unit in enumerate(units)]


def number_of(court: Court, register: Register, on: date, serial: int) -> str:
    """The number a register gives to this serial, where something else than counting chose it."""
    return _number(_pattern(register), court, on, None, serial)


def _pattern(register: Register) -> str:
    return register.number or f"{register.label}-{{年}}-{{序号:4}}"


def _number(pattern: str, court: Court, on: date, unit: Department | None, serial: int) -> str:
    given = {
        "年": f"{on.year:04}",
        "月": f"{on.month:02}",
        "序号": str(serial),
        "法院代字": court.code,
        "部门": unit.name if unit else "",
    }
    return _BLANK.sub(lambda blank: given[blank[1]].zfill(int(blank[2] or 0)), pattern)


def next_serial(court: Court, counted: str, year: int, *, several: int = 1) -> int:
    """The next number of a register or a document within a year (0: over all years), locked as above; of
    ``several`` that are taken at once the last."""
    Serial.objects.get_or_create(court=court, register=counted, year=year)
    serial = Serial.objects.select_for_update().get(court=court, register=counted, year=year)
    serial.last += several
    serial.save(update_fields=["last"])
    return serial.last
