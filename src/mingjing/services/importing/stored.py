"""What the database holds of the cases a chunk of rows speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mingjing.storage.cases.models import Case, CaseEvent, CaseTag, Exclusion, Party


class Stored:
    """Cases by number, and their events, exclusions, parties and tags by case id. Five queries."""

    def __init__(self, court: int, numbers: Sequence[str]) -> None:
        rows = Case.objects.filter(court=court, number__in=numbers).select_related("department", "handler")
        self.cases = {case.number: case for case in rows}
        ids = [case.pk for case in self.cases.values()]
        self.events: dict[int, dict[str, CaseEvent]] = {}
        for event in CaseEvent.objects.filter(case__in=ids):
            self.events.setdefault(event.case_id, {})[event.source_key] = event
        self.exclusions: dict[int, dict[tuple[str, date], Exclusion]] = {}
        for exclusion in Exclusion.objects.filter(case__in=ids, struck_at=None):
            self.exclusions.setdefault(exclusion.case_id, {})[(exclusion.kind, exclusion.first)] = exclusion
        self.parties: dict[int, set[tuple[str, str]]] = {}
        for case_id, role, name in Party.objects.filter(case__in=ids).values_list("case", "role", "name"):
            self.parties.setdefault(case_id, set()).add((role, name))
        self.tags: dict[int, set[str]] = {}
        for case_id, tag in CaseTag.objects.filter(case__in=ids).values_list("case", "tag"):
            self.tags.setdefault(case_id, set()).add(tag)
