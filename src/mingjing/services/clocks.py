"""The clocks of a case: computed by the domain, kept in the table, in step with every act.

``settle_event`` does what one event changes and reads no more than that, however long the history;
``recheck`` computes a whole case anew after a rare change (an exclusion, an extension, a struck event).
Both must agree; a property test holds them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from mingjing.definitions.registry import Registry
from mingjing.domain.caseflow.clocks import node_clocks, stage_of
from mingjing.domain.caseflow.rules import Caseflow, Each, Event, Node, NodeClock, RungDue
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.deadlines.computing import applies_to
from mingjing.domain.deadlines.rules import Deadline, DueState, Facts
from mingjing.domain.reasons import Refusal
from mingjing.services.alerts import speak
from mingjing.services.facts import as_events, case_facts, events_of, facts_for, stage_events
from mingjing.services.installation import registry
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.supervision.models import Clock

TRIAL_LIMIT_SLOTS = ("审理期限", "执行期限")
STATES = {
    DueState.RUNNING: Clock.State.RUNNING,
    DueState.SUSPENDED: Clock.State.SUSPENDED,
    DueState.NO_LIMIT: Clock.State.NO_LIMIT,
}


Found = tuple[Node, tuple[NodeClock, ...] | Refusal]
"""A node and what was computed for it: its clocks, or why there are none."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What applies to one case: its flow, its deadlines by slot, its calendar."""

    flow: Caseflow | None
    reference: str
    deadlines: Mapping[str, Deadline]
    calendar: WorkCalendar

    def nodes(self, facts: Facts) -> tuple[Node, ...]:
        """The nodes of the flow whose own conditions hold."""
        if self.flow is None:
            return ()
        return tuple(node for node in self.flow.nodes if applies_to(node.applies, facts))

    def kinds_of(self, node: Node) -> frozenset[str]:
        """The event kinds that can move this node's clock."""
        kinds = {node.follows, *node.done}
        rule = self.deadlines.get(node.clock)
        if rule is not None:
            named = (rule.counting.starts, rule.counting.stops, rule.version_by)
            kinds |= {name.removesuffix("日期") for name in named if name}
            kinds |= set(rule.restarts)
        return frozenset(kinds)


def rules_for(case: Case, facts: Facts, definitions: Registry | None = None) -> Rules:
    """The rules of ``case``: the flow in force when it was filed, else the one in force now."""
    known = definitions or registry(case.court)
    flow = None
    filed = case.filed_on
    if filed is not None:
        flow = known.caseflow_for(facts, filed) or known.caseflow_for(facts, case.known_since or filed)
    calendar = known.calendar(flow.calendar if flow else case.court.calendar)
    reference = f"{flow.id} @ {flow.since} # {flow.content_hash[:8]}" if flow else ""
    return Rules(flow, reference, known.deadlines_for(facts), calendar)


def recheck(case: Case, *, on: date, definitions: Registry | None = None) -> int:
    """Compute every clock of ``case`` as of ``on`` and speak what is due. Returns the number of new alerts."""
    rules, found = computed(case, on=on, definitions=definitions)
    spoken = _store(case, rules, found, on=on, whole=True)
    _summarise(case, rules.flow)
    return spoken


def computed(case: Case, *, on: date, definitions: Registry | None = None) -> tuple[Rules, list[Found]]:
    """Every node that applies to ``case`` with its clocks as of ``on``; nothing is written."""
    facts = case_facts(case)
    rules = rules_for(case, facts, definitions)
    nodes = rules.nodes(facts)
    wanted = {kind for node in nodes for kind in (node.follows, *node.done)}
    events = as_events(events_of(case).filter(kind__in=wanted).order_by("happened", "pk"))
    found: list[Found] = []
    for node in nodes:
        slice_ = [event for event in events if event.kind == node.follows or event.kind in node.done]
        found.append((node, _compute(case, rules, node, facts, slice_, on)))
    return rules, found


def settle_event(case: Case, event: CaseEvent, *, on: date) -> int:
    """Do what one new event changes: the clocks of the nodes it can move. Returns the number of new alerts."""
    facts = case_facts(case)
    rules = rules_for(case, facts)
    found: list[Found] = []
    for node in rules.nodes(facts):
        if event.kind in rules.kinds_of(node):
            for slice_ in _slices(case, rules.reference, node, event):
                found.append((node, _compute(case, rules, node, facts, slice_, on)))
    spoken = _store(case, rules, found, on=on, whole=False)
    _summarise(case, rules.flow)
    return spoken


def _compute(
    case: Case, rules: Rules, node: Node, facts: Mapping[str, object], events: Iterable[Event], on: date
) -> tuple[NodeClock, ...] | Refusal:
    """The node's clocks, or the refusal that stands in their place."""
    rule = rules.deadlines.get(node.clock)
    mine: Facts = facts_for(case, dict(facts), rule) if rule else facts  # type: ignore[arg-type, assignment]
    try:
        return node_clocks(node, mine, tuple(events), rules.deadlines, rules.calendar, as_of=on)
    except Refusal as refusal:
        return refusal


