"""Records by what stands under what: a page of tops, level by level what is below, and the roll-up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.keyset import beyond, turned
from mingjing.services.reading.records.filters import ALL, RecordFilter, apart
from mingjing.services.reading.records.listing import ROW, RecordRow, fetching, reader
from mingjing.services.reading.records.overview import condition
from mingjing.services.records.standing import Hands, hands_of
from mingjing.services.records.versions import registers_on
from mingjing.storage.records.models import Record

TOPS = 100
MOST_BRANCHES = 4000
_ORDER = ("number", "pk")


@dataclass(slots=True)
class Branch:
    """A record with those under it. ``done`` of ``leaves`` are over; ``late`` of them are past their day.
    ``cut`` where more stands below than was read: the numbers then say only what is shown."""

    row: RecordRow
    below: list[Branch] = field(default_factory=list)
    leaves: int = 0
    done: int = 0
    late: int = 0
    cut: bool = False

    def open_leaves(self) -> Iterator[RecordRow]:
        """The leaves that are not over, in the order of the tree."""
        if not self.below and not self.row.over:
            yield self.row
        for one in self.below:
            if one.done < one.leaves:
                yield from one.open_leaves()


@dataclass(frozen=True, slots=True)
class Tree:
    """A page of the tops that match, with everything under them. ``next_after`` and ``previous`` are the
    cursors of the pages around it, empty where there is none."""

    tops: tuple[Branch, ...]
    next_after: str
    previous: str

    @property
    def cut(self) -> bool:
        """Whether more stands below than is shown."""
        return any(one.cut for one in self.tops)


def tree(actor: Actor, register: Register, chosen: RecordFilter) -> Tree:
    """A page of the records of the register and what stands under them in any register that the actor sees.

    Two statements for each level; of the tops one or two.

    Raises
    ------
    BadFilter   the cursor is not one of this list
    """
    pieces = []
    for tops in apart(actor, register, replace(chosen, status=ALL if chosen.above else chosen.status)):
        if not chosen.above:
            inside = Record.objects.filter(pk=OuterRef("above"), register=register.id)
            tops = tops.filter(Q(above=None) | ~Exists(inside))
        pieces.append(tops)
    shown, next_after, previous = _page(actor, pieces, chosen)
    return Tree(tuple(grown(actor, shown)), next_after, previous)


def _page(
    actor: Actor, pieces: Sequence[QuerySet[Record]], chosen: RecordFilter
) -> tuple[list[RecordRow], str, str]:
    """The tops of one page and the cursors around it. A page that would reach over the beginning is the
    first."""
    fetch = fetching(actor, with_data=False)

    def read(columns: Sequence[str], cursor: str) -> list[RecordRow]:
        found = (fetch(beyond(rows, columns, cursor), columns, TOPS + 1) for rows in pieces)
        back = columns[0].startswith("-")
        return sorted(chain(*found), key=lambda row: (row.number, row.pk), reverse=back)[: TOPS + 1]

    def cursor_of(row: RecordRow) -> str:
        return f"{row.number}~{row.pk}"

    after = chosen.after
    if chosen.before and not after:
        back = read(turned(_ORDER), chosen.before)
        if len(back) > TOPS:
            shown = back[:TOPS][::-1]
            return shown, cursor_of(shown[-1]), cursor_of(shown[0])
    found = read(_ORDER, after)
    shown = found[:TOPS]
    following = cursor_of(shown[-1]) if len(found) > TOPS else ""
    return shown, following, cursor_of(shown[0]) if after and shown else ""


def grown(actor: Actor, tops: Sequence[RecordRow], hands: Hands | None = None) -> list[Branch]:
    """These records with what stands under them that the actor sees, rolled up. Two statements for each
    level: which registers stand below, and the records of those."""
    branches, read = {row.pk: Branch(row) for row in tops}, reader(actor)
    known = hands or hands_of(actor)
    level = dict(branches)
    while level:
        following: dict[int, Branch] = {}
        for above, *values in _below(actor, list(level), known, MOST_BRANCHES - len(branches) + 1):
            branch = Branch(read(values, {}))
            if len(branches) + len(following) >= MOST_BRANCHES:
                level[above].cut = True
            elif branch.row.pk not in branches:
                level[above].below.append(branch)
                following[branch.row.pk] = branch
        branches |= following
        level = following if len(branches) < MOST_BRANCHES else {}
        for one in following.values() if not level else ():
            one.cut = True  # what stands below these was not looked for
    found = [branches[row.pk] for row in tops]
    for branch in found:
        _roll_up(branch, actor.on)
    return found


def _below(actor: Actor, above: list[int], hands: Hands, most: int) -> QuerySet[Record, tuple[Any, ...]]:
    """What stands right under these records, as much of it as may be read."""
    below = Record.objects.filter(above__in=above, court=actor.court).order_by()
    kinds = set(below.values_list("register", flat=True).distinct())
    registers = [one for one in registers_on(actor.court, actor.on) if one.id in kinds]
    seen = below.filter(condition(actor, registers, hands)).order_by("register", "number", "pk")
    return seen.values_list("above_id", *ROW)[:most]


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
    branch.cut = branch.cut or any(one.cut for one in branch.below)
