"""The columns of a brought file that a count needs, read by kind; what cannot be read is told by row.

Every text is read once, whatever number of rows it stands in, by the readers an import uses. Columns that
are already days, decimals or flags are taken as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches

import duckdb

from mingjing.analytics.indicators.compiling import Source
from mingjing.analytics.indicators.dialects import DUCKDB
from mingjing.definitions.shelf import Shelf
from mingjing.definitions.values.populations import LOOKED_UP
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import Population
from mingjing.domain.reasons import Refusal
from mingjing.imports.headers import header_name
from mingjing.imports.synonyms import FIELDS
from mingjing.services.brought.doubts import doubts
from mingjing.services.brought.native import Native, native, text_of
from mingjing.services.brought.readers import Known, Reader, known_fields, looked_up, reader_of
from mingjing.services.brought.sources import Opened

SHOWN = 5
"""Faults told of one column."""
MOST_WORDS = 60_000
"""A column of more different texts than this is kept as text, not as numbers for its words."""


class ColumnsMissing(Refusal):
    """A file lacks columns that the counts look at."""

    code = "brought-columns"


class CellsUnread(Refusal):
    """Cells of a file cannot be what their column holds."""

    code = "brought-cells"


@dataclass(frozen=True)
class Choices:
    """What whoever brings a file said of it. ``columns``: field → column of the file; ``empty``: fields the
    file does not have, taken as entered nowhere; ``together``: field → what is counted as what (a department
    that was merged); ``lenient``: a cell that cannot be read counts as empty."""

    columns: Mapping[str, str] = field(default_factory=dict)
    empty: frozenset[str] = frozenset()
    together: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    lenient: bool = False
    encoding: str = ""


@dataclass(frozen=True)
class Filled:
    """A table that can be counted, and what there is to say of the file."""

    source: Source
    names: tuple[str, ...]
    rows: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Column:
    """A field with the column it comes from (empty: none) and how its texts are read. ``by`` is the field it
    is looked up from (empty: it is its own column), ``plain`` and ``words`` how that one reads and what it
    may say."""

    name: str
    known: Known
    given: str
    read: Reader
    by: str = ""
    plain: Reader | None = None
    words: tuple[str, ...] = ()


def fill(
    connection: duckdb.DuckDBPyConnection,
    opened: Opened,
    table: str,
    population: Population,
    names: Sequence[str],
    shelf: Shelf,
    choices: Choices,
) -> Filled:
    """Make ``table`` with the fields ``names`` of a population; names it does not know are texts of the file.

    Raises
    ------
    ColumnsMissing   a field has no column and nothing to be looked up by
    CellsUnread      cells that are no day, no amount …, by column, with the first row of each
    """
    known = known_fields(shelf, population)
    wider = replace(population, kinds={**dict.fromkeys(names, Kind.TEXT), **population.kinds})
    wanted = {name: known.get(name, Known(Kind.TEXT)) for name in names}
    columns = list(_columns(opened, wanted, known, shelf, choices))
    filler = _Filler(connection, opened, table, choices.lenient)
    parts = [filler.part(number, column) for number, column in enumerate(columns)]
    if filler.faults:
        raise CellsUnread(_told(opened.name, filler.faults), example="--lenient 把读不成的当作没有登记")
    named = ", ".join(f"{sql} AS {DUCKDB.named(one.name)}" for sql, one in zip(parts, columns, strict=True))
    text = f"FROM {opened.relation} AS r{''.join(filler.joins)}\nSELECT {named or '1 AS nothing'}"
    connection.execute(f"CREATE TABLE {table} AS {text}")
    counted = connection.execute(f"FROM {table} SELECT count(*)").fetchone()
    notes = (*opened.notes, *filler.notes, *doubts(connection, opened))
    return Filled(Source(wider, table), tuple(names), counted[0] if counted else 0, notes)


def _columns(
    opened: Opened,
    wanted: Mapping[str, Known],
    known: Mapping[str, Known],
    shelf: Shelf,
    choices: Choices,
) -> Iterator[_Column]:
    missing = []
    for name, one in wanted.items():
        read = reader_of(one, since_1904=opened.since_1904)
        if name in choices.together:
            read = _put_together(read, choices.together[name])
        given = _given(opened, name, choices)
        if given or name in choices.empty:
            yield _Column(name, one, given, read, words=one.words)
            continue
        by = LOOKED_UP[name][0] if name in LOOKED_UP else ""
        beside = _given(opened, by, choices) if by else ""
        plain = reader_of(known[by]) if beside else None
        found = looked_up(name, shelf, plain) if plain else None
        if found is None:
            missing.append(name)
        else:
            yield _Column(name, one, beside, found, by, plain, known[by].words)
    if missing:
        raise _missing(opened, missing, wanted)


def _given(opened: Opened, name: str, choices: Choices) -> str:
    """The column of the file for a field, empty where there is none."""
    asked = choices.columns.get(name)
    if asked is None:
        return opened.columns.get(header_name(name), "")
    given = opened.columns.get(header_name(asked), "")
    if not given:
        raise ColumnsMissing(
            f"“{opened.name}”里没有“{asked}”这一列（要当作“{name}”）。", allowed=tuple(opened.columns)
        )
    return given


def _put_together(read: Reader, together: Mapping[str, str]) -> Reader:
    def wrapped(text: str) -> str | None:
        value = read(text)
        return None if value is None else together.get(value, value)

    return wrapped


def _missing(opened: Opened, missing: Sequence[str], wanted: Mapping[str, Known]) -> ColumnsMissing:
    lines = []
    for name in missing:
        line = f"“{name}”（{wanted[name].kind.value}）"
        if name in LOOKED_UP:
            line += f"，也可以有“{LOOKED_UP[name][0]}”，按字典去查"
        near = [one for one in FIELDS.get(name, ()) if one in opened.columns]
        near += get_close_matches(name, opened.columns, n=2, cutoff=0.6)
        if near:
            line += f"；文件里的“{near[0]}”如果就是它，写 --column {name}={near[0]}"
        lines.append(line)
    return ColumnsMissing(
        f"“{opened.name}”缺少要用的列：\n  " + "\n  ".join(lines) + "\n确实没有登记的，写 --empty 列名。\n"
        f"文件里有：{'、'.join(opened.columns)}。"
    )


@dataclass(frozen=True)
class _Fault:
    column: str
    row: int
    rows: int
    cause: str


class _Filler:
    """Writes the SQL of one column after another, gathering what it joins and what it cannot read."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, opened: Opened, table: str, lenient: bool
    ) -> None:
        self._connection, self._opened, self._table, self._lenient = connection, opened, table, lenient
        self.joins: list[str] = []
        self.faults: list[_Fault] = []
        self.notes: list[str] = []

    def part(self, number: int, column: _Column) -> str:
        """SQL of a column's values."""
        kind = column.known.kind
        if not column.given:
            self.notes.append(f"“{column.name}”一列按没有登记算")
            return f"CAST(NULL AS {DUCKDB.type_of(kind)})"
        given = f"r.{DUCKDB.named(column.given)}"
        type_ = self._opened.types[column.given]
        taken = None if column.by else native(given, type_, kind)
        if taken is not None:
            self._check(column, given, taken)
            return f"CASE WHEN {taken.holds} THEN {taken.value} END"
        if column.by:
            self.notes.append(f"没有“{column.name}”一列，按字典由“{column.by}”去查")
        return self._joined(number, column, text_of(given, type_))

    def _check(self, column: _Column, given: str, taken: Native) -> None:
        text = (
            f"FROM {self._opened.relation} AS r SELECT CAST({given} AS VARCHAR), count(*), "
            f"min({self._opened.row}) WHERE {given} IS NOT NULL AND NOT ({taken.holds}) "
            f"AND NOT ({taken.blank}) GROUP BY 1 ORDER BY 3"
        )
        for value, rows, row in self._connection.execute(text).fetchall():
            self._fault(_Fault(column.name, row, rows, f"“{value}”{taken.cause}"))

    def _joined(self, number: int, column: _Column, text: str) -> str:
        asked = (
            f"FROM {self._opened.relation} AS r SELECT {text}, count(*), min({self._opened.row}) "
            f"WHERE {text} IS NOT NULL GROUP BY 1"
        )
        found = self._connection.execute(asked).fetchall()
        read: dict[str, str] = {}
        unknown: dict[str, int] = {}
        faults = []
        for value, rows, row in found:
            try:
                says = column.read(value)
            except Refusal as refusal:
                faults.append(_Fault(column.name, row, rows, str(refusal)))
                continue
            if says is not None:
                read[value] = says
            word = column.plain(value) if column.plain else says
            if word is not None and column.words and word not in column.words:
                unknown[word] = unknown.get(word, 0) + rows
        for fault in sorted(faults, key=lambda one: one.row):
            self._fault(fault)
        self._note_words(column, read, unknown)
        name = f"{self._table}_{number}"
        self._keep(name, column.known.kind, read)
        self.joins.append(f"\nLEFT JOIN {name} ON {name}.given = {text}")
        return f"{name}.says"

    def _keep(self, name: str, kind: Kind, read: Mapping[str, str]) -> None:
        type_ = DUCKDB.type_of(kind)
        words = sorted(set(read.values()))
        if kind is Kind.TEXT and 0 < len(words) <= MOST_WORDS:
            type_ = f"{name}_words"
            self._connection.execute(f"CREATE TYPE {type_} AS ENUM (SELECT unnest(?::VARCHAR[]))", [words])
        self._connection.execute(
            f"CREATE TABLE {name} AS FROM (SELECT unnest(?::VARCHAR[]) AS given, "
            f"unnest(?::VARCHAR[]) AS said) SELECT given, CAST(said AS {type_}) AS says",
            [list(read), list(read.values())],
        )

    def _note_words(self, column: _Column, read: Mapping[str, str], unknown: Mapping[str, int]) -> None:
        if unknown:
            most = sorted(unknown.items(), key=lambda one: -one[1])
            listed = "、".join(f"“{word}”{rows} 行" for word, rows in most[:SHOWN])
            more = f"等 {len(most)} 种" if len(most) > SHOWN else ""
            words = "、".join(column.words[:8]) + ("……" if len(column.words) > 8 else "")
            taken = f"查不到，“{column.name}”算没有登记" if column.by else "照原文算"
            told = f"“{column.by or column.name}”里有字典没有的词，{taken}：{listed}{more}"
            self.notes.append(f"{told}。字典里是：{words}")
        if column.known.kind is Kind.TEXT and not column.words:
            alike: dict[str, set[str]] = {}
            for word in read.values():
                alike.setdefault("".join(word.split()), set()).add(word)
            for words_ in [sorted(one) for one in alike.values() if len(one) > 1][:SHOWN]:
                told = f"“{column.name}”里“{'”“'.join(words_)}”只差空格，分开算"
                self.notes.append(f"{told}；要合在一起，写 --together")

    def _fault(self, fault: _Fault) -> None:
        if not self._lenient:
            self.faults.append(fault)
            return
        self.notes.append(f"第 {fault.row} 行起 {fault.rows} 行“{fault.column}”按没有登记算：{fault.cause}")


def _told(name: str, faults: Sequence[_Fault]) -> str:
    by_column: dict[str, list[_Fault]] = {}
    for fault in faults:
        by_column.setdefault(fault.column, []).append(fault)
    lines = []
    for column, some in by_column.items():
        for one in some[:SHOWN]:
            also = f"（另有 {one.rows - 1} 行同样）" if one.rows > 1 else ""
            lines.append(f"第 {one.row} 行“{column}”：{one.cause}{also}")
        if len(some) > SHOWN:
            lines.append(f"“{column}”还有 {len(some) - SHOWN} 种读不成的写法")
    rows = sum(one.rows for one in faults)
    return f"“{name}”有 {rows} 个格子读不成，没有算：\n  " + "\n  ".join(lines) + "\n"
