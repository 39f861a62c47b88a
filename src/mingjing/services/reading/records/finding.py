"""Records by number or title, across every register somebody may see; and what somebody holds."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.keyset import COUNT_LIMIT, BadFilter, Run, counted, sliced
from mingjing.services.reading.records.filters import LATE, OPEN, ORDERS, RecordFilter, narrow
from mingjing.services.reading.records.listing import RecordRow, fetching, runs
from mingjing.services.reading.records.overview import condition
from mingjing.services.records.sight import SEE
from mingjing.services.records.versions import registers_on
from mingjing.storage.records.models import Record


@dataclass(frozen=True, slots=True)
class Across:
    """Records of several registers on one page, with the registers by id."""

    rows: list[RecordRow]
    count: int
    more: bool
    open: int
    late: int
    registers: dict[str, Register]
    next_after: str = ""
    previous: str = ""


def across(actor: Actor, chosen: RecordFilter, registers: tuple[Register, ...] | None = None) -> Across:
    """The records of all (or these) registers that match. Two statements beside those of sight."""
    if not actor.may(SEE):
        return Across([], 0, False, 0, 0, {})
    known = registers_on(actor.court, actor.on) if registers is None else registers
    everything = Record.objects.filter(condition(actor, known), court=actor.court).order_by()
    rows = narrow(everything, actor, chosen)
    order = ORDERS[chosen.order]
    found: tuple[Run[Record], ...] = runs(rows, order)
    page = sliced(
        found,
        int(chosen.rows),
        after=chosen.after,
        before=chosen.before,
        fetch=fetching(actor, with_data=False),
    )
    running = rows.filter(over=False)
    numbers, _ = counted({"all": rows, OPEN: running, LATE: running.filter(due_on__lt=actor.on)})
    return Across(
        rows=page.rows,
        count=min(numbers["all"], COUNT_LIMIT),
        more=numbers["all"] > COUNT_LIMIT,
        open=numbers[OPEN],
        late=numbers[LATE],
        registers={register.id: register for register in known},
        next_after=page.next_after,
        previous=page.previous,
    )


def by_number(actor: Actor, register_id: str, text: str) -> Record | None:
    """The record of a register with this number or exactly this title, if the actor may see it."""
    known = [one for one in registers_on(actor.court, actor.on) if one.id == register_id]
    words = text.strip()
    rows = Record.objects.filter(condition(actor, known), court=actor.court, register=register_id)
    return rows.filter(Q(number=words) | Q(title=words)).order_by("over", "-pk").first()


def named(actor: Actor, register_id: str, text: str) -> Record:
    """As ``by_number``.

    Raises
    ------
    BadFilter   none that the actor may see
    """
    found = by_number(actor, register_id, text)
    if found is None:
        raise BadFilter(f"您看得到的记录里没有“{text}”。请照那条记录上的编号写。")
    return found


def linked_registers(actor: Actor, register: Register) -> list[tuple[str, str]]:
    """Id and label of the registers whose records may be linked to those of this one."""
    known = registers_on(actor.court, actor.on)
    return [(one.id, one.label) for one in known if one.id in register.links or register.id in one.links]
