"""What a machinery adds to the pages of its records and registers: one line here, one template of its own.

The key is the kind of the definition (``filing``, ``activity``, ``approval``, ``meeting`` …). A panel is
called once per page and gives the template (``pages/records/_panel_<kind>.html``) and its context, or None
where it has nothing to say; the template sees the context of the page as well.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mingjing.domain.ledgers.register import Register
from mingjing.storage.records.models import Record
from mingjing.web.records import approvals, meetings, periods, sheets
from mingjing.web.routing import StaffRequest

Told = tuple[str, dict[str, object]] | None
Panel = Callable[[StaffRequest, Record], Told]
RegisterPanel = Callable[[StaffRequest, Register], Told]

PANELS: dict[str, Panel] = {
    "approval": approvals.panel,
    "meeting": meetings.panel,
    "filing": periods.filing_record,
    "sheet": sheets.panel,
}
"""Kind → what stands on the page of one record, between its state and its content."""

REGISTER_PANELS: dict[str, RegisterPanel] = {
    "approval": approvals.register_panel,
    "filing": periods.filing_panel,
    "activity": periods.activity_panel,
    "sheet": sheets.register_panel,
}
"""Kind → what stands above the list of a register."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel as the page includes it."""

    template: str
    context: Mapping[str, object]


def record_panel(request: StaffRequest, record: Record, kind: str) -> Shown | None:
    """The panel of a record's machinery, if it has one."""
    panel = PANELS.get(kind)
    told = panel(request, record) if panel else None
    return Shown(*told) if told else None


def register_panel(request: StaffRequest, register: Register) -> Shown | None:
    """The panel of a register's machinery, if it has one."""
    panel = REGISTER_PANELS.get(register.kind)
    told = panel(request, register) if panel else None
    return Shown(*told) if told else None
