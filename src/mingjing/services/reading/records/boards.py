"""The same records otherwise: by state as a board, by day as a calendar, by parent as a tree."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from django.db.models import Count, QuerySet

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.keyset import counted
from mingjing.services.reading.records.filters import ALL, RecordFilter, days, select
from mingjing.services.reading.records.listing import ROW, RecordRow, fetching, reader
from mingjing.storage.records.models import Record

CARDS = 8
DAY_LIMIT = 4
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
    rows = select(actor, register, replace(chosen, status=ALL, state="", order="期限"))
    parts: dict[str, QuerySet[Record]] = {}
    for state in register.states:
        standing = rows.filter(state=state.label)
        parts[state.label] = standing
        parts[f"逾期 {state.label}"] = standing.filter(over=False, due_on__lt=actor.on)
    numbers, _ = counted(parts)
    cards: dict[str, list[RecordRow]] = {state.label: [] for state in register.states}
    for row in _cards(actor, rows, [label for label in cards if numbers[label]]):
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


def _cards(actor: Actor, rows: QuerySet[Record], shown: Sequence[str]) -> list[RecordRow]:
    """The most urgent few of each state: those with a day first, then the newest."""
    if not shown:
        return []
    order = ("due_on", "-pk")
    first, *others = (
        Record.objects.filter(pk__in=rows.filter(state=label).order_by(*order).values("pk")[:CARDS])
        .order_by()
        .values("pk")
        for label in shown
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
    """The weeks of a month, Monday first, with what falls due on each day. Two statements."""
    start = month - timedelta(days=month.weekday())
    after = (month.replace(day=28) + timedelta(days=4)).replace(day=1)
    end = after + timedelta(days=(7 - after.weekday()) % 7)
    rows = select(actor, register, replace(chosen, falls=""))
    inside = rows.filter(due_on__gte=start, due_on__lt=end)
    number = dict(inside.values_list("due_on").annotate(n=Count("pk")).order_by())
    listed: dict[date, list[RecordRow]] = {}
    for row in fetching(actor, with_data=False)(inside, ("over", "due_on", "pk"), 600):
        if row.due_on is not None:
            listed.setdefault(row.due_on, []).append(row)
    found = []
    for place in range((end - start).days):
        day = start + timedelta(days=place)
        held = listed.get(day, [])
        late = sum(not row.over for row in held) if day < actor.on else 0
        outside = (day.year, day.month) != (month.year, month.month)
        found.append(Day(day, number.get(day, 0), late, tuple(held[:DAY_LIMIT]), outside))
    return [found[place : place + 7] for place in range(0, len(found), 7)]


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
    tops = select(actor, register, replace(chosen, status=ALL if chosen.above else chosen.status))
    if not chosen.above:
        tops = tops.exclude(above__register=register.id)
    first = fetching(actor, with_data=False)(tops, ("number", "pk"), TREE_LIMIT + 1)
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
