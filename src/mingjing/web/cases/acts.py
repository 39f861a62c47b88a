"""What is done on one case: record, exclude, ask, close, supervise."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse

from mingjing.services import (
    case_links,
    change_procedure,
    closings,
    limit_changes,
    record_event,
    record_exclusion,
    strike_event,
    supervision_notes,
    tips,
)
from mingjing.services.permissions import NotVisible, seen_case
from mingjing.services.reading.case_acts import case_of_event, case_of_exclusion, judges, termination_checks
from mingjing.services.reading.case_list import find_number
from mingjing.services.reading.choices import words
from mingjing.storage.cases.models import Case
from mingjing.web.acting import act_page, post_act
from mingjing.web.cases import forms
from mingjing.web.routing import Route, StaffRequest


def _page(case: Case) -> str:
    return reverse("case", args=[case.pk])


def _lead(case: Case) -> str:
    return f"{case.number}　{case.cause}"


def event(request: StaffRequest, case_id: int) -> HttpResponse:
    """录入事项."""
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, Any]) -> str:
        record_event.record_event(
            request.actor, case_id=case.pk, kind=data["word"], happened=data["happened"], note=data["note"]
        )
        return f"已录入“{data['word']}”（{data['happened']}），相关期限已重新计算。"

    request.family = "案件"
    known = words(request.actor, "dictionary.events")
    return act_page(
        request,
        title="录入事项",
        lead=_lead(case),
        form_class=forms.EventForm,
        run=run,
        back=_page(case),
        arguments={"words": known},
        initial={"word": request.GET.get("kind", ""), "happened": request.actor.on},
        button="录入",
    )


def strike(request: StaffRequest, event_id: int) -> HttpResponse:
    """作废一个事项."""
    request.family = "案件"
    case, shown = case_of_event(request.actor, event_id)

    def run(data: dict[str, Any]) -> str:
        strike_event.strike_event(request.actor, event_id=event_id, reason=data["reason"])
        return f"已作废“{shown}”，相关期限已重新计算。"

    return act_page(
        request,
        title=f"作废“{shown}”",
        lead=_lead(case),
        form_class=forms.StrikeForm,
        run=run,
        back=_page(case),
        button="作废",
    )


def exclusion(request: StaffRequest, case_id: int) -> HttpResponse:
    """登记扣除."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, Any]) -> str:
        kind = data.pop("word")
        record_exclusion.open_exclusion(request.actor, case_id=case.pk, kind=kind, **data)
        return f"已登记“{kind}”，期限已重新计算。"

    return act_page(
        request,
        title="登记扣除",
        lead=_lead(case),
        form_class=forms.ExclusionForm,
        run=run,
        back=_page(case),
        arguments={"words": words(request.actor, "dictionary.exclusions")},
        button="登记",
    )


def end_exclusion(request: StaffRequest, exclusion_id: int) -> HttpResponse:
    """扣除结束."""
    request.family = "案件"
    case, shown = case_of_exclusion(request.actor, exclusion_id)

    def run(data: dict[str, Any]) -> str:
        record_exclusion.close_exclusion(request.actor, exclusion_id=exclusion_id, **data)
        return f"“{shown}”已于 {data['last']} 结束，期限接着计算。"

    return act_page(
        request,
        title=f"结束“{shown}”",
        lead=_lead(case),
        form_class=forms.EndExclusionForm,
        run=run,
        back=_page(case),
        initial={"last": request.actor.on},
        button="登记结束",
    )


def strike_exclusion(request: StaffRequest, exclusion_id: int) -> HttpResponse:
    """作废一段扣除."""
    request.family = "案件"
    case, shown = case_of_exclusion(request.actor, exclusion_id)

    def run(data: dict[str, Any]) -> str:
        record_exclusion.strike_exclusion(request.actor, exclusion_id=exclusion_id, reason=data["reason"])
        return f"已作废“{shown}”，这些天重新计入期限。"

    return act_page(
        request,
        title=f"作废“{shown}”",
        lead=_lead(case),
        form_class=forms.StrikeForm,
        run=run,
        back=_page(case),
        button="作废",
    )


