"""A meeting as its live page shows it: who is there, what is being discussed, whose turn it is, the count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mingjing.domain.ledgers.matters import Permitted
from mingjing.domain.ledgers.register import Register
from mingjing.domain.meetings import gates
from mingjing.domain.meetings.moves import CALLED, CHAIR, HEAD, OBSERVERS, RECORDER, STARTS
from mingjing.domain.meetings.outline import TO_SIGN
from mingjing.domain.meetings.rules import CALLED as OF_ALL
from mingjing.domain.meetings.rules import Ballot, Meeting, TopicClass
from mingjing.domain.meetings.sitting import (
    EXCUSED,
    GONE,
    HERE,
    WAITING,
    Count,
    Invitation,
    Opinion,
    Seat,
    Signature,
    Sitting,
    Topic,
    read_sitting,
)
from mingjing.services.actors import Actor
from mingjing.services.permissions import NotVisible
from mingjing.services.records.acting import options
from mingjing.services.records.meetings import gone, names_of, proofs_for
from mingjing.services.records.sight import seen_record
from mingjing.services.records.versions import value_at
from mingjing.services.records.words import by_label, keys_of
from mingjing.storage.records.models import Record, RecordLink


@dataclass(frozen=True, slots=True)
class Chair:
    """A place at the table. ``marks`` are 主持, 书记员 …; ``votes`` whether they are called."""

    key: int
    name: str
    votes: bool
    marks: tuple[str, ...]
    seat: Seat | None
    signature: Signature | None
    must_sign: bool

    @property
    def state(self) -> str:
        """出席, 迟到, 请假, 离席 or 未到."""
        if self.seat is None:
            return "未到"
        return "迟到" if self.seat.state == HERE and self.seat.late else self.seat.state

    @property
    def here(self) -> bool:
        """Whether they are in the room."""
        return self.seat is not None and self.seat.state == HERE

    @property
    def away(self) -> bool:
        """Whether they may sign in: not there yet, excused, or gone out."""
        return self.seat is None or self.seat.state in (EXCUSED, GONE)


@dataclass(frozen=True, slots=True)
class Need:
    """A preparation of a topic: ticked or not, and which meetings could prove it."""

    label: str
    done: str
    of: str
    proofs: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TopicShown:
    """An item of the agenda with what stands in its way and what came of it."""

    topic: Topic
    place: int
    kind: TopicClass
    first: bool
    needs: tuple[Need, ...]
    untold: tuple[str, ...]
    late: tuple[str, ...]
    opinions: tuple[tuple[str, Opinion], ...]
    recused: tuple[tuple[str, str], ...]
    resolution: Record | None = None

    @property
    def missing(self) -> bool:
        """Whether a preparation is missing and nobody excused it."""
        return not self.topic.waived and any(not one.done for one in self.needs)

    @property
    def may_enter(self) -> bool:
        """Whether it can be taken up."""
        return self.topic.state in (WAITING, "缓议")


@dataclass(frozen=True, slots=True)
class Floor:
    """The topic being discussed: who speaks next, who has voted, what the votes say so far."""

    shown: TopicShown
    head: int
    turns: tuple[tuple[int, str], ...]
    votes: tuple[tuple[str, str], ...]
    unvoted: tuple[tuple[int, str], ...]
    entitled: tuple[tuple[int, str], ...]
    ballot: Ballot | None
    count: Count
    least: int
    passes: bool
    quorum: str

    @property
    def base(self) -> int:
        """How many the ballot counts against."""
        return self.count.called if self.ballot is None or self.ballot.of == OF_ALL else self.count.present

    @property
    def waiting(self) -> str:
        """What must still happen before a decision; empty where it may be made."""
        if self.ballot is None:
            return ""
        if self.ballot.secret:
            return "" if self.shown.topic.tally else "计票以后作出决定。"
        return f"还有 {len(self.unvoted)} 人没有表决，表决以后作出决定。" if self.unvoted else ""


@dataclass(frozen=True, slots=True)
class Informed:
    """Somebody to be told: what was sent when, the answer, the record afterwards."""

    who: str
    invitation: Invitation | None
    unsent: bool


@dataclass(frozen=True, slots=True)
class MeetingView:
    """Everything the page of a meeting shows."""

    record: Record
    register: Register
    meeting: Meeting
    sitting: Sitting
    values: Mapping[str, object]
    chairs: tuple[Chair, ...]
    agenda: tuple[TopicShown, ...]
    floor: Floor | None
    informed: tuple[Informed, ...]
    lacks_first: str
    lacks_quorum: str
    options: Mapping[str, Permitted]
    starts: datetime
    me: int
    left: tuple[Chair, ...]
    """Those who should sign and have left the court."""

    @property
    def present(self) -> int:
        """How many of those called are in the room."""
        return sum(one.here for one in self.chairs if one.votes)

    @property
    def called(self) -> int:
        """How many are called."""
        return sum(one.votes for one in self.chairs)

    @property
    def quorum(self) -> int:
        """How many must be there."""
        return self.meeting.quorum.least(self.called)

    @property
    def mine(self) -> Chair | None:
        """The reader's own place."""
        return next((one for one in self.chairs if one.key == self.me), None)

    @property
    def speakers(self) -> tuple[tuple[int, str], ...]:
        """Whose words may be entered, each once: one's own; for the staff those not heard yet, in their
        order, then everybody else who is there."""
        found = {self.mine.key: f"{self.mine.name}（本人）"} if self.mine else {}
        if self.staff or not self.mine:
            for key, name in self.floor.turns if self.floor else ():
                found.setdefault(key, name)
            for one in self.chairs:
                if one.here:
                    found.setdefault(one.key, one.name if one.votes else f"{one.name}（列席）")
        return tuple(found.items())

    @property
    def somebody_away(self) -> bool:
        """Whether anybody may still sign in."""
        return any(one.away for one in self.chairs)

    @property
    def staff(self) -> bool:
        """Whether the reader may enter what others do."""
        return "进入议题" in self.options or "增加议题" in self.options


