"""Event logs (XES, JSON, JSON lines, CSV) → traces: a case with everything that happened in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, BinaryIO

from mingjing.domain.reasons import Refusal
from mingjing.imports.jsonlogs import BadRecord, read_json, read_json_lines, text_chunks
from mingjing.imports.kinds import TABLES, kind_of
from mingjing.imports.limits import STANDARD, Limits
from mingjing.imports.mapping import EventSource, Mapping, Source
from mingjing.imports.packed import chunks_of
from mingjing.imports.paths import list_at, look_up
from mingjing.imports.refusals import FileKindUnknown, HeaderMissing
from mingjing.imports.rows import Cell
from mingjing.imports.slots import Pick, slot
from mingjing.imports.tables import Table, read_table
from mingjing.imports.values import Reading, read_moment, read_text, read_when
from mingjing.imports.xes import XesReader

Attributes = dict[str, Any]
Record = tuple[Attributes, Attributes]
"""Attributes in which a path is looked up, and those of the case (for ``^.`` paths)."""


@dataclass(frozen=True, slots=True)
class LogEvent:
    """One event as the log has it. ``day`` is the civil day in the court's zone, ``moment`` keeps the
    offset it was written with and is None where the log gives only a day. All three are None, and
    ``kind`` is empty, where the value is missing or unreadable; the pre-check then says why.
    """

    kind: str
    day: date | None
    moment: datetime | None
    recorded: datetime | None
    attributes: Attributes = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Trace:
    """One case of a log. Events stand in the order of the file, which need not be the order of dates.

    ``position`` counts from 1; ``fault`` says why the record could not be read at all, or is empty.
    """

    position: int
    case_key: str
    attributes: Attributes
    events: tuple[LogEvent, ...]
    fault: str = ""


XES_NUMBER = Source(column="concept:name")
XES_EVENT = EventSource(kind=Source(column="concept:name"), happened=Source(column="time:timestamp"))


def xes_mapping(name: str = "XES 事件日志", zone: str = "Asia/Shanghai") -> Mapping:
    """The mapping every XES log satisfies by its standard extensions."""
    return Mapping(
        name=name,
        shape="log",
        number=XES_NUMBER,
        number_grammar="自由",
        kinds="自由",
        zone=zone,
        event=XES_EVENT,
    )


def read_traces(
    file: BinaryIO,
    name: str,
    mapping: Mapping,
    reading: Reading,
    *,
    encoding: str = "",
    limits: Limits = STANDARD,
) -> Iterator[Trace]:
    """The cases of a log under a mapping of shape ``log``, streaming except where rows must be grouped.

    Raises
    ------
    ImportRefused   one of its kinds, with the reason
    """
    reader = _TraceReader(mapping, reading)
    records = raw_records(file, name, mapping, encoding=encoding, limits=limits)
    for position, record in enumerate(records, 1):
        if isinstance(record, BadRecord):
            yield Trace(position, "", {}, (), f"这一条不是合法的 JSON 对象：{record.beginning}")
        else:
            yield reader.trace(position, *record)


def raw_records(
    file: BinaryIO, name: str, mapping: Mapping, *, encoding: str = "", limits: Limits = STANDARD
) -> Iterator[tuple[Attributes, list[Any]] | BadRecord]:
    """``(case, events)`` as the file has them, before any field is read."""
    kind = kind_of(file, name, limits)
    bare, packed = kind.removesuffix(".gz"), kind.endswith(".gz")
    if kind in TABLES:
        yield from _grouped(
            read_table(file, name, encoding=encoding, sheet=mapping.sheet, limits=limits), mapping
        )
    elif bare == "xes":
        yield from XesReader(name).read(chunks_of(file, name, packed, limits))
    elif bare in ("json", "jsonl"):
        text = text_chunks(chunks_of(file, name, packed, limits), encoding)
        records = read_json(text, name, mapping.traces) if bare == "json" else read_json_lines(text, name)
        if mapping.event is not None and not mapping.events_in:
            yield from _gathered(records, mapping)
            return
        for record in records:
            yield record if isinstance(record, BadRecord) else _of_json(record, mapping.events_in)
    else:
        raise FileKindUnknown(
            f"“{name}”是压缩文件，但看不出里面是什么。",
            allowed=(".xes.gz", ".json.gz", ".jsonl.gz"),
            example="log.xes.gz",
        )


def _of_json(record: Any, events_in: str) -> tuple[Attributes, list[Any]] | BadRecord:
    if not isinstance(record, dict):
        return BadRecord(str(record)[:80])
    return record, list_at(record, events_in) if events_in else []


def _gathered(records: Iterable[Any], mapping: Mapping) -> Iterator[tuple[Attributes, list[Any]] | BadRecord]:
    """Records that are events themselves, gathered by case; one without any time is a bare case."""
    assert mapping.event is not None
    number, happened = slot(mapping.number, of_case, read_text), mapping.event.happened.columns
    cases: dict[str, list[Any]] = {}
    bad: list[BadRecord] = []
    for position, record in enumerate(records, 1):
        if not isinstance(record, dict):
            bad.append(record if isinstance(record, BadRecord) else BadRecord(str(record)[:80]))
            continue
        key = number.value(({}, record), position, []) if number else None
        cases.setdefault(key or f"\x00{position}", []).append(record)
    for events in cases.values():
        dated = [one for one in events if any(look_up(one, path) is not None for path in happened)]
        yield {**events[0]}, dated
    yield from bad


def _grouped(table: Table, mapping: Mapping) -> Iterator[tuple[Attributes, list[Any]]]:
    """Rows of a flat log gathered by case, in the order in which the cases first appear."""
    locate = {name: index for index, name in enumerate(table.header)}
    pick = slot(mapping.number, lambda name: _picker(locate, name), read_text)
    if pick is None:
        names = "、".join(mapping.number.columns)
        raise HeaderMissing(f"日志里没有“{names}”这一列。", allowed=table.header[:20])
    cases: dict[str, list[Any]] = {}
    for row in table:
        key = pick.value(row.cells, row.number, []) or ""
        cases.setdefault(key, []).append(dict(zip(table.header, row.cells, strict=False)))
    for events in cases.values():
        # Attributes of the case are repeated on its rows; the first row speaks for all.
        yield {**events[0]}, events


def traces_of(table: Table) -> Iterator[Trace]:
    """The rows of any table as traces of one event each, for what is counted row by row."""
    for row in table:
        attributes = dict(zip(table.header, row.cells, strict=False))
        yield Trace(row.number, "", attributes, (LogEvent("", None, None, None, attributes),))


def _picker(places: dict[str, int], name: str) -> Pick | None:
    index = places.get(name)
    return None if index is None else lambda cells: cells[index]


def of_case(path: str) -> Pick:
    """Looks ``path`` up in the case's attributes."""
    return lambda record: look_up(record[1], path)


