"""A table under a mapping: every data row is accepted or refused, with all its reasons at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from operator import itemgetter
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from mingjing.domain.dates.reading import read_span
from mingjing.domain.dates.spans import Span
from mingjing.domain.reasons import Unreadable
from mingjing.imports.headers import header_name
from mingjing.imports.mapping import EventSource, ExclusionColumns, Mapping, Source
from mingjing.imports.refusals import HeaderMissing, MappingWrong
from mingjing.imports.rows import (
    CaseRow,
    Cell,
    EventRow,
    ExclusionRow,
    FieldValue,
    ImportCounts,
    Party,
    RefusedRow,
    RowError,
)
from mingjing.imports.slots import Locate, Pick, Slot, field_reader, kind_reader, number_reader, slot
from mingjing.imports.tables import Row, Table
from mingjing.imports.unread import UnreadColumns
from mingjing.imports.values import Reading, When, read_day, read_moment, read_text, read_when
from mingjing.imports.words import Words

T = TypeVar("T")
_NAMES = re.compile(r"[、,，;；\n](?![^（(]*[）)])")
_SPANS = re.compile(r"[；;\n]+")


class CaseReader:
    """Reads one case out of a record; ``locate`` says where a column or path stands in a record.

    ``absent`` names the columns of the mapping that the file does not have.

    Raises
    ------
    MappingWrong    a field, event or exclusion the court does not know
    HeaderMissing   the case number's column, or a required one, is not there
    """

    def __init__(self, mapping: Mapping, words: Words, reading: Reading, locate: Locate) -> None:
        self._locate, self._words, self._reading = locate, words, reading
        self.absent: tuple[str, ...] = ()
        self.number = self._needed(mapping.number, number_reader(mapping.number_grammar, words))
        self._fields = [
            (name, found)
            for name, source in mapping.columns.items()
            if (found := self._field(name, source, name in mapping.required)) is not None
        ]
        self._events = [
            (event.kind, happened, self._optional(event.recorded, self._moment))
            for event in mapping.events
            if (happened := self._optional(event.happened, self._when)) is not None
        ]
        self._exclusions = [(item.kind, self._spans_of(item), item.document) for item in mapping.exclusions]
        self._documents = {item.kind: self._optional(item.document, read_text) for item in mapping.exclusions}
        self._parties = [
            (party.role, pick)
            for party in mapping.parties
            if (pick := self._located(party.column)) is not None
        ]
        self._tags = [found for tag in mapping.tags if (found := self._optional(tag, read_text)) is not None]
        self._check_words(mapping)

    def read(self, record: Any, row: int, errors: list[RowError]) -> CaseRow:
        """The case; it is complete only if nothing was added to ``errors``."""
        number = self.number.value(record, row, errors) or ""
        fields: dict[str, FieldValue] = {}
        for name, found in self._fields:
            cell = found.pick(record)
            if cell is None and not found.required:
                continue
            value = found.read_cell(cell, row, errors)
            if value is not None:
                fields[name] = value
        events = self._read_events(record, row, number, errors) if self._events else ()
        return CaseRow(
            row,
            number,
            fields,
            self._read_parties(record, row, errors) if self._parties else (),
            events,
            self._read_exclusions(record, row, errors) if self._exclusions else (),
            tuple(tag for found in self._tags for tag in _split(found.value(record, row, errors))),
        )

    def _read_events(
        self, record: Any, row: int, number: str, errors: list[RowError]
    ) -> tuple[EventRow, ...]:
        events = []
        for kind, happened, recorded in self._events:
            when = happened.value(record, row, errors)
            if when is not None:
                noted = recorded.value(record, row, errors) if recorded else None
                events.append(EventRow(row, number, kind, when.day, when.moment, noted))
        return tuple(events)

    def _read_parties(self, record: Any, row: int, errors: list[RowError]) -> tuple[Party, ...]:
        parties = []
        for role, found in self._parties:
            parties += [Party(role, name) for name in _split(found.value(record, row, errors))]
        return tuple(parties)

    def _read_exclusions(self, record: Any, row: int, errors: list[RowError]) -> tuple[ExclusionRow, ...]:
        found = []
        for kind, spans, _ in self._exclusions:
            paper = self._documents[kind]
            document = (paper.value(record, row, errors) if paper else None) or ""
            found += [
                ExclusionRow(kind, span.first, span.last, document) for span in spans(record, row, errors)
            ]
        return tuple(found)

    def _spans_of(self, item: ExclusionColumns) -> Callable[[Any, int, list[RowError]], tuple[Span, ...]]:
        if item.span is not None:
            whole = self._optional(item.span, _read_spans)
            return lambda record, row, errors: (whole.value(record, row, errors) if whole else None) or ()
        first = self._optional(item.first, self._day)
        last = self._optional(item.last, self._day)

        def spans(record: Any, row: int, errors: list[RowError]) -> tuple[Span, ...]:
            begins = first.value(record, row, errors) if first else None
            ends = last.value(record, row, errors) if last else None
            if begins is None:
                return ()
            if ends is not None and ends < begins:
                errors.append(
                    RowError(row, last.label if last else "", str(ends), f"止日早于起日 {begins}。")
                )
            return (Span(begins, ends),)

        return spans

    def _field(self, name: str, source: Source, required: bool) -> Slot[FieldValue] | None:
        spec = self._words.fields.get(name)
        read = field_reader(name, source, self._words, self._reading)
        if required or (spec is not None and spec.required):
            return self._needed(source, read)
        return self._optional(source, read)

    def _needed(self, source: Source, read: Callable[[Cell], T]) -> Slot[T]:
        found = slot(source, self._locate, read, required=True)
        if found is None:
            names = "、".join(source.columns)
            raise HeaderMissing(
                f"文件里没有列对应需要的“{names}”这一列。请核对表头，或修改列对应。", example=names
            )
        return found

    def _optional(self, source: Source | None, read: Callable[[Cell], T]) -> Slot[T] | None:
        if source is None:
            return None
        found = slot(source, self._locate, read)
        if found is None:
            self.absent += tuple(name for name in source.columns if name not in self.absent)
        return found

    def _located(self, column: str) -> Slot[str] | None:
        return self._optional(Source(column=column), _read_names)

    def _day(self, cell: Cell) -> date:
        return read_day(cell, self._reading)

    def _when(self, cell: Cell) -> When:
        return read_when(cell, self._reading)

    def _moment(self, cell: Cell) -> datetime:
        return read_moment(cell, self._reading)

    def _check_words(self, mapping: Mapping) -> None:
        if mapping.kinds == "自由":
            return
        for event in mapping.events:
            _known(event.kind, self._words.event_kinds, "案件事项")
        for item in mapping.exclusions:
            _known(item.kind, self._words.exclusion_kinds, "扣除事由")


class EventReader:
    """Reads one event out of a record of an events table or of a log."""

    def __init__(self, mapping: Mapping, words: Words, reading: Reading, locate: Locate) -> None:
        event = mapping.event
        if event is None:
            raise MappingWrong("列对应里没有写 event（事项、发生日期在哪一列）。")
        self._reading = reading
        self._kind = self._needed(event.kind, locate, kind_reader(mapping.kinds, words))
        self._happened = self._needed(event.happened, locate, lambda cell: read_when(cell, reading))
        self._recorded = slot(event.recorded, locate, self._moment) if event.recorded else None
        self._days = self._day_slots(event, locate)
        self._attributes = [
            (name, found)
            for name, source in event.attributes.items()
            if (found := slot(source, locate, read_text)) is not None
        ]

    def read(self, record: Any, row: int, number: str, errors: list[RowError]) -> EventRow | None:
        """The event, or None where its kind or its day could not be read (the reason is in ``errors``)."""
        kind = self._kind.value(record, row, errors)
        when = self._happened.value(record, row, errors)
        recorded = self._recorded.value(record, row, errors) if self._recorded else None
        days = {name: found.value(record, row, errors) for name, found in self._days}
        attributes = {
            name: text
            for name, found in self._attributes
            if (text := found.value(record, row, errors)) is not None
        }
        if kind is None or when is None:
            return None
        until = days.get("until")
        if until is not None and until < when.day:
            errors.append(RowError(row, "", str(until), f"截止日期 {until} 早于发生日期 {when.day}。"))
        return EventRow(
            row,
            number,
            kind,
            when.day,
            when.moment,
            recorded,
            until,
            days.get("due"),
            days.get("finished"),
            attributes,
        )

    def _day_slots(self, event: EventSource, locate: Locate) -> list[tuple[str, Slot[date]]]:
        sources = {"until": event.until, "due": event.due, "finished": event.finished}
        slots = []
        for name, source in sources.items():
            found = slot(source, locate, lambda cell: read_day(cell, self._reading)) if source else None
            if found is not None:
                slots.append((name, found))
        return slots

    def _needed(self, source: Source, locate: Locate, read: Callable[[Cell], T]) -> Slot[T]:
        found = slot(source, locate, read, required=True)
        if found is None:
            names = "、".join(source.columns)
            raise HeaderMissing(
                f"文件里没有列对应需要的“{names}”这一列。请核对表头，或修改列对应。", example=names
            )
        return found

    def _moment(self, cell: Cell) -> datetime:
        return read_moment(cell, self._reading)


class Precheck:
    """Walks a table once. ``counts`` (balanced) and ``unread`` are complete when the walk has ended.

    ``absent`` names optional columns of the mapping that the file lacks, ``remarks`` what the file as a whole
    gives to think; a page shows both before confirming.
    """

    def __init__(self, table: Table, mapping: Mapping, words: Words) -> None:
        reading = reading_of(mapping, since_1904=table.since_1904)
        self._table, self._mapping = table, mapping
        self.counts = ImportCounts()
        self.absent: tuple[str, ...] = ()
        self.remarks = table.notes
        self.unread = UnreadColumns(table.header, mapping)
        self._width = len(table.header)
        self._cases: CaseReader | None = None
        self._events: EventReader | None = None
        if mapping.shape == "events":
            self._events = EventReader(mapping, words, reading, column_locator(table.header))
            self._number = self._case_number(words)
        else:
            self._cases = CaseReader(mapping, words, reading, column_locator(table.header))
            self.absent = self._cases.absent

    def __iter__(self) -> Iterator[CaseRow | EventRow | RefusedRow]:
        counts = self.counts
        counts.clear()
        first_seen: dict[str, int] = {}
        for row in self._table:
            counts.rows += 1
            self.unread.look(row.cells)
            outcome = self._outcome(row, first_seen)
            if isinstance(outcome, RefusedRow):
                counts.refused += 1
            else:
                counts.accepted += 1
            yield outcome
        counts.skipped_total = self._table.skipped.total
        counts.skipped_blank = self._table.skipped.blank
        counts.skipped_note = self._table.skipped.note

    def _outcome(self, row: Row, first_seen: dict[str, int]) -> CaseRow | EventRow | RefusedRow:
        errors: list[RowError] = []
        if len(row.cells) > self._width:
            return RefusedRow(row.number, (self._surplus(row),), row.cells)
        if self._events is not None:
            number = self._number.value(row.cells, row.number, errors) or ""
            event = self._events.read(row.cells, row.number, number, errors)
            return (
                event
                if event is not None and not errors
                else RefusedRow(row.number, tuple(errors), row.cells)
            )
        assert self._cases is not None
        case = self._cases.read(row.cells, row.number, errors)
        if case.number:
            before = first_seen.setdefault(case.number, row.number)
            if before != row.number:
                errors.append(_repeated(row.number, self._cases.number.label, case.number, before))
        return RefusedRow(row.number, tuple(errors), row.cells) if errors else case

    def _case_number(self, words: Words) -> Slot[str]:
        found = slot(
            self._mapping.number,
            column_locator(self._table.header),
            number_reader(self._mapping.number_grammar, words),
            required=True,
        )
        if found is None:
            names = "、".join(self._mapping.number.columns)
            raise HeaderMissing(f"文件里没有案号所在的“{names}”这一列。", allowed=self._table.header[:20])
        return found

    def _surplus(self, row: Row) -> RowError:
        extra = "、".join(str(cell) for cell in row.cells[self._width :] if cell)
        return RowError(
            row.number,
            "",
            extra[:80],
            f"这一行有 {len(row.cells)} 格，表头只有 {self._width} 列，"
            "多半是内容里有没加引号的分隔符，各格已经错位。",
        )


def reading_of(mapping: Mapping, *, since_1904: bool = False) -> Reading:
    """How the mapping's court writes its dates."""
    return Reading(ZoneInfo(mapping.zone), mapping.date_order, since_1904)


