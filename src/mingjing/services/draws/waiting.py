"""Cases that rightly have no handler yet: they wait for their draw, or for a designation to be decided."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mingjing.storage.assignment.models import Deviation, Draw
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Clock

BEFORE_A_HANDLER = ("移送审判庭", "确定承办人")
"""The nodes of every flow up to the one that gives a case its handler; late, they speak for themselves."""


def waiting_for_a_handler(cases: Iterable[Case], on: date) -> set[int]:
    """Those of ``cases`` that are on a filing day, asked for, or still in time to be given a handler."""
    without = [case.pk for case in cases if case.handler_id is None and not case.handler_name]
    if not without:
        return set()
    drawn = Draw.objects.filter(
        case__in=without, state__in=(Draw.State.LISTED, Draw.State.LOCKED, Draw.State.DRAWN)
    )
    asked = Deviation.objects.filter(case__in=without, state=Deviation.State.WAITING)
    running = Clock.objects.filter(
        case__in=without, label__in=BEFORE_A_HANDLER, state=Clock.State.RUNNING, due_on__gte=on
    )
    return {key for rows in (drawn, asked, running) for key in rows.values_list("case", flat=True)}
