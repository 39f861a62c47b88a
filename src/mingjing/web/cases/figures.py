"""收结与周期, 办案情况: figures of the workload that open to their cases; no rank, no target."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.exporting import Column, Sheet, export
from mingjing.services.reading.figures import Flow, InTime, flows, in_time, steps, total
from mingjing.services.reading.handling import Handling, handling
from mingjing.services.reading.keyset import BadFilter
from mingjing.web.downloads import attachment
from mingjing.web.routing import Route, StaffRequest

PERIODS = ("本月", "上月", "本季度", "本年", "上年")


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``first`` to ``last``, both counted, and what they are called."""

    label: str
    first: date
    last: date


def period_of(label: str, on: date) -> Period:
    """The period called ``label``, as of ``on``; a running one ends with its last day.

    Raises
    ------
    BadFilter   no such period
    """
    month = on.replace(day=1)
    if label == "上月":
        month = (month - timedelta(days=1)).replace(day=1)
    if label in ("本月", "上月"):
        return Period(label, month, month.replace(day=monthrange(month.year, month.month)[1]))
    if label == "本季度":
        first = on.replace(month=3 * ((on.month - 1) // 3) + 1, day=1)
        last = first.month + 2
        return Period(label, first, date(on.year, last, monthrange(on.year, last)[1]))
    if label in ("本年", "上年"):
        year = on.year - (label == "上年")
        return Period(label, date(year, 1, 1), date(year, 12, 31))
    raise BadFilter(f"没有“{label}”这个期间。", allowed=PERIODS)


def percent(rate: Fraction | None) -> str:
    """``51.92%``, or 无数据 where there is nothing to divide by."""
    return "无数据" if rate is None else f"{float(rate * 100):.2f}%"


def _cases(**query: str) -> str:
    return f"{reverse('case-list')}?{urlencode({name: value for name, value in query.items() if value})}"


def _flow(flow: Flow, period: Period, *, kind: str) -> dict[str, object]:
    """A row of the table, each number a link to its cases."""
    span, all_ = f"{period.first}~{period.last}", "全部"
    return {
        "flow": flow,
        "rate": percent(flow.rate),
        "carried_url": _cases(status=all_, kind=kind, open_on=str(period.first)),
        "filed_url": _cases(status=all_, kind=kind, filed=span),
        "closed_url": _cases(status=all_, kind=kind, closed=span),
        "pending_url": _cases(status=all_, kind=kind, open_on=str(period.last + timedelta(days=1))),
    }


def _in_time(found: InTime) -> dict[str, object]:
    return {"found": found, "rate": percent(found.rate)}


def figures(request: StaffRequest) -> HttpResponse:
    """Received, closed, pending; closed in time; days per step."""
    request.family = "案件"
    actor = request.actor
    period = period_of(request.GET.get("period", "本年"), actor.on)
    found = flows(actor, period.first, period.last)
    context = {
        "period": period,
        "fields": [{"name": "period", "label": "期间", "value": period.label, "options": PERIODS}],
        "rows": [_flow(flow, period, kind="" if flow.kind == "未填类型" else flow.kind) for flow in found],
        "total": _flow(total(found), period, kind=""),
        "in_time": [_in_time(item) for item in in_time(actor, period.first, period.last)],
        "steps": steps(actor, period.first, period.last),
        "query": f"{period.first} 至 {period.last}",
        "on": actor.on,
    }
    return render(request, "pages/cases/figures.html", context)


COLUMNS: tuple[Column[Handling], ...] = (
    Column("部门", lambda row: row.department),
    Column("姓名", lambda row: row.name),
    Column("在办", lambda row: row.open),
    Column("当日新收", lambda row: row.filed_today),
    Column("当日结案", lambda row: row.closed_today),
    Column("本月新收", lambda row: row.filed_this_month),
    Column("本月结案", lambda row: row.closed_this_month),
    Column("超过审限", lambda row: row.past_limit),
)


def _asked_day(request: StaffRequest) -> date:
    text = request.GET.get("on", "")
    try:
        day = date.fromisoformat(text) if text else request.actor.on
    except ValueError:
        raise BadFilter(f"“{text}”不是日期。", example="2026-09-30") from None
    if day > request.actor.on:
        raise BadFilter(f"{day} 还没有到。", allowed=[f"{request.actor.on} 及以前"])
    return day


def handled(request: StaffRequest) -> HttpResponse:
    """What each judge of the court has in hand on a day."""
    request.family = "案件"
    day = _asked_day(request)
    rows = handling(request.actor, day)
    if "export" in request.GET and request.actor.may("导出数据"):
        sheet = Sheet("办案情况", COLUMNS, rows, f"{request.actor.court.name} {day}", "人")
        return attachment(export(request.actor, sheet, verb="导出办案情况"), f"办案情况{day:%Y%m%d}.xlsx")
    tools = [{"label": "导出 Excel", "url": f"?on={day}&export=1"}] if request.actor.may("导出数据") else []
    context = {
        "day": day,
        "rows": rows,
        "tools": tools,
        "open": sum(row.open for row in rows),
        "before": day - timedelta(days=1),
        "after": day + timedelta(days=1) if day < request.actor.on else None,
        "on": request.actor.on,
    }
    return render(request, "pages/cases/handling.html", context)


routes = (
    Route("cases/figures", figures, "case-figures", "查看案件"),
    Route("cases/handling", handled, "case-handling", "查看案件"),
)
