"""What a file becomes: accepted rows, refused rows, and counts that add up.

What comes by the hundred thousand is not frozen: that costs three times as much to make.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date, datetime, time, timedelta
from decimal import Decimal

Cell = str | int | float | bool | date | datetime | time | timedelta | None
FieldValue = str | date | Decimal | int | bool


@dataclass(slots=True)
class Party:
    """One party of a case in the role it has there (原告, 被告人, 申请执行人 …)."""

    role: str
    name: str


@dataclass(frozen=True, slots=True)
class ExclusionRow:
    """Days that do not count, ``first`` to ``last`` both included; ``last`` None while it is open."""

    kind: str
    first: date
    last: date | None = None
    document: str = ""


@dataclass(slots=True)
class EventRow:
    """Something that happened in a case.

    ``happened`` is the civil date in the court's zone; ``moment`` the same with its time of day where the
    file has one, keeping the offset it was written with. ``due`` and ``finished`` are imported facts.
    ``source_row`` is the row (or, in an event log, the number of the trace) counted from 1.
    """

    source_row: int
    case_number: str
    kind: str
    happened: date
    moment: datetime | None = None
    recorded: datetime | None = None
    until: date | None = None
    due: date | None = None
    finished: date | None = None
    attributes: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class CaseRow:
    """One case. ``number`` is normalised when the mapping's number grammar is 案号, else as written."""

    source_row: int
    number: str
    fields: Mapping[str, FieldValue]
    parties: tuple[Party, ...] = ()
    events: tuple[EventRow, ...] = ()
    exclusions: tuple[ExclusionRow, ...] = ()
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowError:
    """Why one cell is refused: place, value, cause, what would be allowed, an example.

    ``column`` is the header as the file has it; it is empty when the row as a whole is at fault.
    """

    row: int
    column: str
    value: str
    reason: str
    allowed: tuple[str, ...] = ()
    example: str = ""

    @property
    def sentence(self) -> str:
        """The whole message on one line, as it stands in the error workbook."""
        parts = [self.reason]
        if self.allowed:
            parts.append("可填：" + "、".join(self.allowed) + "。")
        if self.example:
            parts.append(f"例如：{self.example}")
        return "".join(parts)


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that is not imported, with every reason at once and its cells as they were."""

    source_row: int
    errors: tuple[RowError, ...]
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event of a log that is not imported although its case is; ``position`` counts from 1 in the case."""

    source_row: int
    position: int
    case_number: str
    errors: tuple[RowError, ...]


@dataclass(slots=True)
class ImportCounts:
    """Rows of a file by their fate. ``accepted + refused == rows``, always.

    Rows that are not data (合计 rows, blank rows, notes under the table, the header printed again) are not
    in ``rows``; they are counted apart. For an event log a row is a case; ``events`` and ``events_refused``
    count its events, of which ``events - events_refused`` were accepted.
    """

    rows: int = 0
    accepted: int = 0
    refused: int = 0
    skipped_total: int = 0
    skipped_blank: int = 0
    skipped_note: int = 0
    events: int = 0
    events_refused: int = 0

    def clear(self) -> None:
        """Back to zero, so that whoever holds the counts sees those of the next walk."""
        for each in fields(self):
            setattr(self, each.name, 0)

    @property
    def balanced(self) -> bool:
        return self.accepted + self.refused == self.rows and self.events_refused <= self.events


Outcome = CaseRow | EventRow | RefusedRow | RefusedEvent
