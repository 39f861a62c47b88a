"""机构人员: courts, who holds which post on a day, and what one person held since when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.people import court_kept, courts_kept
from mingjing.services.permissions import NotVisible
from mingjing.storage.people.models import Account, Court, Department, Oversight, Person, Posting

HEADS = ("院长", "分管院领导", "庭长")
LAST = (True, 1000)
"""Whoever leads a department stands first in it; posts that no dictionary knows stand last."""


@dataclass(frozen=True, slots=True)
class Division:
    """A department on a day (None: the court's leadership), who is in charge of it, who works in it."""

    department: Department | None
    leaders: list[Oversight]
    postings: list[Posting]


@dataclass(frozen=True, slots=True)
class Roster:
    """A court on a day, the courts one may look at beside it, and people without a post that day."""

    court: Court
    courts: list[Court]
    divisions: list[Division]
    unposted: list[Person]
    holders: int


@dataclass(frozen=True, slots=True)
class Staff:
    """One person: every post ever held, every department ever overseen, the login if there is one."""

    person: Person
    postings: list[Posting]
    oversights: list[Oversight]
    account: Account | None


def roster(actor: Actor, court_id: int | None, on: date) -> Roster:
    """The roster of a court on a day. A handful of statements however many people.

    Raises
    ------
    NotVisible   neither the actor's own court nor one directly below it
    """
    court = actor.court if court_id is None else court_kept(actor, court_id)
    known = registry(court).dictionary("dictionary.posts")
    rank = {post: (known.row(post).get("rung") not in HEADS, place) for place, post in enumerate(known.keys)}
    held = Posting.objects.on(on).filter(person__court=court).select_related("person", "department")
    postings = sorted(held, key=lambda one: (rank.get(one.post, LAST), one.since, one.pk))
    leaders = list(Oversight.objects.on(on).filter(department__court=court).select_related("leader"))
    departments: list[Department | None] = [None]
    departments += Department.objects.filter(court=court).on(on).order_by("order", "name")
    divisions = [
        Division(
            department,
            [one for one in leaders if department is not None and one.department_id == department.pk],
            [one for one in postings if one.department_id == (department.pk if department else None)],
        )
        for department in departments
    ]
    holders = {one.person_id for one in postings}
    unposted = list(Person.objects.filter(court=court).exclude(pk__in=holders).order_by("staff_number"))
    return Roster(court, list(courts_kept(actor)), divisions, unposted, len(holders))


def staff(actor: Actor, person_id: int) -> Staff:
    """One person. Raises NotVisible for people of other courts."""
    person = Person.objects.select_related("court").filter(pk=person_id).first()
    if person is None:
        raise NotVisible
    court_kept(actor, person.court_id)
    postings = person.postings.select_related("department").order_by("-since", "-pk")
    oversights = person.oversights.select_related("department").order_by("-since", "-pk")
    account = Account.objects.filter(person=person).first()
    return Staff(person, list(postings), list(oversights), account)


def departments_of(court: Court, on: date) -> list[tuple[int, str]]:
    """The departments of a court on a day, as choices of a form."""
    rows = Department.objects.filter(court=court).on(on).order_by("order", "name")
    return list(rows.values_list("pk", "name"))


def leaders_of(court: Court, on: date) -> list[tuple[int, str]]:
    """Those in the court's leadership on a day, as choices of a form."""
    rows = Posting.objects.on(on).filter(person__court=court, department=None).select_related("person")
    return [(one.person_id, f"{one.person.name}（{one.post}）") for one in rows.order_by("since", "pk")]


def posting_kept(actor: Actor, posting_id: int) -> Posting:
    """A posting at a court the actor keeps. Raises NotVisible."""
    found = Posting.objects.select_related("person__court", "department").filter(pk=posting_id).first()
    if found is None:
        raise NotVisible
    court_kept(actor, found.person.court_id)
    return found


def oversight_kept(actor: Actor, oversight_id: int) -> Oversight:
    """An oversight at a court the actor keeps. Raises NotVisible."""
    found = Oversight.objects.select_related("leader__court", "department").filter(pk=oversight_id).first()
    if found is None:
        raise NotVisible
    court_kept(actor, found.leader.court_id)
    return found


def department_kept(actor: Actor, department_id: int) -> Department:
    """A department of a court the actor keeps. Raises NotVisible."""
    found = Department.objects.select_related("court").filter(pk=department_id).first()
    if found is None:
        raise NotVisible
    court_kept(actor, found.court_id)
    return found


def account_kept(actor: Actor, account_id: int) -> Account:
    """A login of somebody at a court the actor keeps. Raises NotVisible."""
    found = Account.objects.select_related("person__court").filter(pk=account_id).first()
    if found is None:
        raise NotVisible
    court_kept(actor, found.person.court_id)
    return found
