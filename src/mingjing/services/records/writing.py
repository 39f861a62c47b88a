"""One act, written: the record as it is now, who has a part in it, its files, its clocks, whom it tells."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from django.db.models import QuerySet

from mingjing.domain.dates.offsets import day_before
from mingjing.domain.ledgers.clocks import Done
from mingjing.domain.ledgers.matters import Deed, Stepped
from mingjing.domain.ledgers.register import FieldType, Register
from mingjing.services.installation import registry
from mingjing.services.records.capacities import people_of
from mingjing.services.records.entries import FILE_TYPES
from mingjing.services.records.limits import carry_clocks
from mingjing.services.records.machineries import register_of
from mingjing.services.records.parties import (
    Party,
    Repeated,
    add_told,
    carry_parties,
    carry_repeated,
    parties_of,
    repeated,
)
from mingjing.services.records.releasing import release
from mingjing.services.records.sight import SECRET
from mingjing.services.records.verbs import Work
from mingjing.services.records.words import by_key, by_label, keys_of
from mingjing.storage.kept import Given, ask
from mingjing.storage.people.models import Posting
from mingjing.storage.records.models import Attachment, Evidence, Record, RecordAct, RecordNotice
from mingjing.storage.rewriting import rewrite

File = tuple[str, Evidence, str]
"""Label of the field, the evidence, the name it came with."""
_TEXTS = (FieldType.TEXT, FieldType.LONG, FieldType.CHOICE, FieldType.CHOICES, FieldType.DAY)


@dataclass(slots=True)
class Before:
    """What a record was before an act."""

    state: str
    values: Mapping[str, object]
    parties: frozenset[Party]
    repeated: Repeated = ()


def before_of(record: Record, register: Register) -> Before:
    """The record as it stands; a new one has no parties."""
    parties = parties_of(record, register) if record.pk else frozenset()
    return Before(record.state, by_label(register, record.data), parties, repeated(record))


def with_files(
    register: Register, values: Mapping[str, object], held: Mapping[str, object], files: Sequence[File]
) -> dict[str, object]:
    """The entries with the digests of ``files`` added to what their fields hold."""
    found = dict(values)
    for label, evidence, _ in files:
        listed = found.get(label, held.get(label))
        there = list(listed) if isinstance(listed, (list, tuple)) else []
        found[label] = there if evidence.digest in there else [*there, evidence.digest]
    return found


def write(
    work: Work,
    record: Record,
    value: object,
    stepped: Stepped,
    deed: Deed,
    *,
    files: Sequence[File] = (),
    before: Before,
    flags: Iterable[str] = (),
) -> None:
    """Carry what an act made onto the record, and everything that hangs on it."""
    register = register_of(value)
    carry_fields(work, record, register, stepped, deed)
    changed = changed_by(stepped, deed, before.values)
    moment = work.at.replace(tzinfo=None)
    done = Done(record.revision, deed.act, work.on, record.state, changed, moment)
    if record.revision == 1:
        _find_return(record, register)
        record.save()
        before.repeated = repeated(record)
    sums = (record.due_on, record.colour)
    carry_clocks(record, register, done, before.values, today=work.today, marks=stepped.flags)
    if record.revision > 1:
        rewrite(record)
    elif (record.due_on, record.colour) != sums:
        record.save(update_fields=["due_on", "colour"])
    carry_repeated(record, before.repeated)
    carry_parties(record, before.parties, parties_of(record, register))
    _attach(record, register, changed, files)
    work.acts.append(act_row(work, record, register, before.state, changed, deed, (*stepped.flags, *flags)))
    _tell(work, record, register, stepped)
    release(record, register, work.at)


def changed_by(stepped: Stepped, deed: Deed, before: Mapping[str, object]) -> dict[str, object]:
    """What an act entered or changed, by label."""
    return {
        label: stepped.values.get(label)
        for label in (*stepped.values, *before)
        if stepped.values.get(label) != before.get(label) or label in deed.values
    }


def carry_fields(work: Work, record: Record, register: Register, stepped: Stepped, deed: Deed) -> None:
    """The record's columns as an act leaves them; nothing is saved."""
    values = stepped.values
    record.state, record.inner = stepped.state, dict(stepped.inner)
    record.data = by_key(register, values)
    record.revision += 1
    record.acted_by_id = deed.who.key or None
    over = register.is_final(record.state)
    if over != record.over:
        record.over, record.over_on = over, work.on if over else None
    record.holder_id = _one_key(values.get(register.holder))
    record.subject_id = _one_key(values.get(register.subject))
    record.unit_id = _one_key(values.get(register.unit)) or record.unit_id or own_unit(work)
    title = values.get(register.title)
    record.title = " ".join(str(title).split())[:200] if title not in (None, "", []) else ""
    shown = (field.label for field in register.fields if field.type in _TEXTS and not field.seen_by)
    texts = (_text(values.get(label)) for label in shown)
    record.search = " ".join(filter(None, (record.number, *texts)))


def _one_key(value: object) -> int | None:
    return min(keys_of(value), default=None)


def own_unit(work: Work) -> int | None:
    """Where whoever registers has a post: the record's department while no field says another."""
    if work.person is None:
        return None
    held = Posting.objects.on(work.on).filter(person=work.person, department__isnull=False)
    return held.order_by("since", "pk").values_list("department_id", flat=True).first()


