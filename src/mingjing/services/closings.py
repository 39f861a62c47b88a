"""结案审批: a case counts as closed only with an approved closing (R-063)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from mingjing.domain.dates.months import MonthRule, add_months
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.approvers import (
    CLOSING,
    deciding_role,
    lock_request,
    require_approver,
    settle_request,
    withdraw_request,
)
from mingjing.services.clocks import recheck
from mingjing.services.demands import Taken, WrongEntry, day_within, filled, known_word, setting
from mingjing.services.installation import registry
from mingjing.services.locking import lock_any_case, lock_case
from mingjing.services.notice_chain import close_notices
from mingjing.services.permissions import NotAllowed
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Request

ENDED_FOR_NOW = "终结本次执行程序"
PRONOUNCED = ("宣判", "当庭宣判", "定期宣判", "送达裁判文书")
PROOF = {"调解": ("送达调解书",), "二审调解": ("送达调解书",)}
"""What must have happened before a closing of this kind; a decision on the merits needs PRONOUNCED."""


def request_closing(
    actor: Actor, *, case_id: int, outcome: str, closed_on: date, document: str, checks: Collection[str] = ()
) -> Request:
    """Ask for the case to be closed as of ``closed_on`` (宣判, or service on the last party).

    ``checks`` are the ticked items of dictionary.termination_checks, all of which 终本 needs (R-075).

    Raises
    ------
    WrongEntry   outcome not for this kind of case, a day outside its range, no document
    Refusal      nothing pronounced or served yet, an exclusion still open, items not ticked
    Taken        closed already, or an application is waiting
    """
    paper = filled(document, "裁判文书", example="（2024）云0102民初1560号民事判决书", longest=120)
    with act(
        actor, "申请结案", needs="申请结案", subject_kind="案件", subject_id=case_id, why=outcome
    ) as record:
        case = lock_case(actor, case_id)
        _none_waiting(case)
        known_word(outcome, outcomes_for(case), "结案方式")
        _provable(actor, case, outcome, closed_on)
        if outcome == ENDED_FOR_NOW:
            _all_checked(case, closed_on, checks)
        content = {"结案方式": outcome, "结案日期": str(closed_on), "文书": paper, "核对": sorted(checks)}
        request = Request.objects.create(
            case=case,
            court=case.court,
            kind=CLOSING,
            content=content,
            reason=outcome,
            applicant=actor.person,
            applied_on=actor.on,
            approver_role=deciding_role(
                case, setting("结案审批人", case.court), actor.person, actor.on, needs="审批结案"
            ),
        )
        write_event(case, Happening("报请结案", actor.on, note=paper), by=actor.person)
        recheck(case, on=actor.on)
        record.definition = registry(case.court).ref("dictionary.outcomes", actor.on)
        record.payload = {"案号": case.number, **content}
    return request


def decide_closing(actor: Actor, *, request_id: int, approve: bool, opinion: str = "") -> Request:
    """Approve the closing, which records 结案 and ends the case's clocks and notices; or send it back.

    Raises
    ------
    NotAllowed   not the addressed role, or the applicant
    Taken        decided already (says by whom and when)
    """
    with act(
        actor, "审批结案", needs="审批结案", subject_kind="案件", subject_id="", why=opinion.strip()
    ) as record:
        request = lock_request(actor, request_id, CLOSING)
        record.subject_id = str(request.case_id)
        require_approver(actor, request)
        case = lock_any_case(request.case_id)
        settle_request(actor, request, approve=approve, opinion=opinion)
        note = request.opinion
        decision = "批准结案" if approve else "退回结案申请"
        write_event(case, Happening(decision, actor.on, note=note), by=actor.person)
        if approve:
            case.outcome, case.closing_approved_on = str(request.content["结案方式"]), actor.on
            case.save(update_fields=["outcome", "closing_approved_on", "updated_at"])
            closed_on = date.fromisoformat(str(request.content["结案日期"]))
            write_event(
                case, Happening("结案", closed_on, note=str(request.content["文书"])), by=actor.person
            )
            close_notices(case, actor.on, by=actor.person)
        recheck(case, on=actor.on)
        record.payload = {"案号": case.number, "申请": request.pk, "决定": request.state, **request.content}
    return request


def withdraw_closing(actor: Actor, *, request_id: int, reason: str) -> Request:
    """Take back one's own application while it waits."""
    why = filled(reason, "撤回理由", example="送达日期登记有误，更正后重新申请")
    with act(actor, "撤回结案申请", needs="申请结案", subject_kind="案件", subject_id="", why=why) as record:
        request = lock_request(actor, request_id, CLOSING)
        record.subject_id = str(request.case_id)
        if request.applicant_id != actor.person.pk:
            raise NotAllowed(f"这份申请是 {request.applicant} 提出的，只有申请人可以撤回。")
        withdraw_request(request, actor.on)
        record.payload = {"案号": request.case.number, "申请": request.pk}
    return request


