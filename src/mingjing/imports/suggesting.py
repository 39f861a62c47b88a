"""A first mapping guessed from a table, its header and first rows. Shown to the user, never used unseen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from collections.abc import Mapping as Plain
from itertools import islice

from mingjing.imports import synonyms
from mingjing.imports.amounts import UNITS
from mingjing.imports.mapping import (
    DateOrder,
    Due,
    EventColumn,
    EventSource,
    ExclusionColumns,
    Mapping,
    PartyColumn,
    Source,
)
from mingjing.imports.naming import bare, unit_of
from mingjing.imports.orders import order_of
from mingjing.imports.refusals import HeaderMissing
from mingjing.imports.rows import Cell
from mingjing.imports.suggesting_logs import event_dues, flat_log
from mingjing.imports.tables import Table
from mingjing.imports.words import FieldSpec, Words
from mingjing.imports.workbook_words import REASON_COLUMN

_LOOKED_AT = 5_000
_FILLING = re.compile("^(本案|实际|当前|现任|最终)|(名称|姓名)$")


def suggest_table(table: Table, words: Words, *, name: str = "新建对应") -> Mapping:
    """The mapping that the columns and the first rows of a table suggest; see ``suggest``."""
    rows = [row.cells for row in islice(table, _LOOKED_AT)]
    return suggest(table.header, words, name=name, rows=rows, unit=table.unit)


def suggest(
    header: Sequence[str],
    words: Words,
    *,
    name: str = "新建对应",
    court: str = "",
    rows: Sequence[Sequence[Cell]] = (),
    unit: str = "",
) -> Mapping:
    """The mapping that the names of the columns suggest.

    A table with a column for the event and one for its date is read as events, with a log's own column
    names (``case:concept:name`` …) as a log, else as cases. ``rows`` tell in which order days and months
    stand, and what of a log belongs to the case; ``unit`` is that of sums whose column names none.

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
    kind, happened = columns.find(synonyms.EVENT_KIND), columns.find(synonyms.EVENT_HAPPENED)
    marked = any(bare(column) in synonyms.LOG_ONLY for column in header)
    if marked and ((kind and happened) or any(":" in column for column in header)):
        found = flat_log(columns.names, [_named(header, cells) for cells in rows], name, number)
    elif kind and happened:
        event = _event(columns, kind, happened)
        dues = event_dues(event, columns.names)
        found = Mapping(name=name, shape="events", number=Source(column=number), event=event, dues=dues)
    else:
        found = _cases(columns, number, words, name, unit)
    order = _order(found, header, rows)
    return found.model_copy(update={"court": court, "date_order": order})


class _Columns:
    """The columns of a file by their bare names; each may be claimed for several purposes."""

    def __init__(self, header: Sequence[str]) -> None:
        self.names = [column for column in header if column != REASON_COLUMN]
        self._by_name: dict[str, str] = {}
        for column in self.names:
            above, _, last = column.rpartition("/")
            for form in (bare(column), bare(last)):
                self._by_name.setdefault(form, column)
            if not last.isascii():
                self._by_name.setdefault(_without_filling(bare(last)), column)
            if above and not column.isascii():  # 立案 under 时间 is 立案时间
                self._by_name.setdefault(bare(last + above.rpartition("/")[2]), column)

    def find(self, candidates: Iterable[str]) -> str | None:
        for candidate in candidates:
            if column := self._by_name.get(bare(candidate)):
                return column
        return None


def _without_filling(name: str) -> str:
    """What is left of 实际结案日期 or 承办人名称 without the words that change nothing."""
    return _FILLING.sub("", name) or name


def _named(header: Sequence[str], cells: Sequence[Cell]) -> Plain[str, Cell]:
    return dict(zip(header, cells, strict=False))


def _order(found: Mapping, header: Sequence[str], rows: Sequence[Sequence[Cell]]) -> DateOrder:
    """The order of day and month, if the columns with dates leave no choice."""
    dated = [source for name, source in found.columns.items() if source.kind == "日期" or "日期" in name]
    dated += [source for event in found.events for source in (event.happened, event.recorded) if source]
    one = found.event
    if one is not None:
        more = (one.happened, one.recorded, one.until, one.due, one.finished)
        dated += [source for source in more if source]
    wanted = {column for source in dated for column in source.columns}
    places = [place for place, column in enumerate(header) if column in wanted]
    return order_of(cells[place] for cells in rows for place in places if place < len(cells))


def _cases(columns: _Columns, number: str, words: Words, name: str, unit: str) -> Mapping:
    fields = {
        field: _field_source(column, spec, unit)
        for field, spec in words.fields.items()
        if (column := columns.find((field, *synonyms.FIELDS.get(field, ())))) and column != number
    }
    recorded = columns.find(synonyms.EVENT_RECORDED)
    dues = _dues(columns, fields)
    return Mapping(
        name=name,
        number=Source(column=number),
        columns=fields | _kept(dues, fields),
        events=_event_columns(columns, words, recorded),
        parties=tuple(
            PartyColumn(role=role, column=column)
            for role in synonyms.PARTY_ROLES
            if (column := columns.find((role,)))
        ),
        exclusions=_exclusions(columns, words),
        tags=tuple(Source(column=column) for column in [columns.find(synonyms.TAGS)] if column),
        dues=dues,
    )


def _dues(columns: _Columns, fields: Plain[str, Source]) -> tuple[Due, ...]:
    """Each due date the table carries, against the closing of the case."""
    closing = fields.get("结案日期")
    if closing is None:
        return ()
    known = {bare(name) for name in synonyms.CASE_DUE}
    due = [
        column
        for column in columns.names
        if (last := bare(column.rpartition("/")[2])) in known or synonyms.says_due(last)
    ]
    return tuple(Due(label=column, due=column, done=closing.column) for column in due)


def _kept(dues: Sequence[Due], fields: Plain[str, Source]) -> dict[str, Source]:
    """Due dates that are no data item of the court are kept under the name they have."""
    read = {source.column for source in fields.values()}
    return {due.label: Source(column=due.due, kind="日期") for due in dues if due.due not in read}


def _field_source(column: str, spec: FieldSpec, above: str) -> Source:
    unit = unit_of(column).removeprefix("单位:")
    unit = unit if unit in UNITS else above
    return Source(column=column, unit=unit) if spec.kind == "金额" and unit else Source(column=column)


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


def _event(columns: _Columns, kind: str, happened: str) -> EventSource:
    def optional(names: Sequence[str]) -> Source | None:
        column = columns.find(names)
        return Source(column=column) if column and column != happened else None

    due = optional(synonyms.EVENT_DUE)
    return EventSource(
        kind=Source(column=kind),
        happened=Source(column=happened),
        recorded=optional(synonyms.EVENT_RECORDED),
        until=optional(synonyms.EVENT_UNTIL),
        due=due,
        # A row tells of what has happened: where it says no more, the due date was kept or missed then.
        finished=optional(synonyms.EVENT_FINISHED) or (Source(column=happened) if due else None),
    )
