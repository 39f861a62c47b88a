"""How many records of a register somebody has a part in: counted from the parts, no record is read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.reading.keyset import COUNT_LIMIT
from mingjing.services.reading.records.filters import (
    ALL,
    OPEN,
    OVER,
    RecordFilter,
    asks_only_parts,
    matched,
    repeated_in_parts,
)
from mingjing.services.records.sight import Sight
from mingjing.services.records.versions import states_ever
from mingjing.storage.people.models import Department
from mingjing.storage.records.models import Record

MINE, FOUND, PLACE, STATE = "mine", "符合", "部门", "状态："
COUNTED = {OPEN: ("open",), OVER: ("over",), ALL: ("open", "over")}
"""Which of the numbers a filter finds that asks nothing but the status."""
_SEEN = ("record", "over", "state", "due_on", "place")
_SUMS = (
    "SELECT '', told.state, told.ended, place.name, "
    "told.n, told.late, told.today, told.week, told.dated FROM ("
    "SELECT seen.state, seen.ended, seen.place, COUNT(*) AS n, "
    "COUNT(*) FILTER (WHERE NOT seen.ended AND seen.due_on < %s) AS late, "
    "COUNT(*) FILTER (WHERE NOT seen.ended AND seen.due_on = %s) AS today, "
    "COUNT(*) FILTER (WHERE NOT seen.ended AND seen.due_on >= %s AND seen.due_on <= %s) AS week, "
    "COUNT(seen.due_on) FILTER (WHERE NOT seen.ended) AS dated "
    "FROM seen GROUP BY 1, 2, 3) told LEFT JOIN people_department place ON place.id = told.place"
)
"""A row for each state and department: how many, and of those running how many late, due today, this week,
with any last day."""
_MORE = "SELECT '{}', '', FALSE, '', COUNT(*), 0, 0, 0, 0 FROM ({}) counted"
_PLACE = "SELECT '{}', '', FALSE, named.name, 0, 0, 0, 0, 0 FROM ({}) named"


def numbers_of_parts(
    actor: Actor, register: Register, sight: Sight, chosen: RecordFilter
) -> tuple[str, Sequence[Any]]:
    """A statement with its values. Of the records outside one's own departments, rows of ``_SUMS``; of those
    inside, each number by itself, so that none of them reads more than it says, however many there are, and
    a row ``PLACE`` for each department that has any. A row ``MINE`` of the running ones the actor holds, and
    a row ``FOUND`` where the filter asks more than the status. Single numbers count up to COUNT_LIMIT + 1.

    Its columns: the name of a single number or nothing, state, whether over, department, how many, and of
    them late, due today, due within seven days, with a last day.
    """
    try:
        seen, values = _sql(sight.elsewhere(Q(), *_SEEN))
    except EmptyResultSet:  # no capacity gives sight of anything
        return "", []
    day, week = (
        connection.ops.adapt_datefield_value(one) for one in (actor.on, actor.on + timedelta(days=7))
    )
    mine = Record.objects.filter(sight.asked, holder=actor.person, over=False).order_by()
    singles: dict[str, QuerySet[Any, Any]] = {MINE: mine.values("pk"), **_inside(actor, register, sight)}
    if not asks_only_parts(chosen) or chosen.state or chosen.due or chosen.falls:
        singles[FOUND] = _found(actor, sight, chosen)
    pieces, values = [f"WITH seen(record, ended, state, due_on, place) AS ({seen}) {_SUMS}"], [*values]
    values += [day, day, day, week]
    for name, rows in singles.items():
        try:
            text, more = _sql(rows[: COUNT_LIMIT + 1])
        except EmptyResultSet:
            pieces.append(_MORE.format(name, "SELECT 1 WHERE 1 = 0"))
            continue
        pieces.append(_MORE.format(name, text))
        values += more
    if sight.single is not None:
        any_ = Exists(sight.single.filter(unit=OuterRef("pk")))
        text, more = _sql(Department.objects.filter(any_, pk__in=sight.own).order_by().values("name"))
        pieces.append(_PLACE.format(PLACE, text))
        values += more
    return " UNION ALL ".join(pieces), values


def _inside(actor: Actor, register: Register, sight: Sight) -> dict[str, QuerySet[Any, Any]]:
    """The records of one's own departments by what is counted of them."""
    if sight.single is None:
        return {}
    # the state stands before the day in the index, and whether it is over before the state
    known = sorted(states_ever(actor.court, register.id))
    running, week = Q(over=False, state__in=known), actor.on + timedelta(days=7)
    asked = {
        "open": Q(over=False),
        "over": Q(over=True),
        "late": running & Q(due_on__lt=actor.on),
        "today": running & Q(due_on=actor.on),
        "week": running & Q(due_on__gte=actor.on, due_on__lte=week),
        "dated": running & Q(due_on__isnull=False),
    }
    for state in register.states:
        asked[f"{STATE}{state.label}"] = Q(over__in=(False, True), state=state.label)
    return {name: sight.single.filter(holds).values("record") for name, holds in asked.items()}


def _found(actor: Actor, sight: Sight, chosen: RecordFilter) -> QuerySet[Any, Any]:
    if asks_only_parts(chosen):
        return sight.once(repeated_in_parts(chosen, actor.on), "record")
    return matched(sight, actor, chosen).values("pk")


def _sql(rows: QuerySet[Any, Any]) -> tuple[str, Sequence[Any]]:
    return rows.query.sql_with_params()
