"""What a meeting remembers: its agenda, who is there, what was said, voted, decided, signed.

Kept as plain JSON in ``Matter.inner``: moments as ISO 8601 texts in the court's zone, people by key.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

WAITING, OPEN, ADOPTED, REJECTED = "待议", "在议", "已通过", "未通过"
DEFERRED, HEARD, WITHDRAWN, UNTOUCHED = "缓议", "已议", "已撤下", "未议"
DONE = frozenset({ADOPTED, REJECTED, DEFERRED, HEARD, WITHDRAWN, UNTOUCHED})
FOR, AGAINST, ABSTAINED = "同意", "反对", "弃权"
VOTES = (FOR, AGAINST, ABSTAINED)
HERE, EXCUSED, GONE = "出席", "请假", "离席"
COMES, STAYS_AWAY = "参加", "不能参加"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A preparation ticked off: by whom, when, in which words, shown by which files or which meeting."""

    by: int
    at: str
    says: str = ""
    files: tuple[str, ...] = ()
    record: int = 0


@dataclass(frozen=True, slots=True)
class Opinion:
    """What somebody said on a topic. ``early``: the head before the others; ``written``: read out."""

    person: int
    at: str
    says: str
    stance: str = ""
    early: bool = False
    written: bool = False


@dataclass(frozen=True, slots=True)
class Count:
    """Votes counted. ``called`` and ``present`` are how many could have voted on the two bases."""

    called: int
    present: int
    yes: int
    no: int
    abstained: int

    @property
    def cast(self) -> int:
        """All votes, abstentions included."""
        return self.yes + self.no + self.abstained


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided on a topic, with the count it rests on (None where the body does not vote)."""

    outcome: str
    text: str
    at: str
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """One item of the agenda; its place is its position among the topics not withdrawn."""

    id: int
    title: str
    kind: str
    speaker: str = ""
    ready: Mapping[str, Prepared] = field(default_factory=dict)
    waived: str = ""
    state: str = WAITING
    entered: str = ""
    opinions: tuple[Opinion, ...] = ()
    votes: Mapping[int, str] = field(default_factory=dict)
    tally: Count | None = None
    recused: Mapping[int, str] = field(default_factory=dict)
    decision: Decision | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more can be said on it."""
        return self.state in DONE


@dataclass(frozen=True, slots=True)
class Seat:
    """Whether a person called or invited is there. ``late``: signed in after the opening."""

    state: str
    at: str
    why: str = ""
    late: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """Topics sent to somebody before the meeting, the answer, and the record sent afterwards.

    ``late`` and ``record_late`` are as judged when sent; ``topics`` are ids.
    """

    sent: Mapping[int, str] = field(default_factory=dict)
    late: tuple[int, ...] = ()
    received: str = ""
    answer: str = ""
    answered: str = ""
    why: str = ""
    record_sent: str = ""
    record_late: bool = False
    review: str = ""
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature under the minutes, or the reason why it was refused."""

    at: str
    refused: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """Everything a meeting remembers beyond its fields. ``names`` are the names behind the keys."""

    topics: tuple[Topic, ...] = ()
    invitations: Mapping[str, Invitation] = field(default_factory=dict)
    seats: Mapping[int, Seat] = field(default_factory=dict)
    called: str = ""
    opened: str = ""
    ended: str = ""
    minuted: str = ""
    current: int = 0
    signatures: Mapping[int, Signature] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)

    @property
    def agenda(self) -> tuple[Topic, ...]:
        """The topics that were not withdrawn, in order."""
        return tuple(topic for topic in self.topics if topic.state != WITHDRAWN)

    def topic(self, id: int) -> Topic:
        """The topic of this id. Raises KeyError."""
        for one in self.topics:
            if one.id == id:
                return one
        raise KeyError(id)

    def with_topic(self, topic: Topic) -> Sitting:
        """The same with one topic put in place of the one of its id, or added at the end."""
        if any(one.id == topic.id for one in self.topics):
            return replace(self, topics=tuple(topic if one.id == topic.id else one for one in self.topics))
        return replace(self, topics=(*self.topics, topic))

    def name(self, person: int) -> str:
        """The name behind a key; the key itself where nobody gave the name."""
        return self.names.get(person) or f"{person} 号"

    def here(self, person: int) -> bool:
        """Whether somebody is in the room."""
        seat = self.seats.get(person)
        return seat is not None and seat.state == HERE

    def attended(self, person: int) -> bool:
        """Whether somebody was there at any time."""
        seat = self.seats.get(person)
        return seat is not None and seat.state in (HERE, GONE)


def write_sitting(sitting: Sitting) -> dict[str, object]:
    """The sitting as plain JSON."""
    plain: dict[str, object] = _plain(asdict(sitting))
    return plain


def read_sitting(inner: Mapping[str, object]) -> Sitting:
    """The sitting kept as plain JSON; an empty mapping is a meeting nobody has prepared yet."""
    given: Mapping[str, Any] = inner
    return Sitting(
        topics=tuple(_topic(one) for one in given.get("topics", ())),
        invitations={who: _invitation(one) for who, one in given.get("invitations", {}).items()},
        seats={int(key): Seat(**one) for key, one in given.get("seats", {}).items()},
        signatures={int(key): Signature(**one) for key, one in given.get("signatures", {}).items()},
        names={int(key): name for key, name in given.get("names", {}).items()},
        current=given.get("current", 0),
        **{key: given.get(key, "") for key in ("called", "opened", "ended", "minuted")},
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    return value


def _topic(given: Mapping[str, Any]) -> Topic:
    decision = given["decision"]
    ready = {key: Prepared(**{**one, "files": tuple(one["files"])}) for key, one in given["ready"].items()}
    return Topic(
        **{
            **given,
            "ready": ready,
            "opinions": tuple(Opinion(**one) for one in given["opinions"]),
            "votes": _by_key(given["votes"]),
            "recused": _by_key(given["recused"]),
            "tally": _count(given["tally"]),
            "decision": decision and Decision(**{**decision, "count": _count(decision["count"])}),
        }
    )


def _count(given: Mapping[str, Any] | None) -> Count | None:
    return Count(**given) if given else None


def _invitation(given: Mapping[str, Any]) -> Invitation:
    return Invitation(**{**given, "sent": _by_key(given["sent"]), "late": tuple(given["late"])})


def _by_key(given: Mapping[str, str]) -> dict[int, str]:
    return {int(key): value for key, value in given.items()}
