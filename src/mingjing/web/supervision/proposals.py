"""识别与分流: what rules propose and a person confirms, marks by hand, the share, the tracks."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.proposal_decisions import DECIDED_BY, decide_proposal
from mingjing.services.proposals import FOUR_KINDS, MARKS, mark_case
from mingjing.services.reading import proposals as reading
from mingjing.services.reading.case_list import find_number
from mingjing.services.reading.keyset import BadFilter
from mingjing.services.reading.proposals import ProposalFilter
from mingjing.services.reading.scope import places
from mingjing.web.acting import act_page
from mingjing.web.charts import Line, line
from mingjing.web.listing import choice, linked, place_fields, tools, workbook
from mingjing.web.routing import Route, StaffRequest

BETWEEN = "："


class DecideForm(forms.Form):
    """认定."""

    decision = forms.ChoiceField(
        label="决定", choices=(("confirm", "认定"), ("decline", "不认定")), widget=forms.RadioSelect
    )
    reason = forms.CharField(
        label="理由",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不认定的必须写。例如：当事人虽多，但已达成和解，不具有群体性。",
    )


class MarkForm(forms.Form):
    """手工提出."""

    number = forms.CharField(label="案号", max_length=100, help_text="例如：（2026）云9801民初12号")
    mark = forms.ChoiceField(label="提出什么")
    reason = forms.CharField(
        label="理由",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="例如：原告十五人，同一小区物业服务纠纷。",
    )

    def __init__(self, *args: Any, offered: dict[str, list[str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["mark"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "请选择"),
            *(
                (marks, [(f"{marks}{BETWEEN}{word}", f"{marks}{BETWEEN}{word}") for word in words])
                for marks, words in offered.items()
            ),
        ]


def proposal_list(request: StaffRequest) -> HttpResponse:
    """Proposals by filter."""
    request.family = "案件"
    actor = request.actor
    chosen = ProposalFilter.read(request.GET.dict())
    page = reading.proposals(actor, chosen)
    fields = [
        choice("state", "状态", chosen.state, reading.STATES),
        choice("marks", "标识", chosen.marks, MARKS, "全部标识"),
        *place_fields(places(actor), court=chosen.court, department=chosen.department),
    ]
    context = {
        "page": page,
        "chosen": chosen,
        "fields": fields,
        "tools": tools(
            request,
            "proposals-export",
            *([("手工提出", reverse("proposal-mark"))] if reading.markable(actor) else []),
        ),
        "tabs": _tabs("proposals"),
        "query": " · ".join(chosen.sentence()),
        "deciding": {marks for marks, needs in DECIDED_BY.items() if actor.may(needs)},
        "on": actor.on,
    }
    return render(request, "pages/supervision/proposals.html", context)


def _tabs(current: str) -> list[dict[str, object]]:
    known = (
        ("待确认与已确认", "proposals"),
        ("四类案件占比", "proposal-share"),
        ("分流去向", "proposal-tracks"),
    )
    return [{"label": label, "url": reverse(name), "current": name == current} for label, name in known]


def proposal_export(request: StaffRequest) -> HttpResponse:
    """The list as .xlsx."""
    chosen = ProposalFilter.read(request.GET.dict())
    return workbook(request, reading.sheet(request.actor, chosen), verb="导出识别与分流")


def proposal_detail(request: StaffRequest, proposal_id: int) -> HttpResponse:
    """One proposal: which rule said so by which law, and the decision."""
    request.family = "案件"
    actor = request.actor
    page = reading.proposal_page(actor, proposal_id)
    form = DecideForm(request.POST or None) if page.may_decide else None
    refusal = None
    if request.method == "POST":
        if form is None:
            raise NotVisible
        if form.is_valid():
            confirm = form.cleaned_data["decision"] == "confirm"
            try:
                decide_proposal(
                    actor, proposal_id=proposal_id, confirm=confirm, reason=form.cleaned_data["reason"]
                )
                said = f"{page.proposal.marks}“{page.proposal.category}”"
                messages.success(
                    request, f"{page.proposal.case.number}：{said}，{'已认定' if confirm else '不认定'}。"
                )
                return HttpResponseRedirect(reverse("proposals"))
            except Refusal as refused:
                refusal = refused
    proposal, case = page.proposal, page.proposal.case
    handler = case.handler.name if case.handler else case.handler_name
    context = {
        "page": page,
        "proposal": proposal,
        "case": case,
        "by": reading.proposed_by(proposal),
        "form": form,
        "refusal": refusal,
        "pairs": [
            ("案号", case.number, reverse("case", args=[case.pk])),
            ("案由", case.cause),
            ("当事人", case.parties_text),
            ("承办部门", case.department.name if case.department else ""),
            ("承办人", handler),
            ("提示日期", proposal.proposed_on),
            ("状态", proposal.state),
        ],
        "on": actor.on,
    }
    wrong = refusal is not None or (form is not None and bool(form.errors))
    return render(request, "pages/supervision/proposal.html", context, status=422 if wrong else 200)


def mark(request: StaffRequest) -> HttpResponse:
    """手工提出一个标识."""
    request.family = "案件"
    actor = request.actor
    offered = reading.markable(actor)
    if not offered:
        raise Http404

    def run(data: dict[str, Any]) -> str:
        case = find_number(actor, data["number"])
        marks, _, category = data["mark"].partition(BETWEEN)
        mark_case(actor, case_id=case.pk, marks=marks, category=category, reason=data["reason"])
        return f"已对 {case.number} 提出{data['mark']}，等有权的人认定。"

    return act_page(
        request,
        title="手工提出",
        lead="规则没有提示、但您认为应当纳入监督或者另行分流的案件，可以在这里提出；认定由有权的人作出。",
        form_class=MarkForm,
        run=run,
        back=reverse("proposals"),
        arguments={"offered": offered},
        initial={"number": request.GET.get("number", "")},
        button="提出",
    )


def share(request: StaffRequest) -> HttpResponse:
    """四类案件 among the cases filed, by month or quarter."""
    request.family = "案件"
    actor = request.actor
    period = request.GET.get("period", "月")
    if period not in reading.PERIODS:
        raise BadFilter(f"没有这样的期间“{period}”。", allowed=reading.PERIODS)
    rows = reading.shares(actor, period)
    chart: Line = line([(row.label, row.share.percent) for row in rows], unit="%")
    marked, accepted = sum(row.share.marked for row in rows), sum(row.share.accepted for row in rows)
    context = {
        "rows": rows,
        "chart": chart,
        "marked": marked,
        "accepted": accepted,
        "percent": 100 * marked / accepted if accepted else None,
        "fields": [
            {
                "name": "period",
                "label": "期间",
                "value": period,
                "options": [(word, f"按{word}") for word in reading.PERIODS],
            }
        ],
        "period": period,
        "tabs": _tabs("proposal-share"),
        "marked_url": linked("proposals", state="已确认", marks=FOUR_KINDS),
        "on": actor.on,
    }
    return render(request, "pages/supervision/share.html", context)


def tracks(request: StaffRequest) -> HttpResponse:
    """Where open cases went."""
    request.family = "案件"
    *known, unsorted = reading.tracks(request.actor)
    context = {
        "tracks": known,
        "unsorted": unsorted.cases,
        "total": sum(track.cases for track in known),
        "waiting_url": linked("proposals", marks="繁简分流"),
        "tabs": _tabs("proposal-tracks"),
        "on": request.actor.on,
    }
    return render(request, "pages/supervision/tracks.html", context)


routes = (
    Route("proposals", proposal_list, "proposals", "查看案件"),
    Route("proposals/export", proposal_export, "proposals-export", "导出数据"),
    Route("proposals/mark", mark, "proposal-mark", "查看案件"),
    Route("proposals/share", share, "proposal-share", "查看案件"),
    Route("proposals/tracks", tracks, "proposal-tracks", "查看案件"),
    Route("proposals/<int:proposal_id>", proposal_detail, "proposal", "查看案件"),
)
