"""What stands open at this moment: red cases, cases past a limit, cases due in days."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Count, Q

from mingjing.services.actors import Actor
from mingjing.services.permissions import open_cases_seen


def standing(actor: Actor, courts: tuple[int, ...]) -> dict[str, int]:
    """How many open cases of ``courts`` the actor sees are red, late, or due within three days. One query."""
    soon = actor.on + timedelta(days=3)
    counted = (
        open_cases_seen(actor)
        .filter(court_id__in=courts)
        .aggregate(
            red=Count("pk", filter=Q(colour=3)),
            late=Count("pk", filter=Q(due_on__lt=actor.on)),
            soon=Count("pk", filter=Q(due_on__gte=actor.on, due_on__lte=soon)),
        )
    )
    return {"红色预警": counted["red"], "审限逾期": counted["late"], "三天内到期": counted["soon"]}
