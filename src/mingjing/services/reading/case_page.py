"""One case: its timeline, every clock with its derivation, who is told next, and what may be done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import CharField, Exists, Model, Prefetch, QuerySet, prefetch_related_objects

from mingjing.domain.caseflow.rules import NodeClock
from mingjing.domain.ladders.rungs import RungDue
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.actors import Actor
from mingjing.services.alerts import COLOURS
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS, Found, computed
from mingjing.services.facts import THE_CASE, CaseFacts, case_facts, events_of
from mingjing.services.permissions import seen_case
from mingjing.services.reading.acts import CASE
from mingjing.services.reading.draws import DrawView, draws_of_case
from mingjing.services.recipients import Near, Rosters
from mingjing.services.tips import Tip, tips_of
from mingjing.storage.assignment.models import Draw
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import (
    Case,
    CaseEvent,
    CaseLink,
    CaseTag,
    Exclusion,
    GrantedExtension,
    Party,
)
from mingjing.storage.kept import Given, ask, ask_rows
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Alert, Notice, NoticeStep, Proposal, Request, SupervisionNote

TIMELINE, PARTIES = 200, 6
OF_A_CASE: dict[str, type[Model]] = {
    "alerts": Alert,
    "draws": Draw,
    "exclusions": Exclusion,
    "extensions": GrantedExtension,
    "notes": SupervisionNote,
    "notices": Notice,
    "parties": Party,
    "proposals": Proposal,
    "requests": Request,
    "tags": CaseTag,
}
LINKED = frozenset(("earlier", "later"))
THERE = (*OF_A_CASE, *sorted(LINKED), "log")
"""What the page asks for only where the case has some."""
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
    """Everything the page of one case shows; of the parties the first six. ``provable``: the log says
    something about it."""

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
    draws: list[DrawView]
    tips: list[Tip]
    provable: bool

    @property
    def limit(self) -> Explained | None:
        """The clock of the trial limit, if one runs or ran."""
        return next((clock for clock in self.clocks if clock.is_limit), None)


def explain(case: Case, on: date) -> tuple[Explained, ...]:
    """Every clock of ``case`` as of ``on`` with derivation and ladder; running ones by due day first."""
    _, found = computed(case, on=on)
    return _explained_all(case, found, _of(case, "alerts", _alerts))


def _explained_all(case: Case, found: Sequence[Found], alerts: Iterable[Alert]) -> tuple[Explained, ...]:
    raised = {(alert.label, alert.due_on, alert.rung): alert for alert in alerts}
    clocks = [clock for _, result in found if not isinstance(result, Refusal) for clock in result]
    rosters = Rosters(Near(case, frozenset(rung.tell for clock in clocks for rung in clock.rungs)))
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
    there = _there(case)

    def rare(what: str, compose: Callable[[], QuerySet[Row]]) -> list[Row]:
        return _of(case, what, compose) if what in there else []

    events = _of(case, "events", lambda: events_of(THE_CASE).order_by("-happened", "-pk")[: TIMELINE + 1])
    exclusions = rare("exclusions", _exclusions)
    known = _known(case, events, exclusions, there)
    rules, found = computed(case, on=actor.on, known=known)
    notices = rare("notices", _notices)
    if notices:
        prefetch_related_objects(notices, Prefetch("steps", STEPS.all()))
    return CasePage(
        case=case,
        clocks=_explained_all(case, found, rare("alerts", _alerts)),
        timeline=[Entry(event, _late(event)) for event in reversed(events[:TIMELINE])],
        older_events=len(events) > TIMELINE,
        links=ask_rows("links of a case", _links, {"case": case.pk}) if there & LINKED else [],
        notices=notices,
        requests=rare("requests", _requests),
        proposals=rare("proposals", _proposals),
        notes=rare("notes", _notes),
        exclusions=exclusions,
        parties=rare("parties", lambda: Party.objects.filter(case=THE_CASE)[:PARTIES]),
        tags=[tag for (tag,) in ask("tags of a case", _tags, {"case": case.pk})] if "tags" in there else [],
        draws=draws_of_case(case) if "draws" in there else [],
        tips=[] if case.closed_on else tips_of(actor, case, rules.nodes(known.facts)),
        provable="log" in there,
    )


def _known(
    case: Case, events: Sequence[CaseEvent], exclusions: Iterable[Exclusion], there: Collection[str]
) -> CaseFacts:
    """The facts of a case from what the page has read of it: the whole history where it is not long."""
    spans = [(one.kind, one.first, one.last) for one in exclusions]
    return CaseFacts(
        case,
        case_facts(case, spans),
        granted=None if "extensions" in there else {},
        history=tuple(reversed(events)) if len(events) <= TIMELINE else None,
    )


def _there(case: Case) -> frozenset[str]:
    """In which of the tables that most cases have nothing in this one has something: one statement for all,
    instead of one for each."""
    [found] = ask("what a case has", _probes, {"case": case.pk, "subject": str(case.pk)})
    return frozenset(what for what, there in zip(THERE, found, strict=True) if there)


def _probes() -> QuerySet[Case, Any]:
    rows: dict[str, QuerySet[Any]] = {
        what: table._default_manager.filter(case=THE_CASE) for what, table in OF_A_CASE.items()
    }
    rows["later"] = CaseLink.objects.filter(earlier=THE_CASE)
    rows["earlier"] = CaseLink.objects.filter(later=THE_CASE)
    rows["log"] = Act.objects.filter(subject_kind=CASE, subject_id=cast(str, Given("subject", CharField())))
    probes = {f"has_{what}": Exists(rows[what]) for what in THERE}
    return Case.objects.filter(pk=THE_CASE.pk).annotate(**probes).values_list(*probes)


def _of(case: Case, what: str, compose: Callable[[], QuerySet[Row]]) -> list[Row]:
    """The rows of a query for ``THE_CASE`` that belong to ``case``, each with it at hand."""
    rows = ask_rows((what, "of a case"), compose, {"case": case.pk})
    for row in rows:
        row.case = case  # type: ignore[attr-defined]
    return rows


def _alerts() -> QuerySet[Alert]:
    return Alert.objects.filter(case=THE_CASE).select_related("person")


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
