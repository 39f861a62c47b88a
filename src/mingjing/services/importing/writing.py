"""Writing accepted rows: one transaction, one log entry, the clocks of the touched cases afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from datetime import date
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any

from django.utils import timezone

from mingjing.imports.rows import EventRow
from mingjing.services.bulk_writing import insert, new_keys, update
from mingjing.services.happenings import Excluded, Happening
from mingjing.services.importing.comparing import CHUNK, Difference, Refused
from mingjing.services.importing.held import CASE_COLUMNS, SAID_BY_CLOCKS, HeldCase, HeldEvent, NewCase
from mingjing.storage.cases.models import Case, CaseEvent, CaseTag, Exclusion, Party

FIXED = ("court_id", "number", "number_year", "serial", "type_code")
CHANGING = tuple(name for name in CASE_COLUMNS if name not in FIXED)
"""What an import may change of a case that is there."""
NEW_EVENT = (
    "case_id", "source_key", "kind", "happened", "moment", "until", "recorded_at", "due", "finished",
    "attributes",
)  # fmt: skip
_HAPPENING = itemgetter(*(NEW_EVENT.index(name) for name in Happening._fields))
CHANGED_EVENT = ("until", "due", "finished", "recorded_at", "struck_at", "struck_reason")
NEW_SPAN = ("case_id", "kind", "first", "last", "start_document")
_NEW = attrgetter("pk", *CASE_COLUMNS, *SAID_BY_CLOCKS)
_CHANGED = attrgetter(*CHANGING, "pk")
_CHANGED_EVENT = attrgetter(*CHANGED_EVENT, "pk")
KIND = CaseEvent._meta.get_field("kind").max_length


Settle = Callable[[Sequence[NewCase], Sequence[Happening], Sequence[Excluded], Callable[[], None]], object]
"""Computes the clocks of new cases from what happened in them and what is excluded from their limits, lets
them be stored and writes the clocks."""


def write(
    found: Iterable[Difference | Refused], *, on: date, settle: Settle | None = None
) -> Iterator[tuple[Difference, bool]]:
    """Store what differs, CHUNK rows at a time; yields what was written, each with its case stored, and
    whether ``settle`` has computed its clocks.

    New cases are settled before they are stored, so that none is written twice; those that go on from
    another case are not: their age is known only when all are stored.
    """
    source = iter(found)
    while chunk := list(islice(source, CHUNK)):
        changed = [item for item in chunk if isinstance(item, Difference) and item.effect != "未变"]
        settled = _write_chunk(changed, on, settle)
        for difference in changed:
            yield difference, difference.case.key in settled


def _write_chunk(changed: Sequence[Difference], on: date, settle: Settle | None) -> Set[int]:
    """Insert and update a chunk with a handful of statements; the keys of the cases settled."""
    for difference in changed:
        added = (event for _, event in difference.new_events)
        carry_milestones(difference.case, added, difference.touched_events)
    fresh = [d for d in changed if isinstance(d.case, NewCase) and d.case.pk is None]
    known = [d.case for d in changed if d.case.pk is not None]
    update(Case, CHANGING, [_CHANGED(case) for case in known])
    for difference, key in zip(fresh, new_keys(Case, len(fresh)), strict=True):
        difference.case.pk = key
    events = _events(changed)
    spans = [(d.case.key, s.kind, s.first, s.last, s.document) for d in changed for s in d.new_exclusions]
    alone = [d.case for d in fresh if settle and not d.new_links and isinstance(d.case, NewCase)]
    settled = {case.key for case in alone}
    _insert_cases([d.case for d in fresh if d.case.pk not in settled], on)
    if settle and alone:
        for case in alone:
            case.known_since = on
        happened = [Happening(*_HAPPENING(event)) for event in events if event[0] in settled]
        settle(
            alone,
            happened,
            [span[:4] for span in spans if span[0] in settled],
            lambda: _insert_cases(alone, on),
        )
    insert(CaseEvent, NEW_EVENT, events, strict=True)
    touched = [event for d in changed for event in d.touched_events]
    update(CaseEvent, CHANGED_EVENT, [_CHANGED_EVENT(event) for event in touched])
    insert(Exclusion, NEW_SPAN, spans, strict=True)
    _write_rest(changed)
    return settled


def _events(changed: Sequence[Difference]) -> list[tuple[Any, ...]]:
    """New events, as NEW_EVENT."""
    return [
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


def _insert_cases(fresh: Sequence[HeldCase], on: date) -> None:
    """Insert new cases under the keys they have been given."""
    moment, names = timezone.now(), ("id", *CASE_COLUMNS, *SAID_BY_CLOCKS, "updated_at")
    rows = []
    for case in fresh:
        assert isinstance(case, NewCase), case.number
        case.known_since = on
        rows.append((*_NEW(case), moment))
    insert(Case, names, rows, strict=True)


def _write_rest(changed: Sequence[Difference]) -> None:
    update(Exclusion, ("last",), [(s.last, s.pk) for d in changed for s in d.touched_exclusions])
    parties = [(d.case.pk, role, name) for d in changed for role, name in d.new_parties]
    insert(Party, ("case_id", "role", "name"), parties, strict=True)
    tags = [(d.case.pk, d.case.court_id, tag) for d in changed for tag in d.new_tags]
    insert(CaseTag, ("case_id", "court_id", "tag"), tags, strict=True)


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
