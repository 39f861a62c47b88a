"""A stored file under a mapping: its rows, whatever kind of file it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from mingjing.domain.reasons import Refusal
from mingjing.imports import kinds
from mingjing.imports.headers import header_name
from mingjing.imports.lateness import Lateness, lateness
from mingjing.imports.limits import STANDARD
from mingjing.imports.logcheck import LogPrecheck
from mingjing.imports.logs import read_traces, traces_of
from mingjing.imports.mapping import Mapping as ColumnMapping
from mingjing.imports.mapping import mapping_from
from mingjing.imports.precheck import Precheck, reading_of
from mingjing.imports.refusals import FileEmpty
from mingjing.imports.rows import Cell
from mingjing.imports.tables import Table, read_table
from mingjing.imports.words import OPEN_LISTS, Words, field_specs
from mingjing.services.courts import numbering
from mingjing.services.importing.checks import KIND
from mingjing.services.installation import registry, today
from mingjing.storage.batches.models import Batch
from mingjing.storage.people.models import Court

SHOWN_ROWS = 8
PUSHED = "接口"
"""The origin of a batch whose file is a list of flat records, sent by another system."""


class FileGone(Refusal):
    """The uploaded file is no longer on the disk, or is another one than was checked."""

    code = "import-file-gone"


@dataclass(frozen=True, slots=True)
class Look:
    """What a file looks like before any mapping: header and first rows of a table, or the kind of a log."""

    kind: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    encoding: str
    notes: tuple[str, ...]
    sheet: str = ""
    sheets: tuple[str, ...] = ()

    @property
    def is_table(self) -> bool:
        """Whether it has columns; a log has paths."""
        return self.kind in kinds.TABLES


def path_of(batch: Batch) -> Path:
    """Where the uploaded file lies."""
    return Path(settings.MEDIA_ROOT) / batch.stored


@contextmanager
def opened(batch: Batch) -> Iterator[BinaryIO]:
    """The uploaded file, open for reading.

    Raises
    ------
    FileGone   it was deleted from the disk
    """
    try:
        file = path_of(batch).open("rb")
    except FileNotFoundError:
        raise FileGone(
            f"上传的文件“{batch.filename}”已经不在服务器上（{batch.stored}）。没有写入任何内容，请重新上传。"
        ) from None
    with file:
        yield file


def require_same_file(batch: Batch) -> None:
    """Refuse a file that is not the one that was uploaded and checked.

    Raises
    ------
    FileGone   deleted or changed on the disk
    """
    digest = hashlib.sha256()
    with opened(batch) as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    if digest.hexdigest() != batch.sha256:
        raise FileGone(
            f"服务器上的文件“{batch.filename}”与上传时的不一样（{batch.stored}）。没有写入任何内容，请重新上传。"
        )


def words_of(court: Court) -> Words:
    """The words a row is checked against at ``court``."""
    known = registry(court)
    rows = list(known.dictionary("dictionary.case_fields").labelled())
    named = {row["可选"] for row in rows if row["可选"].startswith("dictionary.")}
    lists = {name: tuple(known.dictionary(name).keys) for name in named}
    fields = field_specs(rows, lists, open_lists=OPEN_LISTS | {"dictionary.outcomes"})
    if KIND in fields:
        families = dict.fromkeys(row["类别"] for row in known.dictionary("dictionary.case_kinds").labelled())
        fields[KIND] = replace(fields[KIND], wider=tuple(families))
    return Words(
        fields=fields,
        event_kinds=frozenset(known.dictionary("dictionary.events").keys),
        exclusion_kinds=frozenset(known.dictionary("dictionary.exclusions").keys),
        vocabulary=numbering(known),
        latest_year=today(court).year,
    )


def look(batch: Batch, sheet: str = "") -> Look:
    """Open the file far enough to show it; of a workbook the sheet named, else the first that fits.

    Raises
    ------
    ImportRefused   torn, empty, protected, too large, of an unknown kind
    FileGone        deleted from the disk
    """
    with opened(batch) as file:
        kind = kinds.kind_of(file, batch.filename, STANDARD)
        if kind not in kinds.TABLES:
            return Look(kind, (), (), "", ())
        table = read_table(file, batch.filename, encoding=batch.encoding, sheet=sheet)
        first = table.preview(SHOWN_ROWS)
        if not first:
            raise FileEmpty(f"“{batch.filename}”只有表头，下面没有一行数据。请检查导出是否成功。")
        shown = tuple(tuple("" if c is None else str(c) for c in row.cells) for row in first)
        return Look(kind, table.header, shown, table.encoding, table.notes, table.sheet, table.sheets)


def mapping_of(batch: Batch) -> ColumnMapping:
    """The mapping chosen for the batch; where it names no zone, days are those of the court."""
    return mapping_from({"zone": batch.court.time_zone, **batch.mapping})


@contextmanager
def walk(batch: Batch) -> Iterator[Precheck | LogPrecheck]:
    """The rows of the file, checked cell by cell; ``.counts`` is complete after the walk."""
    mapping, words = mapping_of(batch), words_of(batch.court)
    with opened(batch) as file:
        if mapping.shape == "log":
            traces = read_traces(file, batch.filename, mapping, reading_of(mapping), encoding=batch.encoding)
            yield LogPrecheck(traces, mapping, words)
        else:
            yield Precheck(table_of(file, batch, mapping), mapping, words)


def table_of(file: BinaryIO, batch: Batch, mapping: ColumnMapping) -> Table:
    """The table in the file, with the cells corrected in the page in place."""
    if batch.origin == PUSHED:
        return _records(file, batch.filename, mapping)
    table = read_table(
        file,
        batch.filename,
        encoding=batch.encoding,
        sheet=mapping.sheet,
        expected=mapping.file_columns,
    )
    if batch.fixes:
        _put_right(table, batch.fixes)
    return table


def _put_right(table: Table, fixes: Mapping[str, Mapping[str, str]]) -> None:
    """Lay corrected cells (row number → column → text) over the rows as they are read."""
    places = {header_name(name): index for index, name in enumerate(table.header)}
    read = table.raw

    def raw() -> Iterator[list[Cell]]:
        for index, cells in enumerate(read()):
            for column, text in fixes.get(str(index + 1), {}).items():
                place = places.get(header_name(column))
                if place is not None:
                    cells += [None] * (place + 1 - len(cells))
                    cells[place] = text
            yield cells

    table.raw = raw


def _records(file: BinaryIO, name: str, mapping: ColumnMapping) -> Table:
    """A pushed list of flat records as a table; the first record is row 1."""
    records = json.load(file)
    header = mapping.file_columns

    def raw() -> Iterator[list[Cell]]:
        for record in records:
            yield [record.get(column) for column in header]

    return Table(name, "json", header, (0, 0), raw)


def own_lateness(batch: Batch) -> tuple[Lateness, ...]:
    """How late the log is by the due dates it carries itself; nothing where its mapping names none."""
    mapping = mapping_of(batch)
    if not mapping.dues:
        return ()
    with opened(batch) as file:
        reading = reading_of(mapping)
        if mapping.shape == "log":
            traces = read_traces(file, batch.filename, mapping, reading, encoding=batch.encoding)
        else:
            traces = traces_of(table_of(file, batch, mapping))
        return lateness(traces, mapping.dues, reading)
