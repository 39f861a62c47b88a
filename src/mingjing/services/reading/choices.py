"""What the filters offer: departments and judges of the courts an actor sees, and words from dictionaries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingjing.services.actors import Actor
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


def case_choices(actor: Actor) -> CaseChoices:
    """The options for this actor: several courts, or the departments of one. One query at most."""
    several = len(actor.courts) > 1
    courts = tuple((court.code, court.name) for court in actor.courts) if several else ()
    known = Department.objects.filter(court=actor.court).on(actor.on).order_by("order", "name")
    departments: Iterable[str] = () if several else known.values_list("name", flat=True)
    return CaseChoices(
        courts=courts,
        departments=tuple(departments),
        kinds=words(actor, "dictionary.case_kinds"),
        procedures=words(actor, "dictionary.procedures"),
        tags=words(actor, "dictionary.tags"),
    )
