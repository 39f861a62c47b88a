"""挂图作战: what stands open in some registers, who has it, by when, how late; page by page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, F, Q

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.keyset import BadFilter
from mingjing.services.reading.records.filters import RecordFilter, narrow
from mingjing.services.reading.records.listing import ROW, RecordRow, reader
from mingjing.services.reading.records.overview import condition
from mingjing.services.records.sight import registers_seen
from mingjing.storage.records.models import Record

ON_A_PAGE = 10
MOST_PAGES = 30


@dataclass(frozen=True, slots=True)
class Programme:
    """One register on the wall: all of it, what is over, open, past its day, due within seven days."""

    register: Register
    total: int
    over: int
    late: int
    week: int

    @property
    def open(self) -> int:
        """What is not over."""
        return self.total - self.over


@dataclass(frozen=True, slots=True)
class Wall:
    """The wall: its programmes, and the open records, the latest first and those without a day last."""

    programmes: tuple[Programme, ...]
    rows: tuple[RecordRow, ...]
    cut: bool

    @property
    def pages(self) -> int:
        """How many pages it turns: the programmes, then the records."""
        return 1 + -(-len(self.rows) // ON_A_PAGE)

    def page(self, number: int) -> tuple[RecordRow, ...]:
        """The records of page ``number``, from 2 on."""
        return self.rows[(number - 2) * ON_A_PAGE : (number - 1) * ON_A_PAGE]


def wall_registers(actor: Actor, wanted: Sequence[str]) -> tuple[Register, ...]:
    """The registers asked for, or all that the actor may see and that have clocks.

    Raises
    ------
    BadFilter   one of them does not exist for this actor
    """
    seen = registers_seen(actor)
    if not wanted:
        return tuple(one for one in seen if one.clocks)
    known = {one.id: one for one in seen}
    missing = [one for one in wanted if one not in known]
    if missing:
        raise BadFilter(f"您看得到的台账里没有“{missing[0]}”。", allowed=[one.label for one in seen][:20])
    return tuple(known[one] for one in dict.fromkeys(wanted))


def wall(actor: Actor, registers: Sequence[Register], chosen: RecordFilter, most: int = 0) -> Wall:
    """What hangs on the wall. Two statements beside those of sight. ``most`` records, else MOST_PAGES."""
    seen = Record.objects.filter(condition(actor, registers), court=actor.court).order_by()
    week = actor.on + timedelta(days=7)
    running = Q(over=False)
    counted = (
        narrow(seen, actor, RecordFilter(status="全部", unit=chosen.unit))
        .values("register")
        .annotate(
            n=Count("pk"),
            gone=Count("pk", filter=Q(over=True)),
            late=Count("pk", filter=running & Q(due_on__lt=actor.on)),
            week=Count("pk", filter=running & Q(due_on__gte=actor.on, due_on__lte=week)),
        )
    )
    found = {row["register"]: row for row in counted}
    limit = most or MOST_PAGES * ON_A_PAGE
    rows = narrow(seen, actor, chosen).order_by(F("due_on").asc(nulls_last=True), "pk")
    read = reader(actor)
    listed = [read(row, {}) for row in rows.values_list(*ROW)[: limit + 1]]
    programmes = [
        Programme(register, row["n"], row["gone"], row["late"], row["week"])
        for register in registers
        if (row := found.get(register.id)) is not None
    ]
    ordered = sorted(programmes, key=lambda one: (-one.late, -one.open, one.register.label))
    return Wall(tuple(ordered), tuple(listed[:limit]), len(listed) > limit)
