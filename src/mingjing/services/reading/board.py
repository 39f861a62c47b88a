"""The board: open cases by stage, with what is late and what is due this week in each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.asking import anybody, rows_for, shape_of, values_of
from mingjing.services.permissions import open_cases_seen
from mingjing.storage.cases.models import Case
from mingjing.storage.kept import ask_rows

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


def stage_counts(actor: Actor, kind: str = "") -> list[Stage]:
    """The stages of the open cases (of one kind) this actor sees, fullest first. A case without a stage
    counts under an empty one."""

    def compose(anyone: Actor) -> QuerySet[Case, tuple[str, int, int, int]]:
        on = anyone.on
        soon = Q(next_due_on__lte=on + timedelta(days=7), next_due_on__gte=on)
        counted = (
            _open(anyone, kind)
            .values("stage")
            .annotate(
                n=Count("pk"), soon=Count("pk", filter=soon), late=Count("pk", filter=Q(next_due_on__lt=on))
            )
        )
        return counted.order_by("-n", "stage").values_list("stage", "n", "soon", "late")

    return [Stage(*row) for row in rows_for(actor, ("stages", kind), compose)]


def stages(actor: Actor, kind: str = "") -> list[Column]:
    """The stages in which this actor's visible open cases stand, fullest first. Two statements."""
    counted = stage_counts(actor, kind)
    cards: dict[str, list[Case]] = {row.stage: [] for row in counted}
    for case in _cards(actor, kind, tuple(sorted(cards))):
        cards[case.stage].append(case)
    return [
        Column(row.stage or NO_STAGE, row.open, row.due_this_week, row.late, cards[row.stage])
        for row in counted
    ]


def _open(actor: Actor, kind: str) -> QuerySet[Case]:
    rows = open_cases_seen(actor)
    return rows.filter(kind=kind) if kind else rows


def _cards(actor: Actor, kind: str, shown: tuple[str, ...]) -> list[Case]:
    """The CARDS most urgent cases of each stage."""
    if not shown:
        return []

    def compose() -> QuerySet[Case]:
        urgent = _open(anybody(actor), kind).filter(next_due_on__isnull=False)
        urgent = urgent.order_by("next_due_on", "pk")
        first, *others = (
            Case.objects.filter(pk__in=urgent.filter(stage=stage).values("pk")[:CARDS]).values("pk")
            for stage in shown
        )
        chosen = Case.objects.filter(pk__in=first.union(*others, all=True))
        return chosen.select_related("handler").defer("facts", "milestones").order_by("next_due_on", "pk")

    return ask_rows(("stage cards", kind, shown, *shape_of(actor)), compose, values_of(actor))
