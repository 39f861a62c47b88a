"""Who acts: a person with the posts and roles held on the day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.db.models import BigIntegerField, CharField, DateField, Field, IntegerField, QuerySet, Value

from mingjing.services.installation import registry, today
from mingjing.storage.kept import Given, ask, ask_rows
from mingjing.storage.people.models import Account, Court, Department, Oversight, Person, Posting
from mingjing.storage.records.models import Delegation

PLACE = ("id", "court_id", "name", "field", "order", "since", "until")
KINDS: tuple[Field[Any, Any], ...] = (
    BigIntegerField(),
    BigIntegerField(),
    CharField(),
    CharField(),
    IntegerField(),
    DateField(),
    DateField(),
)
"""The types of PLACE, for rows that have no department."""
_department: Callable[..., Department] = Department  # a row as it is
SCOPES = ("无", "本人案件", "本庭案件", "本院案件", "辖区案件")


@dataclass(frozen=True)
class Actor:
    """A person on a day: what they may do and how far they see.

    ``acts`` is the union of what their roles may; ``scope`` the widest of what their roles see;
    ``departments`` are those they belong to or are in charge of, ``courts`` those whose records they see.
    ``held`` are their posts, each with the key of its department, ``leads`` the keys of the departments they
    are in charge of; ``lent`` whether somebody has delegated to them that day.
    """

    person: Person
    court: Court
    on: date
    posts: tuple[str, ...]
    roles: tuple[str, ...]
    acts: frozenset[str]
    scope: str
    departments: tuple[Department, ...]
    courts: tuple[Court, ...]
    held: tuple[tuple[str, int | None], ...] = ()
    leads: frozenset[int] = frozenset()
    lent: bool = False

    def may(self, act: str) -> bool:
        """Whether a role of this person lists ``act``; what no role lists is denied (G8)."""
        return act in self.acts

    @property
    def title(self) -> str:
        """Department and post, as shown beside the name; 立案庭庭长 alone, for it names its department."""
        place = self.departments[0].name if self.departments else self.court.short_name
        if self.posts and self.posts[0].startswith(place):
            return self.posts[0]
        return f"{place} {self.posts[0]}" if self.posts else place


def actor_of(account: Account) -> Actor:
    """The actor behind a login, today."""
    return actor_for(account.person, today(account.person.court))


def _below() -> QuerySet[Court]:
    """The courts directly below a given one."""
    return Court.objects.filter(parent=cast(Court, Given("court")))


def _courts(own: Court, scope: str) -> tuple[Court, ...]:
    """The courts a scope reaches: none, one's own, or one's own with those directly below it."""
    if scope == "无":
        return ()
    if scope == "辖区案件":
        return (own, *ask_rows("courts below", _below, {"court": own.pk}))
    return (own,)


@dataclass(frozen=True, slots=True)
class _Held:
    """One row of what somebody is: a post, a department in charge of (``turn`` 1), a delegation (2)."""

    turn: int
    post: str
    department: Department | None


def _held(person: Person, on: date) -> list[_Held]:
    """Posts with their department, departments overseen, whether anybody delegated: one statement for all."""
    return [
        _Held(turn, post, _department(*columns) if columns[0] else None)
        for turn, _, post, *columns in ask("held", _everything_held, {"person": person.pk, "on": on})
    ]


def _everything_held() -> QuerySet[Any, Any]:
    """Turn, first day, post and department of all that a given person is on a given day."""
    person, on = cast(Person, Given("person")), cast(date, Given("on", DateField()))
    place = [f"department__{column}" for column in PLACE]
    posts = Posting.objects.on(on).filter(person=person).annotate(turn=Value(0)).order_by()
    overseen = Oversight.objects.on(on).filter(leader=person).order_by()
    overseen = overseen.annotate(turn=Value(1), post=Value("", CharField()))
    lent = Delegation.objects.filter(taker=person, since__lte=on, until__gte=on).order_by()
    nowhere = {f"place_{column}": Value(None, kind) for column, kind in zip(PLACE, KINDS, strict=True)}
    lent = lent.annotate(turn=Value(2), post=Value("", CharField()), **nowhere)
    rows = posts.values_list("turn", "since", "post", *place).union(
        overseen.values_list("turn", "since", "post", *place),
        lent.values_list("turn", "since", "post", *nowhere),
        all=True,
    )
    return rows.order_by("turn", "since")


def actor_for(person: Person, on: date) -> Actor:
    """``person`` with the posts held on ``on``."""
    held_on = _held(person, on)
    posts = tuple(dict.fromkeys(one.post for one in held_on if one.post))
    held = [role for role in registry(person.court).roles().roles if set(role.posts) & set(posts)]
    scope = max((role.sees.value for role in held), key=SCOPES.index, default="无")
    return Actor(
        person=person,
        court=person.court,
        on=on,
        posts=posts,
        roles=tuple(role.label for role in held),
        acts=frozenset(act for role in held for act in role.may),
        scope=scope,
        departments=tuple(dict.fromkeys(one.department for one in held_on if one.department)),
        courts=_courts(person.court, scope),
        held=tuple(
            (one.post, one.department.pk if one.department else None) for one in held_on if one.turn == 0
        ),
        leads=frozenset(one.department.pk for one in held_on if one.turn == 1 and one.department),
        lent=any(one.turn == 2 for one in held_on),
    )
