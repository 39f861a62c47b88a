"""What the pages of the draw show: days, one day, one draw, departures; people by name, in-house only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Q, QuerySet

from mingjing.domain.assignment.expectation import chance
from mingjing.domain.assignment.rules import AssignmentRule
from mingjing.services.actors import Actor
from mingjing.services.draws.contributions import department_of
from mingjing.services.draws.days import NEED_APPROVAL
from mingjing.services.draws.lists import live_draws, plain_pool, to_draw_again
from mingjing.services.draws.rules import rule_for, rules_of
from mingjing.services.draws.taking import HANDLER
from mingjing.services.installation import now
from mingjing.services.permissions import NotVisible, cases_seen, seen_case
from mingjing.storage.assignment.models import Contribution, Deviation, Draw, FilingDay
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Department, Person, Posting

ALL_DAYS, ALL_CASES = 200, 200


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a list: weight and chance, or why excluded; ``working`` and ``detail`` in words."""

    person: Person
    alias: str
    weight: int = 0
    chance: float = 0.0
    reason: str = ""
    working: str = ""
    detail: str = ""
    role: str = ""


@dataclass(frozen=True, slots=True)
class DrawView:
    """One draw with its lines: those who could be drawn, those who could not."""

    draw: Draw
    lines: tuple[Line, ...]
    out: tuple[Line, ...]
    waiting: tuple[Deviation, ...]
    unapproved: tuple[str, ...]

    @property
    def people(self) -> tuple[Line, ...]:
        """Those drawn, in the order of their seats."""
        drawn = {line.alias: line for line in self.lines}
        return tuple(drawn[one] for one in self.draw.drawn if one in drawn)


@dataclass(frozen=True, slots=True)
class DayView:
    """A filing day: its draws case by case, who gave what, and what this person may do next."""

    day: FilingDay
    cases: tuple[tuple[Case, tuple[DrawView, ...]], ...]
    given: tuple[Contribution, ...]
    missing: tuple[str, ...]
    mine: Department | None
    own: Contribution | None
    overdue: bool
    hindered: int

    @property
    def all_revealed(self) -> bool:
        """Whether nobody of this round has still to reveal."""
        return bool(self.given) and all(one.value or one.silent for one in self.given)

    @property
    def untaken(self) -> int:
        """Draws whose result is not yet in its case."""
        views = (view for _, views in self.cases for view in views)
        return sum(view.draw.state == Draw.State.DRAWN for view in views)


def days(actor: Actor, state: str = "") -> list[FilingDay]:
    """The filing days of the actor's court, newest first, with how many cases and flags each has."""
    rows = FilingDay.objects.filter(court=actor.court).select_related("opened_by")
    if state:
        rows = rows.filter(state=state)
    counted = rows.annotate(
        cases=Count("draws__case", distinct=True),
        flagged=Count("draws", filter=~Q(draws__flags=[]), distinct=True),
    )
    return list(counted[:ALL_DAYS])


def day_view(actor: Actor, day_id: int) -> DayView:
    """One day of the actor's court. Raises NotVisible."""
    day = FilingDay.objects.filter(court=actor.court, pk=day_id).select_related("opened_by").first()
    if day is None:
        raise NotVisible
    draws = list(_with_cases(day.draws.all()))
    views = _views(draws, inside=actor.may("组织分案"))
    cases = tuple((case, tuple(group)) for case, group in groupby(views, key=lambda view: view.draw.case))
    given = tuple(day.contributions.filter(round=day.round).select_related("department", "person"))
    names = {one.department.name for one in given}
    mine = department_of(actor, day)
    return DayView(
        day=day,
        cases=cases,
        given=given,
        missing=tuple(one for one in day.contributors if one not in names),
        mine=mine,
        own=next((one for one in given if mine and one.department_id == mine.pk), None),
        overdue=day.reveal_by is not None and now() >= day.reveal_by,
        hindered=sum(bool(view.unapproved) for view in views),
    )


def draw_view(actor: Actor, draw_id: int) -> DrawView:
    """One draw of the actor's court. Raises NotVisible."""
    draw = _with_cases(Draw.objects.filter(day__court=actor.court, pk=draw_id)).first()
    if draw is None:
        raise NotVisible
    return _views([draw], inside=actor.may("组织分案") or actor.may("批准例外分案"))[0]


