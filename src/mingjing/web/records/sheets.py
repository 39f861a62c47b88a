"""A scoring sheet on its record's page: the jury, one's own marks, the marks of all once everybody is in."""

from __future__ import annotations

from mingjing.services.reading.assessments.sheet_page import sheet_view
from mingjing.storage.records.models import Record
from mingjing.web.routing import StaffRequest

Told = tuple[str, dict[str, object]] | None


def panel(request: StaffRequest, record: Record) -> Told:
    """The marks of a sheet, as far as this person may see them."""
    view = sheet_view(request.actor, record)
    return None if view is None else ("pages/records/_panel_sheet.html", {"view": view})