def _first_after(case: Case, kinds: tuple[str, ...], day: date) -> list[CaseEvent]:
    """The first event of each of ``kinds`` on or after ``day``."""
    found = []
    for kind in kinds:
        row = events_of(case).filter(kind=kind, happened__gte=day).order_by("happened", "pk").first()
        if row is not None:
            found.append(row)
    return found


def _slices(case: Case, reference: str, node: Node, event: CaseEvent) -> list[tuple[Event, ...]]:
    """The few events a node must look at again because of ``event``: one slice per clock touched."""
    if node.each is Each.FIRST:
        first = events_of(case).filter(kind=node.follows).order_by("happened", "pk").first()
        if first is None:
            return [()] if node.clock else []
        return [as_events([first, *_first_after(case, node.done, first.happened)])]
    starts = [event] if event.kind == node.follows else []
    if event.kind in node.done:
        open_ = case.clocks.filter(flow=_flow_id(reference), label=node.label, started__lte=event.happened)
        keys = [c.occurrence for c in open_ if c.done_on is None or c.done_on > event.happened]
        starts += list(events_of(case).filter(source_key__in=keys))
    return [as_events([start, *_first_after(case, node.done, start.happened)]) for start in starts]


def _flow_id(reference: str) -> str:
    return reference.split(" @ ")[0]


def _store(
    case: Case,
    rules: Rules,
    found: list[Found],
    *,
    on: date,
    whole: bool,
) -> int:
    """Write computed clocks over the stored ones; with ``whole``, those no longer computed become void."""
    flow = _flow_id(rules.reference)
    stored = {
        (c.flow, c.label, c.occurrence): c for c in _stored(case, [node.label for node, _ in found], whole)
    }
    spoken = 0
    kept = set()
    for node, result in found:
        for fresh in _rows(case, rules, node, result):
            key = (flow, fresh.label, fresh.occurrence)
            kept.add(key)
            clock = stored.get(key)
            if clock is not None:
                fresh.pk = clock.pk
            rungs = _rungs(result, fresh.occurrence)
            spoken += speak(case, fresh, rungs, on=on, before=clock)
    if whole:
        for key, clock in stored.items():
            if key not in kept and clock.state != Clock.State.VOID:
                clock.state, clock.next_on, clock.colour = Clock.State.VOID, None, 0
                speak(case, clock, (), on=on, before=clock)
    return spoken


def _stored(case: Case, labels: list[str], whole: bool) -> list[Clock]:
    if case.pk is None:
        return []
    clocks = case.clocks.all()
    return list(clocks if whole else clocks.filter(label__in=labels))


def _rungs(result: tuple[NodeClock, ...] | Refusal, occurrence: str) -> tuple[RungDue, ...]:
    if isinstance(result, Refusal):
        return ()
    return next((c.rungs for c in result if _occurrence(c) == occurrence), ())


def _occurrence(clock: NodeClock) -> str:
    """FIRST nodes have one clock whatever starts it; EVERY nodes one per starting event."""
    return clock.occurrence if clock.node.each is Each.EVERY else ""


def _rows(case: Case, rules: Rules, node: Node, result: tuple[NodeClock, ...] | Refusal) -> list[Clock]:
    """Unsaved Clock rows for what was computed."""
    base = {"case": case, "flow": _flow_id(rules.reference), "label": node.label, "slot": node.clock}
    if isinstance(result, Refusal):
        refused = Clock(
            **base, state=Clock.State.REFUSED, refusal=str(result)[:300], definition=rules.reference
        )
        return [refused]
    return [_row(base, rules, clock) for clock in result]


def _row(base: dict[str, object], rules: Rules, clock: NodeClock) -> Clock:
    common = {**base, "occurrence": _occurrence(clock), "started": clock.started, "done_on": clock.done}
    if isinstance(clock.due, Refusal):
        state = Clock.State.DONE if clock.done else Clock.State.REFUSED
        return Clock(**common, state=state, refusal=str(clock.due)[:300], definition=rules.reference)
    due = clock.due.value
    return Clock(
        **common,
        definition=clock.due.definition or rules.reference,
        due_on=due.last_day,
        due_moment=due.moment,
        provisional=bool(clock.due.caveats),
        state=Clock.State.DONE if clock.done else STATES[due.state],
    )


def _summarise(case: Case, flow: Caseflow | None) -> None:
    """Carry what lists show onto the case: stage, trial limit, nearest due day, colour. Two queries."""
    clocks = list(
        case.clocks.filter(state__in=(Clock.State.RUNNING, Clock.State.SUSPENDED, Clock.State.NO_LIMIT))
    )
    limit = next((c for c in clocks if c.slot in TRIAL_LIMIT_SLOTS), None)
    running = [c for c in clocks if c.state == Clock.State.RUNNING and c.due_on is not None]
    case.due_on = limit.due_on if limit else None
    case.due_state = limit.state if limit else ""
    case.next_due_on = min((c.due_on for c in running if c.due_on), default=None)
    case.colour = max((c.colour for c in running), default=0)
    if flow is not None:
        case.stage = stage_of(flow, stage_events(case, flow)) or case.stage
    Case.objects.filter(pk=case.pk).update(
        due_on=case.due_on,
        due_state=case.due_state,
        next_due_on=case.next_due_on,
        colour=case.colour,
        stage=case.stage,
    )