def meeting_of(record: Record) -> tuple[Meeting, Sitting]:
    """The rules a meeting began with, and what it remembers. Raises NotVisible for any other record."""
    value = value_at(record)
    if not isinstance(value, Meeting):
        raise NotVisible
    return value, read_sitting(record.inner)


def meeting_view(actor: Actor, record_id: int) -> MeetingView:
    """A meeting the actor may see.

    Raises
    ------
    NotVisible   no such meeting, or not for this actor
    """
    record = seen_record(actor, record_id)
    meeting, sitting = meeting_of(record)
    register = meeting.register
    values = by_label(register, record.data)
    called = tuple(_keys(values, CALLED))
    names = _names(values, sitting)
    head = next(iter(keys_of(values.get(HEAD))), 0)
    resolutions = _resolutions(record)
    agenda = tuple(
        _topic(actor, meeting, sitting, topic, place, names, resolutions)
        for place, topic in enumerate(sitting.agenda, start=1)
    )
    current = next((one for one in agenda if one.topic.id == sitting.current), None)
    chairs = _chairs(values, sitting, names, signs=meeting.signs)
    unsigned = [one for one in chairs if one.must_sign and not one.signature and record.state == TO_SIGN]
    left = gone(record.court, [one.key for one in unsigned], actor.on)
    return MeetingView(
        record=record,
        register=register,
        meeting=meeting,
        sitting=sitting,
        values=values,
        chairs=chairs,
        agenda=agenda,
        floor=None if current is None else _floor(meeting, sitting, current, called, head, names),
        informed=_informed(meeting, sitting),
        lacks_first=gates.first_item_lacks(meeting, sitting) if sitting.agenda else "",
        lacks_quorum=gates.quorum_lacks(meeting, sitting, called),
        options={one.act: one for one in options(actor, record)},
        starts=datetime.fromisoformat(str(values[STARTS])),
        me=actor.person.pk,
        left=tuple(one for one in unsigned if one.key in left),
    )


def _keys(values: Mapping[str, object], label: str) -> list[int]:
    """The keys of a 多人 field in the order they were entered."""
    held = values.get(label)
    return [one for one in held if isinstance(one, int)] if isinstance(held, (list, tuple)) else []


def _names(values: Mapping[str, object], sitting: Sitting) -> Mapping[int, str]:
    fields = (CALLED, OBSERVERS, CHAIR, HEAD, RECORDER)
    keys = {key for label in fields for key in keys_of(values.get(label))}
    spoken = {one.person for topic in sitting.topics for one in topic.opinions}
    return names_of(keys | spoken | set(sitting.seats))


