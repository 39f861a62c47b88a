"""Ask the screenings about every open case that changed of late."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta

from django.db.models import QuerySet

from mingjing.services.installation import day_begins
from mingjing.services.proposals import screen_case
from mingjing.storage.cases.models import Case

PAGE = 200
LOOK_BACK = timedelta(days=8)
"""A weekly pass with a day to spare; a pass after a longer downtime is given the days it missed."""

AT_ONCE = 500
"""So many cases of one import are asked about as soon as they are written; more wait for the clock."""


def screen_brought(case_ids: Collection[int], on: date) -> int:
    """Propose what the rules find in the open cases an import has just written; how many.

    Comes after the import's own transaction: killed before or during it, the next pass asks the same.
    """
    if len(case_ids) > AT_ONCE:
        return 0
    rows = Case.objects.filter(pk__in=case_ids, closed_on__isnull=True)
    return sum(len(screen_case(case, on)) for page in _pages(rows.order_by("pk")) for case in page)


def screen_cases(on: date, since: date | None = None) -> int:
    """Propose what the rules find in cases changed since ``since`` (eight days before ``on``); how many.

    Safe to repeat and to kill: every case is an act of its own, and a proposal is made once.
    """
    changed = Case.objects.filter(
        closed_on__isnull=True, updated_at__gte=day_begins(None, since or on - LOOK_BACK)
    )
    return sum(len(screen_case(case, on)) for page in _pages(changed.order_by("pk")) for case in page)


def _pages(rows: QuerySet[Case]) -> Iterator[list[Case]]:
    last = 0
    while True:
        page = list(rows.filter(pk__gt=last).select_related("court", "department", "handler")[:PAGE])
        if not page:
            return
        yield page
        last = page[-1].pk
