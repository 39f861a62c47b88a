"""今日: a sentence and a short list: what is due, what slipped, who waits for you."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from django.conf import settings
from django.db.models import QuerySet

from mingjing.services.actors import Actor
from mingjing.services.asking import anybody, shape_of, values_of
from mingjing.services.permissions import open_cases_seen
from mingjing.services.reading.board import NO_STAGE, Stage, stage_counts
from mingjing.services.reading.counts import Waiting, alerts_shown, decidable, undecided, waiting
from mingjing.services.reading.records.waiting import TodayRecord, records_today
from mingjing.storage.cases.models import Case
from mingjing.storage.kept import ask_rows
from mingjing.storage.supervision.models import Alert, Notice, Proposal, Request

LONG = ("case__facts", "case__milestones")
"""The columns of a case that no line of this page shows."""


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
    counted: Waiting
    records: list[TodayRecord] = field(default_factory=list)

    @property
    def more_records(self) -> int:
        """How many records wait beyond those listed."""
        return max(0, self.counted.of_records - len(self.records))

    @property
    def waiting(self) -> int:
        """Everything that waits for this person: the number on the rail."""
        return self.counted.total


def today(actor: Actor) -> Today:
    """The home page of ``actor``. What the counts say is not there is not asked for."""
    counted = waiting(actor)
    alerts: list[Alert] = []
    if counted.alerts:
        alerts = _alerts(actor, settings.CONFIGURATION.alert_budget)
    notices: list[Notice] = []
    if counted.notices:
        asked = Notice.objects.filter(addressee=actor.person, state=Notice.State.ISSUED)
        notices = list(asked.select_related("case").defer(*LONG).order_by("reply_by")[:10])
    requests: list[Request] = []
    if counted.requests:
        undecided = decidable(actor).select_related("case", "applicant").defer(*LONG)
        requests = list(undecided.order_by("decide_by", "pk")[:10])
    return Today(
        alerts=alerts,
        folded=max(0, counted.alerts - len(alerts)),
        notices=notices,
        requests=requests,
        proposals=_proposals(actor) if counted.proposals else [],
        findings=counted.findings,
        due_today=counted.due_today,
        late=counted.late,
        stages=[replace(row, stage=row.stage or NO_STAGE) for row in stage_counts(actor)],
        coming=_coming(actor),
        counted=counted,
        records=records_today(actor) if counted.of_records else [],
    )


def _alerts(actor: Actor, most: int) -> list[Alert]:
    """The most urgent of this person's alerts."""

    def compose() -> QuerySet[Alert]:
        mine = alerts_shown(anybody(actor)).select_related("case", "case__handler").defer(*LONG)
        return mine.order_by("-colour", "due_on", "pk")[:most]

    return ask_rows(("alerts today", most, *shape_of(actor)), compose, values_of(actor))


def _proposals(actor: Actor) -> list[Proposal]:
    """The oldest proposals that wait in what this actor sees."""
    return list(undecided(actor).select_related("case").defer(*LONG).order_by("proposed_on", "pk")[:5])


def _coming(actor: Actor) -> list[Case]:
    """The next cases whose trial limit ends, nearest first."""

    def compose() -> QuerySet[Case]:
        rows = open_cases_seen(anybody(actor)).filter(due_on__gte=actor.on).order_by("due_on", "pk")
        nearest = Case.objects.filter(pk__in=rows.values("pk")[:6]).select_related("handler")
        return nearest.defer("facts", "milestones").order_by("due_on", "pk")

    return ask_rows(("coming", *shape_of(actor)), compose, values_of(actor))
