"""类案检索: the hits of a case with what the judge says to each, the report; 节点材料: what cases lack."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.installation import registry
from mingjing.services.papers.reporting import (
    FOLLOWED,
    LEFT,
    Answered,
    Asked,
    file_report,
    must_answer,
    required,
)
from mingjing.services.papers.reporting import (
    REGISTER as SEARCHES,
)
from mingjing.services.papers.searching import SEARCH, Found, search
from mingjing.services.reading import node_papers as due
from mingjing.services.reading.scope import places
from mingjing.services.records.opening import openings
from mingjing.web.acting import DayField
from mingjing.web.listing import choice, place_fields
from mingjing.web.papers.opening import form_url
from mingjing.web.routing import Route, StaffRequest

VERDICTS = ("参照指导性案例", "参考类案", "不参照", "没有类案")


class SearchForm(forms.Form):
    """检索报告."""

    dispute = forms.CharField(label="争议焦点", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    others = forms.CharField(
        label="其他来源检出的",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="指导性案例、人民法院案例库、上级法院的类案，一行一件：编号、裁判要点、参考不参考和理由。",
    )
    verdict = forms.ChoiceField(label="是否参照", choices=[("", "请选择"), *((one, one) for one in VERDICTS)])
    reason = forms.CharField(label="参照理由", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    why = forms.ChoiceField(label="检索事由", required=False)
    before = DayField(label="评议日期", required=False, help_text="报告在这一天以前提交。")

    def __init__(
        self, *args: Any, whys: tuple[str, ...] = (), required_by: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["why"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "请选择"), *((one, one) for one in whys)]
        if required_by:
            del self.fields["why"], self.fields["before"]


def similar(request: StaffRequest, case_id: int) -> HttpResponse:
    """The hits; after the answers were sent, the report is filed."""
    request.family = "案件"
    actor = request.actor
    words = (request.POST if request.method == "POST" else request.GET).get("words", "").strip()[:400]
    found = search(actor, case_id, words)
    record = required(found.case)
    whys = tuple(registry(actor.court).dictionary("dictionary.search_required").keys)
    form = SearchForm(request.POST or None, whys=whys, required_by=record is not None)
    answers = _answers(request, found)
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            made = file_report(
                actor, case_id=case_id, asked=_asked(form.cleaned_data, words), answers=answers
            )
        except Refusal as refused:
            refusal = refused
        else:
            messages.success(request, f"检索报告已提交（{made.number}），案件里记了“类案检索”。")
            return HttpResponseRedirect(reverse("record", args=[made.pk]))
    near = {one.case.pk for one in must_answer(found)}
    context = {
        "found": found,
        "case": found.case,
        "hits": [
            {"one": one, "must": one.case.pk in near, "said": answers.get(one.case.pk, Answered())}
            for one in found.similar
        ],
        "choices": (FOLLOWED, LEFT),
        "words": words,
        "form": form,
        "record": record,
        "refusal": refusal,
        "may_file": actor.may("办理台账"),
        "on": actor.on,
    }
    status = 422 if refusal or form.errors else 200
    return render(request, "pages/papers/similar.html", context, status=status)


def _answers(request: HttpRequest, found: Found) -> dict[int, Answered]:
    """What was said to each hit that was shown."""
    said = {}
    for one in found.similar:
        chosen = request.POST.get(f"say-{one.case.pk}", "")
        reason = request.POST.get(f"why-{one.case.pk}", "")[:300]
        if chosen in (FOLLOWED, LEFT):
            said[one.case.pk] = Answered(chosen, reason)
    return said


def _asked(data: dict[str, Any], words: str) -> Asked:
    return Asked(
        words,
        data["dispute"],
        data["verdict"],
        data["reason"],
        data["others"],
        data.get("why", ""),
        data.get("before"),
    )


def papers_due(request: StaffRequest) -> HttpResponse:
    """Open cases that lack what they need before a node."""
    request.family = "案件"
    actor = request.actor
    chosen = due.DueFilter.read(request.GET.dict())
    found = due.papers_due(actor, chosen)
    labels = registry(actor.court).dictionary("dictionary.node_papers").keys
    offered = {one for one in {row.lacks.register for row in found} if openings(actor, one)}
    context = {
        "rows": [{"one": one, "url": _file_url(request, one, offered)} for one in found],
        "late": sum(bool(one.lacks.passed) for one in found),
        "fields": [
            choice("state", "节点", chosen.state, due.STATES),
            choice("label", "材料", chosen.label, labels, "各种材料"),
            *place_fields(places(actor), court="", department=chosen.department),
        ],
        "query": " · ".join(part for part in (chosen.state, chosen.label, chosen.department) if part),
        "on": actor.on,
    }
    return render(request, "pages/papers/due.html", context)


def _file_url(request: StaffRequest, one: due.PaperDue, offered: set[str]) -> str:
    """Where the missing paper is entered, nothing for whoever may not: the search, or the register's form."""
    if one.lacks.register == SEARCHES:
        return reverse("case-similar", args=[one.case.pk]) if request.actor.may(SEARCH) else ""
    return form_url(request.actor, one.lacks.register, one.case) if one.lacks.register in offered else ""


routes = (
    Route("cases/<int:case_id>/similar", similar, "case-similar", SEARCH),
    Route("cases/papers-due", papers_due, "papers-due", "查看案件"),
)
