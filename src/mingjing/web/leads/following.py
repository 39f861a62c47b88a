"""一案双查 and 四种形态 of a lead, and the four forms counted."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.leads import following
from mingjing.services.leads.keys import Opened
from mingjing.services.leads.sight import SEE_LEADS, find_lead
from mingjing.web.acting import DayField, act_page
from mingjing.web.leads.pages import FAMILY
from mingjing.web.leads.session import keep_open, opened_of, unlock_first
from mingjing.web.routing import Route, StaffRequest


class ChecksForm(forms.Form):
    """启动一案双查."""

    person = forms.ChoiceField(label="违纪的人")
    breach_on = DayField(label="违纪日期", help_text="按这一天的任职找部门负责人和分管领导，不按今天的。")

    def __init__(self, *args: Any, people: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["person"]
        assert isinstance(found, forms.ChoiceField)
        found.choices = people


class ConcludeForm(forms.Form):
    """办结双查."""

    accountable = forms.BooleanField(label="应当问责", required=False)
    finding = forms.CharField(label="查明", widget=forms.Textarea(attrs={"rows": 6}), max_length=20_000)


class MeasureForm(forms.Form):
    """登记处理."""

    person = forms.CharField(label="处理了谁", max_length=60)
    form = forms.ChoiceField(label="哪一种形态")
    kind = forms.CharField(label="处理方式", max_length=120, help_text="例如：诫勉、党内警告、调离岗位")
    on = DayField(label="处理日期")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        found = self.fields["form"]
        assert isinstance(found, forms.ChoiceField)
        found.choices = [(one, one) for one in following.forms()]


def _act(
    request: StaffRequest,
    pk: int,
    title: str,
    form: type[forms.Form],
    run: Callable[[Opened, dict[str, Any]], str],
    arguments: dict[str, Any] | None = None,
) -> HttpResponseBase:
    """A form of a lead, which needs the key open."""
    request.family = FAMILY
    find_lead(request.actor, pk)
    opened = opened_of(request)
    if opened is None:
        return unlock_first(request)
    page = act_page(
        request,
        title=title,
        form_class=form,
        run=lambda said: run(opened, said),
        back=reverse("lead", args=[pk]),
        arguments=arguments,
    )
    return keep_open(request, page, opened)


def checks_open(request: StaffRequest, lead_id: int) -> HttpResponseBase:
    """Open both checks of 一案双查."""
    lead = find_lead(request.actor, lead_id)
    people = [(str(one.pk), f"{one.court.short_name} {one.name}") for one in following.people_of(lead)]

    def run(_: Opened, said: dict[str, Any]) -> str:
        following.open_checks(request.actor, lead_id, int(said["person"]), said["breach_on"])
        return "双查已启动：监管责任、领导责任各一件。两件都办结，线索才能归档。"

    return _act(request, lead_id, "启动一案双查", ChecksForm, run, {"people": people})


def check_conclude(request: StaffRequest, lead_id: int, check_number: int) -> HttpResponseBase:
    """Conclude one of the two checks."""

    def run(_: Opened, said: dict[str, Any]) -> str:
        following.conclude_check(request.actor, lead_id, check_number, **said)
        return "这一件双查已办结。"

    return _act(request, lead_id, "办结双查", ConcludeForm, run)


def measure_new(request: StaffRequest, lead_id: int) -> HttpResponseBase:
    """Record a measure taken."""

    def run(opened: Opened, said: dict[str, Any]) -> str:
        following.record_measure(request.actor, lead_id, opened, **said)
        return "处理已登记，计入四种形态。"

    return _act(request, lead_id, "登记处理", MeasureForm, run)


def forms_page(request: StaffRequest) -> HttpResponse:
    """The four forms of a year, in people and in measures."""
    request.family = FAMILY
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else request.actor.on.year
    counted = following.forms_counted(request.actor, year)
    context = {
        "counted": counted,
        "year": year,
        "people": sum(one.people for one in counted),
        "measures": sum(one.measures for one in counted),
        "years": [request.actor.on.year - back for back in range(3)],
    }
    return render(request, "pages/leads/forms.html", context)


routes = (
    Route("leads/forms/", forms_page, "lead-forms", SEE_LEADS),
    Route("leads/<int:lead_id>/checks/", checks_open, "lead-checks", SEE_LEADS),
    Route("leads/<int:lead_id>/checks/<int:check_number>/", check_conclude, "lead-check", SEE_LEADS),
    Route("leads/<int:lead_id>/measures/", measure_new, "lead-measure", SEE_LEADS),
)
