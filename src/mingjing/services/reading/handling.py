"""办案情况: what each judge has in hand on a day, for everybody in the court to see (R-060).

Judges stand in the order of their divisions and staff numbers. Nothing sorts or ranks them by a figure.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Count, Q

from mingjing.services.actors import Actor
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Posting

JUDGES = (
    "庭长",
    "副庭长",
    "审判员",
    "执行局长",
    "执行局副局长",
    "执行法官",
    "执行员",
    "院长",
    "副院长",
    "审委会专职委员",
)


@dataclass(frozen=True, slots=True)
class Handling:
    """One judge on one day. ``open`` is as of the end of the day; the month is that of the day."""

    department: str
    name: str
    open: int
    filed_today: int
    closed_today: int
    filed_this_month: int
    closed_this_month: int
    past_limit: int


def handling(actor: Actor, on: date) -> list[Handling]:
    """Every judge of the actor's court in post on ``on``, with or without cases. Two queries."""
    month = on.replace(day=1)
    counted: dict[int, Mapping[str, int]] = {
        row["handler"]: cast("Mapping[str, int]", row)
        for row in Case.objects.filter(court=actor.court, handler__isnull=False, filed_on__lte=on)
        .filter(Q(closed_on=None) | Q(closed_on__gte=month))
        .values("handler")
        .annotate(
            open=Count("pk", filter=Q(closed_on=None) | Q(closed_on__gt=on)),
            filed_today=Count("pk", filter=Q(filed_on=on)),
            closed_today=Count("pk", filter=Q(closed_on=on)),
            filed_this_month=Count("pk", filter=Q(filed_on__gte=month)),
            closed_this_month=Count("pk", filter=Q(closed_on__gte=month, closed_on__lte=on)),
            past_limit=Count("pk", filter=Q(closed_on=None, due_on__lt=on)),
        )
    }
    postings = (
        Posting.objects.on(on)
        .filter(person__court=actor.court, post__in=JUDGES)
        .select_related("person", "department")
        .order_by("department__order", "person__staff_number")
    )
    seen: set[int] = set()
    found = []
    for posting in postings:
        if posting.person_id in seen:
            continue
        seen.add(posting.person_id)
        row = counted.get(posting.person_id, {})
        names = ("open", "filed_today", "closed_today", "filed_this_month", "closed_this_month", "past_limit")
        numbers = {name: row.get(name, 0) for name in names}
        place = posting.department.name if posting.department else "院领导"
        found.append(Handling(place, posting.person.name, **numbers))
    return found
