"""Writing accepted rows: one transaction, one log entry, the clocks of the touched cases afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import islice
from typing import Any

from django.utils import timezone

from mingjing.imports.rows import EventRow
from mingjing.services.bulk_writing import insert, update
from mingjing.services.importing.comparing import CHUNK, Difference, Refused
from mingjing.services.importing.held import CASE_COLUMNS, HeldCase, HeldEvent
from mingjing.storage.cases.models import Case, CaseEvent, CaseTag, Exclusion, Party

FIXED = ("court_id", "number", "number_year", "serial", "type_code")
CHANGING = tuple(name for name in CASE_COLUMNS if name not in FIXED)
"""What an import may change of a case that is there."""
NEW_EVENT = (
    "case_id", "source_key", "kind", "happened", "moment", "until", "recorded_at", "due", "finished",
    "attributes",
)  # fmt: skip
CHANGED_EVENT = ("until", "due", "finished", "recorded_at", "struck_at", "struck_reason")
NEW_SPAN = ("case_id", "kind", "first", "last", "start_document")
KIND = CaseEvent._meta.get_field("kind").max_length


def write(found: Iterable[Difference | Refused], *, on: date) -> Iterator[Difference]:
    """Store what differs, CHUNK rows at a time; yields what was written, each with its case stored."""
    source = iter(found)
    while chunk := list(islice(source, CHUNK)):
        changed = [item for item in chunk if isinstance(item, Difference) and item.effect != "未变"]
        _write_chunk(changed, on)
        yield from changed


def _write_chunk(changed: Sequence[Difference], on: date) -> None:
    """Insert and update a chunk with a handful of statements."""
    for difference in changed:
        added = (event for _, event in difference.new_events)
        carry_milestones(difference.case, added, difference.touched_events)
    known = [d.case for d in changed if d.case.pk is not None]
    _insert_cases([d.case for d in changed if d.case.pk is None], on)
    update(Case, CHANGING, [(*_values(case, CHANGING), case.pk) for case in known])
    events = [
        (
            d.case.pk,
            key,
            event.kind[:KIND],
            event.happened,
            event.moment,
            event.until,
            event.recorded,
            event.due,
            event.finished,
            dict(event.attributes),
        )
        for d in changed
        for key, event in d.new_events
    ]
    insert(CaseEvent, NEW_EVENT, events, strict=True)
    touched = [event for d in changed for event in d.touched_events]
    update(CaseEvent, CHANGED_EVENT, [(*_values(event, CHANGED_EVENT), event.pk) for event in touched])
    _write_rest(changed)


def _insert_cases(fresh: Sequence[HeldCase], on: date) -> None:
    """Insert new cases and learn their keys."""
    if not fresh:
        return
    moment = timezone.now()
    rows = [(*_values(case, CASE_COLUMNS), on, moment) for case in fresh]
    insert(Case, (*CASE_COLUMNS, "known_since", "updated_at"), rows, strict=True)
    numbers = [case.number for case in fresh]
    stored = Case.objects.filter(court=fresh[0].court_id, number__in=numbers)
    keys = dict(stored.values_list("number", "pk"))
    for case in fresh:
        case.pk = keys[case.number]


def _values(held: HeldCase | HeldEvent, names: Sequence[str]) -> tuple[Any, ...]:
    return tuple([getattr(held, name) for name in names])


def _write_rest(changed: Sequence[Difference]) -> None:
    spans = [(d.case.pk, s.kind, s.first, s.last, s.document) for d in changed for s in d.new_exclusions]
    insert(Exclusion, NEW_SPAN, spans, strict=True)
    update(Exclusion, ("last",), [(s.last, s.pk) for d in changed for s in d.touched_exclusions])
    parties = [(d.case.pk, role, name) for d in changed for role, name in d.new_parties]
    insert(Party, ("case_id", "role", "name"), parties, strict=True)
    tags = [(d.case.pk, tag) for d in changed for tag in d.new_tags]
    insert(CaseTag, ("case_id", "tag"), tags, strict=True)


def carry_milestones(case: HeldCase, added: Iterable[EventRow], touched: Iterable[HeldEvent]) -> None:
    """Keep ``case.milestones`` (kind → first day) in step with events about to be added or struck."""
    milestones, changed = dict(case.milestones), list(touched)
    struck = {event.kind for event in changed if event.struck_at}
    remaining = [(event.kind[:KIND], event.happened) for event in added]
    remaining += [(event.kind, event.happened) for event in changed if not event.struck_at]
    if struck:
        held = {event.pk for event in changed}
        stored = CaseEvent.objects.filter(case=case.pk, kind__in=struck, struck_at=None).exclude(pk__in=held)
        remaining += list(stored.values_list("kind", "happened"))
        milestones = {kind: day for kind, day in milestones.items() if kind not in struck}
    for kind, happened in remaining:
        day = happened.isoformat()
        if kind not in milestones or day < milestones[kind]:
            milestones[kind] = day
    case.milestones = milestones
