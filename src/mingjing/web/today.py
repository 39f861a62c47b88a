"""今日: the home page."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.leads.reading import alerts as lead_alerts
from mingjing.services.leads.sight import SEE_LEADS
from mingjing.services.reading.first_steps import first_steps
from mingjing.services.reading.node_papers import papers_today
from mingjing.services.reading.records.waiting import met_today
from mingjing.services.reading.today import Today
from mingjing.services.reading.today import today as today_of
from mingjing.web.routing import SIGNED_IN, Route, StaffRequest


@dataclass(frozen=True, slots=True)
class Part:
    """A number of what waits, what it counts and where it opens; ``must`` where it is due or past."""

    number: int
    words: str
    url: str
    must: bool = False
    of: str = ""


def today(request: StaffRequest) -> HttpResponse:
    """What is due, what slipped, who waits."""
    request.family = "今日"
    found = today_of(request.actor)
    request.waiting = found.counted
    told, in_all = lead_alerts(request.actor) if request.actor.may(SEE_LEADS) else ([], 0)
    papers, more_papers = papers_today(found.owed)
    context = {
        "papers": papers,
        "more_papers": more_papers,
        "met": met_today(request.actor) if found.counted.met else [],
        "leads_told": told,
        "leads_more": in_all - len(told),
        "today": found,
        "first_steps": [] if found.stages else first_steps(request.actor),
        "parts": parts(found),
        "unlisted": unlisted(found),
        "on": request.actor.on,
        "board_url": reverse("case-board"),
    }
    return render(request, "pages/today.html", context)


def parts(found: Today) -> list[Part]:
    """What the number of things that wait is made of; a part of nothing is left out."""
    counted = found.counted
    records, alerts = reverse("records"), reverse("alerts")
    told = [
        Part(found.due_today, "条提醒今天到期", alerts, must=True),
        Part(found.late, "条提醒已经逾期", alerts, must=True),
        Part(counted.alerts - found.due_today - found.late, "条提醒还没到期", alerts),
        Part(int(bool(counted.findings)), "份录入核查清单待改", reverse("findings")),
        Part(counted.notices, "份督办通知等您回复", reverse("notices")),
        Part(counted.climbed, "份督办报告到您", f"{reverse('notices')}?whose=报告我的", must=True),
        Part(counted.requests, "件申请等您审批", reverse("requests")),
        Part(counted.proposals, "件认定建议待确认", reverse("proposals")),
        Part(counted.of_records, "条台账记录", records),
        Part(counted.records_late, "条逾期", f"{records}?whose=我的&due=逾期", must=True, of="其中您的"),
        Part(counted.records_today, "条今天到期", f"{records}?whose=我的", must=True, of="其中您的"),
    ]
    return [part for part in told if part.number]


def unlisted(found: Today) -> list[Part]:
    """What waits beyond the rows of the page, so that rows and number agree."""
    counted = found.counted
    rest = [
        Part(counted.notices - len(found.notices), "份督办通知", reverse("notices")),
        Part(counted.requests - len(found.requests), "件申请", reverse("requests")),
        Part(counted.proposals - len(found.proposals), "件认定建议", reverse("proposals")),
    ]
    return [part for part in rest if part.number > 0]


routes = (Route("", today, "today", SIGNED_IN),)
