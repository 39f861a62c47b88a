"""Confirm or decline what was proposed of a case; the rules never decide."""

from __future__ import annotations

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.clocks import recheck
from mingjing.services.demands import Taken, filled
from mingjing.services.locking import lock_case
from mingjing.services.permissions import NotVisible
from mingjing.services.proposals import DIVERSION, FOUR_KINDS, SIMPLE, SIMPLE_BANKRUPTCY
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Proposal

DECIDED_BY = {FOUR_KINDS: "认定四类案件", DIVERSION: "分流案件", SIMPLE_BANKRUPTCY: "认定破产简化审"}


def decide_proposal(actor: Actor, *, proposal_id: int, confirm: bool, reason: str = "") -> Proposal:
    """Confirm (a track becomes the case's, the other open tracks fall), or decline with a reason.

    Raises
    ------
    Taken        decided already (says by whom and when)
    WrongEntry   declined without a reason
    """
    why = reason.strip()[:300]
    if not confirm:
        why = filled(reason, "不认定的理由", example="当事人虽多，但已达成和解，不具有群体性", longest=300)
    found = Proposal.objects.filter(pk=proposal_id).values_list("case", "marks").first()
    if found is None:
        raise NotVisible
    case_id, marks = found
    verb = f"{'确认' if confirm else '不认定'}{marks}"
    with act(
        actor, verb, needs=DECIDED_BY[marks], subject_kind="案件", subject_id=case_id, why=why
    ) as record:
        case = lock_case(actor, case_id)
        proposal = Proposal.objects.select_related("decided_by").get(pk=proposal_id)
        if proposal.state != Proposal.State.OPEN:
            raise Taken(f"已由 {proposal.decided_by} 于 {proposal.decided_on} 决定：{proposal.state}。")
        _decide(proposal, actor, confirm=confirm, why=why)
        if confirm:
            _take_effect(actor, case, proposal)
        record.definition = proposal.definition
        record.payload = {
            "案号": case.number,
            "标识": marks,
            "类别": proposal.category,
            "决定": proposal.state,
        }
    return proposal


def _decide(proposal: Proposal, actor: Actor, *, confirm: bool, why: str) -> None:
    proposal.state = Proposal.State.CONFIRMED if confirm else Proposal.State.DECLINED
    proposal.decided_by, proposal.decided_on, proposal.decision_reason = actor.person, actor.on, why
    proposal.save()


def _take_effect(actor: Actor, case: Case, proposal: Proposal) -> None:
    if proposal.marks == FOUR_KINDS:
        write_event(case, Happening("标识四类案件", actor.on, note=proposal.category), by=actor.person)
    if proposal.marks == DIVERSION:
        case.track = proposal.category
        case.save(update_fields=["track", "updated_at"])
        for other in case.proposals.filter(marks=DIVERSION, state=Proposal.State.OPEN):
            _decide(other, actor, confirm=False, why=f"已分流到{proposal.category}")
    if proposal.marks == SIMPLE_BANKRUPTCY and proposal.category == SIMPLE:
        case.procedure = "简化破产程序"
        case.save(update_fields=["procedure", "updated_at"])
        write_event(case, Happening("转入简化审", actor.on, note=proposal.reason), by=actor.person)
        recheck(case, on=actor.on)
