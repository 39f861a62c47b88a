"""How many records stand in each state, and which of them are the most urgent: the database says both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, Q, QuerySet

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.records.filters import (
    RecordFilter,
    asks_only_parts,
    matched,
    repeated_in_parts,
)
from mingjing.services.records.sight import Sight
from mingjing.storage.records.models import Record

CARDS = 8
_RUNNING = (
    (Q(over=False, due_on__isnull=False), ("due_on", "-pk")),
    (Q(over=False, due_on=None), ("-pk",)),
)
_ENDED = ((Q(over=True), ("-pk",)),)
"""The runs in which the most urgent of a state come: each is read from the beginning of an index."""
_BY_STATE = (
    "WITH seen(record, ended, state, due_on) AS ({}) "
    "SELECT told.state, told.record, told.n, told.late FROM (SELECT seen.state, seen.record, "
    "ROW_NUMBER() OVER (PARTITION BY seen.state "
    "ORDER BY seen.ended, CASE WHEN seen.ended OR seen.due_on IS NULL THEN 1 ELSE 0 END, "
    "CASE WHEN seen.ended THEN NULL ELSE seen.due_on END, seen.record DESC) AS place, "
    "COUNT(*) OVER (PARTITION BY seen.state) AS n, "
    "COUNT(*) FILTER (WHERE NOT seen.ended AND seen.due_on < %s) OVER (PARTITION BY seen.state) AS late "
    "FROM seen) told WHERE told.place <= %s"
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How many records stand in each state and how many of them are late, none left out; and the keys of the
    most urgent of each state, as a query or as numbers, None where there are none."""

    numbers: Mapping[str, tuple[int, int]]
    first: QuerySet[Any, Any] | Sequence[int] | None


def standing(rows: QuerySet[Record], register: Register, on: date) -> Standing:
    """Of records that no part decides about: one statement, and a query of keys that is still to be asked."""
    late = Count("pk", filter=Q(over=False, due_on__lt=on))
    counted = rows.order_by().values("state").annotate(n=Count("pk"), late=late)
    numbers = {row["state"]: (row["n"], row["late"]) for row in counted}
    keys = [
        Record.objects.filter(
            pk__in=rows.filter(holds, state=state.label).order_by(*order).values("pk")[:CARDS]
        )
        .order_by()
        .values("pk")
        for state in register.states
        if state.label in numbers
        for holds, order in (_ENDED if state.final else _RUNNING)
    ]
    return Standing(numbers, keys[0].union(*keys[1:], all=True) if keys else None)


def standing_in_part(actor: Actor, sight: Sight, asked: RecordFilter) -> Standing:
    """Of the records somebody has a part in: counted from the parts where the filter asks no more than they
    repeat, so that no record is read. One statement."""
    columns = ("over", "state", "due_on")
    if asks_only_parts(asked):
        rows: QuerySet[Any, Any] = sight.once(repeated_in_parts(asked, actor.on), "record", *columns)
    else:
        rows = matched(sight, actor, asked).values_list("pk", *columns)
    try:
        seen, values = rows.query.sql_with_params()
    except EmptyResultSet:  # no capacity gives sight of anything
        return Standing({}, None)
    day = connection.ops.adapt_datefield_value(actor.on)
    with connection.cursor() as cursor:
        cursor.execute(_BY_STATE.format(seen), [*values, day, CARDS])
        told = cursor.fetchall()
    return Standing({state: (n, late) for state, _, n, late in told}, [key for _, key, _, _ in told] or None)
