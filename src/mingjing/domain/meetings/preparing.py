"""Before a meeting: its agenda, its preparations, who is told, the notice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mingjing.domain.ledgers.matters import NotFilled, NotReady, WrongState
from mingjing.domain.meetings import gates
from mingjing.domain.meetings.filing_log import sent_in_time
from mingjing.domain.meetings.moves import (
    CALLED,
    CHAIR,
    NAME,
    STARTS,
    Handled,
    Move,
    enforce,
    withdrawn,
)
from mingjing.domain.meetings.rules import Informing
from mingjing.domain.meetings.sitting import (
    COMES,
    STAYS_AWAY,
    WAITING,
    Invitation,
    Prepared,
    Sitting,
    Topic,
)

LATE_ADDED, NO_FIRST, UNTOLD, LATE_TOLD = "临时动议", "第一议题未排首位", "未提前报送", "报送迟延"
WAIVED, RECALLED = "未备齐经例外上会", "召集后调整"
PAPERS = "议题材料"


def prepare(move: Move) -> Handled:
    """A meeting is planned: its roster is fixed as entered."""
    _check_roster(move)
    return move.done()


def adjust(move: Move) -> Handled:
    """Time, place or roster change; whoever was told in time may no longer have been."""
    _check_roster(move)
    done = move.done()
    if STARTS in move.deed.values:
        done = replace(done, sitting=_judged_again(move))
    if not move.sitting.called:
        return done
    what = "、".join(move.deed.values)
    told = tuple((one, f"“{move.values.get(NAME)}”有调整：{what}。") for one in (CALLED, CHAIR))
    return replace(done, flags=(RECALLED,), told=told)


def _check_roster(move: Move) -> None:
    """The chair is one of those called; nobody is called twice."""
    called = move.called
    if len(set(called)) != len(called):
        raise NotFilled("应到人员里有人写了两次。")
    if not set(move.people(CHAIR)) <= set(called):
        raise NotFilled("主持人应当是应到人员之一。请先把主持人列入应到人员。")


def add_topic(move: Move) -> Handled:
    """A topic is put at the end of the agenda; during the meeting it is marked as raised there."""
    title = move.text("议题", required="议题名称")
    kind = move.text("类别", required="议题类别")
    labels = [one.label for one in move.meeting.classes]
    if kind not in labels:
        raise NotFilled(f"没有“{kind}”这类议题。", allowed=labels)
    if any(one.title == title for one in move.sitting.agenda):
        raise NotFilled(f"议程里已经有“{title}”。")
    number = max((one.id for one in move.sitting.topics), default=0) + 1
    topic = Topic(number, title, kind, move.text("汇报人"))
    return replace(move.done(topic), flags=(LATE_ADDED,) if move.sitting.opened else ())


def change_topic(move: Move) -> Handled:
    """A topic gets another title, class or speaker, or another place (``位置`` counts from 1)."""
    topic = move.topic()
    if topic.state != WAITING:
        raise WrongState(f"“{topic.title}”已经是“{topic.state}”，不能再调整。")
    kind = move.text("类别") or topic.kind
    labels = [one.label for one in move.meeting.classes]
    if kind not in labels:
        raise NotFilled(f"没有“{kind}”这类议题。", allowed=labels)
    changed = replace(
        topic, title=move.text("标题") or topic.title, kind=kind, speaker=move.text("汇报人") or topic.speaker
    )
    sitting = move.sitting.with_topic(changed)
    if place := move.text("位置"):
        sitting = _moved(sitting, changed, place)
    flags = _agenda_flags(move, sitting) if move.sitting.called else ()
    return Handled(sitting, flags=flags)


def _moved(sitting: Sitting, topic: Topic, place: str) -> Sitting:
    most = len(sitting.agenda)
    if not place.isdecimal() or not 1 <= int(place) <= most:
        raise NotFilled(f"位置应为 1 至 {most} 之间的整数。", example="位置=1")
    agenda = [one for one in sitting.agenda if one.id != topic.id]
    agenda.insert(int(place) - 1, topic)
    gone = [one for one in sitting.topics if one not in sitting.agenda]
    return replace(sitting, topics=(*agenda, *gone))


def withdraw_topic(move: Move) -> Handled:
    """A topic not discussed yet leaves the agenda."""
    topic = move.topic()
    if topic.state != WAITING:
        raise WrongState(f"“{topic.title}”已经是“{topic.state}”，不能再撤下。")
    move.reason("撤下的原因")
    done = move.done(withdrawn(topic))
    flags = _agenda_flags(move, done.sitting) if move.sitting.called else ()
    return replace(done, flags=flags)


def tick_preparation(move: Move) -> Handled:
    """One preparation of a topic is finished, shown by words, by files or by a finished meeting."""
    topic = move.topic()
    kind = gates.class_of(move.meeting, topic)
    wanted = move.text("准备", required="完成了哪一项准备")
    need = next((one for one in kind.needs if one.label == wanted), None)
    if need is None:
        raise NotFilled(
            f"“{kind.label}”类议题没有“{wanted}”这项准备。", allowed=[n.label for n in kind.needs]
        )
    record = move.text("会议")
    if need.of and not record.isdecimal():
        which = "哪一次会议" if need.of.startswith("meeting.") else "哪一份记录"
        raise NotFilled(f"“{wanted}”要指明是{which}。", example="会议=已归档的会议记录")
    files = move.deed.values.get(PAPERS)
    kept = tuple(str(one) for one in files) if isinstance(files, (list, tuple)) else ()
    says = move.deed.why.strip() or move.text("说明")
    if not (says or kept or record):
        raise NotFilled(f"“{wanted}”要写明情况或者附上材料。", example="说明=走访 3 个庭室，形成调研报告")
    ready = Prepared(move.deed.who.key, move.at, says, kept, int(record) if record.isdecimal() else 0)
    return move.done(replace(topic, ready={**topic.ready, wanted: ready}))


def waive(move: Move) -> Handled:
    """A topic may be discussed although a preparation is missing; the reason is kept and marked."""
    topic = move.topic()
    if not gates.preparation_lacks(move.meeting, topic):
        raise NotReady(f"“{topic.title}”的准备已经齐全，不需要例外。")
    return replace(
        move.done(replace(topic, waived=move.reason("例外上会的理由"))),
        flags=(WAIVED,),
    )


def send_topics(move: Move) -> Handled:
    """Topics go to whoever must be told, with an invitation; what is late is marked (R-005)."""
    rule = _rule(move)
    wanted = [one for one in move.sitting.agenda if rule.who in gates.class_of(move.meeting, one).told]
    if not wanted:
        raise NotReady(f"议程里没有要向{rule.who}报送的议题。")
    if move.deed.target.get("议题") is not None:
        wanted = [move.topic()]
    before = move.sitting.invitations.get(rule.who, Invitation())
    fresh = [one for one in wanted if one.id not in before.sent]
    if not fresh:
        raise NotReady(f"这些议题已经向{rule.who}报送过了。")
    sent = {**before.sent, **{one.id: move.at for one in fresh}}
    invitation = _judged(move, rule, replace(before, sent=sent))
    late = any(one.id in invitation.late for one in fresh)
    titles = "、".join(f"“{one.title}”" for one in fresh)
    told = (rule.who, f"{_when(move)}开会，报送议题{titles}，请您参加并答复。")
    sitting = replace(move.sitting, invitations={**move.sitting.invitations, rule.who: invitation})
    return Handled(sitting, flags=(LATE_TOLD,) if late else (), told=(told,))


def acknowledge(move: Move) -> Handled:
    """Whoever was sent topics has received them."""
    return _answered(move, received=move.at)


def answer(move: Move) -> Handled:
    """Whoever was invited says whether they come; staff may enter it with a word on how it was given."""
    given = move.text("答复", required="参加还是不能参加")
    if given not in (COMES, STAYS_AWAY):
        raise NotFilled(f"不能答复“{given}”。", allowed=(COMES, STAYS_AWAY))
    why = move.deed.why.strip() or move.text("说明")
    rule = _rule(move)
    if rule.who not in move.deed.who.capacities and not move.deed.who.anything and not why:
        raise NotFilled(f"代{rule.who}登记答复，要写明答复的方式。", example="说明=电话答复，10 时 20 分")
    return _answered(move, answer=given, answered=move.at, why=why, received=move.at)


def informed(move: Move) -> tuple[Informing, Invitation]:
    """The rule and the invitation aimed at. Raises NotReady where nothing was sent yet."""
    rule = _rule(move)
    invitation = move.sitting.invitations.get(rule.who)
    if invitation is None:
        raise NotReady(f"还没有向{rule.who}报送议题和发出邀请。")
    return rule, invitation


def _answered(move: Move, **entries: str) -> Handled:
    rule, before = informed(move)
    if before.received:
        entries.pop("received", None)
    after = replace(before, **entries)  # type: ignore[arg-type]
    return Handled(replace(move.sitting, invitations={**move.sitting.invitations, rule.who: after}))


def convene(move: Move) -> Handled:
    """The agenda is issued: first item, preparations and notice are looked at (R-001, R-004, R-005)."""
    sitting = move.sitting
    if not sitting.agenda:
        raise NotReady("议程是空的，请先增加议题。")
    for topic in sitting.agenda:
        require_prepared(move, topic)
    flags = (*_agenda_flags(move, sitting), *told_flags(move, sitting.agenda))
    told = tuple(
        (one, f"{_when(move)}召开“{move.values.get(NAME)}”，请您准时参加。")
        for one in (CALLED, "列席人员")
        if move.people(one)
    )
    return replace(move.done(called=move.at), flags=flags, told=told)


def _agenda_flags(move: Move, sitting: Sitting) -> tuple[str, ...]:
    lacks = gates.first_item_lacks(move.meeting, sitting)
    rule = move.meeting.first_item
    if not lacks or rule is None:
        return ()
    return enforce(rule.then, gates.WrongAgenda(lacks, example=f"把“{rule.label}”调整到第 1 项"), NO_FIRST)


def require_prepared(move: Move, topic: Topic) -> None:
    """Raises NotPrepared where a topic lacks a preparation and no exception was recorded (R-004)."""
    if lacks := gates.preparation_lacks(move.meeting, topic):
        raise gates.NotPrepared(
            f"“{topic.title}”是“{topic.kind}”，还没有完成：{'、'.join(lacks)}。"
            "完成后再上会，或者由主持人说明理由办理“例外上会”。"
        )


def told_flags(move: Move, topics: tuple[Topic, ...]) -> tuple[str, ...]:
    """Marks for topics not sent, or sent late. Raises NotTold where the rule refuses them."""
    flags: list[str] = []
    for topic in topics:
        for people, mark, said in (
            (gates.untold(move.meeting, move.sitting, topic), UNTOLD, "还没有报送"),
            (gates.told_late(move.meeting, move.sitting, topic), LATE_TOLD, "没有按时报送"),
        ):
            for who in people:
                rule = move.meeting.informing(who)
                refusal = gates.NotTold(f"“{topic.title}”{said}{who}，须在会前 {rule.before} 报送并邀请。")
                flags += enforce(rule.then, refusal, mark)
    return tuple(dict.fromkeys(flags))


def _rule(move: Move) -> Informing:
    labels = [one.who for one in move.meeting.told]
    who = move.text("对象") or (labels[0] if len(labels) == 1 else "")
    if who not in labels:
        raise NotFilled(f"没有要报送的对象“{who}”。" if who else "要选定报送的对象。", allowed=labels)
    return move.meeting.informing(who)


def _judged(move: Move, rule: Informing, invitation: Invitation) -> Invitation:
    starts = move.starts()
    late = tuple(
        id
        for id, sent in invitation.sent.items()
        if not sent_in_time(rule, datetime.fromisoformat(sent), starts, move.calendar)
    )
    return replace(invitation, late=late)


def _judged_again(move: Move) -> Sitting:
    rules: Mapping[str, Informing] = {one.who: one for one in move.meeting.told}
    found = {
        who: _judged(move, rules[who], one) if who in rules else one
        for who, one in move.sitting.invitations.items()
    }
    return replace(move.sitting, invitations=found)


def _when(move: Move) -> str:
    starts = move.starts()
    return f"{starts.year}年{starts.month}月{starts.day}日{starts.hour}时{starts.minute:02d}分"
