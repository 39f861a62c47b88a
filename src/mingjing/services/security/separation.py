"""Three keepers, three people (三员分立): nobody holds two of their posts, nor one beside other work."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.permissions import NotAllowed
from mingjing.storage.people.models import Court, Person, Posting

KEEPERS = "三员"
"""The group of posts in dictionary.posts that are held alone."""


class NotSeparate(Refusal):
    """A keeper's post together with another post."""

    code = "not-separate"


def keeper_posts(court: Court) -> frozenset[str]:
    """The posts that are held alone."""
    table = registry(court).dictionary("dictionary.posts")
    return frozenset(post for post in table.keys if table.row(post)["group"] == KEEPERS)


def require_separate(person: Person, post: str, since: date, until: date | None) -> None:
    """Refuse a post that cannot be held beside those the person holds on some day of the time.

    Only posts that carry a role count: membership of the party gives no right.

    Raises
    ------
    NotSeparate   names the post that stands in the way
    """
    court = person.court
    alone, roles = keeper_posts(court), registry(court).roles()
    held = Posting.objects.filter(person=person).filter(Q(until__isnull=True) | Q(until__gte=since))
    held = held if until is None else held.filter(since__lte=until)
    for other in held.exclude(post=post):
        if post in alone or other.post in alone:
            one, two = (post, other.post) if post in alone else (other.post, post)
            if roles.held_by(two) or two in alone:
                raise NotSeparate(
                    f"“{one}”不能同时担任“{two}”：三员分立，由三个人分别担任，也不办别的业务。"
                    f"{person}自 {other.since} 起任“{other.post}”。",
                    example="请先免去原来的职务，或者另选一人",
                )


def require_another(actor: Actor, person: Person) -> None:
    """Refuse rights for oneself."""
    if actor.person.pk == person.pk:
        raise NotAllowed("不能给自己授予职务。请由另一位安全管理员办理。")
