"""上级通报的名次: what the court above announced, year by year; this court ranks nobody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from mingjing.services.figures.outside_ranks import OutsideRank, outside_ranks
from mingjing.web.indicators.drawings import History, ranks
from mingjing.web.routing import Route, StaffRequest


def listed(request: StaffRequest) -> HttpResponse:
    """Every class of courts with its drawing and its table."""
    request.family = "指标"
    classes = [
        {"name": name, "rows": rows, "drawn": _drawn(rows)} for name, rows in outside_ranks(request.actor)
    ]
    context = {"classes": classes, "on": request.actor.on}
    return render(request, "pages/indicators/outside_ranks.html", context)


def _drawn(rows: list[OutsideRank]) -> History:
    return ranks([(one.year, one.rank, one.peers, one.whole) for one in rows])


routes = (Route("indicators/outside-ranks", listed, "indicator-outside-ranks", "查看指标"),)
