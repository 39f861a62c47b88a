"""Every row of a file counted once: added, updated, unchanged or refused (G1)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from mingjing.domain.reasons import Refusal
from mingjing.imports.rows import CaseRow, EventRow
from mingjing.services.importing.comparing import Difference, Refused

OF_EVENTS = 0
"""``source_row`` of a CaseRow that only gathers the event rows of one case."""


class CaseUnknown(Refusal):
    """Events of a case number that is not in the court's register."""

    code = "case-unknown"


@dataclass(slots=True)
class Counts:
    """added + updated + unchanged + refused = rows, whatever the file was."""

    rows: int = 0
    added: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0

    def refuse(self, rows: int = 1) -> None:
        """Count refused rows."""
        self.rows += rows
        self.refused += rows

    def add(self, item: Difference | Refused) -> None:
        """Count what became of a case row, or of the event rows gathered in it."""
        if isinstance(item, Refused):
            self.refuse(item.rows)
        elif item.row.source_row == OF_EVENTS:
            total, added, updated = len(item.row.events), len(item.new_events), len(item.touched_events)
            self.rows += total
            self.added += added
            self.updated += updated
            self.unchanged += total - added - updated
        else:
            self.rows += 1
            effect = item.effect
            self.added += effect == "新增"
            self.updated += effect == "更新"
            self.unchanged += effect == "未变"

    @property
    def balanced(self) -> bool:
        """The sum that must hold."""
        return self.added + self.updated + self.unchanged + self.refused == self.rows


def gathered(events: Iterable[EventRow]) -> Iterator[CaseRow]:
    """Event rows as one CaseRow per case, in the order of their numbers."""
    ordered = sorted(events, key=lambda event: (event.case_number, event.source_row))
    for number, rows in groupby(ordered, key=lambda event: event.case_number):
        yield CaseRow(OF_EVENTS, number, {}, events=tuple(rows))


def refuse_unknown(
    items: Iterable[Difference | Refused], *, free_numbers: bool
) -> Iterator[Difference | Refused]:
    """Event rows of unknown cases are refused, unless the court's numbers are free and make the case."""
    for item in items:
        strange = isinstance(item, Difference) and item.row.source_row == OF_EVENTS and item.case.pk is None
        if strange and not free_numbers:
            refusal = CaseUnknown(f"案号 {item.row.number} 不在本院案件里，请先导入案件。")
            yield Refused(item.row, refusal, "案号")
        else:
            yield item
