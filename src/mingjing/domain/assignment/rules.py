"""The rule of a draw: which cases it serves, who can be drawn with what share, who must step aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum

FULL = 100
"""Hundredths of a share: what a judge with an ordinary quota and an ordinary load has."""


class Missing(Enum):
    """What is done where a department does not reveal in time; either way it is flagged and counted."""

    GO_ON = "继续"
    AGAIN = "重来"


class Names(Enum):
    """How people stand in what is published."""

    NUMBER = "工号"
    ALIAS = "代号"


@dataclass(frozen=True, slots=True)
class Group:
    """People drawn from one pool: ``posts`` maps a post to its quota in hundredths of a full share, ``roles``
    names what the first, second … drawn becomes. ``fields`` limits departments by their business; people
    without a department (leaders, assessors) are not limited by it."""

    label: str
    posts: Mapping[str, int]
    roles: tuple[str, ...]
    fields: tuple[str, ...] = ()

    @property
    def take(self) -> int:
        """How many are drawn."""
        return len(self.roles)


@dataclass(frozen=True, slots=True)
class Specialism:
    """Cases whose cause contains one of ``causes`` go to the people of ``departments`` (专业化审判)."""

    label: str
    causes: tuple[str, ...]
    departments: tuple[str, ...]


@dataclass(frozen=True)
class AssignmentRule:
    """A definition of kind ``assignment``.

    ``counts`` maps a kind of case to what an open one weighs, in hundredths of an ordinary case; ``floor`` is
    the least share, in hundredths of the quota, that a heavy load leaves. ``recusal`` lists the grounds that
    exclude, ``relations`` the links to an earlier case that count as 原审. ``team``: only judges of a
    complete team. ``within`` is the time to reveal, in minutes.
    """

    id: str
    label: str
    since: date
    applies: Mapping[str, tuple[str, ...]]
    groups: tuple[Group, ...]
    recusal: tuple[str, ...]
    contributors: tuple[str, ...]
    within: int
    missing: Missing
    grounds: tuple[str, ...]
    approvers: tuple[str, ...]
    names: Names = Names.ALIAS
    specialisms: tuple[Specialism, ...] = ()
    fallback: bool = False
    counts: Mapping[str, int] | None = None
    floor: int = FULL
    relations: tuple[str, ...] = ()
    team: bool = False
    public: str = ""
    basis: str = ""
    questions: tuple[str, ...] = ()
    content_hash: str = ""

    def serves(self, facts: Mapping[str, str]) -> bool:
        """Whether a case with these facts is drawn under this rule; a missing fact matches nothing."""
        return all(facts.get(name) in words for name, words in self.applies.items())

    def specialism(self, cause: str) -> Specialism | None:
        """The first specialism a cause belongs to."""
        return next((one for one in self.specialisms if any(word in cause for word in one.causes)), None)
