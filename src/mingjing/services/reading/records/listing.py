"""One page of a register: rows, the numbers above them, what the filters offer. Two statements."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db.models import QuerySet

from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.reading.keyset import COUNT_LIMIT, Order, Run, counted, sliced
from mingjing.services.reading.records.filters import ORDERS, RecordFilter, narrow, seen
from mingjing.services.reading.records.values import names_for
from mingjing.storage.people.models import Department
from mingjing.storage.records.models import Record

UNIT = "部门："
FOUND = "符合"
LONG_FIELDS = (FieldType.LONG, FieldType.FILES, FieldType.PHOTOS)


class RecordRow(NamedTuple):
    """A record as a list shows it: no model is made of it."""

    pk: int
    number: str
    title: str
    state: str
    over: bool
    colour: int
    due_on: date | None
    opened_on: date
    over_on: date | None
    period: str
    holder: str | None
    unit: str | None
    register: str
    data: Mapping[str, Any]


ROW = (
    "pk", "number", "title", "state", "over", "colour", "due_on", "opened_on", "over_on", "period",
    "holder__name", "unit__name", "register",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many: of the register, each counted up to COUNT_LIMIT + 1. ``states`` go by label."""

    open: int
    over: int
    late: int
    today: int
    week: int
    mine: int
    found: int
    states: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class RecordPage:
    """One page of a register. ``units`` are the names the unit filter offers."""

    rows: list[RecordRow]
    numbers: Numbers
    units: tuple[str, ...]
    next_after: str
    previous: str
    names: Mapping[str, Mapping[int, str]]

    @property
    def count(self) -> int:
        """How many match, up to COUNT_LIMIT."""
        return min(self.numbers.found, COUNT_LIMIT)

    @property
    def more(self) -> bool:
        """Whether there are more than COUNT_LIMIT."""
        return self.numbers.found > COUNT_LIMIT


def columns_offered(register: Register) -> tuple[Field, ...]:
    """The fields a list may show as columns besides the built-in ones."""
    built_in = {register.title, register.holder, register.unit}
    return tuple(one for one in register.fields if one.label not in built_in and one.type not in LONG_FIELDS)


def columns_shown(register: Register, chosen: RecordFilter) -> tuple[Field, ...]:
    """The fields chosen as columns, in the order of the definition; those only some may read are left out."""
    wanted = set(chosen.show.split(",")) if chosen.show else set()
    return tuple(one for one in columns_offered(register) if one.key in wanted and not one.seen_by)


def runs(rows: QuerySet[Record], order: Order) -> tuple[Run[Record], ...]:
    """The rows as one run in this order, or as two where the key may be missing."""
    if not order.key:
        return (Run(rows, order.columns),)
    missing = f"{order.key}__isnull"
    return Run(rows.filter((missing, False)), order.columns), Run(rows.filter((missing, True)), ("pk",))


def fetching(*, with_data: bool) -> Callable[[QuerySet[Record], Sequence[str], int], list[RecordRow]]:
    """Reads rows as ``RecordRow``; the content (``data``) only where a column shows some of it."""

    def fetch(rows: QuerySet[Record], columns: Sequence[str], amount: int) -> list[RecordRow]:
        names = (*ROW, "data") if with_data else ROW
        found: Sequence[Any] = list(rows.order_by(*columns).values_list(*names)[:amount])
        return [RecordRow._make(row if with_data else (*row, {})) for row in found]

    return fetch


def record_page(actor: Actor, register: Register, chosen: RecordFilter) -> RecordPage:
    """One page of a register. Two statements; a third where columns hold people or departments."""
    everything = seen(actor, register)
    rows = narrow(everything, actor, chosen)
    shown = columns_shown(register, chosen)
    page = sliced(
        runs(rows, ORDERS[chosen.order]),
        int(chosen.rows),
        after=chosen.after,
        before=chosen.before,
        fetch=fetching(with_data=bool(shown)),
    )
    numbers, units = _numbers(actor, register, everything, rows)
    names = names_of(shown, page.rows)
    return RecordPage(page.rows, numbers, units, page.next_after, page.previous, names)


def every_row(actor: Actor, register: Register, chosen: RecordFilter, limit: int) -> list[RecordRow]:
    """The whole list in its order, up to ``limit`` rows, with the content of each."""
    rows = narrow(seen(actor, register), actor, chosen)
    fetch = fetching(with_data=True)
    page = sliced(runs(rows, ORDERS[chosen.order]), limit, after="", before="", fetch=fetch)
    return page.rows


def _numbers(
    actor: Actor, register: Register, everything: QuerySet[Record], rows: QuerySet[Record]
) -> tuple[Numbers, tuple[str, ...]]:
    """The numbers on top and the departments the filter offers: one statement."""
    running = everything.filter(over=False)
    week = actor.on + timedelta(days=7)
    parts: dict[str, QuerySet[Any]] = {
        "open": running,
        "over": everything.filter(over=True),
        "late": running.filter(due_on__lt=actor.on),
        "today": running.filter(due_on=actor.on),
        "week": running.filter(due_on__gte=actor.on, due_on__lte=week),
        "mine": running.filter(holder=actor.person),
        FOUND: rows,
    }
    for state in register.states:
        parts[f"状态：{state.label}"] = everything.filter(state=state.label)
    named = Department.objects.filter(court=actor.court).on(actor.on) if register.unit else None
    found, units = counted(parts, names=named)
    return Numbers(
        open=found["open"],
        over=found["over"],
        late=found["late"],
        today=found["today"],
        week=found["week"],
        mine=found["mine"],
        found=found[FOUND],
        states={state.label: found[f"状态：{state.label}"] for state in register.states},
    ), units


def names_of(fields: Sequence[Field], rows: Sequence[RecordRow]) -> dict[str, dict[int, str]]:
    """Names of the people and departments the columns show, by 人 and 部门: one statement, or none."""
    return names_for((field, row.data.get(field.key)) for field in fields for row in rows)
