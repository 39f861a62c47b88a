"""One record: what it is, why it is due then, what was done, what hangs on it, who looked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Q

from mingjing.domain.ledgers.clocks import ClockRun, Done, clock_runs
from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.clock_rows import COLOURS
from mingjing.services.installation import registry
from mingjing.services.reading.records.listing import ROW, RecordRow, reader
from mingjing.services.reading.records.overview import condition
from mingjing.services.reading.records.trees import Branch, grown
from mingjing.services.reading.records.values import Names, names_for, said
from mingjing.services.records.alerting import RosterOn, rosters_of
from mingjing.services.records.capacities import told_for
from mingjing.services.records.listed_names import PRIVATE
from mingjing.services.records.sight import SECRET, fields_seen, seen_record
from mingjing.services.records.standing import Hands, hands_of
from mingjing.services.records.versions import register_at, registers_on
from mingjing.services.records.words import by_label
from mingjing.services.records.writing import is_guarded
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import (
    Attachment,
    Look,
    Record,
    RecordAct,
    RecordAlert,
    RecordLink,
    RecordNotice,
)

HISTORY = 200
SHORT = 80


@dataclass(frozen=True, slots=True)
class Held:
    """A field with what it holds in words; ``files`` are its attachments."""

    field: Field
    said: str
    files: tuple[Attachment, ...] = ()

    @property
    def long(self) -> bool:
        """Whether it is read as a paragraph."""
        return self.field.type is FieldType.LONG or len(self.said) > SHORT


@dataclass(frozen=True, slots=True)
class Told:
    """A rung: when it speaks, its colour, to whom; ``raised`` are the alerts it has become."""

    on: date
    colour: int
    tell: str
    people: tuple[Person, ...]
    raised: tuple[RecordAlert, ...]


@dataclass(frozen=True, slots=True)
class ClockShown:
    """A run of a clock with its working and its rungs."""

    run: ClockRun
    rungs: tuple[Told, ...]

    @property
    def running(self) -> bool:
        """Whether it has not been stopped."""
        return self.run.done is None


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act as the history shows it: ``changes`` are pairs of label and words. Of a guarded register the
    history holds no values: ``filled`` names the fields that were filled in."""

    act: RecordAct
    changes: tuple[tuple[str, str], ...]
    filled: tuple[str, ...]
    hidden: int
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class Linked:
    """A linked record the actor may see, and in what words it is linked."""

    link: RecordLink
    row: RecordRow
    outward: bool


@dataclass(frozen=True, slots=True)
class RecordView:
    """Everything the page of one record shows."""

    record: Record
    register: Register
    fields: tuple[Held, ...]
    unread: int
    clocks: tuple[ClockShown, ...]
    history: tuple[ActLine, ...]
    older: int
    links: tuple[Linked, ...]
    unseen_links: int
    below: Branch | None
    looks: tuple[Look, ...]
    notices: tuple[RecordNotice, ...]

    @property
    def heading(self) -> str:
        """The title, or the number for whoever may not read what the title says."""
        unread = all(one.field.label != self.register.title for one in self.fields)
        return (
            self.record.number if self.register.title and unread else self.record.title or self.record.number
        )

    @property
    def running(self) -> tuple[ClockShown, ...]:
        """The clocks that run, the nearest first."""
        found = [one for one in self.clocks if one.running]
        return tuple(sorted(found, key=lambda one: one.run.last_day or date.max))


def _notices(actor: Actor, record: Record) -> tuple[RecordNotice, ...]:
    """Whom acts told what; what speaks of the list of bribe-givers is shown to those it was told alone."""
    others = Q(tell=PRIVATE) & ~Q(person=actor.person)
    rows = record.notices.exclude(others).select_related("person")
    return tuple(rows.order_by("-pk")[:20])


def record_view(actor: Actor, pk: int) -> RecordView:
    """The page of a record this actor may see.

    Raises
    ------
    NotVisible   the record does not exist for this actor
    """
    record = seen_record(actor, pk)
    register, hands = register_at(record), hands_of(actor)
    readable = fields_seen(actor, record, register, hands)
    acts = list(record.acts.select_related("actor").order_by("-turn")[: HISTORY + 1])
    files = list(record.attachments.select_related("evidence").order_by("turn", "pk"))
    names = names_for(
        (field, value)
        for field in register.fields
        for value in (record.data.get(field.key), *(act.values.get(field.key) for act in acts))
    )
    fields = tuple(_held(field, record, names, files) for field in register.fields if field.label in readable)
    links, unseen = _links(actor, record, hands)
    return RecordView(
        record=record,
        register=register,
        fields=fields,
        unread=sum(field.label not in readable for field in register.fields),
        clocks=_clocks(record, register, actor.on),
        history=tuple(_line(act, register, readable, names, files) for act in reversed(acts[:HISTORY])),
        older=max(0, record.revision - HISTORY),
        links=links,
        unseen_links=unseen,
        below=_below(actor, record, hands),
        looks=_looks(actor, record, register),
        notices=_notices(actor, record),
    )


def _held(field: Field, record: Record, names: Names, files: Sequence[Attachment]) -> Held:
    own = tuple(one for one in files if one.field in (field.key, field.label))
    return Held(field, said(field, record.data.get(field.key), names), own)