def askable(actor: Actor, views: Iterable[DrawView]) -> frozenset[int]:
    """The cases among these draws for which the actor may ask for a departure: those they see themselves."""
    if not actor.may("申请例外分案"):
        return frozenset()
    drawn = {view.draw.case_id for view in views}
    return frozenset(cases_seen(actor).filter(pk__in=drawn).values_list("pk", flat=True))


def draws_of_case(case: Case) -> list[DrawView]:
    """The draws of a case that its reader sees, oldest first."""
    return _views(list(_with_cases(Draw.objects.filter(case=case))), inside=False)


def waiting_cases(actor: Actor) -> list[Case]:
    """Open cases without a handler, or to be drawn again, that a rule serves and no live draw holds; of a
    case some of whose groups stand, those to be drawn again count."""
    held = Q(pk__in=live_draws().values("case")) & ~Q(pk__in=to_draw_again().values("case"))
    again = Deviation.objects.filter(kind=Deviation.Kind.REDRAW, state=Deviation.State.APPROVED).values(
        "case"
    )
    rows = cases_seen(actor).filter(court=actor.court, closed_on__isnull=True).exclude(held)
    rows = rows.filter(Q(handler__isnull=True) | Q(pk__in=again)).order_by("filed_on", "pk")
    rules = rules_of(actor.court, actor.on)
    kinds = {kind for rule in rules for kind in rule.applies.get("案件类型", ())}
    return list(rows.filter(kind__in=kinds)[:ALL_CASES])


def deviations(actor: Actor, state: str = "", kind: str = "") -> QuerySet[Deviation]:
    """Departures from the draw at the actor's court, newest first."""
    rows = Deviation.objects.filter(court=actor.court)
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(kind=kind) if kind else rows
    return rows.select_related("case", "draw__day", "person", "asked_by", "decided_by")


def deviation(actor: Actor, deviation_id: int) -> Deviation:
    """One departure. Raises NotVisible."""
    found = deviations(actor).filter(pk=deviation_id).first()
    if found is None:
        raise NotVisible
    return found


def designable(actor: Actor, case_id: int) -> tuple[AssignmentRule, list[tuple[str, str]]]:
    """The rule of a case, and who could be designated to handle it (key, name with post)."""
    case = seen_case(actor, case_id)
    rule = rule_for(case, actor.on)
    posts = {post for group in rule.groups if HANDLER in group.roles for post in group.posts}
    held = Posting.objects.on(actor.on).filter(person__court=case.court, post__in=posts)
    rows = held.select_related("person", "department").order_by("department__order", "person__staff_number")
    return rule, [
        (str(one.person_id), f"{one.person.name}（{one.department or ''}{one.post}）") for one in rows
    ]


def _with_cases(rows: QuerySet[Draw]) -> QuerySet[Draw]:
    return rows.select_related("case", "case__court", "day").order_by("case__number", "pk")


def _views(draws: list[Draw], *, inside: bool) -> list[DrawView]:
    people = Person.objects.in_bulk({pk for draw in draws for pk in draw.people.values()})
    waiting: dict[int, list[Deviation]] = {}
    for one in Deviation.objects.filter(draw__in=draws).select_related("asked_by", "decided_by"):
        waiting.setdefault(one.draw_id or 0, []).append(one)
    return [_view(draw, people, waiting.get(draw.pk, []), inside=inside) for draw in draws]


def _view(draw: Draw, people: Mapping[int, Person], asked: Iterable[Deviation], *, inside: bool) -> DrawView:
    pool = plain_pool(draw)
    working: dict[str, str] = dict(draw.steps)
    roles = dict(zip(draw.drawn, draw.roles, strict=False))
    few = len(pool.candidates) <= 60 or pool.seats == 1
    lines = tuple(
        Line(
            people[draw.people[one.id]],
            one.id,
            one.weight,
            chance(pool, one.id) if few else 0.0,
            working=working.get(one.id, ""),
            role=roles.get(one.id, ""),
        )
        for one in pool.candidates
    )
    out = tuple(
        Line(
            people[draw.people[one.id]],
            one.id,
            reason=one.reason,
            detail=draw.details.get(one.id, "") if inside else "",
        )
        for one in pool.excluded
    )
    known = list(asked)
    approved = {one.kind for one in known if one.state == Deviation.State.APPROVED}
    open_ = tuple(flag for flag in draw.flags if flag in NEED_APPROVAL and flag not in approved)
    return DrawView(draw, lines, out, tuple(known), open_ if draw.state == Draw.State.LISTED else ())
