"""The refused cells of a table as they stand in the file, for putting them right in the page."""

from __future__ import annotations

from dataclasses import dataclass

from mingjing.imports.headers import header_name
from mingjing.services.importing.sources import look
from mingjing.storage.batches.models import Batch, RefusedRow

ROWS = 50


@dataclass(frozen=True, slots=True)
class RefusedCell:
    """One cell at fault: ``reasons`` are all reasons it was refused for."""

    row: int
    column: str
    value: str
    reasons: tuple[str, ...]
    allowed: str
    example: str


def refused_cells(batch: Batch) -> list[RefusedCell]:
    """The cells of the first ROWS refused rows that stand in a column of the file.

    A reason over several columns, or over none, cannot be put right in one box and is left to the workbook.
    """
    columns = {header_name(name) for name in look(batch).header}
    found: dict[tuple[int, str], list[RefusedRow]] = {}
    for refused in batch.refused_rows.order_by("row", "pk"):
        if header_name(refused.column) in columns:
            found.setdefault((refused.row, refused.column), []).append(refused)
    rows = sorted({row for row, _ in found})[:ROWS]
    return [
        RefusedCell(
            row, column, same[0].value, tuple(r.reason for r in same), same[0].allowed, same[0].example
        )
        for (row, column), same in found.items()
        if row in rows
    ]
