"""A stored file under a mapping: its rows, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from mingjing.imports.kinds import kind_of
from mingjing.imports.lateness import Lateness, lateness
from mingjing.imports.limits import STANDARD
from mingjing.imports.logcheck import LogPrecheck
from mingjing.imports.logs import read_traces
from mingjing.imports.mapping import Mapping, mapping_from
from mingjing.imports.precheck import Precheck, reading_of
from mingjing.imports.tables import Table, read_table
from mingjing.imports.words import Words, field_specs
from mingjing.services.installation import registry
from mingjing.storage.batches.models import Batch
from mingjing.storage.people.models import Court

TABLES = ("xlsx", "xls", "ods", "csv")
FIELD_KINDS = {"文字": "文本", "选项": "文本", "数字": "整数", "日期": "日期", "金额": "金额", "是否": "是否"}
OPTIONS = {"案件类型": "dictionary.case_kinds", "审理程序": "dictionary.procedures"}


@dataclass(frozen=True, slots=True)
class Look:
    """What a file looks like before any mapping: header and first rows of a table, or the kind of a log."""

    kind: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    notes: tuple[str, ...]


def path_of(batch: Batch) -> Path:
    """Where the uploaded file lies."""
    return Path(settings.MEDIA_ROOT) / batch.stored


@contextmanager
def opened(batch: Batch) -> Iterator[BinaryIO]:
    """The uploaded file, open for reading."""
    with path_of(batch).open("rb") as file:
        yield file


def words_of(court: Court) -> Words:
    """The words a row is checked against at ``court``."""
    known = registry(court)
    options = {name: tuple(known.dictionary(dictionary).keys) for name, dictionary in OPTIONS.items()}
    fields = []
    for row in known.dictionary("dictionary.case_fields").labelled():
        fields.append({**row, "类型": FIELD_KINDS.get(row["类型"], "文本")})
    return Words(
        fields=field_specs(fields, options),
        event_kinds=frozenset(known.dictionary("dictionary.events").keys),
        exclusion_kinds=frozenset(known.dictionary("dictionary.exclusions").keys),
        vocabulary=known.vocabulary(),
    )


def look(batch: Batch) -> Look:
    """Open the file far enough to show it.

    Raises
    ------
    ImportRefused   torn, empty, protected, too large, of an unknown kind
    """
    with opened(batch) as file:
        kind = kind_of(file, batch.filename, STANDARD)
        if kind not in TABLES:
            return Look(kind, (), (), "", ())
        table = read_table(file, batch.filename, encoding=batch.encoding)
        shown = tuple(tuple("" if c is None else str(c) for c in row.cells) for row in table.preview(8))
        return Look(kind, table.header, shown, table.encoding, table.notes)


def mapping_of(batch: Batch) -> Mapping:
    """The mapping chosen for the batch."""
    return mapping_from(batch.mapping)


@contextmanager
def walk(batch: Batch) -> Iterator[Precheck | LogPrecheck]:
    """The rows of the file, checked cell by cell; ``.counts`` is complete after the walk."""
    mapping, words = mapping_of(batch), words_of(batch.court)
    with opened(batch) as file:
        if mapping.shape == "log":
            traces = read_traces(file, batch.filename, mapping, reading_of(mapping), encoding=batch.encoding)
            yield LogPrecheck(traces, mapping, words)
        else:
            yield Precheck(_table(file, batch, mapping), mapping, words)


def _table(file: BinaryIO, batch: Batch, mapping: Mapping) -> Table:
    return read_table(file, batch.filename, encoding=batch.encoding, expected=mapping.file_columns)


def own_lateness(batch: Batch) -> tuple[Lateness, ...]:
    """How late the log is by the due dates it carries itself; nothing where its mapping names none."""
    mapping = mapping_of(batch)
    if not mapping.dues or mapping.shape != "log":
        return ()
    with opened(batch) as file:
        reading = reading_of(mapping)
        traces = read_traces(file, batch.filename, mapping, reading, encoding=batch.encoding)
        return lateness(traces, mapping.dues, reading)
