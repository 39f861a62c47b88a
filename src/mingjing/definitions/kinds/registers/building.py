"""The keys of a file with a register → the typed ``Register`` of the domain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingjing.definitions.definition import Head
from mingjing.definitions.kinds.registers.shapes import ANY, STAYS, Move
from mingjing.definitions.shapes import Record
from mingjing.domain.dates.durations import Duration
from mingjing.domain.expressions.reading import Expression
from mingjing.domain.ladders.rungs import Rung
from mingjing.domain.ledgers.matters import COUNTS
from mingjing.domain.ledgers.register import (
    Act,
    Field,
    FieldType,
    Opening,
    PartySight,
    RecordClock,
    Recurrence,
    Register,
    Requirement,
    State,
    Window,
)
from mingjing.domain.ledgers.stepping import SURROUNDINGS


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """What a kind adds to every register of its own: fields beside those of the file, clocks before them,
    and the states and acts a file has that gives none. ``merged``: the file's states and acts stand beside
    these, one of the same label in its place."""

    fields: tuple[Field, ...] = ()
    states: tuple[State, ...] = ()
    acts: tuple[Act, ...] = ()
    clocks: tuple[RecordClock, ...] = ()
    merged: bool = False

    def with_states(self, own: tuple[State, ...]) -> tuple[State, ...]:
        """The states of a register whose file writes ``own``."""
        if not self.merged:
            return own or self.states
        written = {state.label: state for state in own}
        return (*(written.pop(state.label, state) for state in self.states), *written.values())

    def with_acts(self, own: tuple[Act, ...]) -> tuple[Act, ...]:
        """The acts of a register whose file writes ``own``."""
        if not self.merged:
            return own or self.acts
        written = {act.label: act for act in own}
        return (*(written.pop(act.label, act) for act in self.acts), *written.values())


NOTHING = BuiltIn()


def build_register(record: Record, head: Head, built_in: BuiltIn = NOTHING) -> Register:
    """The register of a file that was read without an error."""
    fields = (*(_field(key, item) for key, item in _tables(record, "fields").items()), *built_in.fields)
    states = tuple(
        State(key, item.text("label"), item.flag("final")) for key, item in _tables(record, "states").items()
    )
    states = built_in.with_states(states)
    labels = tuple(field.label for field in fields)
    acts = tuple(_act(key, item, states, labels) for key, item in _tables(record, "actions").items())
    public = record.get("public", Record)
    return Register(
        id=head.id,
        label=head.label,
        owner=head.owner,
        since=record.day("from"),
        number=record.text("number") or f"{head.label}-{{年}}-{{序号:4}}",
        fields=fields,
        states=states,
        acts=built_in.with_acts(acts),
        clocks=(
            *built_in.clocks,
            *(_clock(item, record.get("ladders", dict) or {}) for item in record.records("clocks")),
        ),
        title=record.text("title") or _first(fields, FieldType.TEXT, FieldType.LONG),
        holder=record.text("holder") or _first(fields, FieldType.PERSON),
        unit=record.text("unit") or _first(fields, FieldType.UNIT),
        under=record.text("under"),
        links=record.texts("links"),
        recurs=_recurrence(record.get("recurs", Record)),
        secrecy=record.text("secrecy") or "内部",
        seen_by=record.texts("seen_by"),
        subject=record.text("subject"),
        subject_sees=record.texts("subject_sees"),
        keeps=record.get("keeps", Duration),
        prints=record.texts("prints"),
        public_when=public.text("when") if public else "",
        public_fields=public.texts("show") if public else (),
        window=_window(record.get("window", Record)),
        party=_party(record.get("party", Record)),
        calendar=record.text("calendar") or "calendar.cn",
        basis=head.basis,
        questions=head.questions,
        content_hash=head.content_hash,
    )


def _tables(record: Record, key: str) -> Mapping[str, Record]:
    return record.get(key, dict) or {}


def _first(fields: tuple[Field, ...], *kinds: FieldType) -> str:
    return next((field.label for field in fields if field.type in kinds), "")


def _field(key: str, record: Record) -> Field:
    return Field(
        key,
        record.text("label"),
        record.get("type", FieldType) or FieldType.TEXT,
        record.texts("options"),
        record.text("of"),
        record.text("help"),
        record.text("unit"),
        record.texts("seen_by"),
    )


def _act(key: str, record: Record, states: tuple[State, ...], fields: tuple[str, ...]) -> Act:
    moves = tuple(one for one in record.get("moves", tuple) or () if isinstance(one, Move))
    return Act(
        key=key,
        label=record.text("label"),
        by=record.texts("by"),
        moves=tuple((_sources(move, states), "" if move.after == STAYS else move.after) for move in moves),
        fill=record.texts("fill"),
        may_fill=record.texts("may_fill"),
        never_by=record.texts("never_by"),
        needs=tuple(requirement_of(item, fields) for item in record.records("needs")),
        opens=tuple(opening_of(item, fields) for item in record.records("opens")),
        approval=record.text("approval"),
        about=record.text("about"),
        expires=record.text("expires"),
    )


def _sources(move: Move, states: tuple[State, ...]) -> tuple[str, ...]:
    """``任意`` is every state that is not final, save the one the act leads to."""
    if move.sources == (ANY,):
        return tuple(state.label for state in states if not state.final and state.label != move.after)
    return move.sources


def requirement_of(record: Record, fields: tuple[str, ...]) -> Requirement:
    """A condition with its refusal, as a table of ``parts.NEED`` says it."""
    when = record.get("when", Expression)
    if when is None:
        raise KeyError("when")
    holds = when.exact().compile((*fields, *COUNTS, *SURROUNDINGS))
    return Requirement(when.text, record.text("reason"), holds, tuple(name for name, _ in when.fields))


def opening_of(record: Record, fields: tuple[str, ...] = ()) -> Opening:
    """What an act opens elsewhere, as a table of ``parts.OPENING`` says it; ``fields`` are the labels its
    condition may use."""
    values: Mapping[str, str] = record.get("fields", dict) or {}
    when = record.get("when", Expression)
    holds = when.exact().compile((*fields, *COUNTS, *SURROUNDINGS)) if when else None
    text = when.text if when else ""
    return Opening(record.text("of"), values, record.text("each"), record.text("label"), text, holds)


def _window(record: Record | None) -> Window | None:
    if record is None:
        return None
    return Window(record.text("about"), record.texts("show"), record.text("of"), record.text("when"))


def _party(record: Record | None) -> PartySight | None:
    return PartySight(record.text("of"), record.text("when"), record.texts("show")) if record else None


def _clock(record: Record, ladders: Mapping[str, tuple[Rung, ...]]) -> RecordClock:
    own = _rungs(record, "rungs") or ladders.get(record.text("ladder"), ()) or _rungs(record, "late")
    return RecordClock(
        label=record.text("label"),
        starts=record.texts("starts"),
        stops=record.texts("stops"),
        within=record.get("within", Duration),
        until=record.text("until"),
        rungs=own,
        law=record.text("law"),
    )


def _rungs(record: Record, key: str) -> tuple[Rung, ...]:
    return tuple(rung for rung in record.get(key, tuple) or () if isinstance(rung, Rung))


def _recurrence(record: Record | None) -> Recurrence | None:
    within = record.get("within", Duration) if record else None
    return Recurrence(record.texts("same"), within) if record and within else None
