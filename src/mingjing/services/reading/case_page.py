"""One case: its timeline, every clock with its derivation, who is told next, and what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from mingjing.domain.caseflow.rules import NodeClock
from mingjing.domain.ladders.rungs import RungDue
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.actors import Actor
from mingjing.services.alerts import COLOURS
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS, computed
from mingjing.services.facts import events_of
from mingjing.services.permissions import seen_case
from mingjing.services.recipients import Rosters
from mingjing.storage.cases.models import Case, CaseEvent, CaseLink
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Alert, Notice, NoticeStep, Proposal, Request, SupervisionNote

TIMELINE = 200


@dataclass(frozen=True, slots=True)
class Warned:
    """A rung of a clock: when, which colour, which role, which person; ``raised`` once it has spoken."""

    on: date
    colour: int
    tell: str
    person: Person | None
    raised: Alert | None


@dataclass(frozen=True, slots=True)
class Explained:
    """A clock with its working. ``due`` is the answer with steps, or the refusal in its place."""

    label: str
    slot: str
    started: date | None
    due: Answer[object] | Refusal
    last_day: date | None
    state: str
    done: date | None
    late_days: int
    law: str
    tips: tuple[str, ...]
    ladder: tuple[Warned, ...]

    @property
    def is_limit(self) -> bool:
        """Whether this is the trial or enforcement limit itself."""
        return self.slot in TRIAL_LIMIT_SLOTS


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the timeline; ``late_entry`` is the number of days between happening and recording."""

    event: CaseEvent
    late_entry: int


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the page of one case shows."""

    case: Case
    clocks: tuple[Explained, ...]
    timeline: list[Entry]
    older_events: bool
    links: list[CaseLink]
    notices: list[Notice]
    requests: list[Request]
    proposals: list[Proposal]
    notes: list[SupervisionNote]

    @property
    def limit(self) -> Explained | None:
        """The clock of the trial limit, if one runs or ran."""
        return next((clock for clock in self.clocks if clock.is_limit), None)


def explain(case: Case, on: date) -> tuple[Explained, ...]:
    """Every clock of ``case`` as of ``on`` with derivation and ladder; running ones by due day first."""
    _, found = computed(case, on=on)
    raised = {(a.label, a.due_on, a.rung): a for a in case.alerts.select_related("person")}
    rosters = Rosters()
    explained = []
    for node, result in found:
        if isinstance(result, Refusal):
            explained.append(
                Explained(
                    node.label, node.clock, None, result, None, "算不出", None, 0, node.law, node.tips, ()
                )
            )
            continue
        explained += [_explained(case, clock, raised, rosters) for clock in result]
    return tuple(sorted(explained, key=lambda e: (e.done is not None, e.last_day or date.max, e.label)))


def _explained(
    case: Case, clock: NodeClock, raised: dict[tuple[str, date, int], Alert], rosters: Rosters
) -> Explained:
    node = clock.node
    if isinstance(clock.due, Refusal):
        return Explained(
            node.label,
            node.clock,
            clock.started,
            clock.due,
            None,
            "算不出",
            clock.done,
            0,
            node.law,
            node.tips,
            (),
        )
    due = clock.due.value
    ladder = (
        tuple(_warned(case, clock, rung, raised, rosters) for rung in clock.rungs) if due.last_day else ()
    )
    state = "已完成" if clock.done else due.state.value
    return Explained(
        node.label,
        node.clock,
        clock.started,
        clock.due,
        due.last_day,
        state,
        clock.done,
        clock.late_days,
        node.law,
        node.tips,
        ladder,
    )


def _warned(
    case: Case,
    clock: NodeClock,
    rung: RungDue,
    raised: dict[tuple[str, date, int], Alert],
    rosters: Rosters,
) -> Warned:
    assert not isinstance(clock.due, Refusal)
    alert = raised.get((clock.node.label, clock.due.value.last_day or date.max, rung.order))
    person = alert.person if alert else rosters.recipient(case, rung.tell, rung.on)
    return Warned(rung.on, COLOURS[rung.colour], rung.tell, person, alert)


def case_page(actor: Actor, case_id: int) -> CasePage:
    """The page of a case this actor may see.

    Raises
    ------
    NotVisible   the case does not exist for this actor
    """
    case = seen_case(actor, case_id)
    events = list(events_of(case).order_by("-happened", "-pk")[: TIMELINE + 1])
    steps = Prefetch("steps", NoticeStep.objects.select_related("person").order_by("on", "pk"))
    links = CaseLink.objects.filter(earlier=case) | CaseLink.objects.filter(later=case)
    return CasePage(
        case=case,
        clocks=explain(case, actor.on),
        timeline=[Entry(event, _late(event)) for event in reversed(events[:TIMELINE])],
        older_events=len(events) > TIMELINE,
        links=list(links.select_related("earlier", "later")),
        notices=list(
            case.notices.select_related("addressee").prefetch_related(steps).order_by("-issued_on", "-pk")
        ),
        requests=list(case.requests.select_related("applicant", "decided_by").order_by("-applied_on", "-pk")),
        proposals=list(case.proposals.select_related("decided_by").order_by("marks", "pk")),
        notes=list(case.supervision_notes.select_related("author").order_by("-at")),
    )


def _late(event: CaseEvent) -> int:
    if event.recorded_at is None:
        return 0
    return max(0, (event.recorded_at.date() - event.happened).days)
