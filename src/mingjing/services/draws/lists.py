"""The list of a case: built from the people as of the day, written beside it who stands behind an alias."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet

from mingjing.domain.assignment.assembling import Shortlist, shortlists
from mingjing.domain.assignment.pools import Candidate, Excluded, Pool
from mingjing.domain.assignment.rules import AssignmentRule, Names
from mingjing.services.draws.rules import case_facts, reference_of, rule_for
from mingjing.services.draws.staff import staff_for
from mingjing.storage.assignment.models import Deviation, Draw, FilingDay
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Person


def alias(court: Court, person: Person, names: Names) -> str:
    """How somebody stands in a list: the staff number, or an alias only this installation can trace back."""
    if names is Names.NUMBER:
        return person.staff_number
    words = f"{settings.SECRET_KEY}\x00{court.code}\x00{person.staff_number}"
    return f"P{hashlib.sha256(words.encode()).hexdigest()[:10]}"


def built(
    case: Case, on: date, changed: Mapping[int, int] | None = None
) -> tuple[AssignmentRule, list[Listed]]:
    """The rule of a case and the list of every group as it stands on a day; nothing is stored.

    ``changed`` are approved or asked weights by person.

    Raises
    ------
    NoRule, Ambiguous   no rule, or two
    NobodyLeft          too few people can be drawn
    """
    rule = rule_for(case, on)
    staff = staff_for(rule, case, on)
    weights = {str(pk): weight for pk, weight in (changed or {}).items()}
    found = shortlists(rule, case_facts(case), list(staff.values()), weights)
    people = Person.objects.in_bulk([int(one) for listed in found for one in _ids(listed)])
    return rule, [Listed(rule, case, listed, people) for listed in found]


def _ids(listed: Shortlist) -> list[str]:
    return [one.id for one in listed.candidates] + [one.id for one in listed.excluded]


class Listed:
    """One group's list with the people under their aliases, ready to be stored."""

    def __init__(
        self, rule: AssignmentRule, case: Case, listed: Shortlist, people: Mapping[int, Person]
    ) -> None:
        self.rule, self.case, self.listed = rule, case, listed
        self.aliases = {str(pk): alias(case.court, person, rule.names) for pk, person in people.items()}

    def pool(self, day: date, turn: int) -> Pool:
        """The pool that will be committed."""
        listed, named = self.listed, self.aliases
        return Pool(
            case=self.case.number,
            rule=f"{reference_of(self.rule)} · {listed.group.label}",
            day=day.isoformat(),
            candidates=tuple(Candidate(named[one.id], one.weight) for one in listed.candidates),
            excluded=tuple(Excluded(named[one.id], one.reason) for one in listed.excluded),
            seats=listed.group.take,
            turn=turn,
        )

    def fill(self, draw: Draw) -> None:
        """Write the list into a draw that is not locked."""
        listed, named = self.listed, self.aliases
        pool = self.pool(draw.day.on, draw.turn)
        draw.definition = reference_of(self.rule)
        draw.pool, draw.digest = dict(pool.plain()), pool.digest()
        draw.people = {name: int(pk) for pk, name in named.items()}
        draw.details = {named[id]: why for id, why in listed.details.items()}
        draw.steps = [[named.get(step.amount, step.amount), step.text] for step in listed.steps]
        draw.roles, draw.flags = list(listed.group.roles), list(listed.flags)


def stands_for(name: str, court: Court, person: Person) -> bool:
    """Whether somebody stands in lists under this name."""
    return name in (alias(court, person, one) for one in Names)


def live_draws() -> QuerySet[Draw]:
    """Draws that stand: neither drawn again nor withdrawn with their day."""
    return Draw.objects.exclude(state__in=(Draw.State.REDRAWN, Draw.State.WITHDRAWN))


def to_draw_again() -> QuerySet[Draw]:
    """Draws whose group must be drawn again and is on no other list yet; the case's other groups stand."""
    same = live_draws().filter(case=OuterRef("case"), label=OuterRef("label"))
    return Draw.objects.filter(~Exists(same), state=Draw.State.REDRAWN)


def put_on(day: FilingDay, case: Case) -> list[Draw]:
    """Draws for every group of a case on a day, built anew, but for groups that stand on another day; what
    was listed before is replaced."""
    standing = set(live_draws().filter(case=case).exclude(day=day).values_list("label", flat=True))
    changed = {
        int(one.person_id): int(one.weight)
        for one in Deviation.objects.filter(case=case, kind=Deviation.Kind.CHANGED, state="已批准")
        if one.person_id and one.weight and (one.draw is None or one.draw.day_id == day.pk)
    }
    _, lists = built(case, day.on, changed)
    found = []
    for listed in lists:
        label = listed.listed.group.label
        if label in standing:
            continue
        draw = Draw.objects.filter(day=day, case=case, label=label, state=Draw.State.LISTED).first()
        if draw is None:
            turn = Draw.objects.filter(case=case, label=label).count() + 1
            draw = Draw(day=day, case=case, label=label, turn=turn, number=_next_number(day))
        listed.fill(draw)
        draw.save()
        found.append(draw)
    return found


def _next_number(day: FilingDay) -> str:
    """``003-20260930-1007``: court, day, turn of the day, then counted; never given twice."""
    head = f"{day.court_id:03}-{day.on:%Y%m%d}-{day.turn}"
    # Of this day alone: numbers of the tenth day of a date begin as those of the first do.
    last = day.draws.order_by("-pk").values_list("number", flat=True).first()
    return f"{head}{int(last[len(head) :]) + 1 if last else 1:03}"


def plain_pool(draw: Draw) -> Pool:
    """The stored list as a pool again.

    Raises
    ------
    BadPool, NobodyLeft   it was tampered with so that it is no list any more
    """
    plain = draw.pool
    return Pool(
        case=plain["case"],
        rule=plain["rule"],
        day=plain["day"],
        candidates=tuple(Candidate(id, weight) for id, weight in plain["candidates"]),
        excluded=tuple(Excluded(id, reason) for id, reason in plain["excluded"]),
        seats=plain["seats"],
        turn=plain["turn"],
    )
