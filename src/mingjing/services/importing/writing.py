"""Writing accepted rows: one transaction, one log entry, the clocks of the touched cases afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice

from mingjing.services.importing.comparing import CHUNK, Difference, Refused
from mingjing.storage.cases.models import Case, CaseEvent, CaseTag, Exclusion, Party

CASE_COLUMNS = [
    "kind",
    "procedure",
    "cause",
    "filed_on",
    "original_filed_on",
    "closed_on",
    "closing_approved_on",
    "outcome",
    "amount",
    "in_custody",
    "party_count",
    "parties_text",
    "department",
    "handler",
    "handler_name",
    "facts",
    "milestones",
]
EVENT_COLUMNS = ["until", "due", "finished", "recorded_at", "struck_at", "struck_reason"]


def write(found: Iterable[Difference | Refused], *, on: date) -> Iterator[Difference]:
    """Store what differs, CHUNK rows at a time; yields what was written, each with its case saved."""
    source = iter(found)
    while chunk := list(islice(source, CHUNK)):
        changed = [item for item in chunk if isinstance(item, Difference) and item.effect != "未变"]
        _write_chunk(changed, on)
        yield from changed


def _write_chunk(changed: list[Difference], on: date) -> None:
    """Insert and update a chunk with a handful of statements."""
    for difference in changed:
        carry_milestones(difference.case, difference.new_events, difference.touched_events)
    fresh = [d.case for d in changed if d.case.pk is None]
    known = [d.case for d in changed if d.case.pk is not None]
    for case in fresh:
        case.known_since = on
    Case.objects.bulk_create(fresh)
    if known:
        Case.objects.bulk_update(known, CASE_COLUMNS)
    events = [event for d in changed for event in d.new_events]
    for event in events:
        event.case_id = event.case.pk
    CaseEvent.objects.bulk_create(events)
    touched = [event for d in changed for event in d.touched_events]
    if touched:
        CaseEvent.objects.bulk_update(touched, EVENT_COLUMNS)
    _write_rest(changed)


def _write_rest(changed: list[Difference]) -> None:
    exclusions = [span for d in changed for span in d.new_exclusions]
    for span in exclusions:
        span.case_id = span.case.pk
    Exclusion.objects.bulk_create(exclusions)
    ended = [span for d in changed for span in d.touched_exclusions]
    if ended:
        Exclusion.objects.bulk_update(ended, ["last"])
    Party.objects.bulk_create([Party(case=d.case, role=r, name=n) for d in changed for r, n in d.new_parties])
    CaseTag.objects.bulk_create([CaseTag(case=d.case, tag=tag) for d in changed for tag in d.new_tags])


def carry_milestones(case: Case, added: Iterable[CaseEvent], touched: Iterable[CaseEvent]) -> None:
    """Keep ``case.milestones`` (kind → first day) in step with events about to be added or struck."""
    milestones, changed = dict(case.milestones), list(touched)
    struck = {event.kind for event in changed if event.struck_at}
    remaining = [*added, *(event for event in changed if not event.struck_at)]
    if struck:
        held = {event.pk for event in changed}
        stored = CaseEvent.objects.filter(case=case, kind__in=struck, struck_at=None).exclude(pk__in=held)
        remaining += list(stored)
        milestones = {kind: day for kind, day in milestones.items() if kind not in struck}
    for event in remaining:
        day = event.happened.isoformat()
        if event.kind not in milestones or day < milestones[event.kind]:
            milestones[event.kind] = day
    case.milestones = milestones
