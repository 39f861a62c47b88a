"""Marking cases and records whose figures are to be counted anew, for whoever changes many at once."""

from __future__ import annotations

from collections.abc import Sequence

from mingjing.services.bulk_writing import ensure
from mingjing.storage.cases.models import Case, CaseLink
from mingjing.storage.indicators.models import StaleCase, StaleRecord
from mingjing.storage.records.models import Record

PAGE = 2000


def mark(case_ids: Sequence[int]) -> None:
    """Let these cases be counted anew, and those they go on from: what a later case came to is theirs too."""
    for start in range(0, len(case_ids), PAGE):
        ids = case_ids[start : start + PAGE]
        there = set(Case.objects.filter(pk__in=ids).values_list("pk", flat=True))
        there |= set(CaseLink.objects.filter(later_id__in=ids).values_list("earlier_id", flat=True))
        ensure(StaleCase, sorted(there))


def mark_records(record_ids: Sequence[int]) -> None:
    """Let these records be counted anew."""
    for start in range(0, len(record_ids), PAGE):
        ids = record_ids[start : start + PAGE]
        there = Record.objects.filter(pk__in=ids).order_by("pk").values_list("pk", flat=True)
        ensure(StaleRecord, list(there))
