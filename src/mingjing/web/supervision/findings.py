"""录入核查: the weekly list by person, what is said to it, and each court's circular."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.circulars import circular_of, circular_paper, send_circulars
from mingjing.services.entry_checks import check_my_court, explain_finding, iso_week
from mingjing.services.permissions import NotVisible
from mingjing.services.reading import findings as reading
from mingjing.services.reading.findings import FindingFilter, Findings
from mingjing.services.reading.scope import Places, places
from mingjing.storage.supervision.models import Finding
from mingjing.web.acting import act_page, post_act
from mingjing.web.downloads import attachment
from mingjing.web.listing import choice, linked, place_fields, tools, workbook
from mingjing.web.routing import Route, StaffRequest

EVERY_WEEK = "各周"


class ExplainForm(forms.Form):
    """说明."""

    explanation = forms.CharField(
        label="说明",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="为什么是这样。例如：节前送达回证迟到，补录时已注明实际日期。",
    )


def _read(request: StaffRequest) -> FindingFilter:
    """Whoever checks entries begins with what they see of this week, others with what is theirs to mend."""
    checks = request.actor.may("核查录入") or request.actor.may("通报核查")
    query = request.GET.dict()
    if query.get("week") == EVERY_WEEK:
        query["week"] = ""
    elif checks and "week" not in query:
        query["week"] = iso_week(request.actor.on)
    return FindingFilter.read(query, "看得到的" if checks else "我要改的")


def _weeks(request: StaffRequest, chosen: FindingFilter) -> dict[str, object]:
    weeks = reading.recent_weeks(request.actor.on)
    if chosen.week and chosen.week not in weeks:
        weeks.append(chosen.week)
    options = [(EVERY_WEEK, EVERY_WEEK), *((week, reading.week_words(week)) for week in weeks)]
    return {"name": "week", "label": "周次", "value": chosen.week or EVERY_WEEK, "options": options}


def _places(request: StaffRequest, found: Findings) -> Places:
    """The courts of whoever sees several; else the departments in which something was found."""
    if request.actor.scope == "辖区案件":
        return places(request.actor)
    return Places((), found.departments if len(found.departments) > 1 else ())


def _tabs(week: str, current: str) -> list[dict[str, object]]:
    known = (("按人", "findings"), ("各院对比", "findings-courts"))
    return [
        {"label": label, "url": linked(name, week=week), "current": name == current} for label, name in known
    ]


def finding_list(request: StaffRequest) -> HttpResponse:
    """Findings by filter, grouped by who has to mend them."""
    request.family = "案件"
    actor = request.actor
    chosen = _read(request)
    found = reading.findings(actor, chosen)
    several = actor.scope == "辖区案件"
    fields = [
        choice("whose", "范围", chosen.whose, reading.WHOSE),
        _weeks(request, chosen),
        choice("fault", "问题类别", chosen.fault, reading.FAULTS, "全部问题"),
        choice("state", "状态", chosen.state, reading.STATES),
        *place_fields(_places(request, found), court=chosen.court, department=chosen.department),
    ]
    context = {
        "found": found,
        "page": found.page,
        "chosen": chosen,
        "fields": fields,
        "tools": tools(request, "findings-export"),
        "query": " · ".join(chosen.sentence()),
        "faults": [
            (fault, n, linked("findings", whose=chosen.whose, week=chosen.week or EVERY_WEEK, fault=fault))
            for fault, n in found.faults
        ],
        "tabs": _tabs(chosen.week, "findings") if several else [],
        "circulars": [] if several else reading.circulars_for(actor, chosen.week),
        "within": reading.mend_within(actor),
        "may": {
            "explain": actor.may("回应核查"),
            "check": actor.may("核查录入"),
            "send": actor.may("通报核查") and bool(chosen.week) and not several,
        },
        "week_words": reading.week_words(chosen.week) if chosen.week else EVERY_WEEK,
        "open": Finding.State.OPEN,
        "on": actor.on,
    }
    return render(request, "pages/supervision/findings.html", context)


def court_list(request: StaffRequest) -> HttpResponse:
    """How the courts below stand in a week, and which was sent its list."""
    request.family = "案件"
    actor = request.actor
    week = request.GET.get("week") or iso_week(actor.on)
    weeks = [(one, reading.week_words(one)) for one in dict.fromkeys((*reading.recent_weeks(actor.on), week))]
    context = {
        "courts": reading.court_weeks(actor, week),
        "fault_kinds": reading.FAULTS,
        "week": week,
        "week_words": reading.week_words(week),
        "fields": [{"name": "week", "label": "周次", "value": week, "options": weeks}],
        "tabs": _tabs(week, "findings-courts"),
        "may_send": actor.may("通报核查"),
        "on": actor.on,
    }
    return render(request, "pages/supervision/finding_courts.html", context)


def finding_export(request: StaffRequest) -> HttpResponse:
    """The list as .xlsx."""
    return workbook(request, reading.sheet(request.actor, _read(request)), verb="导出录入核查")


def explain(request: StaffRequest, finding_id: int) -> HttpResponse:
    """说明一处问题."""
    request.family = "案件"
    actor = request.actor
    finding = reading.finding_of(actor, finding_id)
    if finding.person_id not in (None, actor.person.pk) and not actor.may("核查录入"):
        raise NotVisible

    def run(data: dict[str, Any]) -> str:
        explain_finding(actor, finding_id=finding.pk, explanation=data["explanation"])
        return f"已说明：{finding.case.number} {finding.rule}。"

    law = reading.law_of(finding)
    return act_page(
        request,
        title=f"说明“{finding.rule}”",
        lead=f"{finding.case.number}　{finding.detail}{f'（{law}）' if law else ''}。"
        "录错的请先在案件里作废重录，改好以后下一次核查自动了结，不用说明。",
        form_class=ExplainForm,
        run=run,
        back=reverse("findings"),
        button="提交说明",
    )


def check(request: StaffRequest) -> HttpResponse:
    """马上核查本院."""
    if request.method != "POST":
        raise NotVisible

    def run() -> str:
        found = check_my_court(request.actor)
        return f"核查完了：新发现 {found} 处。" if found else "核查完了：没有新的问题。"

    return post_act(request, run, reverse("findings"))


def send(request: StaffRequest) -> HttpResponse:
    """通报: say which court gets what, then send each its own."""
    request.family = "案件"
    actor = request.actor
    sent = request.POST if request.method == "POST" else request.GET
    week = sent.get("week") or iso_week(actor.on)
    codes = sent.getlist("court") or ([] if actor.scope == "辖区案件" else [actor.court.code])
    back = linked("findings-courts" if actor.scope == "辖区案件" else "findings", week=week)
    if not codes:
        messages.error(request, "还没有选法院。请先勾选，再发清单。")
        return HttpResponseRedirect(back)
    rows = [row for row in reading.court_weeks(actor, week) if row.code in codes]
    if len(rows) != len(set(codes)):
        raise NotVisible
    refusal = None
    if request.method == "POST":
        try:
            made = send_circulars(actor, week=week, court_codes=codes)
        except Refusal as refused:
            refusal = refused
        else:
            numbers = "、".join(circular.number for circular in made)
            messages.success(request, f"已发出 {len(made)} 份：{numbers}。各院只看得到自己的一份。")
            return HttpResponseRedirect(back)
    context = {
        "rows": rows,
        "week": week,
        "week_words": reading.week_words(week),
        "fault_kinds": reading.FAULTS,
        "refusal": refusal,
        "back": back,
        "on": actor.on,
    }
    status = 422 if refusal else 200
    return render(request, "pages/supervision/circular.html", context, status=status)


def circular_file(request: StaffRequest, circular_id: int) -> HttpResponse:
    """A circular as .docx."""
    paper = circular_paper(circular_of(request.actor, circular_id))
    return attachment(paper.content, paper.name)


routes = (
    Route("findings", finding_list, "findings", "查看案件"),
    Route("findings/export", finding_export, "findings-export", "导出数据"),
    Route("findings/courts", court_list, "findings-courts", "查看辖区对比"),
    Route("findings/check", check, "findings-check", "核查录入"),
    Route("findings/circular", send, "findings-circular", "通报核查"),
    Route("findings/circulars/<int:circular_id>", circular_file, "circular-file", "查看案件"),
    Route("findings/<int:finding_id>/explain", explain, "finding-explain", "回应核查"),
)
