"""How far a list reaches: the records of what an actor sees, and the places its filters offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.asking import rows_for
from mingjing.services.permissions import of_cases_seen
from mingjing.storage.people.models import Department

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Places:
    """Code and name of the courts where the actor sees several, else the names of the departments."""

    courts: tuple[tuple[str, str], ...]
    departments: tuple[str, ...]


def places(actor: Actor) -> Places:
    """What the filters of a list offer this actor. One query at most."""
    if actor.scope == "辖区案件":
        return Places(tuple((court.code, court.short_name) for court in actor.courts), ())
    if actor.scope == "本院案件":
        return Places((), departments_of(actor))
    own = tuple(department.name for department in actor.departments)
    return Places((), own if len(own) > 1 else ())


def departments_of(actor: Actor) -> tuple[str, ...]:
    """The names of the departments there are at the actor's court, in their order."""
    return tuple(name for (name,) in rows_for(actor, "departments", _departments))


def _departments(actor: Actor) -> QuerySet[Any, Any]:
    known = Department.objects.filter(court=actor.court).on(actor.on)
    return known.order_by("order", "name").values_list("name")


def rows_seen(actor: Actor, rows: QuerySet[Row], court: str = "court") -> QuerySet[Row]:
    """The rows that belong to cases the actor sees; ``court`` is the path from a row to the case's court."""
    if actor.scope == "辖区案件":
        return rows.filter(**{f"{court}__in": [one.pk for one in actor.courts]})
    if actor.scope == "本院案件":
        return rows.filter(**{court: actor.court})
    return rows.filter(of_cases_seen(actor), **{court: actor.court})
