"""One indicator: the working, its history, its groups, a funnel for small numbers; every number opens."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import Indicator
from mingjing.services.exporting import LIMIT, export
from mingjing.services.figures.asked import indicator_on
from mingjing.services.figures.courts import by_court
from mingjing.services.figures.explaining import explanations, may_ask
from mingjing.services.figures.keeping import keep_figure
from mingjing.services.figures.opening import Wanted, behind, item_ids, page_of
from mingjing.services.figures.reading import Close, Group, Line, closely, funnel_curve, groups
from mingjing.services.figures.sight import AXES, NONE, Seen, axes_of
from mingjing.services.figures.signals import signals
from mingjing.services.figures.titles import by_title, title_word
from mingjing.services.reading.keyset import BadFilter
from mingjing.web.downloads import attachment
from mingjing.web.indicators.asking import asked_period, asked_place, link, place_fields, span_code
from mingjing.web.indicators.drawings import Funnel, History, funnel, history
from mingjing.web.indicators.items import sheet, word
from mingjing.web.indicators.lists import DIRECTIONS, row_of, staged
from mingjing.web.routing import Route, StaffRequest

MONTHS = 24
FEWEST = 3
"""A funnel of fewer points says nothing."""


def one(request: StaffRequest, indicator_id: str) -> HttpResponse:
    """The page of one indicator."""
    request.family, text = "指标", request.GET.get("period", "")
    actor, seen = request.actor, asked_place(request)
    period = asked_period(text, actor.on)
    indicator = indicator_on(actor.court, indicator_id, period.last)
    close = closely(actor, seen, indicator.id, period, MONTHS)
    line = close.line if close else None
    query = {"period": span_code(period), **seen.query}
    context = {
        "indicator": indicator,
        "direction": DIRECTIONS[indicator.direction],
        "row": staged(row_of(line), signals(actor, seen, period, [line]).get(indicator.id)) if line else None,
        "seen": seen,
        "period": period,
        "counts": _counts(indicator, line, query),
        **_history(close),
        **_groups(request, indicator, seen, period, line),
        **_courts(request, indicator, seen, period),
        "titled": by_title(actor, seen, indicator, period),
        "title_word": title_word(actor, indicator),
        "fields": place_fields(actor, seen, text),
        "query": f"{indicator.label}　{seen.name}　{span_code(period)}",
        "definition": line.answer.definition if line and line.answer else "",
        "definition_url": reverse("institution", args=[indicator.id]),
        "keep_url": link("indicator-keep", indicator.id, **query),
        "explain_url": link("indicator-explain", indicator.id, **query) if may_ask(actor) else "",
        "explanations": explanations(actor, indicator.label),
        "may_keep": actor.may("保存指标数字") and line is not None and line.answer is not None,
        "on": actor.on,
    }
    return render(request, "pages/indicators/one.html", context)


def _counts(indicator: Indicator, line: Line | None, query: dict[str, str]) -> list[dict[str, object]]:
    """Every count with the addresses of its cases."""
    if line is None or line.answer is None:
        return []
    found: list[dict[str, object]] = []
    for part in indicator.parts:
        amount = line.answer.value.parts[part.label]
        cases = link("indicator-cases", indicator.id, count=part.label, **query)
        missing = link("indicator-cases", indicator.id, count=part.label, missing="1", **query)
        number = "无数据" if amount is None else f"{float(amount):,.2f}".removesuffix(".00")
        over = word(indicator.lineage(part.label)[0].over)
        urls = {"url": cases, "missing_url": missing, "word": over}
        found.append({"label": part.label, "number": number, **urls})
    return found


def _history(close: Close | None) -> dict[str, object]:
    """The months as a drawing and as a table, the newest first."""
    if close is None or close.line.answer is None:
        return {"drawn": None}
    values = [
        (month.period.code[2:], None if month.value is None else float(month.value)) for month in close.months
    ]
    bounds = close.line.range
    drawn: History = history(
        values,
        low=float(bounds.low) if bounds and bounds.low is not None else None,
        high=float(bounds.high) if bounds and bounds.high is not None else None,
        said=[month.text for month in close.months],
    )
    return {"drawn": drawn, "months": list(reversed(close.months))}


def _groups(
    request: StaffRequest, indicator: Indicator, seen: Seen, period: Period, line: Line | None
) -> dict[str, object]:
    """The groups of the chosen axis with the addresses of their cases, and their funnel."""
    chosen = request.GET.get("split", "部门")
    axes = axes_of(indicator)
    if chosen not in axes:
        raise BadFilter(f"不能按“{chosen}”分。", allowed=axes)
    base = {"period": span_code(period), **seen.query}
    tabs = [
        {
            "label": f"按{name}",
            "url": link("indicator", indicator.id, **base, split=name),
            "current": name == chosen,
        }
        for name in axes
    ]
    if line is None or line.answer is None or seen.by:
        return {"tabs": [], "rows": []}
    rows = groups(request.actor, seen, indicator, AXES[chosen], period)
    shown = [_row(indicator, seen, chosen, row, base) for row in rows]
    drawn, lit = _funnel(indicator, rows, line), any(row.light for row in rows)
    return {"tabs": tabs, "rows": shown, "split": chosen, "funnel": drawn, "lit": lit}


def _courts(request: StaffRequest, indicator: Indicator, seen: Seen, period: Period) -> dict[str, object]:
    """Every court with the whole, for whoever sees several and asks for no group of one."""
    rows = [] if seen.by else by_court(request.actor, indicator, period)
    own = next((row.figure.text for row in rows if row.own and row.figure), "")
    listed = [
        {"row": row, "url": link("indicator", indicator.id, period=span_code(period), **row.seen.query)}
        for row in rows
    ]
    return {"courts": listed, "own": own}


def _row(indicator: Indicator, seen: Seen, split: str, row: Group, base: dict[str, str]) -> dict[str, object]:
    asked = {**base, "by": split, "member": row.member or NONE}
    return {"group": row, "url": link("indicator", indicator.id, **asked)}


def _funnel(indicator: Indicator, rows: list[Group], line: Line) -> Funnel | None:
    """Points, centre and limits in percent; none where the indicator is no share or the groups are few."""
    assert line.answer is not None
    known = [row for row in rows if row.number]
    if indicator.proportion is None or indicator.unit != "%" or len(known) < FEWEST:
        return None
    centre = line.answer.value.exact
    if centre is None:
        return None
    points = [(row.name, row.number or 0, float(row.figure.exact or 0), row.outside) for row in known]
    return funnel(points, float(centre), funnel_curve(known, float(centre) / 100))


def cases(request: StaffRequest, indicator_id: str) -> HttpResponse:
    """What is behind one count: a page of it, or all of it as a workbook."""
    request.family, text = "指标", request.GET.get("period", "")
    actor, seen = request.actor, asked_place(request)
    period = asked_period(text, actor.on)
    indicator = indicator_on(actor.court, indicator_id, period.last)
    label, missing = request.GET.get("count", indicator.parts[0].label), "missing" in request.GET
    wanted = Wanted.of(indicator, label, period, missing=missing)
    what = f"{indicator.label} · {label}{'（缺数据）' if missing else ''}"
    query = {"period": span_code(period), "count": label, "missing": "1" if missing else "", **seen.query}
    if "export" in request.GET and actor.may("导出数据"):
        ids, title = list(item_ids(seen, wanted)), f"{what} {seen.name} {span_code(period)}"
        found = sheet(wanted.over, ids, lambda some: behind(actor, wanted.over, some), title)
        return attachment(export(actor, found, verb="导出指标案件"), f"{what}.xlsx".replace(" ", ""))
    after = request.GET.get("after", "")
    opened = page_of(actor, seen, wanted, int(after) if after.isdecimal() else 0)
    again = link("indicator-cases", indicator.id, export="1", **query)
    context = {
        "indicator": indicator,
        "what": what,
        "missing": missing,
        "needs": "、".join(wanted.root.needs),
        "seen": seen,
        "period": period,
        "opened": opened,
        "word": word(wanted.over),
        "label": label,
        "next_url": link("indicator-cases", indicator.id, after=str(opened.next_after or ""), **query)
        if opened.next_after
        else "",
        "back": link("indicator", indicator.id, period=span_code(period), **seen.query),
        "tools": [{"label": "导出 Excel", "url": again}] if actor.may("导出数据") else [],
        "query": f"{what}　{seen.name}　{span_code(period)}",
        "limit": LIMIT,
        "on": actor.on,
    }
    return render(request, "pages/indicators/cases.html", context)


def keep(request: StaffRequest, indicator_id: str) -> HttpResponse:
    """Keep the figure as it is now; the answer is its permanent address."""
    if request.method != "POST":
        return HttpResponseRedirect(reverse("indicator", args=[indicator_id]))
    seen, period = asked_place(request), asked_period(request.GET.get("period", ""), request.actor.on)
    kept = keep_figure(request.actor, indicator_id=indicator_id, period=period, seen=seen)
    return HttpResponseRedirect(reverse("figure-kept", args=[kept.token]))


routes = (
    Route("indicators/<str:indicator_id>/cases", cases, "indicator-cases", "查看指标"),
    Route("indicators/<str:indicator_id>/keep", keep, "indicator-keep", "保存指标数字"),
    Route("indicators/<str:indicator_id>", one, "indicator", "查看指标"),
)
