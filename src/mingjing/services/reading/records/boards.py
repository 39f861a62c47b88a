"""The same records otherwise: by state as a board, by day as a calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.records.by_state import CARDS, Standing, standing, standing_in_part
from mingjing.services.reading.records.filters import ALL, RecordFilter, apart, days, matching
from mingjing.services.reading.records.listing import RecordRow, fetching
from mingjing.services.records.sight import sight_of
from mingjing.storage.records.models import Record

DAY_LIMIT = 4
AT_ONCE = 600


@dataclass(frozen=True, slots=True)
class StateColumn:
    """One state of a board: how many stand in it, how many of them are late, the most urgent few."""

    label: str
    final: bool
    count: int
    late: int
    cards: tuple[RecordRow, ...]


def board(actor: Actor, register: Register, chosen: RecordFilter) -> list[StateColumn]:
    """The records by state, in the order of the definition. Two statements however many states."""
    asked = replace(chosen, status=ALL, state="", order="期限")
    sight = sight_of(actor, register)
    if sight.whole:
        found = standing(Record.objects.filter(sight.where & matching(actor, asked)), register, actor.on)
    else:
        found = standing_in_part(actor, sight, asked)
    cards: dict[str, list[RecordRow]] = {}
    for row in _cards(actor, found):
        cards.setdefault(row.state, []).append(row)
    return [
        StateColumn(
            state.label,
            state.final,
            *found.numbers.get(state.label, (0, 0)),
            tuple(cards.get(state.label, ())[:CARDS]),
        )
        for state in register.states
    ]


def _cards(actor: Actor, found: Standing) -> list[RecordRow]:
    """The most urgent of each state: the running ones with a day first, then the newest."""
    if found.first is None:
        return []
    rows = fetching(actor, with_data=False)(Record.objects.filter(pk__in=found.first), ("pk",), 1000)
    return sorted(rows, key=lambda row: (row.over, row.due_on is None, row.due_on or date.max, -row.pk))


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar: how many fall due, how many of them are open and past, the first few."""

    on: date
    count: int = 0
    late: int = 0
    rows: tuple[RecordRow, ...] = ()
    outside: bool = False


def month_of(text: str, on: date) -> date:
    """The first day of ``2026-09``, or of the month of ``on``.

    Raises
    ------
    BadFilter   it is no month
    """
    first, _ = days(text[:7]) if text else (on.replace(day=1), None)
    return (first or on).replace(day=1)


def calendar(actor: Actor, register: Register, chosen: RecordFilter, month: date) -> list[list[Day]]:
    """The weeks of a month, Monday first, with what falls due on each day."""
    start = month - timedelta(days=month.weekday())
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    end = after + timedelta(days=(7 - after.weekday()) % 7)
    shown = replace(chosen, falls=f"{start}~{end - timedelta(days=1)}")
    pieces = apart(actor, register, shown)
    number: dict[date, int] = {}
    running: dict[date, int] = {}
    for rows in pieces:
        by_day = rows.values_list("due_on").annotate(n=Count("pk"), open=Count("pk", filter=Q(over=False)))
        for on, held, still in by_day.order_by():
            number[on] = number.get(on, 0) + held
            running[on] = running.get(on, 0) + still
    listed = _first_of_days(actor, pieces, number)
    found = []
    for place in range((end - start).days):
        day = start + timedelta(days=place)
        late = running.get(day, 0) if day < actor.on else 0
        outside = (day.year, day.month) != (month.year, month.month)
        found.append(Day(day, number.get(day, 0), late, tuple(listed.get(day, ())[:DAY_LIMIT]), outside))
    return [found[place : place + 7] for place in range(0, len(found), 7)]


def _first_of_days(
    actor: Actor, pieces: Sequence[QuerySet[Record]], number: Mapping[date, int]
) -> dict[date, list[RecordRow]]:
    """The first few of each day, the open ones first: one statement. Where there are too many to read them
    all, those of each day are looked for by themselves, so that no day goes without."""
    if not number:
        return {}
    if sum(number.values()) <= AT_ONCE:
        chosen = [rows.values("pk") for rows in pieces]
    else:
        chosen = [
            Record.objects.filter(
                pk__in=rows.filter(due_on=on).order_by("over", "pk").values("pk")[:DAY_LIMIT]
            )
            .order_by()
            .values("pk")
            for rows in pieces
            for on in sorted(number)
        ]
    first, *others = chosen
    keys = first.union(*others, all=True) if others else first
    most, read = max(AT_ONCE, DAY_LIMIT * len(chosen)), fetching(actor, with_data=False)
    listed: dict[date, list[RecordRow]] = {}
    for row in read(Record.objects.filter(pk__in=keys), ("over", "due_on", "pk"), most):
        if row.due_on is not None:
            listed.setdefault(row.due_on, []).append(row)
    return listed
