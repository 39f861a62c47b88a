"""今日: the home page."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mingjing.services.reading.today import today as today_of
from mingjing.web.routing import SIGNED_IN, Route, StaffRequest


def today(request: StaffRequest) -> HttpResponse:
    """What is due, what slipped, who waits."""
    request.family = "今日"
    return render(request, "pages/today.html", {"today": today_of(request.actor), "on": request.actor.on})


routes = (Route("", today, "today", SIGNED_IN),)
