"""The words by which a register names people, told apart: which field, which rank, whose department."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from mingjing.domain.ledgers.matters import BUILT_IN
from mingjing.domain.ledgers.register import FieldType, Register

REGISTERED_BY, ACTED_BY, SYSTEM, ANYBODY, PUBLIC = BUILT_IN
SUBJECT, OWN_UNIT = "本人", "本部门"
TOLD, ASSIGNED = "被告知人", "现办人"
"""Whom a warning or a notice went to, and whom a machinery waits for: they see the record."""
LASTING = (ACTED_BY, TOLD)
"""Parts that stay: whoever acted, or was told, keeps seeing the record."""
HEAD_OF, LEADER_OF = "负责人", "分管领导"
_RANKS = ((HEAD_OF, HEAD_OF), ("分管院领导", LEADER_OF), (LEADER_OF, LEADER_OF))
PERSON_TYPES = frozenset((FieldType.PERSON, FieldType.PEOPLE))
UNIT_TYPES = frozenset((FieldType.UNIT, FieldType.UNITS))


@dataclass(frozen=True, slots=True)
class Word:
    """A capacity. ``anchor`` is the field or built-in word it starts from (empty for a role or post);
    ``rank`` is 负责人 or 分管领导 of its department, or empty for the people themselves."""

    text: str
    anchor: str = ""
    rank: str = ""
    of_units: bool = False


def assigning(people: Sequence[int]) -> dict[str, object]:
    """What a record remembers of whom its machinery waits for; nothing where it waits for nobody."""
    return {"assigned": {ASSIGNED: list(people)}} if people else {}


Shape = tuple[tuple[str, bool], ...]
"""The fields of a register that name people or departments: label, and whether it is departments."""


def read_word(text: str, register: Register) -> Word:
    """What a capacity means in a register: a field first, then a rank, then a built-in word, else a role or
    a post."""
    return _read_word(text, _shape(register))


def field_words(register: Register) -> tuple[Word, ...]:
    """Every capacity that a record of this register can give by its fields and its history."""
    return _field_words(_shape(register))


def _shape(register: Register) -> Shape:
    named = PERSON_TYPES | UNIT_TYPES
    return tuple((field.label, field.type in UNIT_TYPES) for field in register.fields if field.type in named)


@lru_cache(maxsize=4096)
def _read_word(text: str, shape: Shape) -> Word:
    units = {label for label, of_units in shape if of_units} | {OWN_UNIT}
    people = {label for label, of_units in shape if not of_units}
    anchors = units | people | {SUBJECT, REGISTERED_BY, ACTED_BY}
    if text in anchors or text in (ASSIGNED, TOLD):
        return Word(text, text, "", text in units)
    for ending, rank in _RANKS:
        base = text.removesuffix(ending)
        if base == text:
            continue
        for anchor in (base, base.removesuffix("部门"), base.removesuffix("的")):
            if anchor in anchors:
                return Word(text, anchor, rank, anchor in units)
    return Word(text)


@lru_cache(maxsize=512)
def _field_words(shape: Shape) -> tuple[Word, ...]:
    anchors = [*(label for label, _ in shape), OWN_UNIT, SUBJECT, REGISTERED_BY, ACTED_BY]
    ranked = [f"{anchor}{rank}" for anchor in anchors for rank in (HEAD_OF, LEADER_OF)]
    also = [f"{SUBJECT}部门{HEAD_OF}", f"{SUBJECT}部门{LEADER_OF}", f"{OWN_UNIT}分管院领导"]
    return tuple(_read_word(text, shape) for text in (*anchors, *ranked, *also))


def keys_of(value: object) -> frozenset[int]:
    """The primary keys a 人员, 多人, 部门 or 多部门 field holds."""
    several = value if isinstance(value, (list, tuple)) else [value]
    return frozenset(one for one in several if isinstance(one, int) and not isinstance(one, bool))


def used_words(register: Register) -> tuple[frozenset[str], frozenset[str]]:
    """Words of the acts on existing records, and of the acts that open one."""
    acting = {word for act in register.acts if not act.opens_record for word in act.by}
    opening = {word for act in register.acts if act.opens_record for word in act.by}
    return frozenset(acting), frozenset(opening)


def told_words(register: Register) -> frozenset[str]:
    """Words that the rungs of its clocks tell."""
    return frozenset(rung.tell for clock in register.clocks for rung in clock.rungs)


def by_label(register: Register, data: Mapping[str, object]) -> dict[str, object]:
    """Stored values (by key) under the labels of their fields; what is not stored is left out."""
    return {field.label: data[field.key] for field in register.fields if field.key in data}


def by_key(register: Register, values: Mapping[str, object]) -> dict[str, object]:
    """Values (by label) under the keys they are stored with; empty ones are left out."""
    kept = (field for field in register.fields if values.get(field.label) not in (None, "", [], ()))
    return {field.key: values[field.label] for field in kept}