def column_locator(header: tuple[str, ...]) -> Locate:
    """Columns by the name in the header, tolerant of width and of spaces between Chinese characters."""
    places = {header_name(name): index for index, name in reversed(list(enumerate(header)))}

    def locate(column: str) -> Pick | None:
        index = places.get(header_name(column))
        return None if index is None else itemgetter(index)

    return locate


def _repeated(row: int, column: str, number: str, first: int) -> RowError:
    return RowError(
        row, column, number, f"案号 {number} 在本文件第 {first} 行已经出现过，一个案号只能占一行。"
    )


def _known(word: str, known: frozenset[str], vocabulary: str) -> None:
    if word not in known:
        raise MappingWrong(f"列对应里的“{word}”不在{vocabulary}词表里。", allowed=tuple(sorted(known)[:20]))


def _read_names(cell: Cell) -> str:
    return cell if isinstance(cell, str) and not cell.startswith(("=", "#")) else read_text(cell)


def _read_spans(cell: Cell) -> tuple[Span, ...]:
    text = cell if isinstance(cell, str) else read_text(cell)
    spans = tuple(read_span(part.strip()) for part in _SPANS.split(text) if part.strip())
    for span in spans:
        if span.last is not None and span.last < span.first:
            raise Unreadable(f"期间“{text}”的止日早于起日。", example="2024-04-01 至 2024-04-20")
    return spans


def _split(text: str | None) -> list[str]:
    return [name for part in _NAMES.split(text) if (name := " ".join(part.split()))] if text else []
