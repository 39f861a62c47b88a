"""Who decides a request, and that it is decided once, by somebody else than the applicant."""

from __future__ import annotations

from datetime import date

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor, actor_for
from mingjing.services.demands import Taken, filled
from mingjing.services.installation import registry
from mingjing.services.permissions import NotAllowed, NotVisible, seen_case
from mingjing.services.recipients import LADDER, load_roster
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Request

ABOVE_THE_COURT = ("上级", "上一级", "高级", "最高")
"""How definitions name an approver outside the court; there the president enters the written approval."""

LIMIT_CHANGE, CLOSING = "审限变更", "结案审批"
REVIEWING = {CLOSING: "审管办"}
"""Offices that may decide a kind of request besides the addressed post."""


def outside_court(approver: str) -> bool:
    """Whether a definition's approver is a higher court."""
    return approver.startswith(ABOVE_THE_COURT)


def deciding_role(case: Case, approver: str, applicant: Person, on: date, *, needs: str) -> str:
    """The role a request goes to: that of the definition's approver.

    It moves one level up while the post is vacant, the applicant's own, or without the right ``needs``.

    Raises
    ------
    Refusal   nobody in the court is left to decide
    """
    roster = load_roster(case.court, on)
    level = _level(approver)
    roles = registry(case.court).roles(on).roles
    for label in LADDER[LADDER.index(level) :]:
        for person in roster.holders(case, label)[:1]:
            holder = actor_for(person, on)
            if person != applicant and holder.may(needs):
                deciding = [role.label for role in roles if role.label in holder.roles and needs in role.may]
                return label if label in deciding else deciding[0]
    raise Refusal(
        f"没有人能审批：{case.court}在 {on} 除申请人外，没有{level}以上可以“{needs}”的人。"
        "请先在 机构人员 登记职务。"
    )


def _level(approver: str) -> str:
    if outside_court(approver):
        return "院长"
    if "副院长" in approver or "院领导" in approver:
        return "分管院领导"
    return "院长" if "院长" in approver else "庭长"


def lock_request(actor: Actor, request_id: int, kind: str) -> Request:
    """The request, locked, if the actor may see its case and it still waits.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    Taken        it was decided or withdrawn already (says by whom and when)
    """
    request = (
        Request.objects.select_for_update(of=("self",))
        .select_related("case", "applicant", "decided_by")
        .filter(pk=request_id, kind=kind)
        .first()
    )
    if request is None:
        raise NotVisible
    seen_case(actor, request.case_id)
    if request.state == Request.State.WITHDRAWN:
        raise Taken(f"这份申请已由 {request.applicant} 于 {request.decided_on} 撤回。")
    if request.state != Request.State.OPEN:
        raise Taken(f"这份申请已由 {request.decided_by} 于 {request.decided_on} 审批：{request.state}。")
    return request


def require_approver(actor: Actor, request: Request) -> None:
    """Refuse unless the actor holds the addressed role, or one above it, and did not apply.

    A division head is reached through ``lock_request``: heads of other divisions do not see the case.
    """
    if request.applicant_id == actor.person.pk:
        raise NotAllowed("您是申请人，不能审批自己的申请。")
    role = request.approver_role
    above = LADDER[LADDER.index(role if role in LADDER else "庭长") + 1 :]
    fitting = {role, *above, REVIEWING.get(request.kind, role)}
    if actor.court.pk != request.court_id or not fitting & set(actor.roles):
        raise NotAllowed(f"这份申请由{role}审批，您是{'、'.join(actor.roles) or '没有角色'}。")


def settle_request(actor: Actor, request: Request, *, approve: bool, opinion: str) -> None:
    """Write the decision onto a locked request; a refusal must say why."""
    if not approve:
        opinion = filled(opinion, "审批意见", example="理由不充分，请补充鉴定委托书")
    request.state = Request.State.APPROVED if approve else Request.State.DECLINED
    request.decided_by, request.decided_on = actor.person, actor.on
    request.opinion = opinion.strip()[:400]
    request.save()


def decided_late(request: Request) -> bool:
    """Whether the decision came after the last day for it."""
    return bool(request.decided_on and request.decide_by and request.decided_on > request.decide_by)


def withdraw_request(request: Request, on: date) -> None:
    """Mark a locked request as withdrawn by its applicant."""
    request.state, request.decided_on = Request.State.WITHDRAWN, on
    request.save(update_fields=["state", "decided_on"])
