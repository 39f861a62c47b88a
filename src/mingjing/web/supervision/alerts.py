"""预警: who was told what, put off for a reason, and which rule speaks too often."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.alerts_seen import mark_seen, snooze_alert
from mingjing.services.demands import days_set
from mingjing.services.reading import alerts as reading
from mingjing.services.reading.alerts import AlertFilter
from mingjing.services.reading.scope import Places, places
from mingjing.services.recipients import LADDER
from mingjing.web import wording
from mingjing.web.acting import DayField, act_page
from mingjing.web.listing import Field, choice, linked, place_fields, tools, workbook
from mingjing.web.routing import Route, StaffRequest


class SnoozeForm(forms.Form):
    """暂缓."""

    until = DayField(label="暂缓至", help_text="这一天以后再提醒；期限照常计算，不因暂缓而改变。")
    reason = forms.CharField(
        label="暂缓理由", max_length=200, help_text="例如：已约定 10 月 12 日开庭，届时完成。"
    )


def _fields(chosen: AlertFilter, known: Places) -> list[Field]:
    return [
        choice("whose", "范围", chosen.whose, reading.WHOSE),
        choice("state", "状态", chosen.state, reading.STATES),
        choice("colour", "颜色", chosen.colour, reading.COLOURS, "不限颜色"),
        choice("tell", "告知对象", chosen.tell, LADDER, "不限告知对象"),
        *place_fields(known, court=chosen.court, department=chosen.department),
    ]


def alert_list(request: StaffRequest) -> HttpResponse:
    """The list; one's own new alerts count as seen once they were on the page."""
    request.family = "案件"
    actor = request.actor
    chosen = reading.read_for(actor, request.GET.dict())
    found = reading.alerts(actor, chosen)
    mine = chosen.whose == reading.WHOSE[0]
    fresh = {alert.pk for alert in found.page.rows if mine and alert.seen_at is None}
    context = {
        "found": found,
        "page": found.page,
        "chosen": chosen,
        "mine": mine,
        "fresh": fresh,
        "fields": _fields(chosen, places(actor)),
        "tools": tools(
            request,
            "alerts-export",
            *([("哪条规则太吵", reverse("alerts-noise"))] if actor.may("起草制度") else []),
        ),
        "query": " · ".join(chosen.sentence()),
        "budget": settings.CONFIGURATION.alert_budget,
        "colours": [
            (word, count, linked("alerts", whose=chosen.whose, state=chosen.state, colour=word))
            for word, count in (("红", found.red), ("黄", found.yellow), ("蓝", found.blue))
        ],
        "may_snooze": actor.may("暂缓提醒"),
        "on": actor.on,
    }
    response = render(request, "pages/supervision/alerts.html", context)
    if fresh:
        mark_seen(actor, alert_ids=sorted(fresh))
    return response


def alert_export(request: StaffRequest) -> HttpResponse:
    """The list as .xlsx."""
    chosen = reading.read_for(request.actor, request.GET.dict())
    return workbook(request, reading.sheet(request.actor, chosen), verb="导出预警")


def snooze(request: StaffRequest, alert_id: int) -> HttpResponse:
    """暂缓一条预警."""
    request.family = "案件"
    actor = request.actor
    alert = reading.own_alert(actor, alert_id)

    def run(data: dict[str, Any]) -> str:
        snooze_alert(actor, alert_id=alert.pk, until=data["until"], reason=data["reason"])
        return f"“{alert.label}”已暂缓至 {data['until']}，期限照常计算。"

    longest = days_set("预警暂缓最长", actor.court)
    due = wording.chinese_day(alert.due_on, actor.on)
    return act_page(
        request,
        title=f"暂缓“{alert.label}”",
        lead=f"{alert.case.number}　{alert.case.cause}　{due}届满。最长暂缓 {longest} 天。",
        form_class=SnoozeForm,
        run=run,
        back=reverse("alerts"),
        button="暂缓",
    )


def noise(request: StaffRequest) -> HttpResponse:
    """Which rule speaks too often, and who was told too much in one day."""
    request.family = "案件"
    budget = settings.CONFIGURATION.alert_budget
    context = {
        "rules": reading.noise(request.actor),
        "floods": reading.floods(request.actor, budget),
        "budget": budget,
        "days": reading.NOISE_DAYS,
        "on": request.actor.on,
    }
    return render(request, "pages/supervision/noise.html", context)


routes = (
    Route("alerts", alert_list, "alerts", "查看预警"),
    Route("alerts/export", alert_export, "alerts-export", "导出数据"),
    Route("alerts/noise", noise, "alerts-noise", "起草制度"),
    Route("alerts/<int:alert_id>/snooze", snooze, "alert-snooze", "暂缓提醒"),
)
