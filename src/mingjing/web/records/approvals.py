"""审批: what waits for somebody, the chain of one approval, its signed sheet."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.domain.approvals.approval import AGREE
from mingjing.domain.ledgers.register import Register
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.records.approvals import BOXES, WAITING, Line, box, chain_view, path_of
from mingjing.services.reading.records.page import record_view
from mingjing.services.records.bulk import do_to_many
from mingjing.storage.records.models import Record
from mingjing.web.acting import post_act
from mingjing.web.listing import numbers
from mingjing.web.records.delegations import routes as delegation_routes
from mingjing.web.routing import Route, StaffRequest

Told = tuple[str, dict[str, object]] | None
_EMPTY = {
    "待我审批": "没有等您审批的。",
    "我已审批": "您还没有审批过。",
    "我发起的": "您还没有发起过审批。",
    "抄送我的": "没有抄送给您的审批。",
}


def approvals(request: StaffRequest) -> HttpResponse:
    """The approvals of this person, in four boxes."""
    request.family = "台账"
    name = request.GET.get("box", WAITING)
    if name not in BOXES:
        raise NotVisible
    lines, more = box(request.actor, name)
    context = {
        "box": name,
        "lines": [_row(one, request) for one in lines],
        "more": more,
        "tabs": [_tab(one, name) for one in BOXES],
        "empty": _EMPTY[name],
        "waiting": name == WAITING,
        "in_bulk": name == WAITING and any(one.in_bulk for one in lines),
    }
    return render(request, "pages/records/approvals.html", context)


def _tab(name: str, current: str) -> dict[str, object]:
    return {"label": name, "url": f"{reverse('approvals')}?box={name}", "current": name == current}


def _row(line: Line, request: StaffRequest) -> dict[str, object]:
    record = line.record
    late = record.due_on is not None and not record.over and record.due_on < request.actor.on
    return {"one": line, "record": record, "late": late, "url": reverse("record", args=[record.pk])}


def agree(request: StaffRequest) -> HttpResponse:
    """Agree to those ticked in the list."""

    def run() -> str:
        outcome = do_to_many(request.actor, numbers(request.POST.getlist("record")), AGREE, {})
        for number, reason in outcome.refused:
            messages.error(request, f"{number}：{reason}")
        return f"已同意 {len(outcome.done)} 件。"

    return post_act(request, run, reverse("approvals"))


def sheet(request: StaffRequest, approval_id: int) -> HttpResponse:
    """The approval on one sheet, to be printed and filed."""
    request.family = "台账"
    view = record_view(request.actor, approval_id)
    chain = chain_view(view.record)
    if chain is None:
        raise NotVisible
    context = {"view": view, "record": view.record, "register": view.register, "chain": chain}
    return render(request, "pages/records/approval_sheet.html", context)


def panel(request: StaffRequest, record: Record) -> Told:
    """The chain of an approval, on its page."""
    chain = chain_view(record)
    if chain is None:
        return None
    url = reverse("approval-sheet", args=[record.pk])
    context = {"chain": chain, "sheet_url": url, "on": request.actor.on}
    return "pages/records/_panel_approval.html", context


def register_panel(request: StaffRequest, register: Register) -> Told:
    """Who would decide an application of this person today, above the list of the register."""
    found = path_of(request.actor, register.id)
    if found is None:
        return None
    return "pages/records/_path_approval.html", {"approval": found[0], "steps": found[1]}


routes = (
    Route("approvals", approvals, "approvals", "查看台账"),
    Route("approvals/agree", agree, "approvals-agree", "办理台账"),
    Route("records/<int:approval_id>/sheet", sheet, "approval-sheet", "查看台账"),
    *delegation_routes,
)
