"""驾驶舱, its wall, and the bulletins of the day, the week and the month."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.exporting import Sheet, export
from mingjing.services.figures.rhythm import (
    Kind,
    bulletin,
    bulletin_paper,
    changes,
    covered,
    key_lines,
    overview,
)
from mingjing.services.figures.standing import standing
from mingjing.services.installation import now
from mingjing.services.reading.keyset import BadFilter
from mingjing.web.downloads import attachment
from mingjing.web.indicators.asking import asked_period, asked_place, link, place_fields, span_code
from mingjing.web.indicators.lists import COLUMNS, row_of
from mingjing.web.routing import Route, StaffRequest

if TYPE_CHECKING:
    from mingjing.services.figures.reading import Line

ON_A_WALL = 8
KINDS = {"day": Kind.DAY, "week": Kind.WEEK, "month": Kind.MONTH}


def cockpit(request: StaffRequest) -> HttpResponse:
    """The key figures of the court, what is late, what is red; every number leads on."""
    request.family, text = "指标", request.GET.get("period", "")
    actor, seen = request.actor, asked_place(request)
    period = asked_period(text, actor.on)
    lines = key_lines(actor, seen, period, "驾驶舱")
    query = {"period": text or "本年", **seen.query}
    context = {
        "seen": seen,
        "period": period,
        "rows": [row_of(line, **query) for line in lines],
        "outside": sum(line.outside for line in lines),
        "standing": _standing(request, seen.place.courts),
        "fields": place_fields(actor, seen, text),
        "tools": [
            *({"label": one.value, "url": reverse("bulletin", args=[name])} for name, one in KINDS.items()),
            {"label": "挂到大屏", "url": reverse("cockpit-wall")},
        ],
        "query": f"{seen.name}　{span_code(period)}",
        "on": actor.on,
    }
    return render(request, "pages/indicators/cockpit.html", context)


def _standing(request: StaffRequest, courts: tuple[int, ...]) -> list[dict[str, object]]:
    """What stands open now, each number with the list it opens."""
    court = request.GET.get("court", "")
    filters = {
        "红色预警": {"colour": "红"},
        "审限逾期": {"due": "逾期"},
        "三天内到期": {"due": "三天内"},
    }
    counted = standing(request.actor, courts)
    return [
        {"label": label, "number": counted[label], "url": link("case-list", court=court, **asked)}
        for label, asked in filters.items()
    ]


def wall(request: StaffRequest) -> HttpResponse:
    """The cockpit on a wall, eight figures a page; it turns by itself and says its cut-off."""
    request.family = "指标"
    actor, seen = request.actor, asked_place(request)
    period = asked_period(request.GET.get("period", ""), actor.on)
    pages = list(_pages(key_lines(actor, seen, period, "驾驶舱"))) or [()]
    text = request.GET.get("page", "1")
    number = min(len(pages), max(1, int(text))) if text.isdecimal() else 1
    query = {"period": request.GET.get("period", ""), **seen.query}
    following = link("cockpit-wall", page=str(number % len(pages) + 1), **query)
    context = {
        "seen": seen,
        "period": period,
        "rows": [row_of(line) for line in pages[number - 1]],
        "next_url": following,
        "page_number": number,
        "pages_total": len(pages),
        "cut_off": now(),
    }
    return render(request, "pages/indicators/wall.html", context)


def _pages(lines: list[Line]) -> list[tuple[Line, ...]]:
    return [tuple(lines[start : start + ON_A_WALL]) for start in range(0, len(lines), ON_A_WALL)]


def rhythm(request: StaffRequest, kind: str) -> HttpResponse:
    """One bulletin as a page, as .docx, as .xlsx."""
    if kind not in KINDS:
        raise Http404
    request.family, text = "指标", request.GET.get("period", "")
    actor, seen, which = request.actor, asked_place(request), KINDS[kind]
    period = asked_period(text, actor.on) if text else covered(which, actor.on)
    found = bulletin(actor, seen, which, period)
    wanted = request.GET.get("as", "")
    if wanted not in ("", "docx", "xlsx"):
        raise BadFilter(f"没有“{wanted}”这种格式。", allowed=("docx", "xlsx"))
    if wanted and not actor.may("导出数据"):
        raise Http404
    if wanted == "docx":
        paper = bulletin_paper(actor, found)
        return attachment(paper.content, paper.name)
    if wanted == "xlsx":
        sheet = Sheet(which.value, COLUMNS, found.lines, f"{seen.name} {span_code(period)}", "项")
        return attachment(export(actor, sheet, verb="导出通报"), f"{found.name}{period.last:%Y%m%d}.xlsx")
    query = {"period": span_code(period), **seen.query}
    own = reverse("bulletin", args=[kind])
    files = [("下载 .docx", "docx"), ("导出 Excel", "xlsx")] if actor.may("导出数据") else []
    context = {
        "found": found,
        "noticed": [row_of(line, **query) for line in found.noticed],
        "rows": [row_of(line, **query) for line in found.lines],
        "overview": overview(found.lines),
        "changes": changes(found),
        "tabs": [
            {"label": one.value, "url": reverse("bulletin", args=[name]), "current": one is which}
            for name, one in KINDS.items()
        ],
        "tools": [
            {"label": label, "url": f"{own}?period={span_code(period)}&as={as_}"} for label, as_ in files
        ],
        "fields": [],
        "handling_url": link("case-handling", on=str(period.last)) if which is Kind.DAY else "",
        "query": f"{seen.name}　{span_code(period)}",
        "on": actor.on,
    }
    return render(request, "pages/indicators/bulletin.html", context)


routes = (
    Route("indicators/cockpit", cockpit, "cockpit", "查看指标"),
    Route("indicators/wall", wall, "cockpit-wall", "查看指标"),
    Route("indicators/bulletin/<str:kind>", rhythm, "bulletin", "查看指标"),
)
