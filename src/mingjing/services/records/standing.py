"""What people are at a court on a day: posts, roles, departments; and for whom they act (休假委托)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.storage.people.models import Court, Oversight, Posting
from mingjing.storage.records.models import Delegation

HEAD = "庭长"
"""The level of dictionary.posts that makes the holder of a post the head of their department."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One person on a day. ``posted``, ``heads`` and ``leads`` are keys of departments: where they have a
    post, of which they are head or deputy, which they are in charge of (分管)."""

    person: int
    name: str
    posts: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    posted: frozenset[int] = frozenset()
    heads: frozenset[int] = frozenset()
    leads: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Hands:
    """An actor's own standing, and those of whoever has delegated to them, with the registers covered."""

    own: Standing
    lent: tuple[tuple[Standing, tuple[str, ...]], ...] = ()

    def of(self, register_id: str) -> tuple[Standing, ...]:
        """Own standing first, then those lent for this register."""
        lent = (one for one, covers in self.lent if not covers or register_id in covers)
        return (self.own, *lent)


def standings(court: Court, people: Collection[tuple[int, str]], on: date) -> dict[int, Standing]:
    """What these people (key, name), all of ``court``, are on ``on``, in two statements."""
    keys = [key for key, _ in people]
    held: dict[int, list[tuple[int | None, str]]] = {}
    rows = Posting.objects.on(on).filter(person__in=keys).order_by()
    for person, department, post in rows.values_list("person_id", "department_id", "post"):
        held.setdefault(person, []).append((department, post))
    leads: dict[int, set[int]] = {}
    overseen = Oversight.objects.on(on).filter(leader__in=keys).order_by()
    for leader, department in overseen.values_list("leader_id", "department_id"):
        leads.setdefault(leader, set()).add(department)
    return {
        key: _standing(court, key, name, held.get(key, []), leads.get(key, set())) for key, name in people
    }


def _standing(
    court: Court, key: int, name: str, held: list[tuple[int | None, str]], leads: set[int]
) -> Standing:
    definitions = registry(court)
    known = definitions.dictionary("dictionary.posts")
    posts = frozenset(post for _, post in held)
    roles = (role.label for role in definitions.roles().roles if posts.intersection(role.posts))
    heads = (place for place, post in held if place is not None and known.row(post).get("rung") == HEAD)
    return Standing(
        key,
        name,
        posts,
        frozenset(roles),
        frozenset(place for place, _ in held if place is not None),
        frozenset(heads),
        frozenset(leads),
    )


def hands_of(actor: Actor) -> Hands:
    """The actor and whoever has delegated to them on the actor's day: no statement of its own where nobody
    has, three where somebody has."""
    held = [(department, post) for post, department in actor.held]
    own = _standing(actor.court, actor.person.pk, actor.person.name, held, set(actor.leads))
    if not actor.lent:
        return Hands(own)
    rows = delegations_on(actor.on).filter(taker=actor.person, giver__court=actor.court)
    lent = list(rows.values_list("giver_id", "giver__name", "registers"))
    found = standings(actor.court, {(key, name) for key, name, _ in lent}, actor.on)
    return Hands(own, tuple((found[key], tuple(covers)) for key, _, covers in lent))


def delegations_on(on: date) -> QuerySet[Delegation]:
    """The delegations that hold on a day; one revoked no longer holds on the day it was revoked."""
    holds = Q(since__lte=on, until__gte=on) & (Q(revoked_on__isnull=True) | Q(revoked_on__gt=on))
    return Delegation.objects.filter(holds)


def places_of(people: Iterable[int], on: date) -> dict[int, frozenset[int]]:
    """Person → the departments they are posted in on a day, in one statement (none where nobody is asked)."""
    keys = set(people)
    if not keys:
        return {}
    found: dict[int, set[int]] = {}
    rows = Posting.objects.on(on).filter(person__in=keys, department__isnull=False).order_by()
    for person, department in rows.values_list("person_id", "department_id"):
        found.setdefault(person, set()).add(department or 0)
    return {person: frozenset(places) for person, places in found.items()}
