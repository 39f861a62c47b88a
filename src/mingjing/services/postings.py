"""Who holds which post, between which days."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, WrongEntry, day_within, known_word
from mingjing.services.installation import registry
from mingjing.services.people import court_kept
from mingjing.services.permissions import NotVisible
from mingjing.services.security.ending import end_of_person
from mingjing.services.security.separation import require_another, require_separate
from mingjing.storage.people.models import Court, Department, Oversight, Person, Posting

GRANT = "授予职务"
Held = TypeVar("Held", Posting, Oversight)


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the roster: ``department`` is None for the court's leadership."""

    department: Department | None
    post: str
    person: Person
    since: date
    until: date | None


def appoint(
    actor: Actor,
    *,
    person_id: int,
    post: str,
    since: date,
    department_id: int | None = None,
    until: date | None = None,
) -> Posting:
    """Give a post from ``since`` on (to ``until``, counted, if known); giving the same again returns it.

    The person's sessions end: what a browser shows must not outlive the posts it was opened under.

    Raises
    ------
    WrongEntry   unknown post, a department of another court, days out of order
    Taken        the person holds it on some of these days, or somebody else holds a post of one holder
    NotAllowed   the post is for the actor themself
    NotSeparate  the person holds a post that may not be held together with this one
    """
    person, department = found_person(person_id), found_department(department_id)
    court = court_kept(actor, person.court_id)
    known = Posting.objects.filter(
        person=person, post=post, department=department, since=since, until=until
    ).first()
    if known is not None:
        return known
    with act(
        actor, GRANT, needs=GRANT, subject_kind="人员", subject_id=person.pk, court=court, why=post
    ) as record:
        Court.objects.select_for_update().get(pk=court.pk)
        known_word(post, registry(court).dictionary("dictionary.posts").keys, "职务")
        if department is not None and department.court_id != court.pk:
            raise WrongEntry(f"“{department}”不是{court}的部门。")
        if until is not None:
            day_within(until, "止", first=since, last=None, cause="在开始之前")
        require_another(actor, person)
        require_separate(person, post, since, until)
        same = overlapping(Posting.objects.filter(post=post, department=department), since, until)
        mine = same.filter(person=person).first()
        if mine is not None:
            raise Taken(f"{person}的“{post}”已经登记（{mine.since} 至 {mine.until or '今'}）。")
        other = same.filter(person__court=court).select_related("person").first()
        if other is not None and _one_holder(court, post):
            raise Taken(
                f"“{post}”由 {other.person} 担任（{other.since} 至 {other.until or '今'}）。请先免去。"
            )
        posting = Posting.objects.create(
            person=person, post=post, department=department, since=since, until=until
        )
        end_of_person(person)
        record.payload = {
            "姓名": person.name,
            "职务": post,
            "部门": str(department or ""),
            "起": since,
            "止": until,
        }
    return posting


def end_posting(actor: Actor, *, posting_id: int, until: date) -> Posting:
    """The last day of a post (counted); the same day again changes nothing."""
    found = Posting.objects.select_related("person").filter(pk=posting_id).first()
    if found is None:
        raise NotVisible
    court = court_kept(actor, found.person.court_id)
    if found.until == until:
        return found
    with act(
        actor,
        "免去职务",
        needs=GRANT,
        subject_kind="人员",
        subject_id=found.person_id,
        court=court,
        why=found.post,
    ) as record:
        posting = end_on(Posting.objects.all(), posting_id, until, f"{found.person}的“{found.post}”")
        end_of_person(found.person)
        record.payload = {"姓名": found.person.name, "职务": found.post, "止": until}
    return posting


def roster(court: Court, on: date) -> list[Place]:
    """Who held which post on ``on``: the leadership first, then department by department."""
    held = Posting.objects.on(on).filter(person__court=court).select_related("person", "department")
    places = [Place(p.department, p.post, p.person, p.since, p.until) for p in held]
    order = list(registry(court).dictionary("dictionary.posts").keys)
    return sorted(
        places,
        key=lambda place: (
            (0, "") if place.department is None else (place.department.order + 1, place.department.name),
            order.index(place.post) if place.post in order else len(order),
            place.person.staff_number,
        ),
    )


def end_on(rows: QuerySet[Held], row_id: int, until: date, what: str) -> Held:
    """Set the last day of a dated row, unless it has another one already."""
    row = rows.select_for_update(of=("self",)).get(pk=row_id)
    if row.until is not None and row.until != until:
        raise Taken(f"{what}已于 {row.until} 结束。")
    day_within(until, "止", first=row.since - timedelta(days=1), last=None, cause="在开始之前")
    row.until = until
    row.save(update_fields=["until"])
    return row


def overlapping(rows: QuerySet[Held], since: date, until: date | None) -> QuerySet[Held]:
    """Rows in force on some day from ``since`` to ``until``."""
    rows = rows.filter(Q(until__isnull=True) | Q(until__gte=since))
    return rows if until is None else rows.filter(since__lte=until)


def _one_holder(court: Court, post: str) -> bool:
    """The president, and the head (not the deputies) of a department."""
    table = registry(court).dictionary("dictionary.posts")
    row = table.row(post)
    deputy = table.row(row.get("above", "")).get("rung") == row.get("rung")
    return row.get("rung") in ("院长", "庭长") and not deputy


def found_person(person_id: int) -> Person:
    """The person with their court."""
    person = Person.objects.select_related("court").filter(pk=person_id).first()
    if person is None:
        raise NotVisible
    return person


def found_department(department_id: int | None) -> Department | None:
    """The department, None for the court's leadership."""
    if department_id is None:
        return None
    department = Department.objects.filter(pk=department_id).first()
    if department is None:
        raise NotVisible
    return department
