"""The clocks of a case: computed by the domain, kept in the table, in step with every act.

``settle_event`` (in ``settling``) does what one event changes and reads no more than that, however long the
history; ``recheck`` computes a whole case anew after a rare change (an exclusion, an extension, a struck
event); ``recomputing`` does so for many cases at once. All three must agree; tests hold them together.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from mingjing.analytics.slots import SlotRules
from mingjing.definitions.registry import Registry
from mingjing.domain.caseflow.clocks import node_clocks, stage_places
from mingjing.domain.caseflow.rules import Caseflow, Event, Node, NodeClock
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.deadlines.computing import applies_to
from mingjing.domain.deadlines.rules import Deadline, Facts
from mingjing.domain.reasons import Refusal
from mingjing.services.alerts import Speaking
from mingjing.services.clock_rows import (
    COLUMNS,
    OPEN,
    RUNNING,
    VOID,
    ClockRow,
    Computed,
    computed_row,
    refused_row,
    stored_rows,
)
from mingjing.services.facts import CaseFacts, as_events, case_facts
from mingjing.services.installation import registry
from mingjing.services.recipients import Telling, recipient
from mingjing.storage.cases.models import Case

TRIAL_LIMIT_SLOTS = ("审理期限", "执行期限")


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


def rules_for(case: Case, facts: Facts, definitions: Registry | None = None) -> Rules:
    """The rules of ``case``: the flow in force when it was filed, else the one in force now."""
    known = definitions or registry(case.court)
    flow = None
    filed = case.filed_on
    if filed is not None:
        flow = known.caseflow_for(facts, filed) or known.caseflow_for(facts, case.known_since or filed)
    calendar = known.calendar(flow.calendar if flow else case.court.calendar)
    return Rules(flow, reference_of(flow), SlotRules(known, facts), calendar)


def reference_of(flow: Caseflow | None) -> str:
    """``id @ effective date # hash`` of a flow, empty where there is none."""
    return f"{flow.id} @ {flow.since} # {flow.content_hash[:8]}" if flow else ""


def recheck(case: Case, *, on: date, definitions: Registry | None = None, who: Telling = recipient) -> int:
    """Compute every clock of ``case`` as of ``on`` and speak what is due. Returns how many alerts are new."""
    rules, found = computed(case, on=on, definitions=definitions)
    stored = stored_rows(case.clocks.values_list("pk", *COLUMNS))
    rows = [row for node, result in found for row in rows_of(case, rules, node, result, on)]
    kept = {one.row.key for one in rows}
    rows += [Computed(row.ended) for key, (_, row) in stored.items() if key not in kept and lives(row)]
    spoken = Speaking({case.pk: case}, stored, on, who).write(rows)
    carry_summary(case, rules.flow, [one.row for one in rows])
    return spoken


def computed(
    case: Case, *, on: date, definitions: Registry | None = None, known: CaseFacts | None = None
) -> tuple[Rules, list[Found]]:
    """Every node that applies to ``case`` with its clocks as of ``on``; nothing is written.

    ``known`` are its facts where they are at hand.
    """
    known = known or CaseFacts(case, case_facts(case))
    rules = rules_for(case, known.facts, definitions)
    nodes = rules.nodes(known.facts)
    wanted = {kind for node in nodes for kind in (node.follows, *node.done)}
    events = as_events(known.events(wanted), zone_of(case))
    found: list[Found] = []
    for node in nodes:
        mine = [event for event in events if event.kind == node.follows or event.kind in node.done]
        found.append((node, compute(rules, known, node, mine, on)))
    return rules, found


def compute(
    rules: Rules, known: CaseFacts, node: Node, events: Iterable[Event], on: date
) -> tuple[NodeClock, ...] | Refusal:
    """The node's clocks, or the refusal that stands in their place: not even a rule could be chosen."""
    try:
        facts = known.measuring(rules.deadlines.get(node.clock))
        return node_clocks(node, facts, events, rules.deadlines, rules.calendar, as_of=on)
    except Refusal as refusal:
        return refusal


def rows_of(
    case: Case, rules: Rules, node: Node, result: tuple[NodeClock, ...] | Refusal, on: date
) -> list[Computed]:
    """What was computed for a node, as rows of the table."""
    if isinstance(result, Refusal):
        return [refused_row(case.pk, rules.reference, node, result)]
    zone = zone_of(case)
    return [computed_row(case.pk, rules.reference, clock, on=on, zone=zone) for clock in result]


def zone_of(case: Case) -> ZoneInfo:
    """The zone in which the days of the case's court are civil days."""
    return ZoneInfo(case.court.time_zone)


def lives(row: ClockRow) -> bool:
    """Whether a clock still applies to its case."""
    return row.state != VOID


def carry_summary(case: Case, flow: Caseflow | None, rows: Iterable[ClockRow]) -> None:
    """Carry what lists show onto the case, from every clock of it that is open. One query."""
    Summing.of(flow).summarise(case, rows)
    names = ("due_on", "due_state", "next_due_on", "colour", "stage")
    Case.objects.filter(pk=case.pk).update(**{name: getattr(case, name) for name in names})


@dataclass(frozen=True, slots=True, eq=False)
class Summing:
    """What lists show of the cases of one flow; of the flow only the places of its nodes and stages count."""

    nodes: Mapping[str, int]
    begins: Mapping[str, int]
    stages: Sequence[str]

    @classmethod
    def of(cls, flow: Caseflow | None) -> Summing:
        """The places of the nodes and of the stages, the latter by what begins them."""
        if flow is None:
            return cls({}, {}, ())
        nodes = {node.label: place for place, node in enumerate(flow.nodes)}
        return cls(nodes, stage_places(flow), [stage.label for stage in flow.stages])

    def summarise(self, case: Case, rows: Iterable[ClockRow]) -> None:
        """Set stage, trial limit, nearest due day and colour on ``case``; nothing is written."""
        waiting = [row for row in rows if row.state in OPEN]
        limits = [row for row in waiting if row.slot in TRIAL_LIMIT_SLOTS]
        limit = min(limits, key=lambda row: self.nodes.get(row.label, len(self.nodes)), default=None)
        running = [row for row in waiting if row.state == RUNNING]
        case.due_on = limit.due_on if limit else None
        case.due_state = limit.state if limit else ""
        case.next_due_on = min((row.due_on for row in running if row.due_on), default=None)
        case.colour = max((row.colour for row in running), default=0)
        # The latest first day, and of two stages that begin on it the later: as ``stage_of`` says.
        begins = self.begins
        begun = [(day, begins[kind]) for kind, day in case.milestones.items() if kind in begins]
        if begun:
            case.stage = self.stages[max(begun)[1]] or case.stage
