"""One event arrives: the clocks it can move are computed anew, and nothing else is read.

The first day of every kind of event stands on the case (``Case.milestones``), so that most of what a node
needs is known without a query; what is not known is asked one row at a time. The work depends on how many
nodes the event touches, not on how long the history is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from django.db.models import Q

from mingjing.definitions.registry import Registry
from mingjing.domain.caseflow.rules import Each, Event, Node
from mingjing.domain.deadlines.counting import civil_day
from mingjing.domain.reasons import Refusal
from mingjing.services.alerts import Speaking
from mingjing.services.clock_rows import COLUMNS, OPEN, ClockRow, Computed, Key, flow_id, stored_rows
from mingjing.services.clocks import (
    Rules,
    carry_summary,
    compute,
    lives,
    recheck,
    rows_of,
    rules_for,
    zone_of,
)
from mingjing.services.facts import CaseFacts, as_events, case_facts, events_of
from mingjing.services.installation import registry
from mingjing.services.recipients import recipient
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.supervision.models import Clock

FILING = "立案"
Stored = dict[Key, tuple[int, ClockRow]]


def settle_event(case: Case, event: CaseEvent, *, on: date) -> int:
    """Do what one new event changes. Returns the number of new alerts.

    The filing day decides which flow a case follows: it is settled by computing the whole case.
    """
    if event.kind == FILING:
        return recheck(case, on=on)
    return _Settling.of(case, event, on).settle()


def kinds_moving(node: Node, definitions: Registry) -> frozenset[str]:
    """The event kinds that can move a node's clocks or change the rule it is measured by."""
    return frozenset((node.follows, *node.done)) | _kinds_by_slot(definitions).get(node.clock, frozenset())


@lru_cache(maxsize=8)
def _kinds_by_slot(definitions: Registry) -> dict[str, frozenset[str]]:
    """Slot → the events whose days any of its rules reads."""
    found: dict[str, set[str]] = {}
    for rule in definitions.deadlines():
        named = found.setdefault(rule.clock, set())
        facts = (rule.counting.starts, rule.counting.stops, rule.version_by)
        named.update(name.removesuffix("日期") for name in facts if name)
        named.update(rule.restarts)
    return {slot: frozenset(named) for slot, named in found.items()}


@dataclass(slots=True)
class History:
    """The events of one case, asked for a few at a time."""

    case: Case
    _days: dict[tuple[str, date], tuple[Event, ...]] = field(default_factory=dict)
    _later: dict[tuple[str, date], Event | None] = field(default_factory=dict)

    def first_day(self, kind: str) -> date | None:
        """The day a kind first happened."""
        day = self.case.milestones.get(kind)
        return date.fromisoformat(day) if day else None

    def on_day(self, kind: str, day: date) -> tuple[Event, ...]:
        """The events of a kind on one day."""
        if (kind, day) not in self._days:
            rows = events_of(self.case).filter(kind=kind, happened=day).order_by("pk")
            self._days[kind, day] = as_events(rows, zone_of(self.case))
        return self._days[kind, day]

    def after(self, kind: str, day: date) -> Event | None:
        """The first event of a kind after a day, to the day."""
        first = self.first_day(kind)
        if first is None or first > day:
            return None if first is None else Event(kind, first)
        if (kind, day) not in self._later:
            later = events_of(self.case).filter(kind=kind, happened__gt=day).order_by("happened")
            found = later.values_list("happened", flat=True).first()
            self._later[kind, day] = Event(kind, found) if found else None
        return self._later[kind, day]

    def ends(self, node: Node, day: date) -> list[Event]:
        """What can be the first event to fulfil a node started on ``day``, hours known where they matter."""
        found: list[Event] = []
        for kind in node.done:
            first = self.first_day(kind)
            if first is not None and first <= day:
                found += self.on_day(kind, day)
            later = self.after(kind, day)
            found += [later] if later else []
        return found


