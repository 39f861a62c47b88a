"""Leads that report the same: found among those somebody can open, linked by them, told to nobody else."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q

from mingjing.domain.leads.matching import Likeness, Named, match
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.leads import parts
from mingjing.services.leads.entries import sealed_act
from mingjing.services.leads.keys import Opened
from mingjing.services.leads.sight import SEE_LEADS, find_lead, leads_seen
from mingjing.storage.leads.models import Lead, LeadLink, PartKey

NEAREST = 200
"""So many of the newest leads are compared: each costs one opened key."""


class SameLead(Refusal):
    """A lead cannot be linked with itself."""

    code = "same-lead"


@dataclass(frozen=True, slots=True)
class Alike:
    """Another lead somebody works on about the same name, and whether the two are linked already."""

    lead: Lead
    linked: bool


def alike(actor: Actor, lead: Lead, opened: Opened) -> list[Alike]:
    """Leads of the actor about one of the same people by name, and those linked; newest first."""
    names = [Named(one) for one in _reported(lead, opened)]
    pairs = LeadLink.objects.filter(Q(first=lead) | Q(second=lead)).values_list("first", "second")
    tied = {key for pair in pairs for key in pair} - {lead.pk}
    others = leads_seen(actor).exclude(pk=lead.pk).order_by("-opened_on", "-pk")[:NEAREST]
    return [
        Alike(one, one.pk in tied)
        for one in others
        if one.pk in tied or _meets(names, [Named(name) for name in _reported(one, opened)])
    ]


def _reported(lead: Lead, opened: Opened) -> list[str]:
    """The names a lead reports; none where this key does not open it."""
    if not PartKey.objects.filter(part__lead=lead, part__kind=parts.REPORT, key=opened.row).exists():
        return []
    said = parts.open_parts(lead, opened, (parts.REPORT,))
    named = said[0].says.get("被反映人") if said else None
    return [str(one) for one in named] if isinstance(named, list) else []


def _meets(some: list[Named], others: list[Named]) -> bool:
    return any(match(one, other) is not Likeness.NONE for one in some for other in others)


@transaction.atomic
def link(actor: Actor, pk: int, other_pk: int) -> None:
    """Say that two leads report the same. Raises NotVisible unless the actor works on both, SameLead."""
    with sealed_act(actor, "关联重复线索", needs=SEE_LEADS):
        first, second = sorted((find_lead(actor, pk), find_lead(actor, other_pk)), key=lambda one: one.pk)
        if first == second:
            raise SameLead("一件线索不能和自己关联。")
        LeadLink.objects.get_or_create(first=first, second=second, defaults={"made_on": actor.on})
