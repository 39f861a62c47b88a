"""Kept statements of what an actor sees: composed once for everybody who sees the same way."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import Any, TypeVar, cast

from django.db.models import Model, QuerySet

from mingjing.services.actors import Actor
from mingjing.storage.kept import Given, Rows, ask, ask_count, ask_rows, ask_sums
from mingjing.storage.people.models import Department, Person

Kind = TypeVar("Kind", bound=Model)
Compose = Callable[[Actor], QuerySet[Any, Any]]


def rows_for(actor: Actor, what: Hashable, compose: Compose) -> Rows:
    """The rows of ``compose(actor)``, a query set of ``values_list``.

    ``what`` names the query with every choice that shapes it: for the same ``what``, ``compose`` must depend
    on nothing but the actor's person, departments, scope, roles, courts and day.
    """
    return ask((what, *shape_of(actor)), lambda: compose(anybody(actor)), values_of(actor))


def count_for(actor: Actor, what: Hashable, compose: Compose) -> int:
    """How many rows ``compose(actor)`` has, as ``rows_for``."""
    return ask_count((what, *shape_of(actor)), lambda: compose(anybody(actor)), values_of(actor))


def sums_for(actor: Actor, what: Hashable, compose: Compose) -> tuple[int, dict[str, int]]:
    """How many rows ``compose(actor)`` has, a query set of ``values_list`` of annotated numbers, and the sum
    of each; otherwise as ``rows_for``."""
    return ask_sums((what, *shape_of(actor)), lambda: compose(anybody(actor)), values_of(actor))


def objects_for(actor: Actor, what: Hashable, compose: Callable[[Actor], QuerySet[Kind]]) -> list[Kind]:
    """The rows of ``compose(actor)`` as objects of its model; otherwise as ``rows_for``."""
    return ask_rows((what, *shape_of(actor)), lambda: compose(anybody(actor)), values_of(actor))


def shape_of(actor: Actor) -> tuple[Hashable, ...]:
    """What the text of a statement depends on. Courts are few; persons and departments travel as values."""
    courts = tuple(court.pk for court in actor.courts)
    able = actor.scope, actor.roles, actor.posts, actor.acts, actor.lent
    return actor.on, *able, actor.court.pk, courts, len(actor.departments)


def anybody(actor: Actor) -> Actor:
    """The actor with a given in place of the person and of each department.

    What each post is held of is not part of it: a query that depends on that is no query of everybody's.
    """
    departments = [Given(f"department{number}") for number in range(len(actor.departments))]
    return replace(
        actor,
        person=cast(Person, Given("person")),
        departments=tuple(cast(Department, one) for one in departments),
        held=cast(Any, None),
        leads=cast(Any, None),
    )


def values_of(actor: Actor) -> dict[str, int]:
    """The values of the givens of ``anybody``."""
    values = {f"department{number}": one.pk for number, one in enumerate(actor.departments)}
    return {"person": actor.person.pk, **values}
