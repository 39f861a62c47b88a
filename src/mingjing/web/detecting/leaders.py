"""院庭长办案指标: a leader's own standing, all of them for whoever sees the court, the cases behind each."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.detecting.leaders import NoQuota, cases_behind, leaders_of
from mingjing.services.reading.keyset import BadFilter
from mingjing.web.indicators.asking import link
from mingjing.web.routing import Route, StaffRequest

WHICH = {"own": "本人承办", "panel": "参加合议庭审理"}
YEARS = 5


def board(request: StaffRequest) -> HttpResponse:
    """The leaders of a year, in the order of the rule and of staff numbers."""
    request.family, actor = "指标", request.actor
    year = _year(request)
    refusal: Refusal | None = None
    view = None
    try:
        view = leaders_of(actor, year)
    except NoQuota as none:
        refusal = none
    rows = [
        {
            "leader": one,
            "own_url": link("leader-cases", one.person.pk, "own", year=str(year)),
            "panel_url": link("leader-cases", one.person.pk, "panel", year=str(year)),
            "behind": one.state in ("进度落后", "未完成"),
        }
        for one in (view.leaders if view else ())
    ]
    fields = [
        {
            "name": "year",
            "label": "年份",
            "value": str(year),
            "options": [(str(one), f"{one} 年") for one in range(actor.on.year, actor.on.year - YEARS, -1)],
        }
    ]
    context = {
        "view": view,
        "refusal": refusal,
        "rows": rows,
        "behind": sum(bool(row["behind"]) for row in rows),
        "year": year,
        "running": year == actor.on.year,
        "fields": fields,
        "on": actor.on,
        "base": "" if view is None or view.base is None else f"{float(view.base):.1f}",
        "shares": [
            (word, part, of, f"{100 * part / of:.1f}%" if of else "无数据")
            for word, (part, of) in (
                (("疑难复杂重大案件", view.hard), ("发回重审案件", view.remanded)) if view else ()
            )
        ],
    }
    return render(request, "pages/detecting/leaders.html", context)


def cases(request: StaffRequest, leader_id: int, which: str) -> HttpResponse:
    """The cases behind one number of a leader."""
    request.family, actor = "指标", request.actor
    if which not in WHICH:
        raise Http404
    year = _year(request)
    leader, found = cases_behind(actor, leader_id, which, year)
    context = {
        "leader": leader,
        "word": WHICH[which],
        "year": year,
        "cases": found,
        "back": link("leaders", year=str(year)),
        "law_url": reverse("institution", args=["quota.leaders"]),
        "on": actor.on,
    }
    return render(request, "pages/detecting/leader_cases.html", context)


def _year(request: StaffRequest) -> int:
    now = request.actor.on.year
    offered = [str(one) for one in range(now, now - YEARS, -1)]
    text = request.GET.get("year", "") or offered[0]
    if text not in offered:
        raise BadFilter(f"没有“{text[:20]}”这一年。", allowed=offered, example=offered[0])
    return int(text)


routes = (
    Route("indicators/leaders", board, "leaders", "查看指标"),
    Route("indicators/leaders/<int:leader_id>/<str:which>", cases, "leader-cases", "查看指标"),
)
