"""Who may do what, and whose cases they see. What is not listed is denied."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum


class Sight(Enum):
    """Whose cases a role sees."""

    OWN = "本人案件"
    DEPARTMENT = "本庭案件"
    COURT = "本院案件"
    AREA = "辖区案件"
    NOTHING = "无"


@dataclass(frozen=True, slots=True)
class Role:
    """One role: the posts that hold it, what they see, the acts they may do."""

    label: str
    posts: tuple[str, ...]
    sees: Sight
    may: frozenset[str]


@dataclass(frozen=True, slots=True)
class Roles:
    """All roles in force together. Anything not listed is denied."""

    roles: tuple[Role, ...] = ()
    since: date | None = None

    def role(self, label: str) -> Role | None:
        """The role of that name."""
        return next((role for role in self.roles if role.label == label), None)

    def held_by(self, post: str) -> tuple[Role, ...]:
        """The roles a post holds."""
        return tuple(role for role in self.roles if post in role.posts)

    def may(self, posts: Iterable[str], act: str) -> bool:
        """Whether any of the posts may do the act."""
        held = set(posts)
        return any(act in role.may and held.intersection(role.posts) for role in self.roles)

    def sees(self, posts: Iterable[str]) -> Sight:
        """The widest sight any of the posts has."""
        held = set(posts)
        found = [role.sees for role in self.roles if held.intersection(role.posts)]
        order = (Sight.NOTHING, Sight.OWN, Sight.DEPARTMENT, Sight.COURT, Sight.AREA)
        return max(found, key=order.index, default=Sight.NOTHING)
