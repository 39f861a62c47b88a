"""During a meeting: who is there, whose turn it is, votes, decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from mingjing.domain.ledgers.matters import NotFilled, NotReady, WrongPerson, WrongState
from mingjing.domain.ledgers.register import Opening
from mingjing.domain.ledgers.values import is_empty
from mingjing.domain.meetings import gates
from mingjing.domain.meetings.moves import CALLED, HEAD, OBSERVERS, Handled, Move, enforce
from mingjing.domain.meetings.preparing import require_prepared, told_flags
from mingjing.domain.meetings.rules import Ballot
from mingjing.domain.meetings.sitting import (
    ADOPTED,
    DEFERRED,
    EXCUSED,
    GONE,
    HEARD,
    HERE,
    OPEN,
    REJECTED,
    UNTOUCHED,
    VOTES,
    WAITING,
    Count,
    Decision,
    Opinion,
    Seat,
    Topic,
)

LATE, OUT_OF_TURN, HEAD_EARLY, LEFT_OVER = "迟到", "未按议程次序", "主要负责人先行表态", "有议题未议"
SKIPPED_FIRST = "第一议题未先议"
TEXT, OWNER, UNIT, DUE, SUBJECT = "决议内容", "责任人", "责任部门", "办理期限", "所决议题"
CARRIED = (TEXT, OWNER, UNIT, DUE)
PASSED, FAILED = "通过", "不通过"


def excuse(move: Move) -> Handled:
    """Somebody called cannot come, and why."""
    person = _invited(move)
    seat = Seat(EXCUSED, move.at, move.reason("请假的事由"))
    return move.done(seats={**move.sitting.seats, person: seat})


def sign_in(move: Move) -> Handled:
    """Somebody is there, or several at once; after the opening for the first time they are late."""
    people = _all_invited(move)
    there = [one for one in people if move.sitting.here(one)]
    if len(there) == len(people):
        raise WrongState(f"{move.names(tuple(there))}已经签到。")
    seats, flags = dict(move.sitting.seats), []
    for person in people:
        before = seats.get(person)
        if before is None or before.state == EXCUSED:
            late = bool(move.sitting.opened)
            seats[person] = Seat(HERE, move.at, late=late)
            flags += [LATE] if late else []
        else:
            seats[person] = replace(before, state=HERE)
    return replace(move.done(seats=seats), flags=tuple(dict.fromkeys(flags)))


def leave(move: Move) -> Handled:
    """Somebody leaves the room; what they said and voted on topics decided stays."""
    person = _invited(move)
    before = move.sitting.seats.get(person)
    if before is None or before.state != HERE:
        raise WrongState(f"{move.name(person)}不在场。")
    return move.done(seats={**move.sitting.seats, person: replace(before, state=GONE)})


def _invited(move: Move) -> int:
    person = move.person()
    _all_invited(move)
    return person


def _all_invited(move: Move) -> tuple[int, ...]:
    people = move.people_meant()
    strangers = tuple(one for one in people if one not in (*move.called, *move.people(OBSERVERS)))
    if strangers:
        raise WrongPerson(f"{move.names(strangers)}不在应到人员和列席人员里。")
    return people


def open_meeting(move: Move) -> Handled:
    """The meeting begins, if enough are there."""
    if lacks := gates.quorum_lacks(move.meeting, move.sitting, move.called):
        raise gates.NoQuorum(lacks)
    return move.done(opened=move.at)


def enter_topic(move: Move) -> Handled:
    """The next topic is opened: the first item before all others, prepared, notified."""
    topic, sitting = move.topic(), move.sitting
    if sitting.current:
        raise WrongState(f"“{sitting.topic(sitting.current).title}”还没有议完，请先作出决定、缓议或者议毕。")
    if topic.state not in (WAITING, DEFERRED):
        raise WrongState(f"“{topic.title}”已经是“{topic.state}”，不能再议。")
    require_prepared(move, topic)
    flags = [*told_flags(move, (topic,)), *_turn_flags(move, topic)]
    opened = replace(topic, state=OPEN, entered=move.at)
    return replace(move.done(opened, current=topic.id), flags=tuple(flags))


def _turn_flags(move: Move, topic: Topic) -> tuple[str, ...]:
    rule = move.meeting.first_item
    waiting = [one for one in move.sitting.agenda if one.state == WAITING]
    first = next((one for one in waiting if rule and one.kind == rule.label), None)
    if rule and first and topic.kind != rule.label:
        refusal = gates.WrongAgenda(f"要先议第一议题“{first.title}”，再议“{topic.title}”。")
        return enforce(rule.then, refusal, SKIPPED_FIRST)
    return (OUT_OF_TURN,) if waiting and topic.state == WAITING and waiting[0].id != topic.id else ()


def recuse(move: Move) -> Handled:
    """Somebody called keeps out of a topic that concerns them; a vote already cast no longer counts."""
    topic = move.topic()
    if topic.over:
        raise WrongState(f"“{topic.title}”已经议完。")
    person = move.person()
    if person not in move.called:
        raise WrongPerson(f"{move.name(person)}不是应到人员，不参加表决，不需要回避。")
    votes = {key: vote for key, vote in topic.votes.items() if key != person}
    return move.done(
        replace(topic, recused={**topic.recused, person: move.reason("回避的事由")}, votes=votes)
    )


def speak(move: Move) -> Handled:
    """An opinion, in the order it is given; the head after everybody else (R-002)."""
    topic = move.open_topic()
    person = move.person()
    if person in topic.recused:
        raise gates.MayNotVote(f"{move.name(person)}回避本议题，不能发表意见。")
    written = move.text("书面") == "是"
    if not (written or move.sitting.here(person)):
        raise WrongState(f"{move.name(person)}不在场，只能宣读书面意见（书面=是）。")
    says = move.text("意见") or move.deed.why.strip()
    stance = move.text("态度")
    if not (says or stance):
        raise NotFilled("发言要写明意见。", example="意见=同意，建议分两批购置")
    if any((one.person, one.says, one.stance) == (person, says, stance) for one in topic.opinions):
        # the speaker and the recorder both enter it, or a phone sends it twice
        raise WrongState(f"{move.name(person)}的这条意见已经记下，不再记一遍。另有意见的，请写明另外的话。")
    flags = _head_flags(move, topic, person)
    opinion = Opinion(person, move.at, says, stance, early=bool(flags), written=written)
    return replace(move.done(replace(topic, opinions=(*topic.opinions, opinion))), flags=flags)


def _head_flags(move: Move, topic: Topic, person: int) -> tuple[str, ...]:
    rule = move.meeting.head_last
    kind = gates.class_of(move.meeting, topic)
    if rule is None or person != move.head or not (kind.decides and kind.head_last):
        return ()
    silent = gates.still_silent(move.sitting, topic, move.called, person)
    if not silent:
        return ()
    cause = f"{HEAD}应当末位表态，还有 {len(silent)} 人没有发表意见：{move.names(silent)}。"
    return enforce(rule, gates.TooEarly(cause), HEAD_EARLY)


def vote(move: Move) -> Handled:
    """A vote by name, or the same vote of several in the order named; it may be changed until the
    decision."""
    topic = move.open_topic()
    ballot = _ballot(move, topic)
    if ballot.secret:
        raise gates.MayNotVote("本议题无记名投票，请由计票人办理“计票”。")
    given = move.text("表决", required="同意、反对还是弃权")
    if given not in VOTES:
        raise NotFilled(f"不能表决“{given}”。", allowed=VOTES)
    flags: list[str] = []
    for person in move.people_meant():
        _require_voter(move, topic, person)
        flags += _head_flags(move, topic, person)
        topic = replace(topic, votes={**topic.votes, person: given})
    return replace(move.done(topic), flags=tuple(flags))


def _require_voter(move: Move, topic: Topic, person: int) -> None:
    if person not in move.called:
        raise gates.MayNotVote(f"{move.name(person)}不是应到人员，可以发言，不参加表决。")
    if person in topic.recused:
        raise gates.MayNotVote(f"{move.name(person)}回避本议题，不能表决。")
    if not move.sitting.here(person):
        raise gates.MayNotVote(f"{move.name(person)}不在场，不能表决；书面意见不计入票数。")


def _ballot(move: Move, topic: Topic) -> Ballot:
    ballot = move.meeting.ballot_for(gates.class_of(move.meeting, topic))
    if ballot is None:
        raise gates.MayNotVote(f"“{topic.kind}”类议题不表决。")
    return ballot


def tally(move: Move) -> Handled:
    """The count of a secret ballot: never more votes than people who may vote."""
    topic = move.open_topic()
    if not _ballot(move, topic).secret:
        raise gates.MayNotVote("本议题记名表决，请每人办理“表决”。")
    voters = gates.entitled(move.sitting, topic, move.called)
    yes, no, abstained = (_number(move, key) for key in VOTES)
    count = Count(len(move.called), len(voters), yes, no, abstained)
    if count.cast > len(voters):
        raise gates.WrongCount(f"计出 {count.cast} 票，可以投票的只有 {len(voters)} 人，票数不能多于人数。")
    return move.done(replace(topic, tally=count))


def _number(move: Move, key: str) -> int:
    given = move.text(key, required=f"{key}票数")
    if not given.isdecimal() or len(given) > 4:
        raise NotFilled(f"{key}票数“{given}”不是整数。", example=f"{key}=5")
    return int(given)


def decide(move: Move) -> Handled:
    """A topic is decided: enough are there, all have voted, the outcome is what the votes say.

    An adopted resolution opens one task in the ledger of resolutions.
    """
    topic = move.open_topic()
    kind = gates.class_of(move.meeting, topic)
    if not kind.decides:
        raise WrongState(f"“{topic.kind}”类议题只学习、听取，不作决定，请办理“议毕”。")
    outcome = move.text("结果", required="通过还是不通过")
    if outcome not in (PASSED, FAILED):
        raise NotFilled(f"结果不能写“{outcome}”。", allowed=(PASSED, FAILED))
    if lacks := gates.quorum_lacks(move.meeting, move.sitting, move.called, topic):
        raise gates.NoQuorum(lacks)
    ballot = move.meeting.ballot_for(kind)
    count = None if ballot is None else _counted(move, topic, ballot, outcome)
    entered = _resolution(move, topic, outcome)
    decision = Decision(outcome, str(entered[TEXT]), move.at, count)
    decided = replace(topic, state=ADOPTED if outcome == PASSED else REJECTED, decision=decision)
    opens = _opens(move, entered) if outcome == PASSED else ()
    return replace(move.done(decided, current=0), opens=opens, values={**move.values, **entered})


def _counted(move: Move, topic: Topic, ballot: Ballot, outcome: str) -> Count:
    count = gates.counted(move.sitting, topic, move.called)
    if ballot.secret and topic.tally is None:
        raise NotReady("还没有计票。")
    if not ballot.secret and count.cast < count.present:
        voters = gates.entitled(move.sitting, topic, move.called)
        missing = tuple(one for one in voters if one not in topic.votes)
        raise NotReady(f"还有 {len(missing)} 人没有表决：{move.names(missing)}。")
    passed = gates.passes(ballot, count)
    if passed != (outcome == PASSED):
        base = count.called if ballot.of == "应到" else count.present
        raise gates.WrongCount(
            f"{ballot.of} {base} 人，须{ballot.least}即至少 {ballot.least.least(base)} 票同意；"
            f"现在同意 {count.yes} 票、反对 {count.no} 票、弃权 {count.abstained} 票，"
            f"结果应为“{PASSED if passed else FAILED}”。"
        )
    return count


def _resolution(move: Move, topic: Topic, outcome: str) -> dict[str, object]:
    """The fields of a decision as entered now: nothing of an earlier decision is carried over."""
    entered = {label: move.deed.values.get(label) for label in CARRIED}
    if is_empty(entered[TEXT]):
        raise NotFilled("作出决定要写明决议内容。")
    if outcome == PASSED and move.meeting.resolutions:
        if is_empty(entered[OWNER]) and is_empty(entered[UNIT]):
            raise NotFilled("通过的决议要落实到责任部门或者责任人。")
        if is_empty(entered[DUE]):
            raise NotFilled("通过的决议要写明办理期限。", example="办理期限=2024-06-30")
    return {**entered, SUBJECT: topic.title}


def _opens(move: Move, entered: Mapping[str, object]) -> tuple[Opening, ...]:
    if not move.meeting.resolutions:
        return ()
    values = {label: label for label in (*CARRIED, SUBJECT) if not is_empty(entered[label])}
    return (Opening(move.meeting.resolutions, {**values, "会议": "{会议名称}"}, link="决议督办"),)


def defer(move: Move) -> Handled:
    """A topic is put off; it may be taken up again in the same meeting or go to another."""
    topic = move.open_topic()
    decision = Decision("缓议", move.reason("缓议的原因"), move.at)
    return move.done(replace(topic, state=DEFERRED, decision=decision), current=0)


def conclude(move: Move) -> Handled:
    """A topic that is only studied or heard is over."""
    topic = move.open_topic()
    if gates.class_of(move.meeting, topic).decides:
        raise WrongState(f"“{topic.kind}”类议题要“作出决定”或者“缓议”。")
    decision = Decision(HEARD, move.deed.why.strip() or move.text("说明"), move.at)
    return move.done(replace(topic, state=HEARD, decision=decision), current=0)


def close_meeting(move: Move) -> Handled:
    """The meeting ends; topics nobody took up are marked."""
    sitting = move.sitting
    if sitting.current:
        raise WrongState(f"“{sitting.topic(sitting.current).title}”还没有议完，请先作出决定、缓议或者议毕。")
    left = [one for one in sitting.agenda if one.state == WAITING]
    topics = tuple(replace(one, state=UNTOUCHED) if one in left else one for one in sitting.topics)
    ended = move.done(topics=topics, ended=move.at)
    return replace(ended, flags=(LEFT_OVER,) if left else (), told=((CALLED, "会议结束，请等候纪要签字。"),))
