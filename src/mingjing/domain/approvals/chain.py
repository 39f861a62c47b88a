"""Where an approval stands: its steps with the seats in them, as plain JSON that a record keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum

from mingjing.domain.approvals.approval import Mode

Person = tuple[int, str]
"""A person's key and name."""


class Standing(Enum):
    """How far a step has come."""

    AHEAD = "未到"
    RUNNING = "办理中"
    DONE = "已同意"
    NOT_NEEDED = "不需要"


class Origin(Enum):
    """Why a step stands in the chain: the definition, or somebody added it before or after theirs."""

    RULE = "制度"
    BEFORE = "前加签"
    AFTER = "后加签"


class Claim(Enum):
    """Why a person sits in a step: by post, because it was handed on to them, or because they were added."""

    POST = "职务"
    HANDED = "转办"
    ADDED = "加签"


@dataclass(slots=True)
class Seat:
    """One person in one step.

    ``source`` is who put them there; ``lent_to`` whom they asked for an opinion (委派), whose ``advice`` they
    confirm. ``agreed_at`` (ISO 8601) is set once they agreed, ``by_proxy`` is who did it for them while a
    delegation ran. ``posts`` are the capacities of the step they signed or sign for; empty where an older
    record did not keep them.
    """

    key: int
    name: str
    claim: Claim = Claim.POST
    source: Person | None = None
    lent_to: Person | None = None
    advice: str = ""
    agreed_at: str = ""
    why: str = ""
    by_proxy: Person | None = None
    posts: tuple[str, ...] = ()

    @property
    def person(self) -> Person:
        """Key and name."""
        return (self.key, self.name)

    @property
    def deciders(self) -> frozenset[int]:
        """Everybody the decision counts against: who sat there and who decided for them."""
        if not self.agreed_at:
            return frozenset()
        return frozenset({self.key} | ({self.by_proxy[0]} if self.by_proxy else set()))


@dataclass(slots=True)
class Level:
    """One step as it stands. ``rule`` is the label of the definition's step it is or hangs on; ``says`` why
    it is needed or not; ``gave_away`` who handed their seat on and does not get it back; ``unheld`` the posts
    whose signature is still asked for and that nobody holds."""

    label: str
    rule: str
    origin: Origin = Origin.RULE
    mode: Mode = Mode.ANY
    standing: Standing = Standing.AHEAD
    says: str = ""
    added_by: Person | None = None
    seats: list[Seat] = field(default_factory=list)
    gave_away: list[int] = field(default_factory=list)
    unheld: list[str] = field(default_factory=list)

    @property
    def waiting(self) -> list[Seat]:
        """Seats that have not decided; in turn, only the first of them."""
        left = [seat for seat in self.seats if not seat.agreed_at]
        return left[:1] if self.mode is Mode.TURN else left

    @property
    def complete(self) -> bool:
        """Whether the step is agreed: by the first, or by everybody who sits in it, no post lacking."""
        agreed = sum(1 for seat in self.seats if seat.agreed_at)
        return agreed > 0 and (self.mode is Mode.ANY or (agreed == len(self.seats) and not self.unheld))

    def forget(self) -> None:
        """Take back every decision of the step. Whoever it was handed on to, and whoever was added, stays;
        people by post are seated anew."""
        self.standing, self.unheld = Standing.AHEAD, []
        self.seats = [
            Seat(seat.key, seat.name, seat.claim, seat.source, posts=seat.posts)
            for seat in self.seats
            if seat.claim is not Claim.POST
        ]


