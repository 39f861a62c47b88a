"""The clocks of a record: only those an act touches are computed, whatever the length of its history."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.ladders.rungs import RungDue
from mingjing.domain.ledgers.clocks import ClockRun, Done, clock_runs, speaking
from mingjing.domain.ledgers.register import RecordClock as Limit
from mingjing.domain.ledgers.register import Register
from mingjing.domain.reasons import Refusal
from mingjing.services.bulk_writing import insert
from mingjing.services.clock_rows import COLOURS
from mingjing.services.installation import registry
from mingjing.services.recipients import Rosters
from mingjing.services.records.alerting import RosterOn, rosters_of, speak
from mingjing.services.records.words import by_label
from mingjing.storage.kept import Given, ask_rows
from mingjing.storage.records.models import Record, RecordAct, RecordClock
from mingjing.storage.rewriting import rewrite

Open = dict[str, RecordClock]
"""Label of a clock → the run of it that is not over."""
Begun = list[tuple[RecordClock, tuple[RungDue, ...]]]
"""Rows of clocks that have begun, with the rungs that have come already."""


def carry_clocks(
    record: Record,
    register: Register,
    done: Done,
    before: Mapping[str, object],
    *,
    today: date,
    marks: Sequence[str] = (),
) -> None:
    """What one act does to the record's clocks, and the sums of them that stand on the record.

    ``before`` are the values the record had by label; ``marks`` (the flags of the act) start and stop clocks
    as acts do. The record itself is not saved.
    """
    said = {done.act, *marks}
    changed = {label for label, value in done.values.items() if before.get(label) != value}
    over = register.is_final(done.after)
    touched = [
        limit
        for limit in register.clocks
        if over or said & {*limit.starts, *limit.stops} or limit.until in changed
    ]
    if not touched:
        return
    running = {} if done.turn == 1 else open_clocks(record)
    roster = rosters_of(record)
    for limit in touched:
        row = running.get(limit.label)
        history = [_started(record, limit, row, before)] if row else []
        history += [
            replace(done, act=mark, after="") for mark in marks if mark in (*limit.starts, *limit.stops)
        ]
        for run in clock_runs(
            replace(register, clocks=(limit,)), [*history, done], _calendar(record, register), as_of=today
        ):
            known = row if row is not None and row.turn == run.turn else None
            kept = _keep(record, register, run, known, today, roster)
            if kept.done_on is None:
                running[limit.label] = kept
            elif known is not None:
                running.pop(limit.label, None)
    sum_up(record, running.values())


def begin_clocks(new: Sequence[tuple[Record, Done]], register: Register, *, today: date) -> Begun:
    """As ``carry_clocks``, for the first acts of records that are all new and not saved yet.

    The rows are neither saved nor do they speak: ``let_speak`` does both once the records are saved.
    """
    if not new:
        return []
    calendar = _calendar(new[0][0], register)
    alike: dict[tuple[object, ...], tuple[ClockRun, ...]] = {}
    begun: Begun = []
    for record, done in new:
        rows: list[RecordClock] = []
        for limit in register.clocks:
            if done.act not in limit.starts:
                continue
            key = (limit.label, done.act, done.after, done.moment, str(done.values.get(limit.until)))
            if key not in alike:
                one = replace(register, clocks=(limit,))
                alike[key] = clock_runs(one, [done], calendar, as_of=today)
            for run in alike[key]:
                row = RecordClock(record=record, label=limit.label, turn=run.turn, started=run.started)
                begun.append((row, _fill(row, run, today)))
                rows.append(row)
        sum_up(record, (row for row in rows if row.done_on is None))
    return begun


def let_speak(begun: Begun, register: Register) -> None:
    """Save the rows of ``begin_clocks``; those whose rung has come already speak."""
    silent = [row for row, said in begun if not said]
    for row in silent:
        row.record_id = row.record.pk
    names = [field.attname for field in RecordClock._meta.concrete_fields if not field.primary_key]
    insert(RecordClock, names, [tuple(getattr(row, name) for name in names) for row in silent])
    RecordClock.objects.bulk_create([row for row, said in begun if said])
    rosters = Rosters()
    for row, said in begun:
        if said:
            speak(row.record, register, row, said, rosters_of(row.record, rosters))


def open_clocks(record: Record) -> Open:
    """The runs that are not over."""
    rows = ask_rows("open clocks of a record", _open, {"record": record.pk})
    for row in rows:
        row.record = record
    return {row.label: row for row in rows}


def _open() -> QuerySet[RecordClock]:
    running = RecordClock.objects.filter(record=cast(Record, Given("record")), done_on__isnull=True)
    return running.order_by("pk")


def sum_up(record: Record, running: Iterable[RecordClock]) -> None:
    """The nearest last day and the strongest colour, as lists show them."""
    rows = list(running)
    record.due_on = min((row.due_on for row in rows if row.due_on), default=None)
    record.colour = max((row.colour for row in rows), default=0)


def tell_clocks(record: Record, register: Register, *, on: date, roster: RosterOn) -> int:
    """What the passing of time has changed: rungs that have come by ``on``. The number of new alerts."""
    values = by_label(register, record.data)
    limits = {limit.label: limit for limit in register.clocks}
    running, spoken = open_clocks(record), 0
    for label, row in running.items():
        limit = limits.get(label)
        if limit is None:
            continue
        start = _started(record, limit, row, values)
        for run in clock_runs(
            replace(register, clocks=(limit,)), [start], _calendar(record, register), as_of=on
        ):
            spoken += _raise(record, register, run, row, on, roster)
    sum_up(record, running.values())
    return spoken


def _calendar(record: Record, register: Register) -> WorkCalendar:
    return registry(record.court).calendar(register.calendar or record.court.calendar)


def _started(record: Record, limit: Limit, row: RecordClock, values: Mapping[str, object]) -> Done:
    """The act that started a run, as far as the clock looks at it."""
    entered = {limit.until: values.get(limit.until)} if limit.until else {}
    moment = None
    if limit.within is not None and (limit.within.minutes or limit.within.half_workdays % 2):
        at = RecordAct.objects.filter(record=record, turn=row.turn).values_list("at", flat=True).first()
        moment = at.astimezone(ZoneInfo(record.court.time_zone)).replace(tzinfo=None) if at else None
    return Done(row.turn, limit.starts[0], row.started, values=entered, moment=moment)


def _keep(
    record: Record, register: Register, run: ClockRun, row: RecordClock | None, today: date, roster: RosterOn
) -> RecordClock:
    kept = row or RecordClock(record=record, label=run.clock.label, turn=run.turn, started=run.started)
    _raise(record, register, run, kept, today, roster)
    return kept


def _raise(
    record: Record, register: Register, run: ClockRun, row: RecordClock, on: date, roster: RosterOn
) -> int:
    """Write a run into its row, and let it speak."""
    said = _fill(row, run, on)
    new = row.pk is None
    if new:
        row.save()
    else:
        rewrite(row)
    if new and not said:
        return 0
    return speak(record, register, row, said, roster)


def _fill(row: RecordClock, run: ClockRun, on: date) -> tuple[RungDue, ...]:
    """A run as the columns of its row. The rungs that have come by ``on``."""
    said = speaking(run, on)
    running = run.done is None
    row.due_on, row.done_on = run.last_day, run.done
    row.refusal = str(run.due)[:300] if isinstance(run.due, Refusal) else ""
    row.provisional = not isinstance(run.due, Refusal) and bool(run.due.caveats)
    ahead = min((rung.on for rung in run.rungs if rung.on > on), default=None)
    row.next_on = ahead if running else None
    row.colour = max((COLOURS[rung.colour] for rung in said), default=0) if running else 0
    return said
