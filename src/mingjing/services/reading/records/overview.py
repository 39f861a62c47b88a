"""All registers somebody may see, with how much stands open in each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from mingjing.domain.ledgers.register import Register
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.opening import openings
from mingjing.services.records.sight import SEE, may_open, registers_seen, sees_any, visible
from mingjing.services.records.standing import Hands, hands_of
from mingjing.services.records.versions import registers_on
from mingjing.storage.records.models import Record


@dataclass(frozen=True, slots=True)
class Standing:
    """A register and what stands open in it: past its day, due within seven days, held by the actor.

    ``opening`` is the act by which the actor may open a record of it, empty where there is none.
    """

    register: Register
    opening: str
    open: int = 0
    late: int = 0
    week: int = 0
    mine: int = 0


def known_register(actor: Actor, register_id: str) -> Register:
    """The register in force, for a page that itself shows only what the actor may see.

    Raises
    ------
    NotVisible   there is none
    """
    one = next((found for found in registers_on(actor.court, actor.on) if found.id == register_id), None)
    if one is None or not actor.may(SEE):
        raise NotVisible
    return one


def seen_register(actor: Actor, register_id: str) -> Register:
    """The register in force, if this actor may see or open records of it.

    Raises
    ------
    NotVisible   there is none, or not for this actor (the two look alike)
    """
    one = known_register(actor, register_id)
    hands = hands_of(actor)
    if not may_open(one, hands) and not sees_any(actor, one, hands):
        raise NotVisible
    return one


def condition(actor: Actor, registers: Sequence[Register], hands: Hands | None = None) -> Q:
    """What makes a record of any of these registers visible. Those seen alike stand in one condition."""
    known = hands or hands_of(actor)
    found = Q(pk__in=[])
    for register in registers:
        found |= visible(actor, register, known)
    return found


def chosen_records(actor: Actor, register: Register, keys: Sequence[int]) -> list[Record]:
    """The records of a register with these keys that the actor may see, in the order they were opened."""
    rows = Record.objects.filter(visible(actor, register), register=register.id, pk__in=keys)
    return list(rows.select_related("court", "holder", "unit").order_by("pk"))


def overview(actor: Actor, q: str = "") -> list[Standing]:
    """The registers the actor may see, by owner and label, with their numbers: one statement for them all."""
    shown = [one for one in registers_seen(actor) if matches(one, q)]
    if not shown:
        return []
    hands = hands_of(actor)
    running = Record.objects.filter(condition(actor, shown, hands), court=actor.court, over=False).order_by()
    week = actor.on + timedelta(days=7)
    rows = running.values("register").annotate(
        n=Count("pk"),
        late=Count("pk", filter=Q(due_on__lt=actor.on)),
        week=Count("pk", filter=Q(due_on__gte=actor.on, due_on__lte=week)),
        mine=Count("pk", filter=Q(holder=actor.person)),
    )
    found = {row["register"]: row for row in rows}
    standing = [_standing(one, _opening(actor, one, hands), found.get(one.id)) for one in shown]
    return sorted(standing, key=lambda one: (one.register.owner, one.register.kind, one.register.label))


def _opening(actor: Actor, register: Register, hands: Hands) -> str:
    offered = openings(actor, register.id, hands)
    return next((one.act for one in offered if not one.refusal), "")


def _standing(register: Register, opening: str, row: Mapping[str, Any] | None) -> Standing:
    if row is None:
        return Standing(register, opening)
    return Standing(register, opening, row["n"], row["late"], row["week"], row["mine"])


def matches(register: Register, q: str) -> bool:
    """Whether every word stands in the name, the owner, the basis or the id of a register."""
    text = f"{register.label} {register.owner} {register.basis} {register.id}".lower()
    return all(word in text for word in q.lower().split())