@dataclass(slots=True)
class Chain:
    """An approval under way. ``round`` counts submissions; ``returned_by`` is the step that sent it back to
    whoever applied; ``copies`` are who was told besides; ``urged_on`` is the last day somebody was urged;
    ``about`` are the keys of whom the record is about."""

    applicant: Person
    round: int = 1
    levels: list[Level] = field(default_factory=list)
    copies: list[Person] = field(default_factory=list)
    returned_by: str = ""
    urged_on: str = ""
    about: list[int] = field(default_factory=list)

    @property
    def barred(self) -> frozenset[int]:
        """Who decides no step whatever posts they hold: whoever applied, and whom it is about."""
        return frozenset({self.applicant[0], *self.about})

    @property
    def current(self) -> Level | None:
        """The first step that is needed and not agreed."""
        open_ones = (Standing.AHEAD, Standing.RUNNING)
        return next((level for level in self.levels if level.standing in open_ones), None)

    @property
    def passed(self) -> list[Level]:
        """Steps agreed before the current one."""
        found: list[Level] = []
        for level in self.levels:
            if level is self.current:
                break
            if level.standing is Standing.DONE:
                found.append(level)
        return found

    def level(self, label: str) -> Level | None:
        """The step of this label."""
        return next((level for level in self.levels if level.label == label), None)

    def deciders_elsewhere(self, level: Level) -> frozenset[int]:
        """Who has decided a step other than ``level`` that still stands."""
        found: set[int] = set()
        for other in self.levels:
            if other is not level:
                for seat in other.seats:
                    found |= seat.deciders
        return frozenset(found)


def to_plain(chain: Chain) -> dict[str, object]:
    """The chain as JSON keeps it."""
    plain: dict[str, object] = asdict(chain, dict_factory=_plain)
    return plain


def _plain(pairs: list[tuple[str, object]]) -> dict[str, object]:
    return {key: _json(value) for key, value in pairs}


def _json(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_json(item) for item in value]
    if isinstance(value, list):
        return [_json(item) for item in value]
    return value


def is_begun(inner: Mapping[str, object]) -> bool:
    """Whether a record's memory holds a chain."""
    return "levels" in inner


def from_plain(inner: Mapping[str, object]) -> Chain:
    """The chain a record keeps, as a copy that may be changed. Raises KeyError where there is none."""
    applicant = person(inner["applicant"])
    if applicant is None:
        raise KeyError("applicant")
    return Chain(
        applicant,
        int(str(inner["round"])),
        [_level(item) for item in _dicts(inner["levels"])],
        [one for item in _items(inner["copies"]) if (one := person(item))],
        str(inner["returned_by"]),
        str(inner["urged_on"]),
        [int(str(key)) for key in _items(inner.get("about"))],
    )


def _level(plain: Mapping[str, object]) -> Level:
    return Level(
        str(plain["label"]),
        str(plain["rule"]),
        Origin(plain["origin"]),
        Mode(plain["mode"]),
        Standing(plain["standing"]),
        str(plain["says"]),
        person(plain["added_by"]),
        [_seat(item) for item in _dicts(plain["seats"])],
        [int(str(key)) for key in _items(plain["gave_away"])],
        [str(word) for word in _items(plain.get("unheld"))],
    )


def _seat(plain: Mapping[str, object]) -> Seat:
    return Seat(
        int(str(plain["key"])),
        str(plain["name"]),
        Claim(plain["claim"]),
        person(plain["source"]),
        person(plain["lent_to"]),
        str(plain["advice"]),
        str(plain["agreed_at"]),
        str(plain["why"]),
        person(plain["by_proxy"]),
        tuple(str(word) for word in _items(plain.get("posts"))),
    )


def person(value: object) -> Person | None:
    """A person from ``[key, name]``, or None."""
    if isinstance(value, (list, tuple)) and len(value) == 2:
        return (int(str(value[0])), str(value[1]))
    return None


def people(value: object) -> list[Person]:
    """People from a list of ``[key, name]``."""
    return [one for item in _items(value) if (one := person(item))]


def _items(value: object) -> list[object]:
    return list(value) if isinstance(value, (list, tuple)) else []


def _dicts(value: object) -> list[Mapping[str, object]]:
    return [item for item in _items(value) if isinstance(item, Mapping)]
