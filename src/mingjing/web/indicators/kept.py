"""Kept figures under their permanent addresses, and what has changed since."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.exporting import export
from mingjing.services.figures.keeping import kept_figure, kept_figures, over_of, since
from mingjing.services.figures.opening import behind
from mingjing.web.downloads import attachment
from mingjing.web.indicators.asking import link
from mingjing.web.indicators.items import sheet, word
from mingjing.web.routing import Route, StaffRequest


def listed(request: StaffRequest) -> HttpResponse:
    """The figures this person has kept."""
    request.family = "指标"
    context = {"kept": kept_figures(request.actor), "on": request.actor.on}
    return render(request, "pages/indicators/kept_list.html", context)


def kept(request: StaffRequest, token: str) -> HttpResponse:
    """One kept figure as it was, and today's beside it."""
    request.family = "指标"
    found, seen = kept_figure(request.actor, token)
    if "export" in request.GET:
        return _workbook(request, token, request.GET["export"])
    lists = [
        {
            "label": label,
            "number": len(ids),
            "word": word(over_of(found, label)),
            "url": f"{reverse('figure-kept', args=[token])}?export={label}",
        }
        for label, ids in found.cases.items()
    ]
    context = {
        "kept": found,
        "since": since(request.actor, found, seen),
        "lists": lists,
        "may_export": request.actor.may("导出数据"),
        "live_url": link("indicator", found.indicator, period=f"{found.first}~{found.last}", **seen.query),
        "definition_url": reverse("institution", args=[found.indicator]),
        "address": request.build_absolute_uri(),
        "query": found.query,
        "definition": found.definition,
        "on": found.cut_off.date(),
    }
    return render(request, "pages/indicators/kept.html", context)


def _workbook(request: StaffRequest, token: str, label: str) -> HttpResponse:
    """The kept list behind one count, as far as the reader may see it."""
    found, _ = kept_figure(request.actor, token)
    if label not in found.cases or not request.actor.may("导出数据"):
        raise Http404
    title, over = f"{found.query} {label}，{found.cut_off:%Y-%m-%d} 保存", over_of(found, label)
    book = sheet(over, found.cases[label], lambda some: behind(request.actor, over, some), title)
    return attachment(export(request.actor, book, verb="导出指标案件"), f"{found.label}{label}.xlsx")


routes = (
    Route("indicators/kept", listed, "figures-kept", "查看指标"),
    Route("indicators/kept/<str:token>", kept, "figure-kept", "查看指标"),
)
