"""How many things wait for a person: the number on the rail, in one statement."""

from __future__ import annotations

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from mingjing.services.actors import Actor
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Alert, Finding, Notice, Request


def _number(rows: QuerySet, key: str) -> Coalesce:  # type: ignore[type-arg]
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def waiting_for(actor: Actor) -> int:
    """Open alerts, notices to answer, requests to decide and entries to mend of this person."""
    me = OuterRef("pk")
    shown = Alert.objects.filter(person=me, settled="").exclude(snoozed_until__gt=actor.on)
    notices = Notice.objects.filter(addressee=me, state=Notice.State.ISSUED)
    findings = Finding.objects.filter(person=me, state=Finding.State.OPEN)
    row = (
        Person.objects.filter(pk=actor.person.pk)
        .annotate(
            alerts_=_number(shown, "person"),
            notices_=_number(notices, "addressee"),
            findings_=_number(findings, "person"),
            requests_=Coalesce(
                Subquery(
                    decidable(actor).order_by().values("court").annotate(n=Count("pk")).values("n")[:1],
                    output_field=IntegerField(),
                ),
                0,
            ),
        )
        .values_list("alerts_", "notices_", "findings_", "requests_")
        .get()
    )
    return sum(row)


def decidable(actor: Actor) -> QuerySet[Request]:
    """Open requests this person may decide: addressed to one of their roles, not their own."""
    waiting = Request.objects.filter(
        court=actor.court, state=Request.State.OPEN, approver_role__in=actor.roles
    )
    if actor.scope == "本庭案件" or "分管院领导" in actor.roles:
        waiting = waiting.filter(case__department__in=[d.pk for d in actor.departments])
    return waiting.exclude(applicant=actor.person)
