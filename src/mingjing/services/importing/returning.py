"""What goes back to the sender: the template to fill in, and the refused rows with their reasons."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from mingjing.imports.error_workbook import write_error_workbook, write_log_errors
from mingjing.imports.precheck import Precheck
from mingjing.imports.rows import CaseRow, EventRow, ImportCounts, RefusedEvent, RowError
from mingjing.imports.rows import RefusedRow as RefusedCells
from mingjing.imports.tables import Table
from mingjing.imports.template_workbook import default_mapping, write_template
from mingjing.services.actors import Actor
from mingjing.services.importing.comparing import Refused, compare
from mingjing.services.importing.counting import gathered, refuse_unknown
from mingjing.services.importing.identity import Directory
from mingjing.services.importing.keeping import errors_of
from mingjing.services.importing.links import Chains
from mingjing.services.importing.sources import mapping_of, opened, table_of, walk, words_of
from mingjing.services.installation import registry
from mingjing.services.permissions import require
from mingjing.storage.batches.models import Batch
from mingjing.storage.people.models import Court


def template(actor: Actor, court: Court) -> bytes:
    """The workbook a court fills in: its own dictionaries as lists to choose from.

    Raises
    ------
    NotAllowed   no role of the actor lists 导入数据
    """
    require(actor, "导入数据")
    words = words_of(court)
    target = BytesIO()
    write_template(target, default_mapping(words), words)
    return target.getvalue()


def error_workbook(batch: Batch) -> bytes:
    """Every refused row of the batch with its reason in the cell; corrected, it is uploaded like any file.

    The file is read and compared once more, so that it holds all refused rows, not only those the page shows.
    """
    target = BytesIO()
    mapping = mapping_of(batch)
    if mapping.shape == "log":
        with walk(batch) as rows:
            refused = _refused_of_log(batch, list(rows))
            write_log_errors(target, refused, rows.counts, source=batch.filename)
        return target.getvalue()
    reasons = refused_cells(batch)
    with opened(batch) as file:
        table = table_of(file, batch, mapping)
        counts = ImportCounts(batch.rows, batch.rows - batch.refused, batch.refused)
        cells = _cells_of(table, reasons, counts)
        write_error_workbook(target, table.header, cells, counts, source=batch.filename)
    return target.getvalue()


def _cells_of(
    table: Table, reasons: dict[int, list[RowError]], counts: ImportCounts
) -> Iterator[RefusedCells]:
    """The refused rows as they came; at the end ``counts`` says what was passed over, each kind apart."""
    for row in table:
        if row.number in reasons:
            yield RefusedCells(row.number, tuple(reasons[row.number]), row.cells)
    counts.skipped_total = table.skipped.total
    counts.skipped_blank = table.skipped.blank
    counts.skipped_note = table.skipped.note


def refused_cells(batch: Batch) -> dict[int, list[RowError]]:
    """Every reason by the row of the file it belongs to."""
    reasons: dict[int, list[RowError]] = {}
    with walk(batch) as rows:
        for error in _errors(batch, rows):  # type: ignore[arg-type]  # a table's walk, never a log's
            said = reasons.setdefault(error.row, [])
            if error not in said:
                said.append(error)
    return reasons


def _errors(batch: Batch, rows: Precheck) -> Iterator[RowError]:
    cases: list[CaseRow] = []
    events: list[EventRow] = []
    for row in rows:
        if isinstance(row, CaseRow):
            cases.append(row)
        elif isinstance(row, EventRow):
            events.append(row)
        else:
            yield from row.errors
    for item in _refused(batch, [*cases, *gathered(events)]):
        yield from errors_of(item, mapping_of(batch))


def _refused(batch: Batch, cases: list[CaseRow]) -> Iterator[Refused]:
    """The rows refused beside what is stored, as the check of the batch refused them."""
    court, definitions = batch.court, registry(batch.court)
    chains = Chains(court, definitions)
    items = compare(chains.ordered(cases), Directory.of(court), definitions, create=False)
    free = court.number_grammar != "案号"
    for item in chains.watch(refuse_unknown(items, free_numbers=free)):
        if isinstance(item, Refused):
            yield item


def _refused_of_log(batch: Batch, rows: list[object]) -> list[RefusedCells | RefusedEvent]:
    found = [row for row in rows if isinstance(row, RefusedCells | RefusedEvent)]
    mapping = mapping_of(batch)
    for item in _refused(batch, [row for row in rows if isinstance(row, CaseRow)]):
        found.append(RefusedCells(item.row.source_row, tuple(errors_of(item, mapping))))
    return sorted(found, key=lambda one: one.source_row)