def of_event(path: str) -> Pick:
    """Looks ``path`` up in the event, or with ``^.`` in its case."""
    if path.startswith("^."):
        return of_case(path[2:])
    return lambda record: look_up(record[0], path)


class _TraceReader:
    """Applies a mapping leniently: what cannot be read becomes None and is explained by the pre-check."""

    def __init__(self, mapping: Mapping, reading: Reading) -> None:
        event = mapping.event
        self._reading = reading
        self._number = slot(mapping.number, of_case, read_text)
        if event is None:
            self._kind = self._happened = self._recorded = None
            return
        self._kind = slot(event.kind, of_event, read_text)
        self._happened = slot(event.happened, of_event, lambda cell: read_when(cell, reading))
        self._recorded = (
            slot(event.recorded, of_event, lambda cell: read_moment(cell, reading))
            if event.recorded
            else None
        )

    def trace(self, position: int, attributes: Attributes, events: Iterable[Any]) -> Trace:
        key = self._number.value(({}, attributes), position, []) if self._number else None
        read = tuple(self._event(event, attributes) for event in events) if self._kind else ()
        return Trace(position, key or "", attributes, read)

    def _event(self, event: Any, case: Attributes) -> LogEvent:
        attributes = event if isinstance(event, dict) else {"": event}
        record = (attributes, case)
        kind = self._kind.value(record, 0, []) if self._kind else None
        when = self._happened.value(record, 0, []) if self._happened else None
        recorded = self._recorded.value(record, 0, []) if self._recorded else None
        return LogEvent(
            kind or "", when.day if when else None, when.moment if when else None, recorded, attributes
        )


def day_of(cell: Cell, reading: Reading) -> date | None:
    """The civil day of an attribute, or None where it is missing or not a date."""
    if cell is None:
        return None
    try:
        return read_when(cell, reading).day
    except Refusal:
        return None
