"""One case: its timeline, every clock with its derivation, who is told next, and what may be done."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from django.db.models import Model, Prefetch, QuerySet, prefetch_related_objects

from mingjing.domain.caseflow.rules import NodeClock
from mingjing.domain.ladders.rungs import RungDue
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.actors import Actor
from mingjing.services.alerts import COLOURS
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS, computed
from mingjing.services.facts import THE_CASE, events_of
from mingjing.services.permissions import seen_case
from mingjing.services.recipients import Rosters
from mingjing.storage.cases.models import Case, CaseEvent, CaseLink, CaseTag, Exclusion, Party
from mingjing.storage.kept import ask, ask_rows
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Alert, Notice, NoticeStep, Proposal, Request, SupervisionNote

TIMELINE, PARTIES = 200, 6
STEPS = NoticeStep.objects.select_related("person").order_by("on", "pk")
Row = TypeVar("Row", bound=Model)


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
    """Everything the page of one case shows; of the parties the first six."""

    case: Case
    clocks: tuple[Explained, ...]
    timeline: list[Entry]
    older_events: bool
    links: list[CaseLink]
    notices: list[Notice]
    requests: list[Request]
    proposals: list[Proposal]
    notes: list[SupervisionNote]
    exclusions: list[Exclusion]
    parties: list[Party]
    tags: list[str]

    @property
    def limit(self) -> Explained | None:
        """The clock of the trial limit, if one runs or ran."""
        return next((clock for clock in self.clocks if clock.is_limit), None)


def explain(case: Case, on: date) -> tuple[Explained, ...]:
    """Every clock of ``case`` as of ``on`` with derivation and ladder; running ones by due day first."""
    _, found = computed(case, on=on)
    alerts = _of(case, "alerts", lambda: Alert.objects.filter(case=THE_CASE).select_related("person"))
    raised = {(alert.label, alert.due_on, alert.rung): alert for alert in alerts}
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
    events = _of(case, "events", lambda: events_of(THE_CASE).order_by("-happened", "-pk")[: TIMELINE + 1])
    notices = _of(case, "notices", _notices)
    if notices:
        prefetch_related_objects(notices, Prefetch("steps", STEPS.all()))
    return CasePage(
        case=case,
        clocks=explain(case, actor.on),
        timeline=[Entry(event, _late(event)) for event in reversed(events[:TIMELINE])],
        older_events=len(events) > TIMELINE,
        links=ask_rows("links of a case", _links, {"case": case.pk}),
        notices=notices,
        requests=_of(case, "requests", _requests),
        proposals=_of(case, "proposals", _proposals),
        notes=_of(case, "notes", _notes),
        exclusions=_of(case, "exclusions", _exclusions),
        parties=_of(case, "parties", lambda: Party.objects.filter(case=THE_CASE)[:PARTIES]),
        tags=[tag for (tag,) in ask("tags of a case", _tags, {"case": case.pk})],
    )


def _of(case: Case, what: str, compose: Callable[[], QuerySet[Row]]) -> list[Row]:
    """The rows of a query for ``THE_CASE`` that belong to ``case``, each with it at hand."""
    rows = ask_rows((what, "of a case"), compose, {"case": case.pk})
    for row in rows:
        row.case = case  # type: ignore[attr-defined]
    return rows


def _links() -> QuerySet[CaseLink]:
    links = CaseLink.objects.filter(earlier=THE_CASE) | CaseLink.objects.filter(later=THE_CASE)
    return links.select_related("earlier", "later")


def _notices() -> QuerySet[Notice]:
    found = Notice.objects.filter(case=THE_CASE).select_related("addressee")
    return found.order_by("-issued_on", "-pk")


def _requests() -> QuerySet[Request]:
    found = Request.objects.filter(case=THE_CASE).select_related("applicant", "decided_by")
    return found.order_by("-applied_on", "-pk")


def _proposals() -> QuerySet[Proposal]:
    found = Proposal.objects.filter(case=THE_CASE).select_related("decided_by")
    return found.order_by("marks", "pk")


def _notes() -> QuerySet[SupervisionNote]:
    return SupervisionNote.objects.filter(case=THE_CASE).select_related("author").order_by("-at")


def _exclusions() -> QuerySet[Exclusion]:
    return Exclusion.objects.filter(case=THE_CASE, struck_at=None).order_by("first")


def _tags() -> QuerySet[CaseTag, Any]:
    return CaseTag.objects.filter(case=THE_CASE).values_list("tag")


def _late(event: CaseEvent) -> int:
    if event.recorded_at is None:
        return 0
    return max(0, (event.recorded_at.date() - event.happened).days)
