"""After a meeting: the record to whoever could not come, the minutes, the signatures."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mingjing.domain.ledgers.matters import WrongPerson, WrongState
from mingjing.domain.meetings import gates
from mingjing.domain.meetings.filing_log import record_due
from mingjing.domain.meetings.moves import CALLED, Handled, Move
from mingjing.domain.meetings.preparing import informed
from mingjing.domain.meetings.sitting import Signature

RECORD_LATE, REFUSED, REWRITTEN = "会后记录迟送", "拒绝签字", "纪要重写"
UNSIGNED = "离任未签"
TO_SIGN, SIGNED = "待签字", "已签齐"


def send_record(move: Move) -> Handled:
    """The record of the discussion goes to whoever could not come; what is late is marked (R-006)."""
    rule, invitation = informed(move)
    if invitation.record_sent:
        raise WrongState(f"已经向{rule.who}送过会后记录。")
    due = record_due(rule, datetime.fromisoformat(move.sitting.ended), move.calendar)
    late = due is not None and move.deed.on > due
    sent = replace(invitation, record_sent=move.at, record_late=late)
    told = (rule.who, "会议讨论记录已送达，请您审阅。")
    sitting = replace(move.sitting, invitations={**move.sitting.invitations, rule.who: sent})
    return Handled(sitting, flags=(RECORD_LATE,) if late else (), told=(told,))


def review(move: Move) -> Handled:
    """What whoever was told says about the record or the topics."""
    rule, invitation = informed(move)
    said = replace(invitation, review=move.reason("审阅意见"), reviewed=move.at)
    told = tuple((one, f"{rule.who}反馈了审阅意见。") for one in move.meeting.by[:1])
    sitting = replace(move.sitting, invitations={**move.sitting.invitations, rule.who: said})
    return Handled(sitting, told=told)


def submit_minutes(move: Move) -> Handled:
    """The minutes go to be signed; every invitation must have its answer by then (R-007)."""
    if missing := gates.unanswered(move.meeting, move.sitting):
        raise gates.NotTold(f"还没有{'、'.join(missing)}的邀请和答复，不能提交纪要。请先补办“答复邀请”。")
    signers = _signers(move)
    asked = move.meeting.signs and bool(signers)
    told = tuple((one, "会议纪要等您签字。") for one in signers) if asked else ()
    return replace(move.done(minuted=move.at, signatures={}), state=TO_SIGN if asked else SIGNED, told=told)


def sign(move: Move) -> Handled:
    """Somebody who was there signs the minutes; with the last one they are complete."""
    return _signed(move, move.person(self_only=True), Signature(move.at))


def refuse_to_sign(move: Move) -> Handled:
    """Somebody who was there refuses to sign, and why; the minutes are complete with it all the same.

    Of somebody who has left the court the staff enter why the signature is missing (``services`` sees to it
    that nobody in office is signed for), else the minutes would wait for ever.
    """
    person = move.person()
    done = _signed(move, person, Signature(move.at, move.reason("不签字的理由")))
    return replace(done, flags=(REFUSED if person == move.deed.who.key else UNSIGNED,))


def _signed(move: Move, person: int, signature: Signature) -> Handled:
    if person not in _signers(move):
        raise WrongPerson(f"{move.name(person)}没有到会，不在纪要上签字。")
    if person in move.sitting.signatures:
        raise WrongState(f"{move.name(person)}已经签过。")
    signatures = {**move.sitting.signatures, person: signature}
    complete = all(one in signatures for one in _signers(move))
    return replace(move.done(signatures=signatures), state=SIGNED if complete else "")


def rewrite_minutes(move: Move) -> Handled:
    """The minutes are corrected; signatures under the earlier text no longer count."""
    move.reason("重写的原因")
    told = tuple((one, "会议纪要有改动，请您重新签字。") for one in _signers(move))
    return replace(move.done(minuted=move.at, signatures={}), flags=(REWRITTEN,), told=told)


def archive(move: Move) -> Handled:
    """The meeting is over for good, once nobody is owed its record."""
    if owed := gates.records_owed(move.meeting, move.sitting):
        raise gates.NotTold(f"{'、'.join(owed)}没有参加会议，要先办理“送会后记录”。")
    return move.done()


def cancel(move: Move) -> Handled:
    """The meeting does not take place, and why."""
    said = move.reason("取消的原因")
    told = ((CALLED, f"会议取消：{said}"),) if move.sitting.called else ()
    return replace(move.done(), told=told)


def _signers(move: Move) -> tuple[int, ...]:
    """Everybody called who was there at any time."""
    return tuple(one for one in move.called if move.sitting.attended(one))
