"""A record as the domain sees it at the moment somebody acts, and what the act makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from mingjing.domain.ledgers.register import NEW, Opening
from mingjing.domain.reasons import Refusal, Step

COUNTS = ("未结下级", "未结关联", "未结审批", "附件数", "佐证数")
"""Numbers about what surrounds a record, which conditions may use: children, linked records and approvals
not over yet; files on the record; distinct pieces of evidence on it and on the records linked to it."""

BUILT_IN = ("登记人", "办理人", "系统", "任何人", "公众")
"""Capacities beside fields, roles and posts: who registered it, who acted last, the clock process, anybody
signed in at the court, and whoever came in by the public window: with a form, or with the receipt of the
record (``Register.window``). ``X负责人`` and ``X分管领导`` mean the head and the leader in charge of the
department that a 部门 field X (or ``本部门``: the record's own) holds, or of a 人员 field's department."""


@dataclass(frozen=True, slots=True)
class Who:
    """Who acts: a person's key, name, and the capacities they have towards this record on this day.

    ``anything`` is true in examples without a cast: the actor is taken to hold whatever capacity is asked.
    ``stands_in_for`` are the key and name of everybody whose delegation runs to this person on the day.
    """

    key: int
    name: str
    capacities: frozenset[str]
    anything: bool = False
    stands_in_for: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Matter:
    """A record before an act. ``values`` go by field label; ``inner`` is the machinery's own memory.

    ``evidence`` are the digests of the files on the records linked to it: they count as its evidence too,
    each once. ``assumed`` are fields that count as filled though their content is not known (in examples).
    """

    state: str = NEW
    values: Mapping[str, object] = field(default_factory=dict)
    inner: Mapping[str, object] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)
    opened: date | None = None
    evidence: frozenset[str] = frozenset()
    assumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Deed:
    """What somebody does: the label of the act, what they enter (by field label), when, why.

    ``target`` names whom or what the act is aimed at where the machinery asks (转办 to a person, a vote on a
    topic): plain JSON values.
    """

    act: str
    who: Who
    at: datetime
    values: Mapping[str, object] = field(default_factory=dict)
    target: Mapping[str, object] = field(default_factory=dict)
    why: str = ""

    @property
    def on(self) -> date:
        """The civil day of the act in the court's zone; ``at`` is given in it."""
        return self.at.date()


@dataclass(frozen=True, slots=True)
class Permitted:
    """An act open to somebody now. ``refusal`` is set where it is shown but cannot be done yet, and why.

    ``asks`` are what else has to be said, entered in ``Deed.target`` under the same words; ``choices`` are
    the answers open for some of them.
    """

    act: str
    fill: tuple[str, ...] = ()
    may_fill: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    about: str = ""
    refusal: str = ""
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stepped:
    """A record after an act: its state, all its values, the machinery's memory, what it opens elsewhere.

    ``told`` are (capacity or person key, sentence) pairs to notify; ``says`` explains; ``flags`` are marks
    kept with the act (不合规 …).
    """

    state: str
    values: Mapping[str, object]
    inner: Mapping[str, object] = field(default_factory=dict)
    opens: tuple[Opening, ...] = ()
    told: tuple[tuple[str | int, str], ...] = ()
    says: tuple[Step, ...] = ()
    flags: tuple[str, ...] = ()


class WrongState(Refusal):
    """The act is not open in this state."""

    code = "wrong-state"


class WrongPerson(Refusal):
    """The actor has not the capacity, or is barred from this act."""

    code = "wrong-person"


class NotFilled(Refusal):
    """Fields the act requires are empty."""

    code = "not-filled"


class NotReady(Refusal):
    """A condition of the act does not hold yet."""

    code = "not-ready"


class UnknownAct(Refusal):
    """The register has no act of this name."""

    code = "unknown-act"


class NotAsked(Refusal):
    """A field is entered that the act does not ask for."""

    code = "not-asked"


class WrongValue(Refusal):
    """What is entered in a field is not what the field holds."""

    code = "wrong-value"
