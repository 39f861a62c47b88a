"""审批: what waits for a decision, and one request with the reason for its window."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.reasons import Refusal
from mingjing.services.approvers import CLOSING
from mingjing.services.closings import decide_closing, withdraw_closing
from mingjing.services.limit_changes import EXTEND
from mingjing.services.limit_decisions import decide_limit_change, withdraw_limit_change
from mingjing.services.permissions import NotVisible
from mingjing.services.reading import requests as reading
from mingjing.services.reading.requests import RequestFilter, RequestPage
from mingjing.services.reading.scope import places
from mingjing.storage.supervision.models import Request
from mingjing.web.acting import act_page
from mingjing.web.listing import choice, place_fields, tools, workbook
from mingjing.web.routing import Route, StaffRequest

DECISIONS = (("approve", "同意"), ("decline", "不同意"))


class DecideForm(forms.Form):
    """审批."""

    decision = forms.ChoiceField(label="决定", choices=DECISIONS, widget=forms.RadioSelect)
    opinion = forms.CharField(
        label="审批意见",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不同意的必须写明理由，申请人看得到。",
    )
    document = forms.CharField(
        label="批准文书",
        required=False,
        max_length=60,
        help_text="由上级法院批准的，写批准文书的文号。例如：（2024）云高法延字第12号",
    )

    def __init__(self, *args: Any, needs_paper: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_paper:
            del self.fields["document"]


class WithdrawForm(forms.Form):
    """撤回."""

    reason = forms.CharField(label="撤回理由", max_length=400, help_text="例如：案件已经调解，不再需要延长。")


def _read(request: StaffRequest) -> RequestFilter:
    """Whoever decides begins with what waits; whoever only asks, with their own."""
    actor = request.actor
    decides = actor.may("审批审限变更") or actor.may("审批结案")
    asks = actor.may("申请审限变更") or actor.may("申请结案")
    fallback = "等我审批的" if decides else "我申请的" if asks else "看得到的"
    return RequestFilter.read(request.GET.dict(), fallback)


def request_list(request: StaffRequest) -> HttpResponse:
    """Requests by filter, those that wait for this person first."""
    request.family = "案件"
    actor = request.actor
    chosen = _read(request)
    fields = [
        choice("whose", "范围", chosen.whose, reading.WHOSE),
        choice("kind", "类别", chosen.kind, reading.KINDS, "全部类别"),
        choice("state", "状态", chosen.state, reading.STATES, "不限状态"),
        *place_fields(places(actor), court=chosen.court, department=chosen.department),
    ]
    page = reading.requests(actor, chosen)
    context = {
        "page": page,
        "rows": [(one, reading.asked_for(one)) for one in page.rows],
        "chosen": chosen,
        "waiting": chosen.whose == reading.WHOSE[0],
        "fields": fields,
        "tools": tools(request, "requests-export"),
        "query": " · ".join(chosen.sentence()),
        "on": actor.on,
    }
    return render(request, "pages/supervision/requests.html", context)


def request_export(request: StaffRequest) -> HttpResponse:
    """The list as .xlsx."""
    return workbook(request, reading.sheet(request.actor, _read(request)), verb="导出审批")


def _consequences(one: Request) -> list[str]:
    """What an approval does, said before it is given."""
    if one.kind == CLOSING:
        return [
            f"登记结案：{one.content.get('结案方式')}，结案日期 {one.content.get('结案日期')}。",
            "各节点停止计算，没有了结的督办通知随之了结。",
            "案件从在办转为已结；批准以后不能撤销。",
        ]
    if one.subkind == EXTEND:
        return [
            f"{one.clock}由 {one.content.get('届满日')} 延至 {one.content.get('延长后届满日')}。",
            "按原届满日发出的提醒注明“期限已变更”，新的提醒按新届满日发出。",
        ]
    return [
        f"登记{one.content.get('扣除事由')}，自 {one.content.get('起')} 起不计入{one.clock or '审理期限'}。",
        "各节点期限重新计算。",
    ]


def _pairs(page: RequestPage) -> list[tuple[object, ...]]:
    one = page.request
    content = {
        key: "、".join(map(str, value)) if isinstance(value, list) else value
        for key, value in one.content.items()
        if key not in ("逾期决定", "批准")
    }
    return [
        ("案号", one.case.number, reverse("case", args=[one.case_id])),
        ("案由", one.case.cause),
        ("承办部门", one.case.department.name if one.case.department else ""),
        ("申请人", one.applicant.name),
        ("申请日期", one.applied_on),
        ("审批人", one.approver_role),
        ("最迟申请", one.apply_by),
        ("最迟决定", one.decide_by),
        *((str(key), str(value)) for key, value in content.items()),
    ]


def request_detail(request: StaffRequest, request_id: int) -> HttpResponse:
    """One request: what is asked, why the window is what it is, and the decision."""
    request.family = "案件"
    actor = request.actor
    page = reading.request_page(actor, request_id)
    form = DecideForm(request.POST or None, needs_paper=page.needs_paper) if page.may_decide else None
    refusal = None
    if request.method == "POST":
        if form is None:
            raise NotVisible
        if form.is_valid():
            try:
                messages.success(request, _decide(request, page, form.cleaned_data))
                return HttpResponseRedirect(reverse("requests"))
            except Refusal as refused:
                refusal = refused
    context = {
        "page": page,
        "one": page.request,
        "case": page.request.case,
        "asked": reading.asked_for(page.request),
        "form": form,
        "refusal": refusal,
        "consequences": _consequences(page.request),
        "pairs": _pairs(page),
        "on": actor.on,
    }
    wrong = refusal is not None or (form is not None and bool(form.errors))
    return render(request, "pages/supervision/request.html", context, status=422 if wrong else 200)


def _decide(request: StaffRequest, page: RequestPage, data: dict[str, Any]) -> str:
    one = page.request
    approve = data["decision"] == "approve"
    if one.kind == CLOSING:
        decide_closing(request.actor, request_id=one.pk, approve=approve, opinion=data["opinion"])
    else:
        decide_limit_change(
            request.actor,
            request_id=one.pk,
            approve=approve,
            opinion=data["opinion"],
            document=data.get("document", ""),
        )
    return f"{one.case.number}：{reading.asked_for(one)}，已{'同意' if approve else '退回'}。"


def withdraw(request: StaffRequest, request_id: int) -> HttpResponse:
    """撤回自己的申请."""
    request.family = "案件"
    page = reading.request_page(request.actor, request_id)
    one = page.request
    if not page.may_withdraw and request.method == "GET":
        raise NotVisible

    def run(data: dict[str, Any]) -> str:
        undo = withdraw_closing if one.kind == CLOSING else withdraw_limit_change
        undo(request.actor, request_id=one.pk, reason=data["reason"])
        return f"已撤回：{one.case.number} {reading.asked_for(one)}。"

    return act_page(
        request,
        title="撤回申请",
        lead=f"{one.case.number}　{reading.asked_for(one)}。撤回以后可以重新申请，但申请期限照常计算。",
        form_class=WithdrawForm,
        run=run,
        back=reverse("request", args=[one.pk]),
        button="撤回",
    )


routes = (
    Route("requests", request_list, "requests", "查看案件"),
    Route("requests/export", request_export, "requests-export", "导出数据"),
    Route("requests/<int:request_id>", request_detail, "request", "查看案件"),
    Route("requests/<int:request_id>/withdraw", withdraw, "request-withdraw", "查看案件"),
)
