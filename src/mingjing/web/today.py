"""今日: the home page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.leads.reading import alerts as lead_alerts
from mingjing.services.leads.sight import SEE_LEADS
from mingjing.services.reading.records.waiting import met_today
from mingjing.services.reading.today import today as today_of
from mingjing.services.records.sight import SEE
from mingjing.web.routing import SIGNED_IN, Route, StaffRequest


def today(request: StaffRequest) -> HttpResponse:
    """What is due, what slipped, who waits."""
    request.family = "今日"
    found = today_of(request.actor)
    request.waiting = found.counted
    told, in_all = lead_alerts(request.actor) if request.actor.may(SEE_LEADS) else ([], 0)
    context = {
        "met": met_today(request.actor) if request.actor.may(SEE) else [],
        "leads_told": told,
        "leads_more": in_all - len(told),
        "today": found,
        "on": request.actor.on,
        "board_url": reverse("case-board"),
    }
    return render(request, "pages/today.html", context)


routes = (Route("", today, "today", SIGNED_IN),)
