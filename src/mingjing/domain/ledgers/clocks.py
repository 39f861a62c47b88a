"""The clocks of a record from its acts: when each began, by when, whether it is late, who is told when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.deadlines.computing import due_within
from mingjing.domain.deadlines.rules import Due, DueState, RollRule
from mingjing.domain.ladders.rungs import RungDue, placed
from mingjing.domain.ledgers.register import RecordClock, Register
from mingjing.domain.ledgers.values import is_empty
from mingjing.domain.reasons import Answer, CalendarMissing, MissingFact, Refusal, Step


@dataclass(frozen=True, slots=True)
class Done:
    """An act that has happened: its place in the record's history, its label, its civil day.

    ``moment`` is naive, in the court's zone, and only needed for limits in hours; ``after`` is the state it
    led to; ``values`` what it entered, by field label.
    """

    turn: int
    act: str
    on: date
    after: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    moment: datetime | None = None


@dataclass(frozen=True, slots=True)
class ClockRun:
    """One run of a clock. ``turn`` is the act that started it; ``done`` is the day it was stopped, started
    anew, or the record was over. ``due`` is a refusal where the last day cannot be told; ``late_days`` are
    counted to ``done`` or to the day asked about."""

    clock: RecordClock
    turn: int
    started: date
    due: Answer[Due] | Refusal
    done: date | None
    late_days: int
    rungs: tuple[RungDue, ...]

    @property
    def last_day(self) -> date | None:
        """The last day in time, or None where it cannot be told."""
        return None if isinstance(self.due, Refusal) else self.due.value.last_day


def clock_runs(
    register: Register, history: Iterable[Done], calendar: WorkCalendar, *, as_of: date
) -> tuple[ClockRun, ...]:
    """Every run of every clock as of a day, by clock and then by start. ``history`` stands in order of turn;
    acts after ``as_of`` have not happened yet. Limits in days are not moved off days of rest."""
    happened = [one for one in history if one.on <= as_of]
    return tuple(
        _run(register, clock, happened, start, end, calendar, as_of)
        for clock in register.clocks
        for start, end in _spans(register, clock, happened)
    )


def speaking(run: ClockRun, as_of: date) -> tuple[RungDue, ...]:
    """The rungs that have spoken by ``as_of``; once the run is done no later rung speaks."""
    until = as_of if run.done is None else min(as_of, run.done)
    return tuple(rung for rung in run.rungs if rung.on <= until)


def _spans(register: Register, clock: RecordClock, happened: Sequence[Done]) -> list[tuple[int, int | None]]:
    """Where each run begins and ends in the history. An act that stops and starts does both; the act that
    ends the record ends every run, and starts only the clocks that name it."""
    found: list[tuple[int, int | None]] = []
    running: int | None = None
    was_over = False
    for place, one in enumerate(happened):
        starts, over = one.act in clock.starts, register.is_final(one.after)
        if running is not None and (starts or one.act in clock.stops or (over and not was_over)):
            found.append((running, place))
            running = None
        if starts:
            running = place
        was_over = over
    return found if running is None else [*found, (running, None)]


def _run(
    register: Register,
    clock: RecordClock,
    happened: Sequence[Done],
    start: int,
    end: int | None,
    calendar: WorkCalendar,
    as_of: date,
) -> ClockRun:
    begun = happened[start]
    ended = None if end is None else happened[end]
    done = ended.on if ended else None
    # The act that ends a run may name the day of the next one: that never moves the day of this one.
    known = happened if end is None else happened[:end]
    try:
        due = _until(clock, known) if clock.until else _within(clock, begun, done, calendar, as_of)
    except Refusal as refusal:
        return ClockRun(clock, begun.turn, begun.on, refusal.with_traceback(None), done, 0, ())
    due, rungs = _laddered(clock, due, begun.on, calendar)
    last = due.value.last_day
    if ended and last and ended.on > last and _by_time(register, clock, ended):
        ended = replace(ended, on=last, moment=None)
    late = _late_days(due.value, ended, as_of)
    return ClockRun(clock, begun.turn, begun.on, due, ended.on if ended else None, late, rungs)


def _by_time(register: Register, clock: RecordClock, ended: Done) -> bool:
    """Whether the act that ended a run is what becomes of the record when the limit is over: that is done on
    the day after, and nobody was late."""
    return any(act.label == ended.act and act.expires == clock.label for act in register.acts)


def _until(clock: RecordClock, known: Sequence[Done]) -> Answer[Due]:
    """The day a field holds: as last entered while the run lasted."""
    entered = [one.values[clock.until] for one in known if not is_empty(one.values.get(clock.until))]
    if not entered:
        raise MissingFact(f"还没有填“{clock.until}”，“{clock.label}”算不出到期日。")
    last = date.fromisoformat(str(entered[-1]))
    text = f"“{clock.until}”填的日子"
    return Answer(Due(DueState.RUNNING, last, started=known[0].on), (Step(f"= {last}", text, clock.law),))


def _within(
    clock: RecordClock, begun: Done, done: date | None, calendar: WorkCalendar, as_of: date
) -> Answer[Due]:
    limit = clock.within
    if limit is None:
        raise MissingFact(f"“{clock.label}”没有写多久。")
    by_hour = limit.minutes or limit.half_workdays % 2
    start = begun.moment if by_hour and begun.moment else begun.on
    return due_within(
        limit,
        f"{begun.act}日期",
        start,
        calendar,
        stop=done,
        law=clock.law,
        as_of=as_of,
        last_day=RollRule.NEVER,
    )


def _laddered(
    clock: RecordClock, due: Answer[Due], began: date, calendar: WorkCalendar
) -> tuple[Answer[Due], tuple[RungDue, ...]]:
    """The answer and its rungs; a rung that cannot be placed for want of a calendar becomes a caveat."""
    last = due.value.last_day
    if last is None:
        return due, ()
    try:
        rungs = placed(clock.rungs, last, calendar)
    except CalendarMissing as missing:
        in_days = tuple(rung if not rung.offset.half_workdays else None for rung in clock.rungs)
        rungs = placed(in_days, last, calendar)
        due = replace(due, caveats=(*due.caveats, f"以工作日计的提醒还排不出：{missing.message}"))
    # A warning meant for a day before the clock began would fire at once for every short limit.
    return due, tuple(rung for rung in rungs if rung.on > began or rung.on >= last)


def _late_days(due: Due, ended: Done | None, as_of: date) -> int:
    """Days after the last day; 1 at least where the act came on that day but after its hour."""
    if due.last_day is None:
        return 0
    days = ((ended.on if ended else as_of) - due.last_day).days
    if days == 0 and ended and ended.moment and due.moment:
        return 1 if ended.moment.replace(tzinfo=None) > due.moment.replace(tzinfo=None) else 0
    return max(0, days)