def _chairs(
    values: Mapping[str, object], sitting: Sitting, names: Mapping[int, str], *, signs: bool
) -> tuple[Chair, ...]:
    marks = {label: keys_of(values.get(label)) for label in (CHAIR, HEAD, RECORDER)}
    called = _keys(values, CALLED)
    others = [one for one in _keys(values, OBSERVERS) if one not in called]
    return tuple(
        Chair(
            key,
            names.get(key, ""),
            key in called,
            tuple(label for label, keys in marks.items() if key in keys and not _doubled(label, marks)),
            sitting.seats.get(key),
            sitting.signatures.get(key),
            signs and key in called and sitting.attended(key),
        )
        for key in (*called, *others)
    )


def _doubled(label: str, marks: Mapping[str, frozenset[int]]) -> bool:
    """The head who presides is marked once, as the chair."""
    return label == HEAD and marks[HEAD] == marks[CHAIR]


def _topic(
    actor: Actor,
    meeting: Meeting,
    sitting: Sitting,
    topic: Topic,
    place: int,
    names: Mapping[int, str],
    resolutions: Mapping[str, Record],
) -> TopicShown:
    kind = gates.class_of(meeting, topic)
    needs = tuple(
        Need(
            one.label,
            _done(topic, one.label),
            one.of,
            tuple(proofs_for(actor, one.of, topic.title)) if one.of and one.label not in topic.ready else (),
        )
        for one in kind.needs
    )
    return TopicShown(
        topic,
        place,
        kind,
        bool(meeting.first_item and meeting.first_item.label == topic.kind),
        needs,
        gates.untold(meeting, sitting, topic),
        gates.told_late(meeting, sitting, topic),
        tuple((names.get(one.person, ""), one) for one in topic.opinions),
        tuple((names.get(key, ""), why) for key, why in topic.recused.items()),
        resolutions.get(topic.title),
    )


def _done(topic: Topic, label: str) -> str:
    """When and how a preparation was finished; empty where it is not."""
    ready = topic.ready.get(label)
    if ready is None:
        return ""
    shown = f"{ready.at[:10]} {ready.says}".strip()
    return f"{shown}（附 {len(ready.files)} 份材料）" if ready.files else shown


def _resolutions(record: Record) -> Mapping[str, Record]:
    """Title of a topic → the task its resolution became."""
    links = RecordLink.objects.filter(source=record, label="决议督办").select_related("target").order_by("pk")
    return {str(one.target.data.get("subject", "")): one.target for one in links}


def _floor(
    meeting: Meeting,
    sitting: Sitting,
    shown: TopicShown,
    called: tuple[int, ...],
    head: int,
    names: Mapping[int, str],
) -> Floor:
    topic = shown.topic
    ballot = meeting.ballot_for(shown.kind)
    count = gates.counted(sitting, topic, called)
    voters = gates.entitled(sitting, topic, called)
    base = count.called if ballot is None or ballot.of == OF_ALL else count.present
    turns = gates.speaking_order(meeting, sitting, topic, called, head)
    return Floor(
        shown=shown,
        head=head if meeting.head_last and shown.kind.decides else 0,
        turns=tuple((key, names.get(key, "")) for key in turns),
        votes=tuple((names.get(key, ""), topic.votes[key]) for key in voters if key in topic.votes),
        unvoted=tuple(
            (key, names.get(key, "")) for key in _head_last(voters, head) if key not in topic.votes
        ),
        entitled=tuple((key, names.get(key, "")) for key in voters),
        ballot=ballot,
        count=count,
        least=0 if ballot is None else ballot.least.least(base),
        passes=ballot is not None and gates.passes(ballot, count),
        quorum=gates.quorum_lacks(meeting, sitting, called, topic),
    )


def _head_last(voters: tuple[int, ...], head: int) -> list[int]:
    return sorted(voters, key=lambda one: one == head)


def _informed(meeting: Meeting, sitting: Sitting) -> tuple[Informed, ...]:
    asked = {who for topic in sitting.agenda for who in gates.class_of(meeting, topic).told}
    return tuple(
        Informed(one.who, sitting.invitations.get(one.who), _unsent(meeting, sitting, one.who))
        for one in meeting.told
        if one.who in asked or one.who in sitting.invitations
    )


def _unsent(meeting: Meeting, sitting: Sitting, who: str) -> bool:
    """Whether a topic of the agenda still has to go to somebody."""
    return any(who in gates.untold(meeting, sitting, topic) for topic in sitting.agenda)
