"""What the filters offer: departments and judges of the courts an actor sees, and words from dictionaries."""

from __future__ import annotations

from dataclasses import dataclass

from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.reading.scope import departments_of


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
    return CaseChoices(
        courts=courts,
        departments=() if several else departments_of(actor),
        kinds=words(actor, "dictionary.case_kinds"),
        procedures=words(actor, "dictionary.procedures"),
        tags=words(actor, "dictionary.tags"),
    )
