"""What an act opens in another register: the values the new records begin with."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from mingjing.domain.ledgers.register import Field, FieldType, Opening, Register
from mingjing.domain.ledgers.values import is_empty

EACH = "每个"
_BLANK = re.compile(r"\{([^{}]*)\}")
Shown = Callable[[Field, object], str]
"""How a value is written in a sentence: names for keys."""


def opened(
    register: Register, opening: Opening, values: Mapping[str, object], shown: Shown
) -> tuple[Mapping[str, object], ...]:
    """The values of each record to open, by field label there: one record, or one for each of ``each``.

    A bare label copies the value of that field here; ``{每个}`` standing alone copies the one; every other
    text has its blanks filled with what ``shown`` makes of the fields. Empty values are left out.
    """
    if not opening.each:
        return (_filled(register, opening, values, shown, None),)
    several = values.get(opening.each)
    ones = several if isinstance(several, (list, tuple)) else ()
    return tuple(_filled(register, opening, values, shown, one) for one in dict.fromkeys(ones))


def _filled(
    register: Register, opening: Opening, values: Mapping[str, object], shown: Shown, one: object
) -> dict[str, object]:
    labels = {field.label: field for field in register.fields}

    def word(blank: re.Match[str]) -> str:
        if blank[1] == EACH:
            return shown(_single(register.field(opening.each)), one)
        value = values.get(blank[1])
        return "" if is_empty(value) else shown(labels[blank[1]], value)

    found: dict[str, object] = {}
    for label, text in opening.values.items():
        if text in labels:
            found[label] = values.get(text)
        elif text == f"{{{EACH}}}":
            found[label] = one
        else:
            found[label] = _BLANK.sub(word, text)
    return {label: value for label, value in found.items() if not is_empty(value)}


_SINGLE = {
    FieldType.PEOPLE: FieldType.PERSON,
    FieldType.UNITS: FieldType.UNIT,
    FieldType.CHOICES: FieldType.CHOICE,
}


def _single(field: Field) -> Field:
    """The field as if it held one value, so that ``shown`` may be asked about one."""
    return Field(field.key, field.label, _SINGLE.get(field.type, field.type), field.options, field.of)
