"""Statistics of a register: by state, by department, by month of opening; in time and late."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncMonth

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.records.filters import ALL, RecordFilter, apart, late_clocks
from mingjing.storage.records.models import Record, RecordClock

LATE, MET, NONE = "超期", "按期", "没有时限"
NO_UNIT = "没有部门"


@dataclass(frozen=True, slots=True)
class Counted:
    """One line: how many records, of them open, over, past their day now; and whether their clocks were met.

    ``in_time`` + ``past`` + ``without`` = ``total``: ``past`` have missed a clock (met too late, or still
    running behind its day), ``without`` had none that was met or missed yet.
    """

    label: str
    total: int = 0
    open: int = 0
    over: int = 0
    late: int = 0
    in_time: int = 0
    past: int = 0
    without: int = 0

    def __add__(self, other: Counted) -> Counted:
        return Counted(
            self.label,
            self.total + other.total,
            self.open + other.open,
            self.over + other.over,
            self.late + other.late,
            self.in_time + other.in_time,
            self.past + other.past,
            self.without + other.without,
        )


@dataclass(frozen=True, slots=True)
class Figures:
    """The statistics of a register; every table adds up to ``whole``."""

    states: tuple[Counted, ...]
    units: tuple[Counted, ...]
    months: tuple[Counted, ...]
    whole: Counted


def figures(actor: Actor, register: Register, chosen: RecordFilter) -> Figures:
    """Counts of the records that match, whatever their status: one statement for each piece of them."""
    asked = replace(chosen, status=ALL if chosen.status == "未了结" else chosen.status)
    found = [row for rows in apart(actor, register, asked) for row in _grouped(rows, actor.on)]
    states = [state.label for state in register.states]
    return Figures(
        states=_by(
            found,
            lambda row: str(row["state"]),
            lambda line: states.index(line.label) if line.label in states else 99,
        ),
        units=_by(found, lambda row: str(row["unit__name"] or NO_UNIT), lambda line: -line.total),
        months=_by(found, lambda row: f"{row['month']:%Y-%m}", lambda line: line.label),
        whole=_sum("合计", found),
    )


def _grouped(rows: QuerySet[Record], on: date) -> QuerySet[Any, Any]:
    """One row for each state, department, month and whether the clocks were met."""
    clocks = RecordClock.objects.filter(record=OuterRef("pk"))
    missed = late_clocks(on).filter(record=OuterRef("pk"))
    kept = Case(
        When(Exists(missed), then=Value(LATE)),
        When(Exists(clocks.filter(done_on__lte=F("due_on"))), then=Value(MET)),
        default=Value(NONE),
        output_field=CharField(),
    )
    marked = rows.annotate(kept=kept, month=TruncMonth("opened_on")).order_by()
    late = Count("pk", filter=Q(over=False, due_on__lt=on))
    return marked.values("state", "unit__name", "month", "kept", "over").annotate(n=Count("pk"), late=late)


def _line(label: str, row: dict[str, Any]) -> Counted:
    number = row["n"]
    return Counted(
        label,
        total=number,
        open=0 if row["over"] else number,
        over=number if row["over"] else 0,
        late=row["late"],
        in_time=number if row["kept"] == MET else 0,
        past=number if row["kept"] == LATE else 0,
        without=number if row["kept"] == NONE else 0,
    )


def _sum(label: str, rows: Iterable[dict[str, Any]]) -> Counted:
    found = Counted(label)
    for row in rows:
        found = found + _line(label, row)
    return found


def _by(
    rows: Iterable[dict[str, Any]], key: Callable[[dict[str, Any]], str], order: Callable[[Counted], Any]
) -> tuple[Counted, ...]:
    found: dict[str, Counted] = {}
    for row in rows:
        label = key(row)
        found[label] = found.get(label, Counted(label)) + _line(label, row)
    return tuple(sorted(found.values(), key=order))
