"""Many cases at once: their clocks computed anew and what is due spoken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mingjing.services.clocks import recheck
from mingjing.services.installation import registry
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court

PAGE = 500


def recompute(court: Court, case_ids: Sequence[int], *, on: date) -> int:
    """Bring the clocks of ``case_ids`` up to ``on``; the caller's act is their log entry. New alerts."""
    definitions = registry(court)
    spoken = 0
    for start in range(0, len(case_ids), PAGE):
        page = Case.objects.filter(pk__in=case_ids[start : start + PAGE]).select_related(
            "court", "department", "handler"
        )
        spoken += sum(recheck(case, on=on, definitions=definitions) for case in page)
    return spoken
