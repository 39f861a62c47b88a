"""Strike out an event that was recorded wrongly; nothing is ever edited or removed."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.case_links import refresh_original
from mingjing.services.clocks import recheck
from mingjing.services.demands import Taken, filled
from mingjing.services.installation import now
from mingjing.services.locking import lock_case
from mingjing.services.permissions import NotVisible, require
from mingjing.services.record_event import CLOSING, FILING
from mingjing.storage.cases.models import Case, CaseEvent


def strike_event(actor: Actor, *, event_id: int, reason: str) -> CaseEvent:
    """Strike out an event that did not happen, or not so; the row stays, with the reason.

    Striking a closing reopens the case and needs the right to decide closings.

    Raises
    ------
    Taken        it is struck out already
    """
    why = filled(reason, "作废理由", example="日期写错，应为 2024-03-05", longest=200)
    found = CaseEvent.objects.filter(pk=event_id).values_list("case_id", "kind").first()
    if found is None:
        raise NotVisible
    case_id, kind = found
    with act(actor, "作废事项", needs="更正事项", subject_kind="案件", subject_id=case_id, why=why) as record:
        case = lock_case(actor, case_id)
        if kind == CLOSING:
            require(actor, "审批结案")
        event = CaseEvent.objects.get(pk=event_id)
        if event.struck_at is not None:
            raise Taken(
                f"这条“{event.kind}”已于 {event.struck_at:%Y-%m-%d} 作废，理由：{event.struck_reason}"
            )
        event.struck_at, event.struck_reason = now(), why
        event.save(update_fields=["struck_at", "struck_reason"])
        _undo(case, event.kind)
        recheck(case, on=actor.on)
        record.payload = {"案号": case.number, "事项": event.kind, "发生日期": event.happened}
    return event


def _undo(case: Case, kind: str) -> None:
    """The milestone and the columns of the case as the remaining events leave them."""
    left = CaseEvent.objects.filter(case=case, kind=kind, struck_at=None).order_by("happened").first()
    if left is not None:
        case.milestones[kind] = left.happened.isoformat()
    else:
        case.milestones.pop(kind, None)
    if kind == FILING:
        case.filed_on = left.happened if left else None
    if kind == CLOSING:
        case.closed_on = left.happened if left else None
        if left is None:
            case.closing_approved_on, case.outcome = None, ""
    case.save()
    if kind == FILING:
        refresh_original(case)