def extension(request: StaffRequest, case_id: int) -> HttpResponse:
    """申请延长审限."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, Any]) -> str:
        made = limit_changes.request_extension(request.actor, case_id=case.pk, **data)
        return (
            f"已申请延长 {data['length']}，等{made.approver_role}在 {made.decide_by or '届满前'} 以前决定。"
        )

    return act_page(
        request,
        title="申请延长审限",
        lead=_lead(case),
        form_class=forms.ExtensionForm,
        run=run,
        back=_page(case),
        button="申请",
    )


def closing(request: StaffRequest, case_id: int) -> HttpResponse:
    """申请结案."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, Any]) -> str:
        outcome = data.pop("word")
        made = closings.request_closing(request.actor, case_id=case.pk, outcome=outcome, **data)
        return f"已报请结案，等{made.approver_role}审批；批准之前不算结案。"

    return act_page(
        request,
        title="申请结案",
        lead=_lead(case),
        form_class=forms.ClosingForm,
        run=run,
        back=_page(case),
        arguments={"words": words(request.actor, "dictionary.outcomes"), "checks": termination_checks(case)},
        initial={"closed_on": request.actor.on},
        button="报请结案",
    )


def procedure(request: StaffRequest, case_id: int) -> HttpResponse:
    """变更审理程序."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, Any]) -> str:
        chosen = data.pop("word")
        change_procedure.change_procedure(request.actor, case_id=case.pk, procedure=chosen, **data)
        return f"已改用{chosen}，期限已重新计算。"

    return act_page(
        request,
        title="变更审理程序",
        lead=_lead(case),
        form_class=forms.ProcedureForm,
        run=run,
        back=_page(case),
        arguments={"words": words(request.actor, "dictionary.procedures")},
        initial={"decided_on": request.actor.on},
        button="变更",
    )


def handler(request: StaffRequest, case_id: int) -> HttpResponse:
    """变更承办人."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, Any]) -> str:
        changed = change_procedure.change_handler(
            request.actor, case_id=case.pk, handler_id=int(data["handler"]), reason=data["reason"]
        )
        return f"承办人已变更为 {changed.handler}，等原承办人办的提醒转给新承办人。"

    return act_page(
        request,
        title="变更承办人",
        lead=_lead(case),
        form_class=forms.HandlerForm,
        run=run,
        back=_page(case),
        arguments={"judges": judges(case, request.actor.on)},
        button="变更",
    )


def note(request: StaffRequest, case_id: int) -> HttpResponse:
    """留监督意见."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, Any]) -> str:
        supervision_notes.add_note(request.actor, case_id=case.pk, text=data["text"])
        return "监督意见已入卷，合议庭看得到。"

    return act_page(
        request,
        title="留监督意见",
        lead=_lead(case),
        form_class=forms.NoteForm,
        run=run,
        back=_page(case),
        button="留痕",
    )


def link(request: StaffRequest, case_id: int) -> HttpResponse:
    """关联前案."""
    request.family = "案件"
    case = seen_case(request.actor, case_id)

    def run(data: dict[str, Any]) -> str:
        earlier = find_number(request.actor, data["number"])
        case_links.link_cases(
            request.actor, earlier_id=earlier.pk, later_id=case.pk, relation=data["relation"]
        )
        return f"已关联前案 {earlier.number}，案龄从最初立案之日起算。"

    return act_page(
        request,
        title="关联前案",
        lead=_lead(case),
        form_class=forms.LinkForm,
        run=run,
        back=_page(case),
        button="关联",
    )


def acknowledge(request: StaffRequest, case_id: int) -> HttpResponse:
    """已阅一个节点的提示."""
    if request.method != "POST":
        raise NotVisible
    case = seen_case(request.actor, case_id)
    node = request.POST.get("node", "")

    def run() -> str:
        tips.acknowledge_tip(request.actor, case_id=case.pk, node=node)
        return f"已阅“{node}”的提示。"

    return post_act(request, run, _page(case))


routes = (
    Route("cases/<int:case_id>/event", event, "case-event", "录入事项"),
    Route("events/<int:event_id>/strike", strike, "event-strike", "更正事项"),
    Route("cases/<int:case_id>/exclusion", exclusion, "case-exclusion", "录入扣除"),
    Route("exclusions/<int:exclusion_id>/end", end_exclusion, "exclusion-end", "录入扣除"),
    Route("exclusions/<int:exclusion_id>/strike", strike_exclusion, "exclusion-strike", "更正事项"),
    Route("cases/<int:case_id>/extension", extension, "case-extension", "申请审限变更"),
    Route("cases/<int:case_id>/closing", closing, "case-closing", "申请结案"),
    Route("cases/<int:case_id>/procedure", procedure, "case-procedure", "维护案件"),
    Route("cases/<int:case_id>/handler", handler, "case-handler", "变更承办人"),
    Route("cases/<int:case_id>/note", note, "case-note", "留监督意见"),
    Route("cases/<int:case_id>/link", link, "case-link", "维护案件"),
    Route("cases/<int:case_id>/tip", acknowledge, "case-tip", "查看案件"),
)
