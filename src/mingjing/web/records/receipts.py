"""回执: the query code of a record, given out at the counter and shown once, on a slip that prints."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mingjing.domain.reasons import Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.records.sight import find_record
from mingjing.services.window.giving import give_code, may_give
from mingjing.services.window.terminals import TERMINALS
from mingjing.web.routing import Route, StaffRequest


def record_code(request: StaffRequest, receipt_id: int) -> HttpResponse:
    """Ask first, for an older code is worth nothing afterwards; then the slip, once."""
    request.family = "台账"
    record = find_record(request.actor, receipt_id)
    if not may_give(request.actor, record):
        raise NotVisible
    code, refusal = "", None
    if request.method == "POST":
        try:
            code = give_code(request.actor, receipt_id)
        except Refusal as refused:
            refusal = refused
    said = {"record": record, "code": code, "refusal": refusal, "terminal": record.register == TERMINALS}
    return render(request, "pages/records/code.html", said, status=422 if refusal else 200)


routes = (Route("records/<int:receipt_id>/code", record_code, "record-code", "办理台账"),)
