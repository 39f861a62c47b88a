"""要求说明: a figure out of its range or much changed; whoever is responsible says why."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpResponse
from django.urls import reverse

from mingjing.services.figures.asked import indicator_on
from mingjing.services.figures.explaining import Wish, ask_explanation, heads, may_ask
from mingjing.web.acting import DayField, act_page
from mingjing.web.indicators.asking import asked_period, asked_place, link, span_code
from mingjing.web.routing import Route, StaffRequest


class ExplainForm(forms.Form):
    """要求说明."""

    person = forms.ChoiceField(label="请谁说明")
    due = DayField(label="说明期限")
    reason = forms.CharField(
        label="缘由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="为什么要说明。例如：超出参考区间；比上年同期多了一半。",
    )

    def __init__(self, *args: Any, people: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["person"] = forms.ChoiceField(label="请谁说明", choices=people)


def ask(request: StaffRequest, indicator_id: str) -> HttpResponse:
    """Ask for an explanation of a figure; it is kept at the same time."""
    request.family, actor = "指标", request.actor
    if not may_ask(actor):
        raise Http404
    seen, period = asked_place(request), asked_period(request.GET.get("period", ""), actor.on)
    indicator = indicator_on(actor.court, indicator_id, period.last)
    people = [(str(person.pk), f"{place}　{person.name}") for person, place in heads(actor)]

    def run(given: dict[str, Any]) -> str:
        wish = Wish(int(given["person"]), given["due"], given["reason"])
        kept, record = ask_explanation(actor, indicator_id=indicator.id, period=period, seen=seen, wish=wish)
        address = reverse("figure-kept", args=[kept.token])
        return f"已请其说明，编号 {record.number}；当时的数字保存在 {address}。"

    back = link("indicator", indicator.id, period=span_code(period), **seen.query)
    lead = f"{seen.name}，{period.first} 至 {period.last}。现在的数字和案件清单会一并保存，说的就是这个数。"
    return act_page(
        request,
        title=f"请人说明“{indicator.label}”",
        form_class=ExplainForm,
        run=run,
        back=back,
        lead=lead,
        button="请其说明",
        arguments={"people": people},
    )


routes = (Route("indicators/<str:indicator_id>/explain", ask, "indicator-explain", "保存指标数字"),)
