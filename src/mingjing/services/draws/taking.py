"""Taking a result into the cases: handler, panel and the handler's team, one act for each case."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from mingjing.services.actors import Actor
from mingjing.services.acts import Record, acts_together
from mingjing.services.change_procedure import hand_over
from mingjing.services.clocks import recheck
from mingjing.services.draws.days import RUN, State, locked_day
from mingjing.services.draws.staff import team_of
from mingjing.services.installation import now, registry
from mingjing.services.locking import lock_any_case
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.assignment.models import Draw
from mingjing.storage.cases.models import Case, PanelMember
from mingjing.storage.people.models import Person, Posting

HANDLER = "承办人"
ASSIGNED = "分案"


def take_day(actor: Actor, day_id: int) -> int:
    """Enter the results of a drawn day into its cases; how many cases got their people (again: none)."""
    with acts_together(actor, "分案入案", needs=RUN) as records:
        day = locked_day(actor, day_id, State.DRAWN)
        waiting = day.draws.filter(state=Draw.State.DRAWN).order_by("case", "pk").select_related("case")
        for _, group in groupby(list(waiting), key=lambda one: one.case_id):
            records.append(_take(actor, list(group)))
    return len(records)


def _take(actor: Actor, draws: Sequence[Draw]) -> Record:
    case = lock_any_case(draws[0].case_id)
    record = Record("案件", str(case.pk), definition=draws[0].definition)
    seats = [
        (role, Person.objects.get(pk=draw.people[who]))
        for draw in draws
        for role, who in zip(draw.roles, draw.drawn, strict=True)
    ]
    put_in(actor, case, seats, note=f"随机抽取 {'、'.join(draw.number for draw in draws)}")
    for draw in draws:
        draw.state, draw.taken_at = Draw.State.TAKEN, now()
        draw.save(update_fields=["state", "taken_at"])
    record.payload = {
        "案号": case.number,
        "抽取编号": [draw.number for draw in draws],
        "人员": {person.staff_number: role for role, person in seats},
    }
    return record


def put_in(actor: Actor, case: Case, seats: Sequence[tuple[str, Person]], *, note: str) -> None:
    """Make people the handler and panel of a case; the handler's team comes with them.

    Seats of the same role replace those that were there; the caller holds the case's lock.
    """
    for role in {role for role, _ in seats if role != HANDLER}:
        case.panel.filter(role=role).delete()
    for role, person in seats:
        if role == HANDLER:
            _handler(actor, case, person)
        else:
            PanelMember.objects.create(case=case, person=person, role=role)
    if ASSIGNED in registry(case.court).dictionary("dictionary.events"):
        write_event(case, Happening(ASSIGNED, actor.on, note=note), by=actor.person)
    recheck(case, on=actor.on)


def _handler(actor: Actor, case: Case, person: Person) -> None:
    held = Posting.objects.on(actor.on).filter(person=person).select_related("department")
    posting = held.order_by("since", "pk").first()
    case.handler, case.handler_name = person, person.name
    if posting is not None and posting.department is not None:
        case.department = posting.department
    case.save(update_fields=["handler", "handler_name", "department", "updated_at"])
    team = team_of(case, person.pk)
    if team:
        case.panel.filter(role__in=team).delete()
    for part, member in team.items():
        PanelMember.objects.create(case=case, person_id=member, role=part)
    hand_over(case, person, actor)
