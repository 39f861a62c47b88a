"""What the rules of procedure of one deliberative body say, as one version of a definition."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from mingjing.domain.dates.durations import Duration
from mingjing.domain.dates.periods import Every
from mingjing.domain.ledgers.register import Register
from mingjing.domain.meetings.proportions import Proportion

CALLED, PRESENT = "应到", "实到"


class Enforcement(Enum):
    """What happens to whoever breaks a rule of order: the act is refused, or done and marked."""

    REFUSE = "拒绝"
    MARK = "标记"


@dataclass(frozen=True, slots=True)
class Preparation:
    """Something to be finished before a topic may enter an agenda (调查研究, 征求意见, 充分酝酿).

    ``of`` is the id of the register of meetings whose finished meeting proves it (专业法官会议 before
    审判委员会), empty where words or files prove it.
    """

    label: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class Ballot:
    """How a body votes: how many of whom must be in favour, and whether names are kept.

    ``of`` is 应到 (everybody called, absent and recused included) or 实到 (those present who may vote).
    A secret ballot is entered as counts by whoever counts.
    """

    least: Proportion
    of: str = CALLED
    secret: bool = False


@dataclass(frozen=True, slots=True)
class TopicClass:
    """A class of topics: what it needs beforehand, who is told, how it is decided.

    ``decides`` is false where a topic is only studied or heard. ``quorum`` and ``ballot`` stand in place of
    the body's own. ``every`` is the period in which such a topic must be on the agenda at least once;
    ``about`` is said to people.
    """

    label: str
    needs: tuple[Preparation, ...] = ()
    told: tuple[str, ...] = ()
    decides: bool = True
    quorum: Proportion | None = None
    ballot: Ballot | None = None
    head_last: bool = True
    every: Every | None = None
    about: str = ""


@dataclass(frozen=True, slots=True)
class Informing:
    """Somebody to whom topics go before the meeting with an invitation (R-005 to R-007).

    ``before`` in half working days counts openings of half days: sent in a half day at least so many before
    that of the meeting; other units count on the clock. ``gap`` is a least time on the clock besides.
    ``after`` is how long the record of the discussion may take to reach somebody who could not come.
    """

    who: str
    before: Duration
    gap: Duration | None = None
    after: Duration | None = None
    then: Enforcement = Enforcement.MARK


@dataclass(frozen=True, slots=True)
class FirstItem:
    """The class of topic that stands first on every agenda, and what happens otherwise (R-001)."""

    label: str
    then: Enforcement = Enforcement.REFUSE


@dataclass(frozen=True, slots=True)
class Meeting:
    """One version of the rules of one body.

    ``by`` are the capacities that prepare and record; ``members``, ``chair``, ``head`` and ``observers``
    those proposed for the fields 应到人员, 主持人, 主要负责人 and 列席人员. ``head_last`` is None where the
    head may speak when they like. ``ballot`` is None where the body only advises. ``resolutions`` is the id
    of the ledger in which every adopted resolution becomes a task. ``signs``: everybody present signs the
    minutes. ``every`` and ``times`` say how many meetings a period needs; ``head_chairs``: only those count
    that the head chaired.
    """

    register: Register
    by: tuple[str, ...]
    members: tuple[str, ...]
    chair: tuple[str, ...]
    quorum: Proportion
    head: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    first_item: FirstItem | None = None
    head_last: Enforcement | None = None
    classes: tuple[TopicClass, ...] = ()
    told: tuple[Informing, ...] = ()
    ballot: Ballot | None = None
    resolutions: str = ""
    signs: bool = True
    every: Every | None = None
    times: int = 0
    head_chairs: bool = False

    def topic_class(self, label: str) -> TopicClass:
        """The class of this label. Raises KeyError."""
        for one in self.classes:
            if one.label == label:
                return one
        raise KeyError(label)

    def informing(self, who: str) -> Informing:
        """What must be told to this capacity. Raises KeyError."""
        for one in self.told:
            if one.who == who:
                return one
        raise KeyError(who)

    def quorum_for(self, topic: TopicClass) -> Proportion:
        """How many must be there to decide a topic of this class."""
        return topic.quorum or self.quorum

    def ballot_for(self, topic: TopicClass) -> Ballot | None:
        """How a topic of this class is voted on; None where it is not."""
        return (topic.ballot or self.ballot) if topic.decides else None
