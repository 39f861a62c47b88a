"""One act on a meeting as its handler sees it, and what the handler gives back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.ledgers.matters import Deed, NotFilled, WrongPerson, WrongState
from mingjing.domain.ledgers.register import Opening
from mingjing.domain.meetings.rules import Enforcement, Meeting
from mingjing.domain.meetings.sitting import WITHDRAWN, Sitting, Topic
from mingjing.domain.reasons import Refusal

CHAIR, HEAD, CALLED, OBSERVERS, RECORDER = "主持人", "主要负责人", "应到人员", "列席人员", "记录人"
STARTS, NAME = "会议时间", "会议名称"


@dataclass(frozen=True, slots=True)
class Handled:
    """What a handler made of an act. ``state`` is empty where the act's own move stands."""

    sitting: Sitting
    state: str = ""
    flags: tuple[str, ...] = ()
    opens: tuple[Opening, ...] = ()
    told: tuple[tuple[str | int, str], ...] = ()
    values: Mapping[str, object] | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A meeting before an act: ``values`` are its fields with the act's own entries laid over them."""

    meeting: Meeting
    state: str
    values: Mapping[str, object]
    sitting: Sitting
    deed: Deed
    calendar: WorkCalendar

    @property
    def at(self) -> str:
        """The moment of the act as kept in JSON."""
        return self.deed.at.isoformat(timespec="seconds")

    @property
    def called(self) -> tuple[int, ...]:
        """Everybody called."""
        return self.people(CALLED)

    @property
    def head(self) -> int:
        """The key of the head of the body; 0 where none is named."""
        return next(iter(self.people(HEAD)), 0)

    def people(self, label: str) -> tuple[int, ...]:
        """The keys in a 人员 or 多人 field."""
        value = self.values.get(label)
        if isinstance(value, (list, tuple)):
            return tuple(one for one in value if isinstance(one, int))
        return (value,) if isinstance(value, int) else ()

    def starts(self) -> datetime:
        """When the meeting is to begin, in the zone of the act. Raises NotFilled."""
        if not self.values.get(STARTS):
            raise NotFilled(f"还没有填“{STARTS}”。", example=f"{STARTS}=2024-03-05 14:30")
        moment = datetime.fromisoformat(str(self.values[STARTS]))
        zone = self.deed.at.tzinfo
        return moment.astimezone(zone) if moment.tzinfo and zone else moment.replace(tzinfo=zone)

    def text(self, key: str, *, required: str = "") -> str:
        """A text of the target. Raises NotFilled with what ``required`` says when it is empty."""
        value = self.deed.target.get(key)
        found = str(value).strip() if value is not None else ""
        if not found and required:
            raise NotFilled(f"办理“{self.deed.act}”要写明{required}。", example=f"{key}=…")
        return found

    def reason(self, what: str) -> str:
        """The words given with the act. Raises NotFilled when there are none."""
        said = self.deed.why.strip() or self.text("说明")
        if not said:
            raise NotFilled(f"办理“{self.deed.act}”要写明{what}。", example=f"说明={what}……")
        return said

    def topic(self) -> Topic:
        """The topic aimed at: by id or title, else the one being discussed. Raises NotFilled."""
        given = self.deed.target.get("议题")
        wanted = str(given).strip() if given is not None else str(self.sitting.current or "")
        for one in self.sitting.agenda:
            if wanted and wanted in (str(one.id), one.title):
                return one
        cause = f"议程里没有议题“{wanted}”。" if wanted else f"办理“{self.deed.act}”要选定议题。"
        raise NotFilled(cause, allowed=[one.title for one in self.sitting.agenda])

    def open_topic(self) -> Topic:
        """The topic aimed at, being discussed now. Raises WrongState where it is not."""
        if not self.sitting.current:
            raise WrongState("现在没有在议的议题，请先“进入议题”。")
        topic = self.topic()
        if topic.id != self.sitting.current:
            raise WrongState(f"“{topic.title}”现在是“{topic.state}”，要先“进入议题”才能“{self.deed.act}”。")
        return topic

    def people_meant(self) -> tuple[int, ...]:
        """Whom the act concerns: the actor, or those for whom the recorder or the chair enters it.

        Raises WrongPerson where the actor may not act for somebody else.
        """
        given = self.deed.target.get("人员")
        several = given if isinstance(given, (list, tuple)) else (given,)
        wanted = tuple(
            int(one) for one in several if isinstance(one, (int, str)) and str(one).isdecimal()
        ) or (self.deed.who.key,)
        others = tuple(one for one in wanted if one != self.deed.who.key)
        if others and not self.is_staff():
            who = "、".join((CHAIR, RECORDER, *self.meeting.by))
            cause = f"您不能替 {self.names(others)} 办理“{self.deed.act}”。可以代录的：{who}。"
            raise WrongPerson(cause)
        return tuple(dict.fromkeys(wanted))

    def person(self, *, self_only: bool = False) -> int:
        """The one person the act concerns. Raises WrongPerson, and NotFilled where several are named."""
        people = self.people_meant()
        if len(people) > 1:
            raise NotFilled(f"“{self.deed.act}”一次只办一个人。")
        if self_only and people[0] != self.deed.who.key:
            raise WrongPerson(f"“{self.deed.act}”只能由 {self.name(people[0])} 本人办理。")
        return people[0]

    def is_staff(self) -> bool:
        """Whether the actor may enter what others do."""
        allowed = {*self.meeting.by, CHAIR, RECORDER}
        return self.deed.who.anything or bool(allowed & self.deed.who.capacities)

    def name(self, person: int) -> str:
        """The name behind a key."""
        return self.deed.who.name if person == self.deed.who.key else self.sitting.name(person)

    def names(self, people: tuple[int, ...]) -> str:
        """Names in a row."""
        return "、".join(self.name(one) for one in people)

    def done(self, topic: Topic | None = None, **more: object) -> Handled:
        """The sitting with a topic put back and other fields changed, nothing else."""
        sitting = self.sitting if topic is None else self.sitting.with_topic(topic)
        return Handled(replace(sitting, **more) if more else sitting)  # type: ignore[arg-type]


def enforce(then: Enforcement, refusal: Refusal, mark: str) -> tuple[str, ...]:
    """The mark for a breach that is only marked. Raises the refusal where breaches are refused."""
    if then is Enforcement.REFUSE:
        raise refusal
    return (mark,)


def withdrawn(topic: Topic) -> Topic:
    """The topic taken off the agenda."""
    return replace(topic, state=WITHDRAWN)
