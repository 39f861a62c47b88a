"""The shape of a case-flow definition: nodes, what they follow, within what, and who is told when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from mingjing.domain.dates.durations import Duration
from mingjing.domain.deadlines.rules import Due
from mingjing.domain.ladders.rungs import Rung, RungDue
from mingjing.domain.reasons import Answer, Refusal


class Each(Enum):
    """Which occurrences of the followed event start the node."""

    FIRST = "首次"
    EVERY = "每次"


@dataclass(frozen=True, slots=True)
class Node:
    """A step a case must take: within ``within`` (or by the deadline slot ``clock``) after ``follows``.

    Exactly one of ``within`` and ``clock`` is given. ``done`` lists event kinds, any of which fulfils
    the node. ``applies`` narrows the flow's own. ``tips`` are shown when the node is reached (S-178).
    """

    label: str
    follows: str
    done: tuple[str, ...]
    within: Duration | None = None
    clock: str = ""
    each: Each = Each.FIRST
    rungs: tuple[Rung, ...] = ()
    applies: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    stage: str = ""
    law: str = ""
    tips: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A column of the board: entered when any of ``begins`` happens."""

    label: str
    begins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Caseflow:
    """The nodes of one kind of case."""

    id: str
    label: str
    owner: str
    since: date
    applies: Mapping[str, tuple[str, ...]]
    stages: tuple[Stage, ...]
    nodes: tuple[Node, ...]
    basis: str = ""
    calendar: str = "calendar.cn"
    questions: tuple[str, ...] = ()
    content_hash: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a case, and when somebody wrote it down.

    ``happened`` is a civil date in the court's zone (``moment`` where the hour is known); ``recorded``
    is an aware moment or None where the source does not say. ``until`` closes an event that is a span.
    """

    kind: str
    happened: date
    moment: datetime | None = None
    recorded: datetime | None = None
    until: date | None = None
    id: str = ""


@dataclass(frozen=True, slots=True)
class NodeClock:
    """One running or finished clock of a node.

    ``occurrence`` is the id of the event that started it, empty where only a fact did. ``due`` is a
    refusal where the rule cannot answer: the clock is still there, it shows why it has no last day, and
    it warns nobody. ``late_days`` is 0 while in time, and grows with the day asked about until ``done``.
    """

    node: Node
    occurrence: str
    started: date
    due: Answer[Due] | Refusal
    done: date | None
    late_days: int
    rungs: tuple[RungDue, ...]

    @property
    def last_day(self) -> date | None:
        """The last day in time; None while suspended, without limit, or refused."""
        return None if isinstance(self.due, Refusal) else self.due.value.last_day
