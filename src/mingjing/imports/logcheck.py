"""The traces of a log under a mapping and a court's words: cases accepted or refused, events likewise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from mingjing.imports.logs import Trace, of_case, of_event
from mingjing.imports.mapping import Mapping
from mingjing.imports.precheck import CaseReader, EventReader, reading_of
from mingjing.imports.rows import CaseRow, EventRow, ImportCounts, RefusedEvent, RefusedRow, RowError
from mingjing.imports.unread import UnreadPaths
from mingjing.imports.words import Words


class LogPrecheck:
    """Walks traces once. Every trace ends as a CaseRow or a RefusedRow; an event that cannot be read
    is a RefusedEvent and does not take its case with it. ``counts`` and ``unread`` are complete when the
    walk has ended.
    """

    def __init__(self, traces: Iterable[Trace], mapping: Mapping, words: Words) -> None:
        reading = reading_of(mapping)
        self._traces = traces
        self._zone = ZoneInfo(mapping.zone)
        self._cases = CaseReader(mapping, words, reading, of_case)
        self._events = EventReader(mapping, words, reading, of_event) if mapping.event else None
        self.counts = ImportCounts()
        self.unread = UnreadPaths(mapping)

    def __iter__(self) -> Iterator[CaseRow | RefusedRow | RefusedEvent]:
        counts = self.counts
        counts.clear()
        first_seen: dict[str, int] = {}
        for trace in self._traces:
            counts.rows += 1
            counts.events += len(trace.events)
            self.unread.look(trace)
            errors: list[RowError] = []
            case = self._case(trace, first_seen, errors)
            if case is None:
                counts.refused += 1
                counts.events_refused += len(trace.events)
                yield RefusedRow(trace.position, tuple(errors))
                continue
            counts.accepted += 1
            events, refused = self._read_events(trace, case)
            counts.events_refused += len(refused)
            yield from refused
            yield replace(case, events=tuple(sorted((*case.events, *events), key=self._in_time)))

    def _case(self, trace: Trace, first_seen: dict[str, int], errors: list[RowError]) -> CaseRow | None:
        if trace.fault:
            errors.append(RowError(trace.position, "", "", trace.fault))
            return None
        case = self._cases.read(({}, trace.attributes), trace.position, errors)
        if case.number:
            before = first_seen.setdefault(case.number, trace.position)
            if before != trace.position:
                reason = f"编号 {case.number} 在本日志第 {before} 件已经出现过，一个编号只能是一件案件。"
                errors.append(RowError(trace.position, self._cases.number.label, case.number, reason))
        return None if errors else case

    def _read_events(self, trace: Trace, case: CaseRow) -> tuple[list[EventRow], list[RefusedEvent]]:
        accepted: list[EventRow] = []
        refused: list[RefusedEvent] = []
        if self._events is None:
            return accepted, refused
        for position, event in enumerate(trace.events, 1):
            errors: list[RowError] = []
            record = (event.attributes, trace.attributes)
            row = self._events.read(record, trace.position, case.number, errors)
            if row is None or errors:
                refused.append(RefusedEvent(trace.position, position, case.number, tuple(errors)))
            else:
                accepted.append(row)
        return accepted, refused

    def _in_time(self, event: EventRow) -> datetime:
        """Lists are not in order of date; an event without a time of day sorts at its day's beginning."""
        return event.moment or datetime.combine(event.happened, datetime.min.time(), self._zone)
