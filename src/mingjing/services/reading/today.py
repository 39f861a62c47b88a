"""今日: a sentence and a short list: what is due, what slipped, who waits for you."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Count, Q

from mingjing.services.actors import Actor
from mingjing.services.permissions import cases_seen
from mingjing.services.reading.counts import decidable
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Alert, Finding, Notice, Proposal, Request


@dataclass(frozen=True, slots=True)
class Stage:
    """A row of the division's table: cases per stage."""

    stage: str
    open: int
    due_this_week: int
    late: int


@dataclass(frozen=True, slots=True)
class Today:
    """What the home page shows. ``folded`` counts alerts beyond the budget, merged into one line."""

    alerts: list[Alert]
    folded: int
    notices: list[Notice]
    requests: list[Request]
    proposals: list[Proposal]
    findings: int
    due_today: int
    late: int
    stages: list[Stage]
    coming: list[Case]

    @property
    def waiting(self) -> int:
        """Everything that waits for this person."""
        rows = len(self.alerts) + self.folded + len(self.notices) + len(self.requests) + len(self.proposals)
        return rows + self.findings


def today(actor: Actor) -> Today:
    """The home page of ``actor``."""
    budget = settings.CONFIGURATION.alert_budget
    mine = Alert.objects.filter(person=actor.person, settled="").exclude(snoozed_until__gt=actor.on)
    alerts = list(mine.select_related("case", "case__handler").order_by("-colour", "due_on", "pk")[:budget])
    totals = mine.aggregate(n=Count("pk"), today=Count("pk", filter=Q(due_on=actor.on)))
    late = mine.filter(due_on__lt=actor.on).count()
    notices = Notice.objects.filter(addressee=actor.person, state=Notice.State.ISSUED).select_related("case")
    requests = decidable(actor).select_related("case", "applicant").order_by("decide_by", "pk")
    proposals: list[Proposal] = []
    if actor.may("认定四类案件"):
        waiting = Proposal.objects.filter(
            state=Proposal.State.OPEN, case__in=cases_seen(actor)
        ).select_related("case")
        proposals = list(waiting.order_by("proposed_on", "pk")[:5])
    return Today(
        alerts=alerts,
        folded=max(0, totals["n"] - len(alerts)),
        notices=list(notices.order_by("reply_by")[:10]),
        requests=list(requests[:10]),
        proposals=proposals,
        findings=Finding.objects.filter(person=actor.person, state=Finding.State.OPEN).count(),
        due_today=totals["today"],
        late=late,
        stages=_stages(actor),
        coming=_coming(actor, actor.on),
    )


def _stages(actor: Actor) -> list[Stage]:
    soon = Q(next_due_on__gte=actor.on, next_due_on__lte=actor.on + timedelta(days=7))
    rows = (
        cases_seen(actor)
        .filter(closed_on__isnull=True)
        .values("stage")
        .annotate(
            n=Count("pk"), soon=Count("pk", filter=soon), late=Count("pk", filter=Q(next_due_on__lt=actor.on))
        )
        .order_by("-n")
    )
    return [Stage(row["stage"] or "未进入流程", row["n"], row["soon"], row["late"]) for row in rows]


def _coming(actor: Actor, on: date) -> list[Case]:
    """The next cases whose trial limit ends, nearest first."""
    rows = cases_seen(actor).filter(closed_on__isnull=True, due_on__gte=on).select_related("handler")
    return list(rows.order_by("due_on", "pk")[:6])
