"""The events of a row beside those stored: what is new, what changed, what a corrected day replaces."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from mingjing.imports.rows import CaseRow, EventRow
from mingjing.services.importing.identity import event_keys
from mingjing.services.installation import now
from mingjing.storage.cases.models import Case, CaseEvent

FILED, CLOSED = "立案", "结案"
ONCE = {FILED: "立案日期", CLOSED: "结案日期"}
"""Events a column of the case stands for; a new day in the column corrects the event."""
CORRECTED = "导入更正"


@dataclass(slots=True)
class EventChanges:
    """Events to add, and stored ones to change, strike out or bring back."""

    new: list[CaseEvent] = field(default_factory=list)
    touched: list[CaseEvent] = field(default_factory=list)


def compare_events(
    row: CaseRow, case: Case, stored: Mapping[str, CaseEvent], before: Mapping[str, date | None]
) -> EventChanges:
    """What the row's events change. ``before`` are the filing and closing days stored until now."""
    events = list(row.events)
    kinds = {event.kind for event in events}
    for kind, column in ONCE.items():
        day = row.fields.get(column)
        if isinstance(day, date) and kind not in kinds:
            events.append(EventRow(row.source_row, row.number, kind, day))
    found = EventChanges()
    keys = event_keys(events)
    spare = _recorded_here(stored)
    for key, event in zip(keys, events, strict=True):
        known = stored.get(key) or _same_recorded(spare, event)
        if known is None:
            found.new.append(_new_event(case, key, event))
        elif _touch(known, event):
            found.touched.append(known)
    found.touched += _replaced(row, stored, before, set(keys))
    return found


def _recorded_here(stored: Mapping[str, CaseEvent]) -> dict[tuple[str, date], CaseEvent]:
    """Events a person recorded in this system, by kind and day: an export that has them too is the same."""
    rows = stored.values()
    return {
        (one.kind, one.happened): one for one in rows if one.recorded_by_id is not None and not one.struck_at
    }


def _same_recorded(spare: dict[tuple[str, date], CaseEvent], event: EventRow) -> CaseEvent | None:
    return spare.pop((event.kind, event.happened), None)


def _replaced(
    row: CaseRow, stored: Mapping[str, CaseEvent], before: Mapping[str, date | None], keys: set[str]
) -> list[CaseEvent]:
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


def _new_event(case: Case, key: str, event: EventRow) -> CaseEvent:
    return CaseEvent(
        case=case,
        source_key=key,
        kind=event.kind[:120],
        happened=event.happened,
        moment=event.moment,
        until=event.until,
        recorded_at=event.recorded,
        due=event.due,
        finished=event.finished,
        attributes=dict(event.attributes),
    )


def _touch(known: CaseEvent, event: EventRow) -> bool:
    """Carry changed facts of an event over; whether anything changed. What a person struck stays struck."""
    wanted = {"until": event.until, "due": event.due, "finished": event.finished}
    if known.recorded_by_id is None:
        wanted["recorded_at"] = event.recorded
    changed: dict[str, object] = {
        name: value for name, value in wanted.items() if value is not None and getattr(known, name) != value
    }
    if known.struck_at is not None and known.struck_reason.startswith(CORRECTED):
        changed |= {"struck_at": None, "struck_reason": ""}
    for name, value in changed.items():
        setattr(known, name, value)
    return bool(changed)
