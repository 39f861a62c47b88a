"""A record comes into being: by somebody's act, by an act on another record, by a row of a workbook."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from mingjing.domain.ledgers.matters import Deed, Matter, Stepped, Who
from mingjing.domain.ledgers.register import NEW, Field, Opening, Register
from mingjing.domain.ledgers.stepping import TODAY
from mingjing.domain.ledgers.values import SEVERAL_KINDS, read_text
from mingjing.domain.reasons import Refusal
from mingjing.services.records.entries import check_entries
from mingjing.services.records.holders import with_holders
from mingjing.services.records.listed_names import warn
from mingjing.services.records.machineries import register_of, step
from mingjing.services.records.naming import Names
from mingjing.services.records.numbering import next_number
from mingjing.services.records.surroundings import OPENED
from mingjing.services.records.verbs import Work
from mingjing.services.records.versions import reference_of, value_of
from mingjing.services.records.words import PERSON_TYPES, UNIT_TYPES
from mingjing.services.records.writing import Before, File, own_unit, with_files, write
from mingjing.storage.people.models import Department
from mingjing.storage.records.models import Record, RecordLink

EACH = "每个"
DEEPEST = 4
_BLANK = re.compile(r"\{([^{}]+)\}")


class CannotOpen(Refusal):
    """An act opens a record in another register, which refuses it."""

    code = "cannot-open"


def make(
    work: Work,
    value: object,
    deed: Deed,
    *,
    above: Record | None = None,
    links: Iterable[tuple[Record, str]] = (),
    files: Sequence[File] = (),
    once: str = "",
    period: str = "",
    obligation: str = "",
    flags: Iterable[str] = (),
) -> Record:
    """A new record by ``deed``, within a verb that is under way; its log entry and acts are the verb's.

    ``links`` are (the other record, the relation). Raises what the machinery's step raises.
    """
    register = register_of(value)
    deed = replace(deed, values=with_files(register, deed.values, {}, files))
    check_entries(work.actor, work.court, register, deed.values, work.on)
    record = Record(
        court=work.court,
        register=register.id,
        definition=reference_of(work.court, register.id, work.on),
        state=NEW,
        registered_by_id=work.person,
        acted_by_id=work.person,
        unit_id=own_unit(work),
        above=above,
        opened_on=work.on,
        once=once,
        period=period,
        obligation=obligation,
    )
    deed = with_holders(value, record, deed)
    counts = dict.fromkeys(("未结下级", "未结关联", "未结审批", "附件数", "佐证数"), 0)
    stepped = step(value, Matter(counts=counts, opened=work.on), deed)
    place = _unit_key(register, stepped) or record.unit_id
    unit = Department.objects.filter(pk=place).first() if place else None
    record.number = next_number(work.court, register, work.on, unit)
    before = Before(NEW, {}, frozenset())
    write(work, record, value, stepped, deed, files=files, before=before, flags=flags)
    RecordLink.objects.bulk_create(
        [
            RecordLink(source=record, target=other, label=label, made_by_id=work.person, made_on=work.on)
            for other, label in links
        ]
    )
    spawn(work, record, register, stepped)
    return record


def _unit_key(register: Register, stepped: Stepped) -> int | None:
    key = stepped.values.get(register.unit)
    return key if isinstance(key, int) else None


def spawn(work: Work, record: Record, register: Register, stepped: Stepped) -> list[Record]:
    """What follows from an act: names on the list of bribe-givers are told, records are opened elsewhere,
    linked to the one it was done on.

    Raises
    ------
    CannotOpen   the other register refuses, or records open each other without end
    """
    warn(work, record, register, stepped.values)
    made: list[Record] = []
    if not stepped.opens:
        return made
    if work.depth >= DEEPEST:
        raise CannotOpen(f"“{register.label}”引出的记录一层套一层，超过 {DEEPEST} 层。请检查台账之间的设置。")
    work.depth += 1
    for opening in stepped.opens:
        for one in _each(opening, stepped):
            made.append(_open(work, record, register, opening, stepped, one))
    work.depth -= 1
    return made


def _each(opening: Opening, stepped: Stepped) -> list[object]:
    if not opening.each:
        return [None]
    held = stepped.values.get(opening.each)
    if isinstance(held, (list, tuple)):
        return list(held)
    return [] if held in (None, "") else [held]


def _above(source: Record, there: Register) -> Record | None:
    """What the new record stands under: the one that opens it, or what that one stands under itself."""
    for one in (source, source.above):
        if one is not None and there.under == one.register:
            return one
    return None


def _open(
    work: Work, source: Record, here: Register, opening: Opening, stepped: Stepped, one: object
) -> Record:
    value = value_of(work.court, opening.register, work.on)
    there = register_of(value)
    act = next(act for act in there.acts if act.opens_record)
    given = _Given(here, {**stepped.values, TODAY: work.on.isoformat()}, opening.each, one)
    known = {field.label: field for field in there.fields}
    values = {label: given.value(text, known[label]) for label, text in opening.values.items()}
    kept = {label: held for label, held in values.items() if held not in (None, "", [])}
    actor = work.actor.person if work.actor else None
    who = Who(actor.pk if actor else 0, actor.name if actor else "系统", frozenset(), anything=True)
    deed = Deed(act.label, who, work.at.replace(tzinfo=None), kept)
    try:
        made = make(work, value, deed, above=_above(source, there))
    except CannotOpen:
        raise
    except Refusal as refusal:
        raise CannotOpen(
            f"办理后要在“{there.label}”自动登记一条，但没有登记成：{refusal.message}",
            allowed=refusal.allowed,
        ) from refusal
    label = opening.link or OPENED
    RecordLink.objects.create(
        source=source, target=made, label=label[:40], made_by_id=work.person, made_on=work.on
    )
    return made


class _Given:
    """What an opening gives to the fields of the record it makes."""

    def __init__(self, here: Register, values: Mapping[str, object], each: str, one: object) -> None:
        self.values = {**values, **({each: one} if each else {})}
        self.fields = {field.label: field for field in here.fields}
        self.each, self.names = each, Names(here, [self.values])

    def value(self, text: str, target: Field) -> object:
        """A field copied by its label, or a text with its blanks filled."""
        label = self._label(text) or self._label(text.removeprefix("{").removesuffix("}"))
        if label:
            return self._copied(self.fields[label], target)
        filled = _BLANK.sub(lambda blank: self._shown(blank[1]), text)
        return read_text(target, filled, lambda name: 0) if filled else ""

    def _label(self, text: str) -> str:
        if text == EACH and self.each:
            return self.each
        return text if text in self.fields else ""

    def _copied(self, source: Field, target: Field) -> object:
        held = self.values.get(source.label)
        if held in (None, "", []):
            return ""
        same = [source.type in kinds and target.type in kinds for kinds in (PERSON_TYPES, UNIT_TYPES)]
        if source.type is not target.type and not any(same) and target.type not in SEVERAL_KINDS:
            return read_text(target, self._shown(source.label), lambda name: 0)
        several = held if isinstance(held, (list, tuple)) else [held]
        if target.type in SEVERAL_KINDS:
            return list(several)
        return several[0] if isinstance(held, (list, tuple)) else held

    def _shown(self, blank: str) -> str:
        if blank == TODAY:
            return str(self.values[TODAY])
        label = self._label(blank)
        if not label:
            raise CannotOpen(f"台账里没有字段“{blank}”。", allowed=tuple(self.fields))
        return self.names.shown(self.fields[label], self.values.get(label))
