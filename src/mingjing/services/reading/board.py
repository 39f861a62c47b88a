"""The board: open cases by stage, with what is late and what is due this week in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.permissions import open_cases_seen
from mingjing.storage.cases.models import Case

CARDS = 6
NO_STAGE = "未进入流程"


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: how many cases stand in it, how many are late or due, and the most urgent few."""

    stage: str
    open: int
    due_this_week: int
    late: int
    cards: list[Case]


@dataclass(frozen=True, slots=True)
class Stage:
    """How many open cases stand in a stage, and how many of them are due within a week or late."""

    stage: str
    open: int
    due_this_week: int
    late: int


def stage_counts(rows: QuerySet[Case], on: date) -> list[Stage]:
    """The stages of these cases, fullest first. A case without a stage counts under an empty one."""
    soon = Q(next_due_on__lte=on + timedelta(days=7), next_due_on__gte=on)
    counted = rows.values("stage").annotate(
        n=Count("pk"), soon=Count("pk", filter=soon), late=Count("pk", filter=Q(next_due_on__lt=on))
    )
    return [
        Stage(row["stage"], row["n"], row["soon"], row["late"]) for row in counted.order_by("-n", "stage")
    ]


def stages(actor: Actor, kind: str = "") -> list[Column]:
    """The stages in which this actor's visible open cases stand, fullest first. Two statements."""
    rows = open_cases_seen(actor)
    if kind:
        rows = rows.filter(kind=kind)
    counted = stage_counts(rows, actor.on)
    cards: dict[str, list[Case]] = {row.stage: [] for row in counted}
    for case in _cards(rows, list(cards)):
        cards[case.stage].append(case)
    return [
        Column(row.stage or NO_STAGE, row.open, row.due_this_week, row.late, cards[row.stage])
        for row in counted
    ]


def _cards(rows: QuerySet[Case], shown: list[str]) -> list[Case]:
    """The CARDS most urgent cases of each stage."""
    if not shown:
        return []
    urgent = rows.filter(next_due_on__isnull=False).order_by("next_due_on", "pk").values("pk")
    first, *others = (
        Case.objects.filter(pk__in=urgent.filter(stage=stage)[:CARDS]).values("pk") for stage in shown
    )
    chosen = Case.objects.filter(pk__in=first.union(*others, all=True))
    return list(chosen.select_related("handler").defer("facts", "milestones").order_by("next_due_on", "pk"))
