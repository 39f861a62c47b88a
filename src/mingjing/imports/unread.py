"""What a file holds and its mapping reads nothing from: whoever confirms is told, nothing goes unsaid."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from mingjing.imports.headers import header_name
from mingjing.imports.logs import Trace
from mingjing.imports.mapping import Mapping, Source
from mingjing.imports.paths import paths_of
from mingjing.imports.rows import Cell
from mingjing.imports.workbook_words import REASON_COLUMN

_TRACES, _EVENTS = 300, 200
_ROW_NUMBERS = frozenset(("序号", "序", REASON_COLUMN))


class UnreadColumns:
    """The columns of a table that no source reads and in which something stands."""

    def __init__(self, header: tuple[str, ...], mapping: Mapping) -> None:
        read = {header_name(name) for name in (*mapping.file_columns, *_of_dues(mapping))} | _ROW_NUMBERS
        self._header, self._filled = header, set[int]()
        self._empty = [place for place, name in enumerate(header) if header_name(name) not in read]

    def look(self, cells: tuple[Cell, ...]) -> None:
        """Take one row into account."""
        found = [place for place in self._empty if cells[place] is not None and cells[place] != ""]
        if found:
            self._filled.update(found)
            self._empty = [place for place in self._empty if place not in self._filled]

    @property
    def names(self) -> tuple[str, ...]:
        """In the order of the file."""
        return tuple(self._header[place] for place in sorted(self._filled))


class UnreadPaths:
    """The attributes of a log's first cases and events that no source reads."""

    def __init__(self, mapping: Mapping) -> None:
        self._read = {_plain(path) for path in (*_of_log(mapping), *_of_dues(mapping))}
        self._inside = f"{mapping.events_in}[]" if mapping.events_in else ""
        self._left, self._found = _TRACES, dict[str, None]()

    def look(self, trace: Trace) -> None:
        """Take one case into account."""
        if not self._left:
            return
        self._left -= 1
        for path in paths_of(trace.attributes):
            if not (self._inside and path.startswith(self._inside)):
                self._found[path] = None
        for event in trace.events[:_EVENTS]:
            self._found.update(dict.fromkeys(paths_of(event.attributes)))

    @property
    def names(self) -> tuple[str, ...]:
        """A list by its own name, whatever its elements hold; a text or a number by its path."""
        unread = (path for path in self._found if _plain(path) not in self._read)
        return tuple(dict.fromkeys(path.partition("[]")[0] for path in unread))


def _of_log(mapping: Mapping) -> Iterator[str]:
    sources: list[Source | None] = [mapping.number, *mapping.columns.values(), *mapping.tags]
    sources += [source for event in mapping.events for source in (event.happened, event.recorded)]
    for item in mapping.exclusions:
        sources += [item.span, item.first, item.last, item.document]
    if (one := mapping.event) is not None:
        sources += [one.kind, one.happened, one.recorded, one.until, one.due, one.finished]
        sources += one.attributes.values()
    yield from (path for source in sources if source is not None for path in source.columns)
    yield from (party.column for party in mapping.parties)


def _of_dues(mapping: Mapping) -> Iterable[str]:
    return (path for due in mapping.dues for path in (due.due, due.done))


def _plain(path: Any) -> str:
    """``^.a[].b`` and ``a.b`` lead to the same place."""
    return str(path).removeprefix("^.").replace("[]", "")