def _line(
    act: RecordAct,
    register: Register,
    readable: frozenset[str],
    names: Names,
    files: Sequence[Attachment],
) -> ActLine:
    entered = [field for field in register.fields if field.key in act.values]
    shown = [field for field in entered if field.label in readable]
    guarded = is_guarded(register)
    changes = tuple((field.label, said(field, act.values[field.key], names)) for field in shown)
    labels = {name for field in shown for name in (field.key, field.label)}
    own = tuple(one for one in files if one.turn == act.turn and (one.field in labels or not entered))
    filled = tuple(field.label for field in shown) if guarded else ()
    return ActLine(act, () if guarded else changes, filled, len(entered) - len(shown), own)


def _clocks(record: Record, register: Register, on: date) -> tuple[ClockShown, ...]:
    """Every run of every clock, computed again from the acts that start, stop or fill it."""
    if not register.clocks:
        return ()
    zone = ZoneInfo(record.court.time_zone)
    wanted = {label for clock in register.clocks for label in (*clock.starts, *clock.stops)}
    final = [state.label for state in register.states if state.final]
    until = {clock.until for clock in register.clocks if clock.until}
    rows = record.acts.order_by("turn")
    if not until and register.kind == "ledger":
        rows = rows.filter(Q(label__in=wanted) | Q(after__in=final))
    history = [
        Done(
            act.turn, said, act.on, act.after if said == act.label else "",
            _entered(record, register, act, until),
            act.at.astimezone(zone).replace(tzinfo=None),
        )
        for act in rows
        for said in (*(str(mark) for mark in act.flags if mark in wanted), act.label)
    ]  # fmt: skip
    calendar = registry(record.court).calendar(register.calendar or record.court.calendar)
    runs = clock_runs(register, history, calendar, as_of=on)
    raised: dict[tuple[str, int, date, int], list[RecordAlert]] = {}
    for alert in record.alerts.select_related("person", "clock"):
        raised.setdefault((alert.clock.label, alert.clock.turn, alert.due_on, alert.rung), []).append(alert)
    roster = rosters_of(record)
    return tuple(ClockShown(run, _rungs(record, run, raised, roster, on)) for run in runs)


def _entered(record: Record, register: Register, act: RecordAct, until: Collection[str]) -> dict[str, object]:
    """What an act entered. Guarded content is not kept with the act: a last day is then read as it stands."""
    held, now = by_label(register, act.values), by_label(register, record.data)
    return {**held, **{label: now.get(label) for label in until if label in held and held[label] is None}}


def _rungs(
    record: Record,
    run: ClockRun,
    raised: Mapping[tuple[str, int, date, int], list[RecordAlert]],
    roster: RosterOn,
    on: date,
) -> tuple[Told, ...]:
    found = []
    for rung in run.rungs:
        spoken = tuple(raised.get((run.clock.label, run.turn, run.last_day or date.max, rung.order), ()))
        if not spoken and run.done is not None:
            continue
        people = [alert.person for alert in spoken if alert.person] or told_for(
            record, rung.tell, max(rung.on, on), roster(max(rung.on, on))
        )
        found.append(Told(rung.on, COLOURS[rung.colour], rung.tell, tuple(people), spoken))
    return tuple(found)


def _links(actor: Actor, record: Record, hands: Hands) -> tuple[tuple[Linked, ...], int]:
    """The linked records the actor may see, and how many there are besides."""
    either = RecordLink.objects.filter(Q(source=record) | Q(target=record)).order_by("pk")
    links = list(either.select_related("made_by"))
    if not links:
        return (), 0
    others = {link.target_id if link.source_id == record.pk else link.source_id for link in links}
    rows = {row.pk: row for row in _rows_seen(actor, others, hands)}
    found = []
    for link in links:
        outward = link.source_id == record.pk
        row = rows.get(link.target_id if outward else link.source_id)
        if row is not None:
            found.append(Linked(link, row, outward))
    return tuple(found), len(links) - len(found)


def _rows_seen(actor: Actor, keys: set[int], hands: Hands) -> list[RecordRow]:
    of = set(Record.objects.filter(pk__in=keys).order_by().values_list("register", flat=True).distinct())
    known = [one for one in registers_on(actor.court, actor.on) if one.id in of]
    rows = Record.objects.filter(condition(actor, known, hands), pk__in=keys).order_by("pk")
    read = reader(actor)
    return [read(row, {}) for row in rows.values_list(*ROW)]


def _below(actor: Actor, record: Record, hands: Hands) -> Branch | None:
    """What stands under the record, with its roll-up; None where nothing does."""
    if not record.below.exists():
        return None
    own = Record.objects.filter(pk=record.pk).values_list(*ROW).get()
    return grown(actor, [reader(actor)(own, {})], hands)[0]


def _looks(actor: Actor, record: Record, register: Register) -> tuple[Look, ...]:
    """Who read a 保密 record; for its subject and for whoever holds it."""
    if register.secrecy != SECRET:
        return ()
    return tuple(record.looks.select_related("person").order_by("-on", "-pk")[:60])
