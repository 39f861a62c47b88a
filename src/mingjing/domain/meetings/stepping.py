"""One act on a meeting: the moves of its register, then the rules of its body."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.ledgers import stepping as ledger
from mingjing.domain.ledgers.matters import Deed, Matter, Permitted, Stepped, Who
from mingjing.domain.ledgers.register import NEW
from mingjing.domain.ledgers.values import is_empty
from mingjing.domain.meetings import closing, gates, holding, preparing
from mingjing.domain.meetings.moves import CALLED, CHAIR, HEAD, Handled, Move
from mingjing.domain.meetings.outline import ASKS
from mingjing.domain.meetings.rules import Enforcement, Meeting
from mingjing.domain.meetings.sitting import read_sitting, write_sitting

_WEEKENDS = WorkCalendar("", {})
HANDLERS: dict[str, Callable[[Move], Handled]] = {
    "筹备": preparing.prepare,
    "调整会议": preparing.adjust,
    "增加议题": preparing.add_topic,
    "调整议题": preparing.change_topic,
    "撤下议题": preparing.withdraw_topic,
    "完成准备": preparing.tick_preparation,
    "例外上会": preparing.waive,
    "报送议题": preparing.send_topics,
    "签收议题": preparing.acknowledge,
    "答复邀请": preparing.answer,
    "召集": preparing.convene,
    "取消会议": closing.cancel,
    "请假": holding.excuse,
    "签到": holding.sign_in,
    "宣布开会": holding.open_meeting,
    "离席": holding.leave,
    "进入议题": holding.enter_topic,
    "回避": holding.recuse,
    "发言": holding.speak,
    "表决": holding.vote,
    "计票": holding.tally,
    "作出决定": holding.decide,
    "缓议": holding.defer,
    "议毕": holding.conclude,
    "结束会议": holding.close_meeting,
    "送会后记录": closing.send_record,
    "反馈意见": closing.review,
    "提交纪要": closing.submit_minutes,
    "签字": closing.sign,
    "拒签": closing.refuse_to_sign,
    "重写纪要": closing.rewrite_minutes,
    "归档": closing.archive,
}


def step(meeting: Meeting, matter: Matter, deed: Deed, calendar: WorkCalendar = _WEEKENDS) -> Stepped:
    """The meeting after an act. Nothing of ``matter`` is changed.

    ``calendar`` says which days are days of rest, for topics sent ahead; without it, weekends are.

    Raises
    ------
    what ``ledgers.stepping.step`` raises, and
    WrongAgenda   the first item is not the one the rules name
    NotPrepared   a topic lacks a preparation
    NotTold       somebody was not told, did not answer, or lacks the record
    NoQuorum      too few are there
    TooEarly      the head speaks before the others
    MayNotVote    the person may not vote or speak on the topic
    WrongCount    outcome and votes do not fit
    """
    entered = deed.values
    if matter.state == NEW and meeting.head_last and is_empty(entered.get(HEAD)) and CHAIR in entered:
        deed = replace(deed, values={**entered, HEAD: entered[CHAIR]})
    stepped = ledger.step(meeting.register, matter, deed)
    sitting = read_sitting(matter.inner)
    if deed.who.key and deed.who.key not in sitting.names:
        sitting = replace(sitting, names={**sitting.names, deed.who.key: deed.who.name})
    move = Move(meeting, matter.state, stepped.values, sitting, deed, calendar)
    handler = HANDLERS.get(deed.act)
    done = Handled(sitting) if handler is None else handler(move)
    return replace(
        stepped,
        state=done.state or stepped.state,
        values=stepped.values if done.values is None else done.values,
        inner=write_sitting(done.sitting),
        opens=(*stepped.opens, *done.opens),
        told=(*stepped.told, *done.told),
        flags=(*stepped.flags, *done.flags),
    )


def permitted(meeting: Meeting, matter: Matter, who: Who, on: date) -> tuple[Permitted, ...]:
    """What somebody may do to a meeting now; an act that a gate still holds back is shown with the reason."""
    found = ledger.permitted(meeting.register, matter, who, on)
    return tuple(
        replace(one, asks=ASKS.get(one.act, ()), refusal=one.refusal or _held_back(meeting, matter, one.act))
        for one in found
    )


def _held_back(meeting: Meeting, matter: Matter, act: str) -> str:
    """Why a gate holds an act back whatever its actor enters, or nothing."""
    sitting = read_sitting(matter.inner)
    called = matter.values.get(CALLED)
    people = tuple(called) if isinstance(called, (list, tuple)) else ()
    if act == "召集":
        if not sitting.agenda:
            return "议程是空的，请先增加议题。"
        first = meeting.first_item
        return gates.first_item_lacks(meeting, sitting) if first and first.then is Enforcement.REFUSE else ""
    if act == "宣布开会":
        return gates.quorum_lacks(meeting, sitting, people)
    if act == "提交纪要":
        missing = gates.unanswered(meeting, sitting)
        return f"还没有{'、'.join(missing)}的邀请和答复。" if missing else ""
    if act == "归档":
        owed = gates.records_owed(meeting, sitting)
        return f"{'、'.join(owed)}没有参加会议，要先办理“送会后记录”。" if owed else ""
    if act == "结束会议" and sitting.current:
        return f"“{sitting.topic(sitting.current).title}”还没有议完。"
    if act in ("发言", "表决", "计票", "作出决定", "缓议", "议毕") and not sitting.current:
        return "现在没有在议的议题，请先“进入议题”。"
    return ""
