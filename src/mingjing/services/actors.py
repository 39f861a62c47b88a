"""Who acts: a person with the posts and roles held on the day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import CharField, Value

from mingjing.services.installation import registry, today
from mingjing.storage.people.models import Account, Court, Department, Oversight, Person, Posting

PLACE = ("id", "court_id", "name", "field", "order", "since", "until")
SCOPES = ("无", "本人案件", "本庭案件", "本院案件", "辖区案件")


@dataclass(frozen=True)
class Actor:
    """A person on a day: what they may do and how far they see.

    ``acts`` is the union of what their roles may; ``scope`` the widest of what their roles see;
    ``departments`` are those they belong to or are in charge of, ``courts`` those whose records they see.
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

    def may(self, act: str) -> bool:
        """Whether a role of this person lists ``act``; what no role lists is denied (G8)."""
        return act in self.acts

    @property
    def title(self) -> str:
        """Department and post, as shown beside the name."""
        place = self.departments[0].name if self.departments else self.court.short_name
        return f"{place} {self.posts[0]}" if self.posts else place


def actor_of(account: Account) -> Actor:
    """The actor behind a login, today."""
    return actor_for(account.person, today(account.person.court))


def _courts(own: Court, scope: str) -> tuple[Court, ...]:
    """The courts a scope reaches: none, one's own, or one's own with those directly below it."""
    if scope == "无":
        return ()
    if scope == "辖区案件":
        return (own, *Court.objects.filter(parent=own))
    return (own,)


def _held(person: Person, on: date) -> list[tuple[str, Department | None]]:
    """Posts with their department, then departments overseen (with an empty post): one statement for both."""
    place = [f"department__{column}" for column in PLACE]
    posts = Posting.objects.on(on).filter(person=person).annotate(turn=Value(0)).order_by()
    overseen = Oversight.objects.on(on).filter(leader=person).order_by()
    overseen = overseen.annotate(turn=Value(1), post=Value("", CharField()))
    both = posts.values_list("turn", "since", "post", *place).union(
        overseen.values_list("turn", "since", "post", *place), all=True
    )
    return [
        (post, Department(*columns) if columns[0] else None)
        for _, _, post, *columns in both.order_by("turn", "since")
    ]


def actor_for(person: Person, on: date) -> Actor:
    """``person`` with the posts held on ``on``."""
    held_on = _held(person, on)
    posts = tuple(dict.fromkeys(post for post, _ in held_on if post))
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
        departments=tuple(dict.fromkeys(department for _, department in held_on if department)),
        courts=_courts(person.court, scope),
    )