@dataclass(slots=True)
class _Settling:
    case: Case
    event: CaseEvent
    on: date
    known: CaseFacts
    rules: Rules
    history: History
    stored: Stored = field(default_factory=dict)

    @classmethod
    def of(cls, case: Case, event: CaseEvent, on: date) -> _Settling:
        known = CaseFacts(case, case_facts(case))
        return cls(case, event, on, known, rules_for(case, known.facts), History(case))

    def settle(self) -> int:
        """Compute the touched nodes, write, and carry the summary onto the case."""
        kind, definitions = self.event.kind, registry(self.case.court)
        nodes = self.rules.nodes(self.known.facts)
        touched = [node for node in nodes if kind in kinds_moving(node, definitions)]
        firsts = [node.label for node in touched if node.each is Each.FIRST]
        clocks = self.case.clocks.values_list("pk", *COLUMNS)
        flow = flow_id(self.rules.reference)
        # A union, for an OR would make the database look at every clock the case ever had.
        waiting = clocks.filter(state__in=(*OPEN, Clock.State.REFUSED))
        self.stored = stored_rows(waiting.union(clocks.filter(flow=flow, label__in=firsts, occurrence="")))
        rows: list[Computed] = []
        for node in touched:
            rows += self._node(node)
        spoken = Speaking({self.case.pk: self.case}, self.stored, self.on, recipient).write(rows)
        now = {key: row for key, (_, row) in self.stored.items()} | {one.row.key: one.row for one in rows}
        carry_summary(self.case, self.rules.flow, now.values())
        return spoken

    def _node(self, node: Node) -> list[Computed]:
        if node.each is Each.EVERY and not node.clock:
            return [row for start in self._starts(node) for row in self._occurrence(node, start)]
        events = self._first(node) if node.each is Each.FIRST else self._all(node)
        result = compute(self.rules, self.known, node, events, self.on)
        rows = rows_of(self.case, self.rules, node, result, self.on)
        if node.each is Each.EVERY:
            self._recall(node, None)
        kept = {one.row.key for one in rows}
        mine = [row for row in self._of(node) if row.key not in kept and lives(row)]
        return rows + [Computed(row.ended) for row in mine]

    def _first(self, node: Node) -> list[Event]:
        """The first start of a node and what can end it."""
        day = self.history.first_day(node.follows)
        if day is None or day > self.on:  # a day that is still to come has not happened yet
            known = self._known_start(node)
            return [] if known is None else self.history.ends(node, known)
        hours_matter = node.within is not None and (node.within.minutes or node.within.half_workdays % 2)
        ends = self.history.ends(node, day)
        if hours_matter or any(end.happened == day for end in ends):
            return list(dict.fromkeys([*self.history.on_day(node.follows, day), *ends]))
        return [Event(node.follows, day), *ends]

    def _known_start(self, node: Node) -> date | None:
        """The day the rule counts from, where that is known without the event the node follows."""
        try:
            rule = self.rules.deadlines.get(node.clock)
        except Refusal:
            return None
        fact = self.known.facts.get(rule.counting.starts) if rule else None
        return civil_day(fact) if isinstance(fact, date) else None

    def _all(self, node: Node) -> tuple[Event, ...]:
        """A rule that reads the whole case may answer differently for every occurrence."""
        events = events_of(self.case).filter(kind__in={node.follows, *node.done})
        return as_events(events.order_by("happened", "pk"), zone_of(self.case))

    def _occurrence(self, node: Node, start: Event) -> list[Computed]:
        ends = [end for end in self.history.ends(node, start.happened) if end.id != start.id]
        result = compute(self.rules, self.known, node, [start, *ends], self.on)
        if isinstance(result, Refusal):
            return []
        mine = tuple(clock for clock in result if clock.occurrence == start.id)
        return rows_of(self.case, self.rules, node, mine, self.on)

    def _starts(self, node: Node) -> list[Event]:
        """The occurrences the event begins, or whose end it may be."""
        event = self.event
        found: list[Event] = []
        if event.kind == node.follows:
            found += as_events([event], zone_of(self.case))
            self._recall(node, {event.source_key})
        if event.kind in node.done:
            if self._done_later(node):
                self._recall(node, None)
            open_ = [row for row in self._of(node) if self._may_end(row)]
            keys = [row.occurrence for row in open_ if row.occurrence != event.source_key]
            rows = events_of(self.case).filter(source_key__in=keys) if keys else []
            found += as_events(rows, zone_of(self.case))
        return found

    def _may_end(self, row: ClockRow) -> bool:
        """Whether a clock had begun by the event and was not done before it."""
        begun = row.started is not None and row.started <= self.event.happened
        return begun and (row.done_on is None or row.done_on > self.event.happened)

    def _done_later(self, node: Node) -> bool:
        """Whether the node was fulfilled after this event as well: then a finished clock may end earlier."""
        if self.event.happened >= self.on:
            return False  # what comes later has not happened yet
        later = events_of(self.case).filter(kind__in=node.done, happened__gt=self.event.happened)
        return later.exists()

    def _of(self, node: Node) -> list[ClockRow]:
        """The stored clocks of a node, as far as they were recalled."""
        flow = flow_id(self.rules.reference)
        return [row for _, row in self.stored.values() if row.flow == flow and row.label == node.label]

    def _recall(self, node: Node, occurrences: set[str] | None) -> None:
        """Read the stored clocks of a node that are over as well; every one of them where None is given."""
        flow = flow_id(self.rules.reference)
        wanted = Q() if occurrences is None else Q(occurrence__in=occurrences)
        clocks = self.case.clocks.filter(wanted, flow=flow, label=node.label)
        self.stored |= stored_rows(clocks.values_list("pk", *COLUMNS))