def _text(value: object) -> str:
    if isinstance(value, (list, tuple)):
        return " ".join(map(str, value))
    return "" if value is None else str(value)


def _find_return(record: Record, register: Register) -> None:
    """Mark a new record that says the same as an older one did not long ago (反弹回潮)."""
    again = register.recurs
    if again is None:
        return
    values = by_label(register, record.data)
    same = [values.get(label) for label in again.same]
    if any(value in (None, "", []) for value in same):
        return
    said = json.dumps([record.court_id, register.id, same], ensure_ascii=False, sort_keys=True)
    record.likeness = hashlib.sha256(said.encode()).hexdigest()
    calendar = registry(record.court).calendar(register.calendar)
    since = day_before(record.opened_on, again.within, calendar)
    older = Record.objects.filter(likeness=record.likeness, opened_on__range=(since, record.opened_on))
    record.returns = older.order_by("-opened_on", "-pk").first()


def _attach(record: Record, register: Register, changed: Mapping[str, object], files: Sequence[File]) -> None:
    """Files newly in a field become attachments; one taken out of the field stays in the history."""
    names = {(label, evidence.digest): name for label, evidence, name in files}
    for field in register.fields:
        digests = changed.get(field.label) if field.type in FILE_TYPES else None
        if not isinstance(digests, (list, tuple)) or not digests:
            continue
        known = ask(("files in a field", field.label), _in_field(field.label), {"record": record.pk})
        fresh = set(map(str, digests)) - {digest for (digest,) in known}
        rows = [
            Attachment(
                record=record,
                evidence=evidence,
                field=field.label,
                name=(names.get((field.label, evidence.digest)) or _known_name(evidence))[:200],
                turn=record.revision,
            )
            for evidence in Evidence.objects.filter(digest__in=fresh).order_by("pk")
        ]
        Attachment.objects.bulk_create(rows)


def _in_field(label: str) -> Callable[[], QuerySet[Attachment, Any]]:
    def compose() -> QuerySet[Attachment, Any]:
        rows = Attachment.objects.filter(record=cast(Record, Given("record")), field=label)
        return rows.order_by().values_list("evidence__digest")

    return compose


def _known_name(evidence: Evidence) -> str:
    last = evidence.attachments.order_by("-pk").values_list("name", flat=True).first()
    return last or evidence.digest[:12]


def is_guarded(register: Register) -> bool:
    """Whether what is entered stays out of the append-only tables: content that must be destroyed one day
    (``keeps``), and content of the 保密 class, which readers of the log have no business with."""
    return register.keeps is not None or register.secrecy == SECRET


def act_row(
    work: Work,
    record: Record,
    register: Register,
    before: str,
    changed: Mapping[str, object],
    deed: Deed,
    flags: Sequence[str],
) -> RecordAct:
    """The row of an act, to be written with the number of its entry; the entry is told what was done."""
    keys = {field.label: field.key for field in register.fields}
    guarded = is_guarded(register)
    stored = {keys[label]: None if guarded else value for label, value in changed.items() if label in keys}
    if guarded and deed.why:
        reasons = dict(record.margin.get("说明", {}))
        record.margin = {**record.margin, "说明": {**reasons, str(record.revision): deed.why}}
        record.save(update_fields=["margin"])
    _say(work, record, register, changed, deed)
    return RecordAct(
        record=record,
        turn=record.revision,
        label=deed.act[:40],
        actor_id=deed.who.key or None,
        on=work.on,
        at=work.at,
        before=before[:40],
        after=record.state[:40],
        values=stored,
        target={} if guarded else dict(deed.target),
        why="" if guarded else deed.why[:400],
        flags=list(dict.fromkeys(flags)),
    )


def _say(work: Work, record: Record, register: Register, changed: Mapping[str, object], deed: Deed) -> None:
    """What the log entry says of this act. Values of restricted fields are not repeated in the log."""
    open_ = {field.label for field in register.fields if not field.seen_by and not is_guarded(register)}
    said: dict[str, object] = {
        "台账": register.label,
        "编号": record.number,
        "办理": deed.act,
        "状态": record.state,
        "第几次": record.revision,
        "填写": {label: value if label in open_ else "（不入日志）" for label, value in changed.items()},
    }
    if is_guarded(register):
        work.entry.why = ""
    if work.quiet:
        return
    if not work.entry.payload:
        work.entry.payload, work.entry.definition = said, record.definition
        work.entry.subject_id = str(record.pk)
    else:
        also = work.entry.payload.setdefault("同时办理", [])
        assert isinstance(also, list)
        also.append(said)


def _tell(work: Work, record: Record, register: Register, stepped: Stepped) -> None:
    """The sentences an act has for others, each to everybody it means; the actor knows already."""
    rows: dict[tuple[int | None, str], RecordNotice] = {}
    for whom, sentence in stepped.told:
        if isinstance(whom, int):
            keys: list[int | None] = [whom]
        else:
            keys = [person.pk for person in people_of(record, whom, work.on)] or [None]
        for key in keys:
            if key is None or key != work.person:
                rows[key, sentence] = RecordNotice(
                    record=record,
                    turn=record.revision,
                    tell=(whom if isinstance(whom, str) else "")[:40],
                    person_id=key,
                    sentence=sentence[:400],
                    on=work.on,
                )
    RecordNotice.objects.bulk_create(rows.values())
    told = {key for key, _ in rows if key is not None}
    if told and register.secrecy != SECRET:
        add_told(record, told)
