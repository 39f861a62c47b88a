"""谁能做什么: the table of rights, filtered and exported."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.reading.rights import Asked, holders, rights, rights_workbook, sources
from mingjing.web.downloads import attachment
from mingjing.web.listing import choice
from mingjing.web.routing import Route, StaffRequest

SHOWN = 200
"""So many lines on a page; the workbook holds them all."""


def _asked(request: StaffRequest) -> Asked:
    given = request.GET
    return Asked(given.get("source", ""), given.get("who", ""), given.get("q", "").strip()[:60])


def rights_page(request: StaffRequest) -> HttpResponse:
    """The lines that fit, at most two hundred."""
    request.family = "系统"
    asked, actor = _asked(request), request.actor
    found = rights(actor, asked)
    context = {
        "rows": found[:SHOWN],
        "count": len(found),
        "more": len(found) > SHOWN,
        "sentence": asked.sentence,
        "fields": [
            choice("source", "制度", asked.source, sources(actor), "全部制度"),
            choice("who", "谁", asked.who, holders(actor), "全部角色和职务"),
            {"name": "q", "label": "找一个词", "value": asked.q},
        ],
        "tools": [
            {"label": "导出 Excel", "url": f"{reverse('rights-export')}?{urlencode(request.GET.dict())}"}
        ],
        "on": actor.on,
    }
    return render(request, "pages/system/rights.html", context)


def rights_export(request: StaffRequest) -> HttpResponse:
    """The lines that fit as .xlsx."""
    content = rights_workbook(request.actor, _asked(request))
    return attachment(content, f"谁能做什么{request.actor.on:%Y%m%d}.xlsx")


routes = (
    Route("system/rights", rights_page, "rights", "查看权限表"),
    Route("system/rights.xlsx", rights_export, "rights-export", "查看权限表"),
)
