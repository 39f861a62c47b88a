"""A scoring sheet on its record's page: the jury, one's own marks, the marks of all once everybody is in."""

from __future__ import annotations

from mingjing.domain.ledgers.register import Register
from mingjing.services.reading.assessments.sheet_page import shares, sheet_view
from mingjing.services.records.rounds import sheet_of
from mingjing.storage.records.models import Record
from mingjing.web.routing import StaffRequest

Told = tuple[str, dict[str, object]] | None


def panel(request: StaffRequest, record: Record) -> Told:
    """The marks of a sheet, as far as this person may see them."""
    view = sheet_view(request.actor, record)
    return None if view is None else ("pages/records/_panel_sheet.html", {"view": view})


def register_panel(request: StaffRequest, register: Register) -> Told:
    """How the confirmed sheets of a register are graded, above its list."""
    total, found = shares(request.actor, sheet_of(request.actor, register.id))
    return ("pages/records/_shares_sheet.html", {"total": total, "shares": found}) if total else None
