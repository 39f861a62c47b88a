"""The gates of a meeting: first item, preparation, notice, quorum, order of speaking, counting of votes.

Each answers with what is missing, in the words of a refusal or a mark; an empty answer lets pass.
"""

from __future__ import annotations

from collections.abc import Sequence

from mingjing.domain.meetings.rules import CALLED, Ballot, Meeting, TopicClass
from mingjing.domain.meetings.sitting import ABSTAINED, AGAINST, COMES, FOR, Count, Sitting, Topic
from mingjing.domain.reasons import Refusal


class WrongAgenda(Refusal):
    """The first item is not of the class that must stand first."""

    code = "wrong-agenda"


class NotPrepared(Refusal):
    """A topic lacks a preparation its class demands."""

    code = "not-prepared"


class NotTold(Refusal):
    """Somebody who must be told beforehand was not, or did not answer, or lacks the record."""

    code = "not-told"


class NoQuorum(Refusal):
    """Too few are there."""

    code = "no-quorum"


class TooEarly(Refusal):
    """The head speaks before the others."""

    code = "head-too-early"


class MayNotVote(Refusal):
    """Whoever votes is not there, not called, recused, or the body does not vote so."""

    code = "may-not-vote"


class WrongCount(Refusal):
    """Votes and outcome do not fit together, or more votes than people."""

    code = "wrong-count"


def class_of(meeting: Meeting, topic: Topic) -> TopicClass:
    """The class of a topic; one without demands where the rules no longer know its name."""
    try:
        return meeting.topic_class(topic.kind)
    except KeyError:
        return TopicClass(topic.kind)


def first_item_lacks(meeting: Meeting, sitting: Sitting) -> str:
    """What is wrong with the first item of the agenda (R-001)."""
    if meeting.first_item is None:
        return ""
    label = meeting.first_item.label
    if sitting.agenda and sitting.agenda[0].kind == label:
        return ""
    place = next((at for at, one in enumerate(sitting.agenda, start=1) if one.kind == label), 0)
    found = f"现在排在第 {place} 项" if place else "议程里没有"
    return f"“{meeting.register.label}”的第一项议题须是“{label}”，{found}。"


def preparation_lacks(meeting: Meeting, topic: Topic) -> tuple[str, ...]:
    """Preparations a topic still needs (R-004); none once an exception was recorded."""
    if topic.waived:
        return ()
    return tuple(one.label for one in class_of(meeting, topic).needs if one.label not in topic.ready)


def untold(meeting: Meeting, sitting: Sitting, topic: Topic) -> tuple[str, ...]:
    """Who must be told of a topic before the meeting and was not."""
    return tuple(
        who
        for who in class_of(meeting, topic).told
        if who not in sitting.invitations or topic.id not in sitting.invitations[who].sent
    )


def told_late(meeting: Meeting, sitting: Sitting, topic: Topic) -> tuple[str, ...]:
    """Who was told of a topic too late (R-005)."""
    return tuple(
        who
        for who in class_of(meeting, topic).told
        if who in sitting.invitations and topic.id in sitting.invitations[who].late
    )


def unanswered(meeting: Meeting, sitting: Sitting) -> tuple[str, ...]:
    """Who was to be invited for a topic of this agenda and has no invitation or no answer (R-007)."""
    asked = {who for topic in sitting.agenda for who in class_of(meeting, topic).told}
    return tuple(
        rule.who
        for rule in meeting.told
        if rule.who in asked
        and (rule.who not in sitting.invitations or not sitting.invitations[rule.who].answer)
    )


def records_owed(meeting: Meeting, sitting: Sitting) -> tuple[str, ...]:
    """Who could not come and has not been sent the record of the discussion yet (R-006)."""
    return tuple(
        rule.who
        for rule in meeting.told
        if rule.after is not None
        and (found := sitting.invitations.get(rule.who)) is not None
        and found.answer not in ("", COMES)
        and not found.record_sent
    )


def present(sitting: Sitting, called: Sequence[int]) -> tuple[int, ...]:
    """Those called who are in the room."""
    return tuple(person for person in called if sitting.here(person))


def entitled(sitting: Sitting, topic: Topic, called: Sequence[int]) -> tuple[int, ...]:
    """Those in the room who may speak and vote on a topic: called, present, not recused."""
    return tuple(person for person in present(sitting, called) if person not in topic.recused)


def quorum_lacks(
    meeting: Meeting, sitting: Sitting, called: Sequence[int], topic: Topic | None = None
) -> str:
    """Why too few are there to open, or to decide a topic (who is recused does not count as there)."""
    share = meeting.quorum if topic is None else meeting.quorum_for(class_of(meeting, topic))
    there = len(present(sitting, called) if topic is None else entitled(sitting, topic, called))
    if share.reached(there, len(called)):
        return ""
    what = "开会" if topic is None else f"讨论决定“{topic.title}”"
    least = share.least(len(called))
    return f"应到 {len(called)} 人，实到 {there} 人；{what}须有{share}到会，即至少 {least} 人。"


def still_silent(sitting: Sitting, topic: Topic, called: Sequence[int], head: int) -> tuple[int, ...]:
    """Those entitled, other than the head, who have neither spoken nor voted on a topic (R-002)."""
    heard = {one.person for one in topic.opinions} | set(topic.votes)
    return tuple(
        person for person in entitled(sitting, topic, called) if person != head and person not in heard
    )


def speaking_order(
    meeting: Meeting, sitting: Sitting, topic: Topic, called: Sequence[int], head: int
) -> tuple[int, ...]:
    """Who has not been heard on a topic yet, in the order they are to speak: the head last."""
    waiting = list(still_silent(sitting, topic, called, head))
    heard = {one.person for one in topic.opinions} | set(topic.votes)
    if head in entitled(sitting, topic, called) and head not in heard:
        at = len(waiting) if meeting.head_last else min(called.index(head), len(waiting))
        waiting.insert(at, head)
    return tuple(waiting)


def counted(sitting: Sitting, topic: Topic, called: Sequence[int]) -> Count:
    """The votes of those who may vote now, by head; the tally where the ballot was secret."""
    if topic.tally is not None:
        return topic.tally
    voters = entitled(sitting, topic, called)
    cast = [topic.votes[person] for person in voters if person in topic.votes]
    return Count(
        len(called), len(voters), *(sum(one == vote for one in cast) for vote in (FOR, AGAINST, ABSTAINED))
    )


def passes(ballot: Ballot, count: Count) -> bool:
    """Whether enough are in favour. Abstentions are not in favour; a tie is not enough for 超过半数."""
    return ballot.least.reached(count.yes, count.called if ballot.of == CALLED else count.present)
