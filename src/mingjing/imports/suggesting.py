"""A first mapping guessed from the header. It is shown to the user and never used unseen."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from mingjing.imports import synonyms
from mingjing.imports.amounts import UNITS
from mingjing.imports.mapping import EventColumn, EventSource, ExclusionColumns, Mapping, PartyColumn, Source
from mingjing.imports.refusals import HeaderMissing
from mingjing.imports.words import FieldSpec, Words
from mingjing.imports.workbook_words import REASON_COLUMN

_BRACKET = re.compile(r"[(（]([^()（）]*)[)）]$")


def suggest(header: Sequence[str], words: Words, *, name: str = "新建对应", court: str = "") -> Mapping:
    """The mapping that the names of the columns suggest.

    A table with a column for the event and one for its date is read as events, with a log's own column
    names (``case:concept:name`` …) as a log, else as cases.

    Raises
    ------
    HeaderMissing   no column looks like a case number
    """
    columns = _Columns(header)
    number = columns.find(synonyms.CASE_NUMBER)
    if number is None:
        raise HeaderMissing(
            f"看不出哪一列是案号。表头是：{'、'.join(header[:20])}。请在列对应里指定。", example="案号"
        )
    if any(column.lower() in synonyms.LOG_ONLY for column in header):
        return _log(columns, number, name, court)
    kind, happened = columns.find(synonyms.EVENT_KIND), columns.find(synonyms.EVENT_HAPPENED)
    if kind and happened:
        event = _event(columns, kind, happened)
        return Mapping(name=name, court=court, shape="events", number=Source(column=number), event=event)
    return _cases(columns, number, words, name, court)


class _Columns:
    """The columns of a file by their bare names; each may be claimed for several purposes."""

    def __init__(self, header: Sequence[str]) -> None:
        self.names = [column for column in header if column != REASON_COLUMN]
        self._by_name: dict[str, str] = {}
        for column in self.names:
            for form in (_bare(column), _bare(column.rpartition("/")[2])):
                self._by_name.setdefault(form, column)

    def find(self, candidates: Iterable[str]) -> str | None:
        for candidate in candidates:
            if column := self._by_name.get(_bare(candidate)):
                return column
        return None


def _bare(column: str) -> str:
    """Without unit in brackets, spaces, case: ``标的额（万元）`` is ``标的额``."""
    plain = unicodedata.normalize("NFKC", column)
    return re.sub(r"\s+", "", _BRACKET.sub("", plain)).lower()


def _cases(columns: _Columns, number: str, words: Words, name: str, court: str) -> Mapping:
    fields = {
        field: _field_source(column, spec)
        for field, spec in words.fields.items()
        if (column := columns.find((field, *synonyms.FIELDS.get(field, ())))) and column != number
    }
    recorded = columns.find(synonyms.EVENT_RECORDED)
    return Mapping(
        name=name,
        court=court,
        number=Source(column=number),
        columns=fields,
        events=_event_columns(columns, words, recorded),
        parties=tuple(
            PartyColumn(role=role, column=column)
            for role in synonyms.PARTY_ROLES
            if (column := columns.find((role,)))
        ),
        exclusions=_exclusions(columns, words),
        tags=tuple(Source(column=column) for column in [columns.find(synonyms.TAGS)] if column),
    )


def _field_source(column: str, spec: FieldSpec) -> Source:
    unit = _BRACKET.search(unicodedata.normalize("NFKC", column))
    if spec.kind == "金额" and unit and unit[1] in UNITS:
        return Source(column=column, unit=unit[1])
    return Source(column=column)


def _event_columns(columns: _Columns, words: Words, recorded: str | None) -> tuple[EventColumn, ...]:
    found = []
    for kind in sorted(words.event_kinds):
        names = (*synonyms.EVENT_COLUMNS.get(kind, ()), f"{kind}日期", f"{kind}时间", f"{kind}日")
        if column := columns.find(names):
            found.append(EventColumn(kind=kind, happened=Source(column=column)))
    if len(found) == 1 and recorded:
        # One recording time per row can only belong to the one event of the row.
        return (
            EventColumn(kind=found[0].kind, happened=found[0].happened, recorded=Source(column=recorded)),
        )
    return tuple(found)


def _exclusions(columns: _Columns, words: Words) -> tuple[ExclusionColumns, ...]:
    document = columns.find(synonyms.EXCLUSION_DOCUMENT)
    paper = Source(column=document) if document else None
    found = []
    for kind in sorted(words.exclusion_kinds):
        stem = kind.removesuffix("期间")
        first = columns.find((f"{stem}开始日期", f"{stem}起始日期", f"{kind}起", f"{stem}起始"))
        last = columns.find((f"{stem}结束日期", f"{stem}终止日期", f"{kind}止", f"{stem}截止"))
        if span := columns.find((kind, stem)):
            found.append(ExclusionColumns(kind=kind, span=Source(column=span), document=paper))
        elif first:
            ends = Source(column=last) if last else None
            found.append(ExclusionColumns(kind=kind, first=Source(column=first), last=ends, document=paper))
    return tuple(found)


def _log(columns: _Columns, number: str, name: str, court: str) -> Mapping:
    kind = columns.find(synonyms.EVENT_KIND)
    happened = columns.find(synonyms.EVENT_HAPPENED)
    if kind is None or happened is None:
        raise HeaderMissing(
            "日志里看不出哪一列是事项、哪一列是发生时间。请在列对应里指定。",
            allowed=tuple(columns.names[:20]),
            example="concept:name、time:timestamp",
        )
    return Mapping(
        name=name,
        court=court,
        shape="log",
        number=Source(column=number),
        number_grammar="自由",
        kinds="自由",
        event=_event(columns, kind, happened),
    )


def _event(columns: _Columns, kind: str, happened: str) -> EventSource:
    def optional(names: Sequence[str]) -> Source | None:
        column = columns.find(names)
        return Source(column=column) if column and column != happened else None

    return EventSource(
        kind=Source(column=kind),
        happened=Source(column=happened),
        recorded=optional(synonyms.EVENT_RECORDED),
        until=optional(synonyms.EVENT_UNTIL),
        due=optional(synonyms.EVENT_DUE),
        finished=optional(synonyms.EVENT_FINISHED),
    )
