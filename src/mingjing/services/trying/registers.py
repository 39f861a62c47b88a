"""What a version of a register says of a record: its limits, whether they were overrun, who was told when."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from zoneinfo import ZoneInfo

from mingjing.definitions.registry import Registry
from mingjing.domain.ledgers.clocks import ClockRun, Done, clock_runs, speaking
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.recipients import Rosters
from mingjing.services.records.capacities import held_by, told_for
from mingjing.services.records.machineries import register_of
from mingjing.services.records.standing import Standing, standings
from mingjing.services.records.words import ANYBODY
from mingjing.services.trying.rules import Said, Sayings
from mingjing.services.trying.trial import Told
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record, RecordAct

STATE = "状态"
OWN_ACTS = ("ledger", "filing", "activity")
"""Kinds whose acts are done by those whom the file names."""
BESIDE = ("报批：", "未获准：")
"""Acts that no definition has: an approval was asked for, or was not given."""


def is_register(value: object) -> bool:
    """Whether a typed definition moves records."""
    return isinstance(value, Register) or isinstance(getattr(value, "register", None), Register)


def asking_records(id_: str, on: date) -> Callable[[Record, Registry], Sayings]:
    """How to ask a record about the version of that register in force on ``on``, by its acts so far."""
    rosters = Rosters()

    @cache
    def standing(court: Court, person: int, name: str, day: date) -> Standing:
        return standings(court, ((person, name),), day)[person]

    def ask(record: Record, known: Registry) -> Sayings:
        if id_ not in known.ids(id_.partition(".")[0]):
            return {}
        register = register_of(known.register_value(id_, on))
        calendar = known.calendar(register.calendar or record.court.calendar)
        runs = clock_runs(register, _history(record, register), calendar, as_of=on)
        said = dict(_of_state(record, register))
        if register.kind in OWN_ACTS:
            said |= dict(_of_acts(record, register, standing))
        for run in runs:
            told = tuple(_told(record, register, run, on, rosters))
            label = f"{run.clock.label}（{run.started} 起）"
            said[label, str(run.turn)] = Said(label, _phrase(run), run.late_days > 0, told)
        return said

    return ask


def _of_state(record: Record, register: Register) -> Iterable[tuple[tuple[str, str], Said]]:
    """A state that the version does not know: such a record goes on under its own version."""
    if not record.over and record.state not in {state.label for state in register.states}:
        yield (STATE, ""), Said(STATE, f"没有“{record.state}”这个状态，仍按旧版办完", late=False)


def _of_acts(
    record: Record, register: Register, standing: Callable[[Court, int, str, date], Standing]
) -> Iterable[tuple[tuple[str, str], Said]]:
    """Acts of the record that the version does not have, or does not let those do who did them."""
    acts = {act.label: act for act in register.acts}
    rows = RecordAct.objects.filter(record=record, actor__isnull=False).select_related("actor")
    gone: dict[str, int] = {}
    for row in rows.order_by("turn"):
        act = acts.get(row.label)
        if act is None:
            gone[row.label] = gone.get(row.label, 0) + 1
        elif row.actor is not None and not row.flags and not act.opens_record and ANYBODY not in act.by:
            who = standing(record.court, row.actor.pk, row.actor.name, row.on)
            if not held_by(who, record, register, row.on) & set(act.by):
                label = f"{row.label}（第 {row.turn} 次办理）"
                yield (label, "谁办"), Said(label, f"{row.actor.name}不在可以办的人里", late=False)
    for label, times in gone.items():
        if not label.startswith(BESIDE):
            said = f"没有这个办理了，办过 {times} 次；从它起算、到它为止的时限都算不出"
            yield (label, "办理"), Said(label, said, late=False)


def _history(record: Record, register: Register) -> list[Done]:
    labels = {field.key: field.label for field in register.fields}
    zone = ZoneInfo(record.court.time_zone)
    rows = RecordAct.objects.filter(record=record).order_by("turn")
    return [
        Done(
            row.turn,
            row.label,
            row.on,
            row.after,
            _labelled(row.values, labels),
            row.at.astimezone(zone).replace(tzinfo=None),
        )
        for row in rows
    ]


def _labelled(values: Mapping[str, object], labels: Mapping[str, str]) -> dict[str, object]:
    return {labels[key]: value for key, value in values.items() if key in labels}


def _phrase(run: ClockRun) -> str:
    if isinstance(run.due, Refusal):
        return f"算不出：{run.due.message}"
    late = f"，超过 {run.late_days} 天" if run.late_days else ""
    return f"最迟 {run.last_day}{late}"


def _told(record: Record, register: Register, run: ClockRun, on: date, rosters: Rosters) -> Iterable[Told]:
    for rung in speaking(run, on):
        people = told_for(record, rung.tell, rung.on, rosters.of(record.court, rung.on), register)
        names = [person.name for person in people] or [f"（{rung.tell}无人担任）"]
        for name in names:
            yield Told(name, rung.on, rung.colour.value, record.pk, record.number, run.clock.label)
