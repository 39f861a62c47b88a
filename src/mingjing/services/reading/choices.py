"""What the filters offer: departments and judges of the courts an actor sees, and words from dictionaries."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from mingjing.services.actors import Actor
from mingjing.services.asking import rows_for
from mingjing.services.installation import registry
from mingjing.storage.people.models import Department


@dataclass(frozen=True, slots=True)
class CaseChoices:
    """The options of the case filters. ``courts`` is empty where the actor sees only one."""

    courts: tuple[tuple[str, str], ...]
    departments: tuple[str, ...]
    kinds: tuple[str, ...]
    procedures: tuple[str, ...]
    tags: tuple[str, ...]


def words(actor: Actor, dictionary: str) -> tuple[str, ...]:
    """The keys of a dictionary at the actor's court."""
    return tuple(registry(actor.court).dictionary(dictionary).keys)


def _departments(actor: Actor) -> QuerySet[Any, Any]:
    """The names of the departments there are at the actor's court, in their order."""
    known = Department.objects.filter(court=actor.court).on(actor.on)
    return known.order_by("order", "name").values_list("name")


def case_choices(actor: Actor) -> CaseChoices:
    """The options for this actor: several courts, or the departments of one. One query at most."""
    several = len(actor.courts) > 1
    courts = tuple((court.code, court.name) for court in actor.courts) if several else ()
    departments = [] if several else rows_for(actor, "departments", _departments)
    return CaseChoices(
        courts=courts,
        departments=tuple(name for (name,) in departments),
        kinds=words(actor, "dictionary.case_kinds"),
        procedures=words(actor, "dictionary.procedures"),
        tags=words(actor, "dictionary.tags"),
    )