def _none_waiting(case: Case) -> None:
    if case.closed_on is not None:
        raise Taken(f"本案已于 {case.closed_on} 结案。")
    if case.filed_on is None:
        raise Refusal("本案还没有登记立案日期，不能结案。请先记录“立案”。")
    other = Request.objects.filter(case=case, kind=CLOSING, state=Request.State.OPEN).first()
    if other is not None:
        raise Taken(f"{other.applicant} 已于 {other.applied_on} 申请结案，正在等{other.approver_role}审批。")
    open_span = case.exclusions.filter(struck_at=None, last=None).first()
    if open_span is not None:
        raise Refusal(
            f"“{open_span.kind}”自 {open_span.first} 起还没有结束。请先登记结束日期和文书，再申请结案。"
        )


def outcomes_for(case: Case) -> list[str]:
    """The outcomes allowed for this kind of case; all of them where the kind is unknown."""
    known = registry(case.court)
    table = known.dictionary("dictionary.outcomes")
    kind = known.dictionary("dictionary.case_kinds").row(case.kind)
    if not kind:
        return list(table.keys)
    special = {"自诉", "附带民事"} if kind["family"] == "刑事" else set()
    mine = {case.kind, kind["family"], kind["level"]} | special
    return [
        word
        for word in table.keys
        if any(scope in mine or scope in case.kind for scope in table.row(word)["scope"].split("、"))
    ]


def _provable(actor: Actor, case: Case, outcome: str, closed_on: date) -> None:
    row = registry(case.court).dictionary("dictionary.outcomes").row(outcome)
    wanted = PROOF.get(outcome) or (PRONOUNCED if row.get("on_merit") == "是" else ())
    days = [case.milestones[kind] for kind in wanted if kind in case.milestones]
    if wanted and not days:
        raise Refusal(f"以“{outcome}”结案，要先记录{'或者'.join(f'“{kind}”' for kind in wanted)}。")
    first = date.fromisoformat(min(days)) if days else case.filed_on
    cause = "还没有到" if closed_on > actor.on else f"早于{'宣判、送达' if days else '立案'}"
    day_within(closed_on, "结案日期", first=first, last=actor.on, cause=cause)


def _all_checked(case: Case, closed_on: date, checks: Collection[str]) -> None:
    """法〔2016〕373号第一条: every item, and more than three months since filing."""
    table = registry(case.court).dictionary("dictionary.termination_checks")
    missing = [item for item in table.keys if item not in checks]
    if missing:
        raise WrongEntry(f"终本核对清单还有 {len(missing)} 项没有打勾：{'、'.join(missing)}。")
    earliest = add_months(case.filed_on or closed_on, 3, MonthRule.MONTH_END_IF_MISSING)
    if closed_on <= earliest:
        raise Refusal(
            f"立案（{case.filed_on}）超过三个月才能终本，最早 {earliest} 之后（法〔2016〕373号第一条）。",
            allowed=[f"{earliest} 之后"],
        )
