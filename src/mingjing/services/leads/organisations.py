"""The organisation of all courts on a day, as the routing of leads asks for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from mingjing.domain.leads.routing import Organisation, Seat
from mingjing.services.installation import registry
from mingjing.storage.people.models import Court, Oversight, Person, Posting

RECEIVERS = "dictionary.lead_receivers"
CHIEFS = ("院长", "党组书记")


def receiving_posts(court: Court) -> tuple[str, ...]:
    """The posts that may receive leads, the first of them before the others."""
    return tuple(registry(court).dictionary(RECEIVERS).keys)


def organisation_on(on: date, *, seated: Iterable[int] | None = None) -> Organisation:
    """All courts on a day, in three statements. With ``seated`` only these people keep a post that receives:
    the others cannot open what is sealed."""
    able = None if seated is None else frozenset(seated)
    known = registry().dictionary("dictionary.posts")
    receiving = set(registry().dictionary(RECEIVERS).keys)
    seats: list[Seat] = []
    heads: dict[int, set[int]] = defaultdict(set)
    chiefs: dict[int, set[int]] = defaultdict(set)
    leaders: dict[int, set[int]] = defaultdict(set)
    rows = Posting.objects.on(on).order_by("since", "pk")
    for person, post, court, unit in rows.values_list("person", "post", "person__court", "department"):
        closed = able is not None and post in receiving and person not in able
        seats.append(Seat(person, "" if closed else post, court, unit))
        rung = known.row(post).get("rung") if post in known.keys else ""
        if unit is not None and rung == "庭长":
            heads[unit].add(person)
        if post in CHIEFS:
            chiefs[court].add(person)
    for leader, unit in Oversight.objects.on(on).values_list("leader", "department"):
        leaders[unit].add(leader)
    return Organisation(
        above=dict(Court.objects.order_by().values_list("pk", "parent")),
        seats=tuple(seats),
        heads={unit: frozenset(held) for unit, held in heads.items()},
        leaders={unit: frozenset(held) for unit, held in leaders.items()},
        chiefs={court: frozenset(held) for court, held in chiefs.items()},
    )


def people_named(court: Court, name: str, unit: str = "") -> list[Person]:
    """Everybody a reporter may have meant: of that name at the court, in that department where it is said and
    somebody of the name is there. Namesakes are all kept away from the lead."""
    wanted = "".join(name.split())
    found = list(Person.objects.filter(court=court, name=wanted)) if wanted else []
    there = [one for one in found if unit and one.postings.filter(department__name=unit.strip()).exists()]
    return there or found


def channels(court: Court) -> list[str]:
    """The ways by which reports come in (五位一体)."""
    return list(registry(court).dictionary("dictionary.reporting_channels").keys)


def reportable_courts(court: Court | None = None) -> list[Court]:
    """The courts whose people may be reported: at one court its own and those below it, else all."""
    rows = Court.objects.order_by("code")
    return list(rows.filter(Q(pk=court.pk) | Q(parent=court)) if court is not None else rows)
