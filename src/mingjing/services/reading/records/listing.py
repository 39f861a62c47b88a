"""One page of a register: rows, the numbers above them, what the filters offer. Two statements."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, NamedTuple, cast

from django.db.models import QuerySet
from django.utils.functional import SimpleLazyObject

from mingjing.domain.ledgers.register import Field, FieldType, Register
from mingjing.services.actors import Actor
from mingjing.services.asking import shape_of
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.keyset import COUNT_LIMIT, Order, Run, counting, sliced, told
from mingjing.services.reading.records.filters import (
    ORDERS,
    RecordFilter,
    matched,
    narrow,
    select,
)
from mingjing.services.reading.records.part_numbers import COUNTED, FOUND, PLACE, STATE, numbers_of_parts
from mingjing.services.reading.records.values import names_for
from mingjing.services.records.sight import OPEN, Sight, may_open, sees_whole, sight_of
from mingjing.services.records.standing import Hands, hands_of
from mingjing.services.records.versions import reference_of, registers_on
from mingjing.storage.kept import ask, ask_text
from mingjing.storage.people.models import Department
from mingjing.storage.records.models import Record

_FIRST = RecordFilter(rows="")
"""The first page of what is open, by last day."""
MANY = 1_000
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
    subject: int | None
    data: Mapping[str, Any]


ROW = (
    "pk", "number", "title", "state", "over", "colour", "due_on", "opened_on", "over_on", "period",
    "holder__name", "unit__name", "register", "subject_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbers:
    """How many: of the register, each counted up to COUNT_LIMIT + 1. ``states`` go by label.

    ``dated`` are the open ones with a last day, of a register seen in part.
    """

    open: int
    over: int
    late: int
    today: int
    week: int
    mine: int
    found: int
    states: Mapping[str, int]
    dated: int = 0


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
    keyed = SimpleLazyObject(lambda: rows.filter((missing, False)))
    rest = SimpleLazyObject(lambda: rows.filter((missing, True)))
    return Run(cast(QuerySet[Record], keyed), order.columns), Run(cast(QuerySet[Record], rest), ("pk",))


def reader(actor: Actor) -> Callable[[Sequence[Any], Mapping[str, Any]], RecordRow]:
    """Makes a row of what ``ROW`` reads. A title that the actor may not read stays empty: that of a record
    about themselves, and one made of a field that only some may read."""
    me = actor.person.pk
    known = registers_on(actor.court, actor.on)
    narrow_ = {one.id for one in known if any(f.label == one.title and f.seen_by for f in one.fields)}
    open_ = {one.id for one in known if one.secrecy == OPEN or one.title in one.subject_sees}

    def read(values: Sequence[Any], data: Mapping[str, Any]) -> RecordRow:
        row = RecordRow._make((*values, data))
        if row.register in narrow_ or (row.subject == me and row.register not in open_):
            return row._replace(title="")
        return row

    return read


def fetching(
    actor: Actor, *, with_data: bool, kept: Hashable = None
) -> Callable[[QuerySet[Record], Sequence[str], int], list[RecordRow]]:
    """Reads rows as ``RecordRow``; the content (``data``) only where a column shows some of it.

    ``kept`` names everything that shapes the rows, so that their statement is composed once.
    """
    read, shown = reader(actor), (*ROW, "data") if with_data else ROW

    def fetch(rows: QuerySet[Record], columns: Sequence[str], amount: int) -> list[RecordRow]:
        def first() -> QuerySet[Record, Any]:
            return rows.order_by(*columns).values_list(*shown)[:amount]

        shape = ("records", kept, tuple(columns), amount, with_data)
        found: Iterable[Sequence[Any]] = first() if kept is None else ask(shape, first, {})
        if with_data:
            return [read(values, data) for *values, data in found]
        return [read(values, {}) for values in found]

    return fetch


def together(
    actor: Actor, *, with_data: bool, kept: Hashable
) -> Callable[[Sequence[Run[Record]], int], list[tuple[int, RecordRow]]]:
    """Reads several runs in one statement: the first keys of each inside its index, then those rows."""

    def gather(runs: Sequence[Run[Record]], amount: int) -> list[tuple[int, RecordRow]]:
        def both() -> QuerySet[Record]:
            first, *others = (
                Record.objects.filter(pk__in=run.rows.order_by(*run.columns).values("pk")[:amount])
                .order_by()
                .values("pk")
                for run in runs
            )
            return Record.objects.filter(pk__in=first.union(*others, all=True))

        fetch = fetching(actor, with_data=with_data, kept=(kept, *(run.columns for run in runs)))
        rows = fetch(cast(QuerySet[Record], SimpleLazyObject(both)), (), amount * len(runs))
        key = max((run.columns[0].lstrip("-") for run in runs), key=lambda name: name != "pk")
        found: list[tuple[int, RecordRow]] = []
        for place, run in enumerate(runs):
            names = [name.lstrip("-") for name in run.columns]
            keyed = names[0] == key
            mine = [row for row in rows if (getattr(row, key) is not None) == keyed]
            mine.sort(
                key=lambda row: [getattr(row, name) for name in names], reverse=run.columns[0][0] == "-"
            )
            found += [(place, row) for row in mine]
        return found[:amount]

    return gather


def record_page(actor: Actor, register: Register, chosen: RecordFilter) -> RecordPage:
    """One page of a register. Two statements; a third where columns hold people or departments.

    Raises
    ------
    NotVisible   the actor sees no record of it and may open none
    """
    hands = hands_of(actor)
    kept = _shape(actor, register, hands, chosen)

    def sight() -> Sight:
        return sight_of(actor, register, hands)

    def found() -> QuerySet[Record]:
        if gathered:
            return matched(sight(), actor, chosen)
        return narrow(Record.objects.filter(sight().asked).order_by(), actor, chosen)

    gathered = True
    if sees_whole(actor, register, hands):
        numbers, units = _numbers(actor, register, sight, chosen, kept)
    else:
        numbers, units = _numbers_of_part(actor, register, sight, chosen, kept)
        gathered = numbers.found < MANY  # many come soon in any order: none need be gathered for a page
    # the first run alone fills the page: those behind it need not be looked for
    filled = not gathered and replace(chosen, rows="", show="") == _FIRST and numbers.dated > int(chosen.rows)
    if not (numbers.open or numbers.over) and not may_open(register, hands):
        raise NotVisible
    shown, order = columns_shown(register, chosen), ORDERS[chosen.order]
    # composed only where no statement of this shape is kept
    rows = SimpleLazyObject(found)
    page = sliced(
        runs(cast(QuerySet[Record], rows), order),
        int(chosen.rows),
        after=chosen.after,
        before=chosen.before,
        fetch=fetching(actor, with_data=bool(shown), kept=(*kept, gathered)),
        together=None if filled else together(actor, with_data=bool(shown), kept=(*kept, gathered)),
    )
    names = names_of(shown, page.rows)
    return RecordPage(page.rows, numbers, units, page.next_after, page.previous, names)


def _shape(actor: Actor, register: Register, hands: Hands, chosen: RecordFilter) -> tuple[Hashable, ...]:
    """What the statements of a page depend on: who looks as what, the day, the definition, the filter."""
    places = tuple(one.pk for one in actor.departments)
    reference = reference_of(actor.court, register.id, actor.on)
    return (*shape_of(actor), actor.person.pk, places, hands, reference, register.id, chosen)


def every_row(actor: Actor, register: Register, chosen: RecordFilter, limit: int) -> list[RecordRow]:
    """The whole list in its order, up to ``limit`` rows, with the content of each."""
    rows = select(actor, register, chosen)
    fetch = fetching(actor, with_data=True)
    page = sliced(runs(rows, ORDERS[chosen.order]), limit, after="", before="", fetch=fetch)
    return page.rows


def every_key(actor: Actor, register: Register, chosen: RecordFilter, limit: int) -> list[int]:
    """The keys of the whole list, up to ``limit``."""
    rows = select(actor, register, chosen)
    return list(rows.values_list("pk", flat=True)[:limit])


def _numbers(
    actor: Actor,
    register: Register,
    sight: Callable[[], Sight],
    chosen: RecordFilter,
    kept: tuple[Hashable, ...],
) -> tuple[Numbers, tuple[str, ...]]:
    """The numbers on top and the departments the filter offers: one statement."""

    def compose() -> tuple[str, Sequence[Any]]:
        named = Department.objects.filter(court=actor.court).on(actor.on) if register.unit else None
        everything = Record.objects.filter(sight().where).order_by()
        return counting(_counted_parts(actor, register, everything, chosen), named)

    found, units = told(ask_text(("record numbers", *kept), compose))
    return numbers_from(found, register), units


def _counted_parts(
    actor: Actor, register: Register, everything: QuerySet[Record], chosen: RecordFilter
) -> dict[str, QuerySet[Any]]:
    running = everything.filter(over=False)
    week = actor.on + timedelta(days=7)
    parts: dict[str, QuerySet[Any]] = {
        "open": running,
        "over": everything.filter(over=True),
        "late": running.filter(due_on__lt=actor.on),
        "today": running.filter(due_on=actor.on),
        "week": running.filter(due_on__gte=actor.on, due_on__lte=week),
        "mine": running.filter(holder=actor.person),
        FOUND: narrow(everything, actor, chosen),
    }
    for state in register.states:
        parts[f"{STATE}{state.label}"] = everything.filter(state=state.label)
    return parts


def _numbers_of_part(
    actor: Actor,
    register: Register,
    sight: Callable[[], Sight],
    chosen: RecordFilter,
    kept: tuple[Hashable, ...],
) -> tuple[Numbers, tuple[str, ...]]:
    """As ``_numbers`` for whoever sees only the records they have a part in: their parts say all of it."""
    found: dict[str, int] = {}
    units: dict[str, None] = {}

    def compose() -> tuple[str, Sequence[Any]]:
        return numbers_of_parts(actor, register, sight(), chosen)

    for what, state, over, unit, number, *values in ask_text(("part numbers", *kept), compose):
        if what == PLACE:
            units[unit] = None
            continue
        if what:
            found[what] = found.get(what, 0) + number
            continue
        names = ("late", "today", "week", "dated", f"{STATE}{state}", "over" if over else "open")
        for name, value in zip(names, (*values, number, number), strict=True):
            found[name] = found.get(name, 0) + value
        if unit:
            units[unit] = None
    if FOUND not in found:
        found[FOUND] = sum(found.get(name, 0) for name in COUNTED[chosen.status])
    return numbers_from(found, register), tuple(sorted(units))


def numbers_from(found: Mapping[str, int], register: Register) -> Numbers:
    """The counts by their names; what was not counted is nought."""
    return Numbers(
        open=found.get("open", 0),
        over=found.get("over", 0),
        late=found.get("late", 0),
        today=found.get("today", 0),
        week=found.get("week", 0),
        mine=found.get("mine", 0),
        found=found.get(FOUND, 0),
        states={state.label: found.get(f"{STATE}{state.label}", 0) for state in register.states},
        dated=found.get("dated", 0),
    )


def names_of(fields: Sequence[Field], rows: Sequence[RecordRow]) -> dict[str, dict[int, str]]:
    """Names of the people and departments the columns show, by 人 and 部门: one statement, or none."""
    return names_for((field, row.data.get(field.key)) for field in fields for row in rows)
