"""Taking a result into the cases: handler, panel and the handler's team, one act for each case."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from itertools import groupby

from mingjing.services.actors import Actor
from mingjing.services.acts import Record, act, acts_together
from mingjing.services.change_procedure import hand_over
from mingjing.services.clocks import recheck
from mingjing.services.draws.days import RUN, UNLIKE, State, locked_day
from mingjing.services.draws.drawing import PoolChanged
from mingjing.services.draws.lists import stands_for
from mingjing.services.draws.staff import team_of
from mingjing.services.installation import now, registry
from mingjing.services.locking import lock_any_case
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.assignment.models import Draw, FilingDay
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case, PanelMember
from mingjing.storage.people.models import Person, Posting

HANDLER = "承办人"
ASSIGNED = "分案"


def take_day(actor: Actor, day_id: int) -> int:
    """Enter the results of a drawn day into its cases; how many cases got their people (again: none).

    Raises
    ------
    PoolChanged   who was drawn, or who stands behind a name, is not what was drawn; it stands in the log
    """
    _as_drawn(actor, day_id)
    with acts_together(actor, "分案入案", needs=RUN) as records:
        day = locked_day(actor, day_id, State.DRAWN)
        waiting = day.draws.filter(state=Draw.State.DRAWN).order_by("case", "pk").select_related("case")
        for _, group in groupby(list(waiting), key=lambda one: one.case_id):
            records.append(_take(actor, list(group)))
    return len(records)


def _as_drawn(actor: Actor, day_id: int) -> None:
    """Hold the results against the entry of the draw, and names against the people they are made of."""
    day = FilingDay.objects.select_related("court").filter(pk=day_id, court=actor.court, state=State.DRAWN)
    entries = Act.objects.filter(seq__in=day.values("drawn_entry"))
    told = {one: who for text in entries.values_list("payload", flat=True) for one, who in _told(text)}
    waiting = Draw.objects.filter(day__in=day, state=Draw.State.DRAWN).select_related("day__court")
    draws = list(waiting.order_by("pk"))
    people = Person.objects.in_bulk({one.people.get(name) for one in draws for name in one.drawn} - {None})
    wrong = [
        one.number
        for one in draws
        if told.get(one.number) != one.drawn
        or not all(_is(one, name, people.get(one.people.get(name))) for name in one.drawn)
    ]
    if not wrong:
        return
    with act(actor, UNLIKE, needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
        record.payload = {"不符": wrong, "抽中": {one: told.get(one, []) for one in wrong}}
    raise PoolChanged(
        f"{len(wrong)} 件的结果（{'、'.join(wrong[:3])}）与抽取时记入日志的不一样，是后来被改过的，不能入案。"
        "已经记入日志，请报审计管理员核查。"
    )


def _told(payload: str) -> Iterable[tuple[str, list[str]]]:
    drawn: dict[str, list[str]] = json.loads(payload)["抽中"]
    return drawn.items()


def _is(one: Draw, name: str, person: Person | None) -> bool:
    return person is not None and stands_for(name, one.day.court, person)


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
