"""参考区间: the ranges a court has entered, each with its document; empty until somebody enters one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.figures.asked import indicators_on
from mingjing.services.figures.ranges import KEEP, enter_range, entered_range, entered_ranges, strike_range
from mingjing.web.acting import DayField, act_page
from mingjing.web.indicators import outside
from mingjing.web.routing import Route, StaffRequest


class RangeForm(forms.Form):
    """登记参考区间."""

    indicator = forms.ChoiceField(label="指标")
    low = forms.DecimalField(
        label="下限", required=False, help_text="按指标的单位填数，例如 90。没有就空着。"
    )
    high = forms.DecimalField(label="上限", required=False)
    target = forms.DecimalField(
        label="目标线", required=False, help_text="只给分好坏的指标；不得给结案率、收结比定目标。"
    )
    warning = forms.DecimalField(
        label="预警线", required=False, help_text="过了这条线就提醒。定之前可以先拿去年的数字试一试。"
    )
    document = forms.CharField(
        label="文号", max_length=120, help_text="区间出自哪份文件，例如 法〔2024〕1号。"
    )
    since = DayField(label="生效日期")
    until = DayField(label="失效日期", required=False, help_text="没有写明失效的空着。")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["indicator"] = forms.ChoiceField(label="指标", choices=choices)


class StrikeForm(forms.Form):
    """作废参考区间."""

    reason = forms.CharField(label="理由", max_length=200, help_text="例如：文号写错，已另行登记。")


def listed(request: StaffRequest) -> HttpResponse:
    """Every range entered, in the order of the indicators."""
    request.family, actor = "指标", request.actor
    labels = {one.id: one for one in indicators_on(actor.court, actor.on)}
    rows = [
        {"row": row, "indicator": labels.get(row.indicator), "ended": row.until and row.until < actor.on}
        for row in entered_ranges(actor.court)
    ]
    context = {"rows": rows, "may_keep": actor.may(KEEP), "on": actor.on}
    return render(request, "pages/indicators/ranges.html", context)


def enter(request: StaffRequest) -> HttpResponse:
    """Enter a range."""
    request.family, actor = "指标", request.actor
    choices = [
        (one.id, f"{one.group} · {one.label}（{one.unit}）") for one in indicators_on(actor.court, actor.on)
    ]

    def run(given: dict[str, Any]) -> str:
        low: Decimal | None = given["low"]
        high: Decimal | None = given["high"]
        since: date = given["since"]
        enter_range(
            actor,
            indicator=given["indicator"],
            low=low,
            high=high,
            target=given["target"],
            warning=given["warning"],
            document=given["document"],
            since=since,
            until=given["until"],
        )
        return "已登记参考区间，超出区间的数字会在指标页上标出。"

    return act_page(
        request,
        title="登记参考区间",
        form_class=RangeForm,
        run=run,
        back=reverse("indicator-ranges"),
        lead="只登记有文件依据的区间和线，新登记的一行整行替换旧的。系统不自带任何区间，也不拿区间排名。",
        button="登记",
        arguments={"choices": choices},
    )


def strike(request: StaffRequest, range_id: int) -> HttpResponse:
    """Strike out a range."""
    request.family, actor = "指标", request.actor
    entered_range(actor, range_id)

    def run(given: dict[str, Any]) -> str:
        strike_range(actor, range_id=range_id, reason=given["reason"])
        return "已作废，记录和理由都留着。"

    back = reverse("indicator-ranges")
    return act_page(request, title="作废参考区间", form_class=StrikeForm, run=run, back=back, button="作废")


routes = (
    *outside.routes,
    Route("indicators/ranges", listed, "indicator-ranges", "查看指标"),
    Route("indicators/ranges/enter", enter, "indicator-range-enter", KEEP),
    Route("indicators/ranges/<int:range_id>/strike", strike, "indicator-range-strike", KEEP),
)
