"""今日: a sentence and a short list: what is due, what slipped, who waits for you."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

from django.conf import settings
from django.db.models import BooleanField, QuerySet, Value, When
from django.db.models import Case as Choose

from mingjing.services.actors import Actor
from mingjing.services.asking import anybody, shape_of, values_of
from mingjing.services.node_papers import owing
from mingjing.services.permissions import open_cases_seen
from mingjing.services.reading.board import NO_STAGE, Stage, stage_counts
from mingjing.services.reading.counts import Waiting, alerts_shown, decidable, undecided, waiting
from mingjing.services.reading.node_papers import SEE
from mingjing.services.reading.records.waiting import TodayRecord, records_today
from mingjing.storage.cases.models import Case
from mingjing.storage.kept import ask_rows
from mingjing.storage.supervision.models import Alert, Notice, Proposal, Request

COMING = 6
LONG = ("case__facts", "case__milestones")
"""The columns of a case that no line of this page shows."""


@dataclass(frozen=True, slots=True)
class Today:
    """What the home page shows. ``folded`` counts alerts beyond the budget, merged into one line; ``owed``
    are this person's open cases whose papers may be missing."""

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
    owed: list[Case] = field(default_factory=list)
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
    coming, owed = _coming(actor)
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
        coming=coming,
        owed=owed,
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

    def compose() -> QuerySet[Proposal]:
        waiting_ = undecided(anybody(actor)).select_related("case").defer(*LONG)
        return waiting_.order_by("proposed_on", "pk")[:5]

    return ask_rows(("proposals today", *shape_of(actor)), compose, values_of(actor))


def _coming(actor: Actor) -> tuple[list[Case], list[Case]]:
    """The next cases whose trial limit ends, nearest first, and the actor's own open cases whose papers may
    be missing, the newest first: whoever handles a case owes them. One statement for both."""
    told = owing(actor.court, actor.person) if actor.may(SEE) else None

    def compose() -> QuerySet[Case]:
        anyone = anybody(actor)
        rows = open_cases_seen(anyone).filter(due_on__gte=actor.on).order_by("due_on", "pk")
        keys = Case.objects.filter(pk__in=rows.values("pk")[:COMING]).order_by().values("pk")
        owed = owing(actor.court, anyone.person) if told else None
        # asked again of the few that are found, to tell the one from the other
        is_owed: Any = Value(value=False)
        if owed is not None:
            keys = keys.union(Case.objects.filter(owed[1]).order_by().values("pk"), all=True)
            is_owed = Choose(When(owed[1], then=True), default=False, output_field=BooleanField())
        found = Case.objects.filter(pk__in=keys).annotate(owed=is_owed).select_related("handler", "court")
        return found.defer("facts").order_by("due_on", "pk")

    shape = ("coming", told and told[0], *shape_of(actor))
    found = ask_rows(shape, compose, values_of(actor))
    coming = [one for one in found if one.due_on and one.due_on >= actor.on][:COMING]
    mine = [one for one in found if cast(Any, one).owed and one.court_id == actor.court.pk]
    return coming, sorted(mine, key=lambda one: (one.filed_on or date.min, one.pk), reverse=True)
