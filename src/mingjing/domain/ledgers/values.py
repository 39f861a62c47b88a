"""What fields hold: whether it is there, whether it is of the field's type, how conditions compare it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal

from mingjing.domain.ledgers.matters import WrongValue
from mingjing.domain.ledgers.register import Field, FieldType, Register

FILE_KINDS = frozenset({FieldType.FILES, FieldType.PHOTOS})
PERSON_KINDS = frozenset({FieldType.PERSON, FieldType.PEOPLE})
UNIT_KINDS = frozenset({FieldType.UNIT, FieldType.UNITS})
SEVERAL_KINDS = frozenset({FieldType.PEOPLE, FieldType.UNITS, FieldType.CHOICES}) | FILE_KINDS
_KEYED = frozenset({FieldType.PERSON, FieldType.UNIT, FieldType.CASE, FieldType.RECORD})
_EXAMPLES = {
    FieldType.INTEGER: "12",
    FieldType.DECIMAL: "0.85",
    FieldType.MONEY: "1200.00",
    FieldType.DAY: "2024-03-01",
    FieldType.MOMENT: "2024-03-01T09:30",
    FieldType.FLAG: "是",
}
MOST_TEXT = 20_000
"""Letters in a 长文本."""
MOST_TITLE = 400
"""Letters in a 文本."""


CELL = "｜"
"""Between the cells of a table that is kept as text."""


def is_empty(value: object) -> bool:
    """Whether a field holds nothing. 否 and 0 are something."""
    return value is None or value in ("", [], ())


def check_value(field: Field, value: object) -> None:
    """Refuse what is not the storage form of the field's type (see ``FieldType``). An empty value passes.

    Raises
    ------
    WrongValue   the value is of another form, or not among the options
    """
    if is_empty(value):
        return
    if field.type is FieldType.CHOICE:
        _require_option(field, value)
    elif field.type is FieldType.CHOICES:
        for one in _several(field, value):
            _require_option(field, one)
    elif field.type in SEVERAL_KINDS:
        kind = str if field.type in FILE_KINDS else int
        if not all(isinstance(one, kind) and not isinstance(one, bool) for one in _several(field, value)):
            raise _wrong(field, value)
    elif not _CHECKS[field.type](value):
        raise _wrong(field, value)


def _several(field: Field, value: object) -> tuple[object, ...]:
    if not isinstance(value, (list, tuple)):
        raise _wrong(field, value)
    return tuple(value)


def _require_option(field: Field, value: object) -> None:
    if not isinstance(value, str) or (field.options and value not in field.options):
        raise WrongValue(f"“{field.label}”里没有“{value}”。", allowed=field.options)


def _wrong(field: Field, value: object) -> WrongValue:
    example = _EXAMPLES.get(field.type, "")
    return WrongValue(f"“{field.label}”应填{field.type.value}，“{value}”不是。", example=example)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_decimal(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"-?\d{1,15}(\.\d{1,6})?", value) is not None


def _is_money(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(r"-?\d{1,15}(\.\d{1,2})?", value) is not None


def _is_day(value: object) -> bool:
    return (
        isinstance(value, str)
        and re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) is not None
        and _reads(date.fromisoformat, value)
    )


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and len(value) > 10 and _reads(datetime.fromisoformat, value)


def _reads(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


_CHECKS: dict[FieldType, Callable[[object], bool]] = {
    FieldType.TEXT: lambda value: isinstance(value, str) and len(value) <= MOST_TITLE,
    FieldType.LONG: lambda value: isinstance(value, str) and len(value) <= MOST_TEXT,
    FieldType.INTEGER: _is_whole,
    FieldType.DECIMAL: _is_decimal,
    FieldType.MONEY: _is_money,
    FieldType.DAY: _is_day,
    FieldType.MOMENT: _is_moment,
    FieldType.FLAG: lambda value: isinstance(value, bool),
    **dict.fromkeys(_KEYED, _is_whole),
}


def for_conditions(register: Register, values: Mapping[str, object]) -> dict[str, object]:
    """The fields as conditions compare them, by label; empty ones are left out.

    Numbers and money are exact (conditions over them are made by ``Expression.exact``), days and moments
    are days, 是否 is a flag, 多选 a text joined by 、; of people, departments and files in the plural it is
    how many there are.
    """
    found: dict[str, object] = {}
    for field in register.fields:
        value = values.get(field.label)
        if not is_empty(value):
            found[field.label] = _compared(field, value)
    return found


def _compared(field: Field, value: object) -> object:
    if field.type in (FieldType.DECIMAL, FieldType.MONEY):
        return Decimal(str(value))
    if field.type is FieldType.DAY:
        return date.fromisoformat(str(value))
    if field.type is FieldType.MOMENT:
        return datetime.fromisoformat(str(value)).date()
    if isinstance(value, (list, tuple)):
        return "、".join(map(str, value)) if field.type is FieldType.CHOICES else len(value)
    return value


def read_text(field: Field, text: str, key_of: Callable[[str], int]) -> object:
    """What a person writes in a table or an example, as the field keeps it.

    Several are parted by ``、``. ``key_of`` gives the primary key of a person, department, case or record by
    name. The result is not checked: see ``check_value``.
    """
    text = text.strip()
    if field.type is FieldType.INTEGER:
        return int(text) if re.fullmatch(r"-?\d{1,15}", text) else text
    if field.type is FieldType.FLAG:
        return {"是": True, "否": False}.get(text, text)
    if field.type in _KEYED:
        return key_of(text)
    if field.type in SEVERAL_KINDS:
        parts = [part.strip() for part in text.split("、") if part.strip()]
        keyed = field.type in (FieldType.PEOPLE, FieldType.UNITS)
        return [key_of(part) for part in parts] if keyed else parts
    return text


def read_table(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a text that is a table: two lines or more, all with the same two cells or more between
    ``｜``; the first is its head. Nothing for any other text."""
    rows = tuple(tuple(cell.strip() for cell in line.split(CELL)) for line in text.splitlines() if line)
    good = len(rows) > 1 and len(rows[0]) > 1 and all(len(row) == len(rows[0]) for row in rows)
    return rows if good else ()
