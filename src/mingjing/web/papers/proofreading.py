"""文书校对: put a version in, see what is found beside its place, answer it, issue it; the lists of both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.papers.proofreading import CHECK, ISSUE, KINDS, issue_paper, keep_remark, put_paper
from mingjing.services.reading import papers as reading
from mingjing.services.reading.papers import PaperFilter
from mingjing.services.reading.scope import places
from mingjing.storage.papers.models import Paper
from mingjing.web.acting import act_page, post_act
from mingjing.web.cases.figures import PERIODS, percent, period_of
from mingjing.web.listing import choice, linked, place_fields
from mingjing.web.papers.opening import opening_url
from mingjing.web.routing import Route, StaffRequest

SHOWN = 60
REVIEW = "sheet.document_check"


class PaperForm(forms.Form):
    """上传一稿."""

    kind = forms.ChoiceField(label="文书种类", choices=[(one, one) for one in KINDS])
    file = forms.FileField(
        label="文书",
        max_length=200,
        help_text=".docx 或 .txt。原样保存，不会替您改字；改好以后再传一稿，已写明不改的不再问。",
        error_messages={"empty": "文件是空的（0 字节）。"},
    )


class KeepForm(forms.Form):
    """不改的理由."""

    reason = forms.CharField(label="不改的理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))


def case_papers(request: StaffRequest, case_id: int) -> HttpResponse:
    """The documents of one case, and the form for another version."""
    request.family = "案件"
    actor = request.actor
    case, papers = reading.papers_of(actor, case_id)
    form = PaperForm(request.POST or None, request.FILES or None)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            made = put_paper(actor, case_id=case.pk, kind=sent["kind"], upload=sent["file"])
        except Refusal as refused:
            refusal = refused
        else:
            return HttpResponseRedirect(reverse("paper", args=[made.pk]))
    context = {"case": case, "papers": papers, "form": form, "refusal": refusal, "on": actor.on}
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/papers/case.html", context, status=status)


def paper_page(request: StaffRequest, paper_id: int) -> HttpResponse:
    """One version with its remarks beside the places they mark."""
    request.family = "案件"
    view = reading.paper_view(request.actor, paper_id)
    known = {one.place: one for one in view.remarks}
    context = {
        "view": view,
        "paper": view.paper,
        "case": view.paper.case,
        "remarks": view.remarks,
        "lines": [{"line": line, "notes": [known[number] for number in line.notes]} for line in view.lines],
        "answered": sum(bool(one.answer) for one in view.remarks),
        "review_url": _review_url(request, view),
        "on": request.actor.on,
    }
    return render(request, "pages/papers/paper.html", context)


def _review_url(request: StaffRequest, view: reading.PaperView) -> str:
    """Where an issued document is taken up for the review of low-level errors (R-068), for whoever may."""
    if view.paper.state != Paper.State.ISSUED:
        return ""
    return opening_url(request.actor, REVIEW, view.paper.case, sort=view.paper.kind)


def remark_keep(request: StaffRequest, remark_id: int) -> HttpResponse:
    """写明不改的理由."""
    request.family = "案件"
    one = reading.remark_of(request.actor, remark_id)

    def run(data: dict[str, Any]) -> str:
        keep_remark(request.actor, remark_id=one.pk, reason=data["reason"])
        return f"已记下：“{one.quote[:20]}”不改。"

    return act_page(
        request,
        title=f"“{one.code}”不改",
        lead=f"{one.paper.case.number} {one.paper.kind}：{one.what}。",
        form_class=KeepForm,
        run=run,
        back=reverse("paper", args=[one.paper_id]),
        button="记下理由",
    )


def paper_issue(request: StaffRequest, paper_id: int) -> HttpResponse:
    """签发."""
    view = reading.paper_view(request.actor, paper_id)

    def run() -> str:
        issue_paper(request.actor, paper_id=view.paper.pk)
        return f"已签发{view.paper.kind}，案件里记了“签发裁判文书”（{request.actor.on}）。"

    return post_act(request, run, reverse("paper", args=[view.paper.pk]))


def paper_list(request: StaffRequest) -> HttpResponse:
    """Versions by state and division."""
    request.family = "案件"
    chosen = PaperFilter.read(request.GET.dict())
    found = reading.paper_list(request.actor, chosen)
    fields = [
        choice("state", "状态", chosen.state, reading.STATES),
        choice("kind", "文书种类", chosen.kind, KINDS, "各类文书"),
        *place_fields(places(request.actor), court="", department=chosen.department),
    ]
    context = {
        "page": found,
        "chosen": chosen,
        "fields": fields,
        "tabs": _tabs("papers"),
        "query": " · ".join(chosen.sentence()),
        "on": request.actor.on,
    }
    return render(request, "pages/papers/list.html", context)


def paper_coverage(request: StaffRequest) -> HttpResponse:
    """How many of the documents issued in a period were proofread, and which were not."""
    request.family = "案件"
    period = period_of(request.GET.get("period", "本年"), request.actor.on)
    rows = reading.coverage(request.actor, period.first, period.last)
    missed = reading.unchecked(request.actor, period.first, period.last)
    issued, checked = sum(one.issued for one in rows), sum(one.checked for one in rows)
    context = {
        "period": period,
        "fields": [choice("period", "期间", period.label, PERIODS)],
        "rows": [{"row": one, "rate": percent(one.rate), "url": _of(one.department)} for one in rows],
        "issued": issued,
        "checked": checked,
        "rate": percent(reading.Coverage("", issued, checked, 0, 0).rate),
        "missed": missed[:SHOWN],
        "missed_more": issued - checked > SHOWN,
        "tabs": _tabs("paper-coverage"),
        "query": f"{period.first} 至 {min(period.last, request.actor.on)}",
        "on": request.actor.on,
    }
    return render(request, "pages/papers/coverage.html", context)


def _of(department: str) -> str:
    return linked("papers", state="已签发", department=department)


def _tabs(current: str) -> list[dict[str, object]]:
    known = (("文书", "papers"), ("校对覆盖率", "paper-coverage"))
    return [{"label": label, "url": reverse(name), "current": name == current} for label, name in known]


routes = (
    Route("papers", paper_list, "papers", CHECK),
    Route("papers/coverage", paper_coverage, "paper-coverage", CHECK),
    Route("cases/<int:case_id>/papers", case_papers, "case-papers", CHECK),
    Route("papers/<int:paper_id>", paper_page, "paper", CHECK),
    Route("papers/<int:paper_id>/issue", paper_issue, "paper-issue", ISSUE),
    Route("remarks/<int:remark_id>/keep", remark_keep, "remark-keep", CHECK),
)
