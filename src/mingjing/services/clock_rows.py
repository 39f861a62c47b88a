"""A clock as a row of the table: computed here, compared with what is stored before anything is written."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from mingjing.domain.caseflow.clocks import speaking
from mingjing.domain.caseflow.rules import Each, Node, NodeClock
from mingjing.domain.deadlines.rules import Due, DueState
from mingjing.domain.ladders.rungs import Colour, RungDue
from mingjing.domain.reasons import Answer, Refusal
from mingjing.storage.supervision.models import Clock

COLOURS = {Colour.BLUE: 1, Colour.YELLOW: 2, Colour.RED: 3}
STATES = {
    DueState.RUNNING: Clock.State.RUNNING,
    DueState.SUSPENDED: Clock.State.SUSPENDED,
    DueState.NO_LIMIT: Clock.State.NO_LIMIT,
}
RUNNING, DONE, VOID = Clock.State.RUNNING.value, Clock.State.DONE.value, Clock.State.VOID.value
OPEN = (RUNNING, Clock.State.SUSPENDED.value, Clock.State.NO_LIMIT.value)

Key = tuple[int, str, str, str]
"""Case, flow, node, occurrence: what makes a clock this clock."""


class ClockRow(NamedTuple):
    """The columns of a clock, in the order in which they are read and written."""

    case_id: int
    flow: str
    label: str
    occurrence: str
    definition: str
    slot: str
    started: date | None
    due_on: date | None
    due_moment: datetime | None
    done_on: date | None
    state: str
    refusal: str
    provisional: bool
    next_on: date | None
    colour: int

    @property
    def key(self) -> Key:
        """What makes it this clock."""
        return self[:4]

    @property
    def ended(self) -> ClockRow:
        """The same clock once it no longer applies."""
        return self._replace(state=VOID, next_on=None, colour=0)


COLUMNS = ClockRow._fields


class Computed(NamedTuple):
    """A clock as it is now, and the rungs that have spoken by the day it was computed for."""

    row: ClockRow
    said: tuple[RungDue, ...] = ()


def stored_rows(clocks: Iterable[tuple[object, ...]]) -> dict[Key, tuple[int, ClockRow]]:
    """Key → primary key and row, from ``values_list("pk", *COLUMNS)``."""
    found = {}
    for pk, *columns in clocks:
        row = ClockRow(*columns)  # type: ignore[arg-type]
        found[row.key] = (pk, row)
    return found  # type: ignore[return-value]


def occurrence_of(clock: NodeClock) -> str:
    """FIRST nodes have one clock whatever starts it; EVERY nodes one per starting event."""
    return clock.occurrence if clock.node.each is Each.EVERY else ""


def refused_row(case_id: int, reference: str, node: Node, refusal: Refusal) -> Computed:
    """The clock of a node for which not even a rule could be chosen."""
    state = Clock.State.REFUSED.value
    return Computed(
        ClockRow(
            case_id, flow_id(reference), node.label, "", reference, node.clock,
            None, None, None, None, state, str(refusal)[:300], False, None, 0,
        )
    )  # fmt: skip


def computed_row(case_id: int, reference: str, clock: NodeClock, *, on: date, zone: tzinfo) -> Computed:
    """A clock as the domain computed it as of ``on``."""
    said = speaking(clock, on)
    ahead = min((rung.on for rung in clock.rungs if rung.on > on), default=None)
    colour = max((COLOURS[rung.colour] for rung in said), default=0)
    key = (case_id, flow_id(reference), clock.node.label, occurrence_of(clock))
    answer = Answered.of(clock.due, reference, zone)
    return answer.row(key, clock.node.clock, clock.started, clock.done, said, ahead, colour)


def flow_id(reference: str) -> str:
    """The id of ``id @ effective date # hash``."""
    return reference.split(" @ ")[0]


@dataclass(frozen=True, slots=True)
class Answered:
    """The columns of a clock that follow from its last day alone."""

    definition: str
    due_on: date | None
    due_moment: datetime | None
    state: str
    refusal: str
    provisional: bool

    @classmethod
    def of(cls, due: Answer[Due] | Refusal, reference: str, zone: tzinfo) -> Answered:
        """``reference`` stands in where no deadline definition is behind the answer."""
        if isinstance(due, Refusal):
            return cls(reference, None, None, Clock.State.REFUSED.value, str(due)[:300], False)
        value, moment = due.value, due.value.moment
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=zone)  # noon of a half day counted from a civil day
        definition, state = due.definition or reference, STATES[value.state].value
        return cls(definition, value.last_day, moment, state, "", bool(due.caveats))

    def row(
        self,
        key: Key,
        slot: str,
        started: date | None,
        done: date | None,
        said: tuple[RungDue, ...],
        ahead: date | None,
        colour: int,
    ) -> Computed:
        """The whole row. Only a clock that runs has a next rung and a colour."""
        running = done is None and self.state == RUNNING
        return Computed(
            ClockRow(
                *key,
                self.definition,
                slot,
                started,
                self.due_on,
                self.due_moment,
                done,
                DONE if done else self.state,
                self.refusal,
                self.provisional,
                ahead if running else None,
                colour if running else 0,
            ),
            said,
        )
