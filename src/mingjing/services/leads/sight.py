"""Who may see a lead: whoever works on it, and nobody else. For everybody else it does not exist (G9)."""

from __future__ import annotations

from django.db.models import QuerySet

from mingjing.domain.leads.routing import line_of
from mingjing.services.actors import Actor
from mingjing.services.leads import parts
from mingjing.services.leads.entries import sealed_act
from mingjing.services.leads.keys import Opened
from mingjing.services.leads.organisations import organisation_on
from mingjing.services.permissions import NotVisible
from mingjing.storage.leads.models import Lead, LeadMember

SEE_LEADS = "办理线索"


def leads_seen(actor: Actor) -> QuerySet[Lead]:
    """The leads the actor works on; none without a role that may."""
    if not actor.may(SEE_LEADS):
        return Lead.objects.none()
    mine = LeadMember.objects.filter(person=actor.person, until__isnull=True)
    return Lead.objects.filter(pk__in=mine.values("lead"))


def find_lead(actor: Actor, pk: int, *, lock: bool = False) -> Lead:
    """A lead, for whoever works on it. Raises NotVisible, alike for those that do not exist."""
    rows = leads_seen(actor).filter(pk=pk)
    found = (rows.select_for_update(of=("self",)) if lock else rows.select_related("court")).first()
    if found is None:
        raise NotVisible
    return found


def capacities(actor: Actor, lead: Lead) -> frozenset[str]:
    """What the actor is on a lead."""
    rows = lead.members.filter(person=actor.person, until__isnull=True)
    return frozenset(rows.values_list("capacity", flat=True))


def open_lead(actor: Actor, pk: int, opened: Opened) -> tuple[Lead, list[parts.Piece]]:
    """A lead with its pieces, opened; that it was read is an entry of the log.

    Whoever has since come to stand above the person reported, or is that person, is taken off the lead
    before anything is shown.

    Raises
    ------
    NotVisible   not theirs, or not theirs any more
    """
    lead = find_lead(actor, pk)
    found = parts.open_parts(lead, opened)
    if actor.person.pk in barred_from(found, actor):
        leave(lead, actor)
        raise NotVisible
    with sealed_act(actor, "开看线索", subject=lead.mark):
        pass
    return lead, found


def barred_from(found: list[parts.Piece], actor: Actor) -> frozenset[int]:
    """The reported and everybody above them today, from the opened report."""
    reported = set[int]()
    for piece in found:
        named = piece.says.get("被反映人编号")
        reported |= {int(one) for one in named} if isinstance(named, list) else set()
    return line_of(organisation_on(actor.on), reported) if reported else frozenset()


def leave(lead: Lead, actor: Actor) -> None:
    """The actor works on the lead no more; what comes later is not sealed to them."""
    with sealed_act(actor, "退出线索", subject=lead.mark):
        lead.members.filter(person=actor.person, until__isnull=True).update(until=actor.on)
