"""年度归集, 流动红旗, 零查处, 参评资格: what the registers say, each number open to its records."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from mingjing.domain.assessments.gathering import ANNUAL, SUPERVISION, Sort
from mingjing.domain.assessments.honours import Silence
from mingjing.domain.dates.periods import Every, Period, period_of
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.assessments import gatherings, honours
from mingjing.services.reading.records import choices
from mingjing.services.records.flags import FLAG, FlagLine, may_propose, propose_flag
from mingjing.web.acting import DayField, post_act
from mingjing.web.records.fields import CHOOSE, PersonField
from mingjing.web.routing import Route, StaffRequest

YEARS = 3
SILENT = {Silence.LISTED: "red", Silence.QUIET: "", Silence.WORKED: "done"}


class WhomForm(forms.Form):
    """A person by name, or a department."""

    def __init__(self, *args: Any, request: StaffRequest, **more: Any) -> None:
        super().__init__(*args, **more)
        people, units = choices.people(request.actor), choices.departments(request.actor)
        self.fields["who"] = PersonField(people, label="人员", required=False)
        self.fields["unit"] = forms.TypedChoiceField(
            choices=[CHOOSE, *units], coerce=int, empty_value=None, label="部门", required=False
        )
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        """One of the two, not both."""
        given = super().clean() or {}
        if not self.errors and bool(given.get("who")) == bool(given.get("unit")):
            raise forms.ValidationError("人员、部门请填一样，只填一样。例如：在“人员”里写姓名。")
        return given


class StandingForm(WhomForm):
    """Whom, and the day of the nomination."""

    field_order = ("who", "unit", "on")
    on = DayField(label="提名日期", required=False, help_text="不填就是今天。")


def _gathered_url(period: Period, sorts: tuple[Sort, ...] = (), **whom: int) -> str:
    asked: dict[str, int | str] = {**whom, "period": period.code}
    if sorts:
        asked["sort"] = "、".join(one.value for one in sorts)
    return f"{reverse('gathered')}?{urlencode(asked)}"


def annual(request: StaffRequest) -> HttpResponse:
    """Every department with what flows into its annual result; a person by name."""
    request.family, actor = "考核", request.actor
    period = gatherings.period_named(actor, request.GET.get("period", ""))
    lines = gatherings.unit_years(actor, period)
    form = WhomForm(request.GET if "who" in request.GET else None, request=request)
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        whom = {"person": given["who"]} if given["who"] else {"unit": given["unit"]}
        return HttpResponseRedirect(_gathered_url(period, **whom))
    rows = [
        (one, _gathered_url(period, unit=one.unit), _cells(period, one.unit, one.counts)) for one in lines
    ]
    context = {
        "period": period,
        "tabs": _years(actor.on, period),
        "sorts": ANNUAL,
        "rows": rows,
        "form": form,
    }
    return render(request, "pages/assessments/annual.html", {**context, "on": actor.on})


def _cells(period: Period, unit: int, counts: tuple[int, ...]) -> list[tuple[str, int, str]]:
    pairs = zip(ANNUAL, counts, strict=True)
    return [(sort.value, count, _gathered_url(period, (sort,), unit=unit)) for sort, count in pairs]


def _years(on: date, chosen: Period, *, quarters: bool = False) -> list[dict[str, object]]:
    """Tabs of this year and those before it; with ``quarters`` also those of this year that have begun."""
    found = [period_of(Every.YEAR, date(on.year - back, 1, 1)) for back in range(YEARS - 1, -1, -1)]
    if quarters:
        begun = range(1, on.month + 1, 3)
        found += [period_of(Every.QUARTER, date(on.year, month, 1)) for month in begun]
    return [
        {"label": one.label, "url": f"?period={one.code}", "current": one.code == chosen.code}
        for one in found
    ]


def gathered(request: StaffRequest) -> HttpResponse:
    """What was gathered about a department or a person (oneself where nobody is named)."""
    request.family, actor = "考核", request.actor
    period = gatherings.period_named(actor, request.GET.get("period", ""))
    sorts = _sorts(request.GET.get("sort", ""))
    if unit := _key(request.GET.get("unit", "")):
        view = gatherings.about_unit(actor, unit, period, sorts)
    else:
        person = _key(request.GET.get("person", "")) or actor.person.pk
        view = gatherings.about_person(actor, person, period, sorts)
    keeper = gatherings.keeps_integrity(actor)
    context = {"view": view, "keeper": keeper, "whole": sorts == ANNUAL, "on": actor.on}
    return render(request, "pages/assessments/gathered.html", context)


def _key(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise NotVisible
    return int(text)


def _sorts(text: str) -> tuple[Sort, ...]:
    known = {one.value: one for one in Sort}
    named = [one for one in text.split("、") if one]
    if any(one not in known for one in named):
        raise NotVisible
    return tuple(known[one] for one in named) or ANNUAL


def flags(request: StaffRequest) -> HttpResponse:
    """Who has earned the rotating flag, who holds it, who has lost it."""
    request.family, actor = "考核", request.actor
    lines = honours.flag_lines(actor)
    context = {
        "rows": [_flag(one, actor.on) for one in lines],
        "may": may_propose(actor),
        "held": sum(one.record is not None and one.record.state == "持有" for one in lines),
        "earned": sum(one.to_give for one in lines),
        "lost": sum(one.to_take for one in lines),
        "register": FLAG,
        "on": actor.on,
    }
    return render(request, "pages/assessments/flags.html", context)


def _flag(line: FlagLine, on: date) -> dict[str, object]:
    years = []
    for one in line.years:
        period = period_of(Every.YEAR, date(one.year, 1, 1))
        breaches = _gathered_url(period, (Sort.BREACH,), unit=line.unit)
        work = _gathered_url(period, SUPERVISION, unit=line.unit)
        years.append({"one": one, "breaches_url": breaches, "work_url": work})
    now = _gathered_url(period_of(Every.YEAR, on), (Sort.BREACH,), unit=line.unit)
    why = Answer("可以授旗" if line.flag.held else "不授旗", line.flag.steps, FLAG)
    return {"one": line, "years": years, "now_url": now, "why": why}


def flag_propose(request: StaffRequest, unit: int) -> HttpResponse:
    """Put a department up for the flag."""

    def run() -> str:
        record = propose_flag(request.actor, unit)
        return f"已提出 {record.number}，等党组授旗。"

    if not may_propose(request.actor):
        raise NotVisible
    return post_act(request, run, reverse("flags"))


def silent(request: StaffRequest) -> HttpResponse:
    """Departments with findings and without a measure, listed for review; with neither, not judged."""
    request.family, actor = "考核", request.actor
    period = gatherings.period_named(actor, request.GET.get("period", ""))
    lines = honours.silence_lines(actor, period)
    rows = [
        {
            "one": one,
            "shade": SILENT[one.verdict],
            "findings_url": _gathered_url(period, (Sort.FINDING,), unit=one.unit),
            "measures_url": _gathered_url(period, (Sort.MEASURE,), unit=one.unit),
        }
        for one in lines
    ]
    listed = sum(one.verdict is Silence.LISTED for one in lines)
    context = {"period": period, "tabs": _years(actor.on, period, quarters=True), "rows": rows}
    return render(request, "pages/assessments/silent.html", {**context, "listed": listed, "on": actor.on})


def eligible(request: StaffRequest) -> HttpResponse:
    """Whether a person or a department may be nominated on a day, and why not."""
    request.family, actor = "考核", request.actor
    if not honours.may_check(actor):
        raise NotVisible
    form = StandingForm(request.GET if "who" in request.GET else None, request=request)
    found, refusal = None, None
    if form.is_bound and form.is_valid():
        given = form.cleaned_data
        try:
            found = honours.standing_of(
                actor, given["on"] or actor.on, person=given["who"] or 0, unit=given["unit"] or 0
            )
        except Refusal as refused:
            refusal = refused
    status = 422 if refusal or (form.is_bound and form.errors) else 200
    context = {"form": form, "found": found, "refusal": refusal, "on": actor.on}
    return render(request, "pages/assessments/eligible.html", context, status=status)


routes = (
    Route("assessments/annual", annual, "annual", "查看台账"),
    Route("assessments/gathered", gathered, "gathered", "查看台账"),
    Route("assessments/flags", flags, "flags", "查看台账"),
    Route("assessments/flags/<int:unit>", flag_propose, "flag-propose", "办理台账"),
    Route("assessments/silent", silent, "silent", "查看台账"),
    Route("assessments/eligible", eligible, "eligible", "查看台账"),
)
