"""One case: what, why, what next."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mingjing.services.reading.case_page import case_page
from mingjing.web.routing import Route, StaffRequest


def case_detail(request: StaffRequest, case_id: int) -> HttpResponse:
    """The page of one case."""
    request.family = "案件"
    return render(
        request,
        "pages/cases/detail.html",
        {"page": case_page(request.actor, case_id), "on": request.actor.on},
    )


routes = (Route("cases/<int:case_id>", case_detail, "case", "查看案件"),)
