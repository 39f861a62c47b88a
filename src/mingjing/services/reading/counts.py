"""How many things wait for a person: the number on the rail, in one statement."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from mingjing.services.actors import Actor
from mingjing.services.notice_chain import CLIMBED
from mingjing.services.permissions import reach
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Alert, Finding, Notice, NoticeStep, Proposal, Request

CONFIRM = "认定四类案件"


def _number(rows: QuerySet, key: str) -> Coalesce:  # type: ignore[type-arg]
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a person: open alerts (of them those due on the day and those past it), and the rest."""

    alerts: int
    due_today: int
    late: int
    notices: int
    findings: int
    requests: int
    climbed: int
    proposals: int

    @property
    def total(self) -> int:
        """The number on the rail and on the home page; entries to mend are one matter, however many."""
        rest = self.requests + self.climbed + self.proposals
        return self.alerts + self.notices + bool(self.findings) + rest


def alerts_shown(actor: Actor) -> QuerySet[Alert]:
    """This person's open alerts that are not put off."""
    return Alert.objects.filter(person=actor.person, settled="").exclude(snoozed_until__gt=actor.on)


def waiting(actor: Actor) -> Waiting:
    """Alerts, notices to answer or reported up, entries to mend, requests to decide of this person."""
    me = OuterRef("pk")
    shown = Alert.objects.filter(person=me, settled="").exclude(snoozed_until__gt=actor.on)
    notices = Notice.objects.filter(addressee=me, state=Notice.State.ISSUED)
    findings = Finding.objects.filter(person=me, state=Finding.State.OPEN)
    open_steps = NoticeStep.objects.filter(person=me, kind=CLIMBED).exclude(notice__state=Notice.State.CLOSED)
    climbed = open_steps.order_by().values("person").annotate(n=Count("notice", distinct=True)).values("n")
    undecided = Proposal.objects.filter(reach(actor, "case__"), state=Proposal.State.OPEN)
    proposed = undecided.order_by().values("state").annotate(n=Count("pk")).values("n")
    requests = decidable(actor).order_by().values("court").annotate(n=Count("pk")).values("n")[:1]
    row = (
        Person.objects.filter(pk=actor.person.pk)
        .annotate(
            alerts_=_number(shown, "person"),
            today_=_number(shown.filter(due_on=actor.on), "person"),
            late_=_number(shown.filter(due_on__lt=actor.on), "person"),
            notices_=_number(notices, "addressee"),
            findings_=_number(findings, "person"),
            requests_=Coalesce(Subquery(requests, output_field=IntegerField()), 0),
            climbed_=Coalesce(Subquery(climbed, output_field=IntegerField()), 0),
            proposed_=Coalesce(Subquery(proposed, output_field=IntegerField()), 0)
            if actor.may(CONFIRM)
            else Value(0),
        )
        .values_list(
            "alerts_", "today_", "late_", "notices_", "findings_", "requests_", "climbed_", "proposed_"
        )
        .get()
    )
    return Waiting(*row)


def decidable(actor: Actor) -> QuerySet[Request]:
    """Open requests this person may decide: addressed to one of their roles, not their own."""
    waiting = Request.objects.filter(
        court=actor.court, state=Request.State.OPEN, approver_role__in=actor.roles
    )
    if actor.scope == "本庭案件" or "分管院领导" in actor.roles:
        waiting = waiting.filter(case__department__in=[d.pk for d in actor.departments])
    return waiting.exclude(applicant=actor.person)
