"""The board: open cases by stage, with what is late and what is due this week in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q

from mingjing.services.actors import Actor
from mingjing.services.permissions import cases_seen
from mingjing.storage.cases.models import Case

CARDS = 6


@dataclass(frozen=True, slots=True)
class Column:
    """One stage: how many cases stand in it, how many are late or due, and the most urgent few."""

    stage: str
    open: int
    due_this_week: int
    late: int
    cards: list[Case]


def stages(actor: Actor, kind: str = "") -> list[Column]:
    """The stages in which this actor's visible open cases stand, fullest first."""
    rows = cases_seen(actor).filter(closed_on__isnull=True)
    if kind:
        rows = rows.filter(kind=kind)
    soon = Q(next_due_on__lte=actor.on + timedelta(days=7), next_due_on__gte=actor.on)
    counted = (
        rows.values("stage")
        .annotate(
            n=Count("pk"), soon=Count("pk", filter=soon), late=Count("pk", filter=Q(next_due_on__lt=actor.on))
        )
        .order_by("-n")
    )
    columns = []
    for row in counted:
        cards = rows.filter(stage=row["stage"]).exclude(next_due_on=None).select_related("handler")
        shown = list(cards.order_by("next_due_on", "pk")[:CARDS])
        columns.append(Column(row["stage"] or "未进入流程", row["n"], row["soon"], row["late"], shown))
    return columns
