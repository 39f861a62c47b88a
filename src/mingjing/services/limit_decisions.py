"""Decide an application for a change of limit, or take it back."""

from __future__ import annotations

from datetime import date

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.approvers import (
    LIMIT_CHANGE,
    decided_late,
    lock_request,
    require_approver,
    settle_request,
    withdraw_request,
)
from mingjing.services.clocks import recheck
from mingjing.services.demands import filled
from mingjing.services.excluded_spans import add_exclusion
from mingjing.services.limit_changes import EXTEND, needs_paper
from mingjing.services.locking import lock_any_case
from mingjing.services.permissions import NotAllowed
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.cases.models import Case, GrantedExtension
from mingjing.storage.supervision.models import Request


def decide_limit_change(
    actor: Actor, *, request_id: int, approve: bool, opinion: str = "", document: str = ""
) -> Request:
    """Grant or refuse; a grant lengthens the limit or excludes the days, and every clock is set anew.

    ``document`` names the higher court's written approval where one is needed. A decision after
    ``decide_by`` counts, and is marked as late.

    Raises
    ------
    NotAllowed   not the addressed role, or the applicant
    Taken        decided already (says by whom and when)
    """
    with act(
        actor, "审批审限变更", needs="审批审限变更", subject_kind="案件", subject_id="", why=opinion.strip()
    ) as record:
        request = lock_request(actor, request_id, LIMIT_CHANGE)
        record.subject_id, record.definition = str(request.case_id), request.definition
        require_approver(actor, request)
        case = lock_any_case(request.case_id)
        paper = document.strip()
        if approve and needs_paper(request):
            paper = filled(document, "批准文书", example="（2024）云高法延字第12号", longest=60)
        settle_request(actor, request, approve=approve, opinion=opinion)
        late = decided_late(request)
        request.content |= {"逾期决定": late, **({"批准文书": paper} if paper else {})}
        request.save(update_fields=["content"])
        if request.subkind == EXTEND:
            kind = "批准延长审限" if approve else "不准延长审限"
            write_event(case, Happening(kind, actor.on, note=request.opinion), by=actor.person)
        if approve:
            _grant(actor, case, request, paper)
        recheck(case, on=actor.on)
        record.payload = {"案号": case.number, "申请": request.pk, "决定": request.state, "逾期决定": late}
    return request


def withdraw_limit_change(actor: Actor, *, request_id: int, reason: str) -> Request:
    """Take back one's own application while it waits."""
    why = filled(reason, "撤回理由", example="案件已经调解，不再需要延长")
    with act(
        actor, "撤回审限变更申请", needs="申请审限变更", subject_kind="案件", subject_id="", why=why
    ) as record:
        request = lock_request(actor, request_id, LIMIT_CHANGE)
        record.subject_id = str(request.case_id)
        if request.applicant_id != actor.person.pk:
            raise NotAllowed(f"这份申请是 {request.applicant} 提出的，只有申请人可以撤回。")
        withdraw_request(request, actor.on)
        record.payload = {"案号": request.case.number, "申请": request.pk}
    return request


def _grant(actor: Actor, case: Case, request: Request, paper: str) -> None:
    content = request.content
    if request.subkind == EXTEND:
        GrantedExtension.objects.create(
            case=case,
            clock=request.clock,
            length=content["延长"],
            approved_on=actor.on,
            approver=paper or actor.person.name,
        )
        return
    add_exclusion(
        case,
        content["扣除事由"],
        date.fromisoformat(content["起"]),
        date.fromisoformat(content["止"]) if content["止"] else None,
        content["起始文书"],
        content["结束文书"],
        approver=actor.person,
    )
