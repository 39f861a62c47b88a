"""审限变更: ask for a longer limit, or for days not to count, before the limit ends (R-062)."""

from __future__ import annotations

from datetime import date

from mingjing.domain.dates.durations import read_duration
from mingjing.domain.deadlines.extensions import check_extension
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.approvers import LIMIT_CHANGE, deciding_role, outside_court
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS
from mingjing.services.demands import Taken, filled, setting
from mingjing.services.excluded_spans import check_exclusion
from mingjing.services.facts import case_facts, facts_for
from mingjing.services.installation import registry
from mingjing.services.locking import lock_case
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Clock, Request

EXTEND, EXCLUDE, SUSPEND = "延长", "扣除", "中止"


class TooLate(Refusal):
    """The limit has run out; nothing can be asked for any more."""

    code = "too-late"


def request_extension(
    actor: Actor, *, case_id: int, length: str, reason: str, clock: str = TRIAL_LIMIT_SLOTS[0]
) -> Request:
    """Ask for the limit of ``clock`` to be lengthened by ``length`` (``1 个月``).

    Raises
    ------
    Unreadable         ``length`` is no duration
    ExtensionRefused   outside the window, more than allowed, no step left; the refusal names the dates
    Taken              an application for the same is waiting
    """
    why = filled(reason, "理由", example="需等待另案裁判结果")
    asked = read_duration(length)
    with act(
        actor, "申请延长审限", needs="申请审限变更", subject_kind="案件", subject_id=case_id, why=why
    ) as record:
        case = lock_case(actor, case_id)
        _none_waiting(case, EXTEND, clock)
        known = registry(case.court)
        facts = case_facts(case)
        rule = known.deadline_for(clock, facts)
        if rule is None:
            raise Refusal(f"“{clock}”没有适用于本案的规定，无从延长。", allowed=known.clocks()[:8])
        mine = facts_for(case, facts, rule)
        calendar = known.calendar(rule.counting.calendar)
        answer = check_extension(rule, mine, calendar, asked=asked, applied_on=actor.on)
        window = answer.value
        content = {
            "延长": str(asked),
            "届满日": str(window.expires_on),
            "延长后届满日": str(window.new_last_day),
            "批准": window.approver,
        }
        request = _store(actor, case, EXTEND, clock, content, why, approver=window.approver)
        request.apply_by, request.decide_by = window.apply_by, window.decide_by
        request.definition = record.definition = answer.definition
        request.save()
        write_event(case, Happening("申请延长审限", actor.on, note=why), by=actor.person)
        record.payload = {"案号": case.number, "期限": clock, **content}
    return request


def request_exclusion(
    actor: Actor,
    *,
    case_id: int,
    kind: str,
    first: date,
    last: date | None = None,
    start_document: str = "",
    end_document: str = "",
    reason: str,
) -> Request:
    """Ask for days not to count (扣除), or for the clock to stop (中止, by the kind of span).

    Raises
    ------
    TooLate      the limit has run out (R-062)
    WrongEntry   what dictionary.exclusions does not allow
    Taken        an application for the same is waiting
    """
    why = filled(reason, "理由", example="原告申请笔迹鉴定，已委托鉴定机构")
    subkind = SUSPEND if kind.startswith("中止") else EXCLUDE
    with act(
        actor, f"申请{subkind}", needs="申请审限变更", subject_kind="案件", subject_id=case_id, why=why
    ) as record:
        case = lock_case(actor, case_id)
        slot, ends = _running_limit(case)
        _none_waiting(case, subkind, slot)
        if ends is not None and actor.on > ends:
            raise TooLate(f"“{slot}”已于 {ends} 届满，届满以后不再受理变更申请。", allowed=[f"{ends} 以前"])
        check_exclusion(case, kind, first, last, start_document, end_document)
        content = {
            "扣除事由": kind,
            "起": str(first),
            "止": str(last) if last else "",
            "起始文书": start_document,
            "结束文书": end_document,
        }
        approver = setting("中止审批人" if subkind == SUSPEND else "扣除审批人", case.court)
        request = _store(actor, case, subkind, slot, content, why, approver=approver)
        request.apply_by = request.decide_by = ends
        request.save()
        record.definition = registry(case.court).ref("dictionary.exclusions", actor.on)
        record.payload = {"案号": case.number, "期限": slot, **content}
    return request


def needs_paper(request: Request) -> bool:
    """Whether a higher court decides, so that its written approval must be named."""
    return outside_court(str(request.content.get("批准", "")))


def counts_for_limit(case: Case, kind: str) -> bool:
    """Whether the limit of this case leaves out days of this kind; 小额 knows no appraisal, for one."""
    known = registry(case.court)
    rules = [known.deadline_for(slot, case_facts(case)) for slot in TRIAL_LIMIT_SLOTS]
    found = [rule for rule in rules if rule is not None]
    return not found or any(kind in (*one.excludes, *one.suspends) for one in found)


def _running_limit(case: Case) -> tuple[str, date | None]:
    row = case.clocks.filter(slot__in=TRIAL_LIMIT_SLOTS, state=Clock.State.RUNNING).first()
    return (row.slot, row.due_on) if row else (TRIAL_LIMIT_SLOTS[0], case.due_on)


def _none_waiting(case: Case, subkind: str, clock: str) -> None:
    if case.closed_on is not None:
        raise Taken(f"本案已于 {case.closed_on} 结案，不能再申请审限变更。")
    same = Request.objects.filter(
        case=case, kind=LIMIT_CHANGE, subkind=subkind, clock=clock, state=Request.State.OPEN
    )
    other = same.select_related("applicant").first()
    if other is not None:
        raise Taken(
            f"{other.applicant} 已于 {other.applied_on} 申请{subkind}，正在等{other.approver_role}审批。"
        )


def _store(
    actor: Actor, case: Case, subkind: str, clock: str, content: dict[str, str], why: str, *, approver: str
) -> Request:
    return Request(
        case=case,
        court=case.court,
        kind=LIMIT_CHANGE,
        subkind=subkind,
        clock=clock,
        content=content,
        reason=why,
        applicant=actor.person,
        applied_on=actor.on,
        approver_role=deciding_role(case, approver, actor.person, actor.on, needs="审批审限变更"),
    )
