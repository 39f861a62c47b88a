"""What the database holds of the cases a chunk of rows speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from mingjing.services.importing.held import (
    CASE_LOOKUPS,
    EVENT_FIELDS,
    HeldCase,
    HeldEvent,
    HeldSpan,
)
from mingjing.storage.assignment.models import LEFT_TO_THE_DRAW, Draw
from mingjing.storage.cases.models import Case, CaseEvent, CaseTag, Exclusion, Party


class Stored:
    """Cases by number, and their events, exclusions, parties and tags by case id; ``drawn`` are those whose
    handler is a draw's to give. Six queries at most."""

    def __init__(self, court: int, numbers: Sequence[str]) -> None:
        rows = Case.objects.filter(court=court, number__in=numbers).values_list(*CASE_LOOKUPS)
        self.cases: dict[str, HeldCase] = {row[1]: HeldCase(*row) for row in rows}
        self.events: dict[int, dict[str, HeldEvent]] = {}
        self.exclusions: dict[int, dict[tuple[str, date], HeldSpan]] = {}
        self.parties: dict[int, set[tuple[str, str]]] = {}
        self.tags: dict[int, set[str]] = {}
        self.drawn: set[int] = set()
        ids = [case.pk for case in self.cases.values() if case.pk is not None]
        if ids:
            self._read(ids)

    def _read(self, ids: Sequence[int]) -> None:
        for row in CaseEvent.objects.filter(case__in=ids).values_list(*EVENT_FIELDS):
            event = HeldEvent(*row)
            self.events.setdefault(event.case_id, {})[event.source_key] = event
        spans = Exclusion.objects.filter(case__in=ids, struck_at=None)
        for span in spans.values_list("case_id", "pk", "kind", "first", "last"):
            held = HeldSpan(*span)
            self.exclusions.setdefault(held.case_id, {})[held.kind, held.first] = held
        for case_id, role, name in Party.objects.filter(case__in=ids).values_list("case", "role", "name"):
            self.parties.setdefault(case_id, set()).add((role, name))
        for case_id, tag in CaseTag.objects.filter(case__in=ids).values_list("case", "tag"):
            self.tags.setdefault(case_id, set()).add(tag)
        drawn = Draw.objects.filter(case__in=ids, state__in=LEFT_TO_THE_DRAW).order_by()
        self.drawn.update(drawn.values_list("case", flat=True))
