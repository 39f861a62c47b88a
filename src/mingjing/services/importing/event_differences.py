"""The events of a row beside those stored: what is new, what changed, what a corrected day replaces."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from mingjing.imports.rows import CaseRow, EventRow
from mingjing.services.importing.held import HeldEvent
from mingjing.services.importing.identity import event_keys
from mingjing.services.installation import now

FILED, CLOSED = "立案", "结案"
ONCE = {FILED: "立案日期", CLOSED: "结案日期"}
"""Events a column of the case stands for; a new day in the column corrects the event."""
CORRECTED = "导入更正"


@dataclass(slots=True)
class EventChanges:
    """Events to add with their keys, and stored ones to change, strike out or bring back."""

    new: list[tuple[str, EventRow]] = field(default_factory=list)
    touched: list[HeldEvent] = field(default_factory=list)


def events_of(row: CaseRow) -> Sequence[EventRow]:
    """The events of a row, with those its filing and closing days stand for."""
    filed, closed = row.fields.get("立案日期"), row.fields.get("结案日期")
    if filed is None and closed is None:
        return row.events
    events = list(row.events)
    kinds = {event.kind for event in events}
    for kind, day in ((FILED, filed), (CLOSED, closed)):
        if isinstance(day, date) and kind not in kinds:
            events.append(EventRow(row.source_row, row.number, kind, day))
    return events


def compare_events(
    row: CaseRow, stored: Mapping[str, HeldEvent], before: Mapping[str, date | None]
) -> EventChanges:
    """What the row's events change. ``before`` are the filing and closing days stored until now."""
    events = events_of(row)
    keys = event_keys(events)
    if not stored:
        return EventChanges(list(zip(keys, events, strict=True)))
    found = EventChanges()
    spare = _recorded_here(stored)
    for key, event in zip(keys, events, strict=True):
        known = stored.get(key) or spare.pop((event.kind, event.happened), None)
        if known is None:
            found.new.append((key, event))
        elif _touch(known, event):
            found.touched.append(known)
    found.touched += _replaced(row, stored, before, set(keys))
    return found


def _recorded_here(stored: Mapping[str, HeldEvent]) -> dict[tuple[str, date], HeldEvent]:
    """Events a person recorded in this system, by kind and day: an export that has them too is the same."""
    rows = stored.values()
    return {
        (one.kind, one.happened): one for one in rows if one.recorded_by_id is not None and not one.struck_at
    }


def _replaced(
    row: CaseRow, stored: Mapping[str, HeldEvent], before: Mapping[str, date | None], keys: set[str]
) -> list[HeldEvent]:
    """Imported filings and closings on the day the column held until now, struck out by the new day."""
    struck = []
    for kind, column in ONCE.items():
        day, old = row.fields.get(column), before[kind]
        if not isinstance(day, date) or old is None or day == old:
            continue
        for key, event in stored.items():
            same = event.kind == kind and event.happened == old and event.recorded_by_id is None
            if same and key not in keys and event.struck_at is None:
                event.struck_at = now()
                event.struck_reason = f"{CORRECTED}：{column}由 {old} 改为 {day}"
                struck.append(event)
    return struck


def _touch(known: HeldEvent, event: EventRow) -> bool:
    """Carry changed facts of an event over; whether anything changed. What a person struck stays struck."""
    changed = False
    for name in ("until", "due", "finished"):
        value = getattr(event, name)
        if value is not None and getattr(known, name) != value:
            setattr(known, name, value)
            changed = True
    if known.recorded_by_id is None and event.recorded not in (None, known.recorded_at):
        known.recorded_at, changed = event.recorded, True
    if known.struck_at is not None and known.struck_reason.startswith(CORRECTED):
        known.struck_at, known.struck_reason, changed = None, "", True
    return changed
