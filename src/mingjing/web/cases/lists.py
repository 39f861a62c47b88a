"""The list and the board of cases, and the list as .xlsx."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mingjing.services.export_cases import export_cases
from mingjing.services.reading.board import stages
from mingjing.services.reading.case_list import COLOURS, DUE, ORDERS, STATUS, CaseFilter, page
from mingjing.services.reading.choices import case_choices
from mingjing.web.routing import Route, StaffRequest

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def case_list(request: StaffRequest) -> HttpResponse:
    """Cases by filter; an htmx request gets the table alone."""
    request.family = "案件"
    chosen = CaseFilter.read(request.GET.dict())
    context = {
        "page": page(request.actor, chosen),
        "chosen": chosen,
        "choices": case_choices(request.actor),
        "statuses": STATUS,
        "dues": tuple(DUE),
        "colours": tuple(COLOURS),
        "orders": tuple(ORDERS),
        "on": request.actor.on,
    }
    fragment = request.headers.get("HX-Target") == "rows"
    return render(request, "pages/cases/_rows.html" if fragment else "pages/cases/list.html", context)


def case_export(request: StaffRequest) -> HttpResponse:
    """The same list, same columns, as a workbook."""
    book = export_cases(request.actor, CaseFilter.read(request.GET.dict()))
    response = HttpResponse(book, content_type=XLSX)
    response["Content-Disposition"] = f"attachment; filename=cases-{request.actor.on:%Y%m%d}.xlsx"
    return response


def case_board(request: StaffRequest) -> HttpResponse:
    """Open cases by stage."""
    request.family = "案件"
    kind = request.GET.get("kind", "")
    context = {
        "columns": stages(request.actor, kind),
        "kind": kind,
        "choices": case_choices(request.actor),
        "on": request.actor.on,
    }
    return render(request, "pages/cases/board.html", context)


routes = (
    Route("cases", case_list, "case-list", "查看案件"),
    Route("cases/export", case_export, "case-export", "导出数据"),
    Route("cases/board", case_board, "case-board", "查看案件"),
)
