"""The same records otherwise: by state as a board, by day as a calendar, by parent as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.keyset import counted
from mingjing.services.reading.records.filters import ALL, RecordFilter, apart, days
from mingjing.services.reading.records.listing import ROW, RecordRow, fetching, reader
from mingjing.storage.records.models import Record

CARDS = 8
DAY_LIMIT = 4
AT_ONCE = 600
TREE_LIMIT = 400
MOST_BRANCHES = 8000


@dataclass(frozen=True, slots=True)
class StateColumn:
    """One state of a board: how many stand in it, how many of them are late, the most urgent few."""

    label: str
    final: bool
    count: int
    late: int
    cards: tuple[RecordRow, ...]


def board(actor: Actor, register: Register, chosen: RecordFilter) -> list[StateColumn]:
    """The records by state, in the order of the definition. Three statements however many states."""
    pieces = apart(actor, register, replace(chosen, status=ALL, state="", order="期限"))
    parts: dict[str, QuerySet[Record]] = {}
    for state in register.states:
        for place, rows in enumerate(pieces):
            standing = rows.filter(state=state.label)
            parts[f"{place} {state.label}"] = standing
            parts[f"{place} 逾期 {state.label}"] = standing.filter(over=False, due_on__lt=actor.on)
    numbers: dict[str, int] = {}
    for name, number in counted(parts)[0].items():
        label = name.partition(" ")[2]
        numbers[label] = numbers.get(label, 0) + number
    cards: dict[str, list[RecordRow]] = {state.label: [] for state in register.states}
    for row in _cards(actor, pieces, [label for label in cards if numbers[label]]):
        if len(cards[row.state]) < CARDS:
            cards[row.state].append(row)
    return [
        StateColumn(
            state.label,
            state.final,
            numbers[state.label],
            numbers[f"逾期 {state.label}"],
            tuple(cards[state.label]),
        )
        for state in register.states
    ]


def _cards(actor: Actor, pieces: Sequence[QuerySet[Record]], shown: Sequence[str]) -> list[RecordRow]:
    """The most urgent few of each state: those with a day first, then the newest."""
    if not shown:
        return []
    order = ("due_on", "-pk")
    first, *others = (
        Record.objects.filter(pk__in=rows.filter(state=label).order_by(*order).values("pk")[:CARDS])
        .order_by()
        .values("pk")
        for label in shown
        for rows in pieces
    )
    found = fetching(actor, with_data=False)(
        Record.objects.filter(pk__in=first.union(*others, all=True)), order, 1000
    )
    return sorted(found, key=lambda row: (row.due_on is None, row.due_on or date.max, -row.pk))


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


@dataclass(slots=True)
class Branch:
    """A record with those under it. ``done`` of ``leaves`` are over; ``late`` of them are past their day."""

    row: RecordRow
    below: list[Branch] = field(default_factory=list)
    leaves: int = 0
    done: int = 0
    late: int = 0

    def open_leaves(self) -> Iterator[RecordRow]:
        """The leaves that are not over, in the order of the tree."""
        if not self.below and not self.row.over:
            yield self.row
        for one in self.below:
            if one.done < one.leaves:
                yield from one.open_leaves()


@dataclass(frozen=True, slots=True)
class Tree:
    """The tops that match, with everything under them; ``cut`` where there are more tops than shown."""

    tops: tuple[Branch, ...]
    cut: bool


def tree(actor: Actor, register: Register, chosen: RecordFilter, *, seen: QuerySet[Record]) -> Tree:
    """The records of the register and, level by level, what stands under them in any register.

    ``seen`` are all records the actor may see. One statement for each level.
    """
    fetch, first = fetching(actor, with_data=False), []
    for tops in apart(actor, register, replace(chosen, status=ALL if chosen.above else chosen.status)):
        if not chosen.above:
            inside = Record.objects.filter(pk=OuterRef("above"), register=register.id)
            tops = tops.filter(Q(above=None) | ~Exists(inside))
        first += fetch(tops, ("number", "pk"), TREE_LIMIT + 1)
    first.sort(key=lambda row: (row.number, row.pk))
    return Tree(tuple(grown(actor, first[:TREE_LIMIT], seen)), len(first) > TREE_LIMIT)


def grown(actor: Actor, tops: Sequence[RecordRow], seen: QuerySet[Record]) -> list[Branch]:
    """These records with what stands under them among ``seen``, rolled up. One statement for each level."""
    branches, read = {row.pk: Branch(row) for row in tops}, reader(actor)
    level = dict(branches)
    while level and len(branches) < MOST_BRANCHES:
        rows = seen.filter(above__in=list(level)).order_by("register", "number", "pk")
        following: dict[int, Branch] = {}
        for above, *values in rows.values_list("above_id", *ROW):
            branch = Branch(read(values, {}))
            if branch.row.pk not in branches:
                level[above].below.append(branch)
                following[branch.row.pk] = branch
        branches |= following
        level = following
    found = [branches[row.pk] for row in tops]
    for branch in found:
        _roll_up(branch, actor.on)
    return found


def _roll_up(branch: Branch, on: date) -> None:
    """Count the leaves: a record without children is one itself."""
    if not branch.below:
        row = branch.row
        branch.leaves, branch.done = 1, int(row.over)
        branch.late = int(not row.over and row.due_on is not None and row.due_on < on)
        return
    for one in branch.below:
        _roll_up(one, on)
    branch.leaves = sum(one.leaves for one in branch.below)
    branch.done = sum(one.done for one in branch.below)
    branch.late = sum(one.late for one in branch.below)
