"""A stored case as the facts a rule reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db.models import CharField, QuerySet

from mingjing.domain.caseflow.rules import Event
from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.rules import Deadline, Fact
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion, GrantedExtension
from mingjing.storage.kept import Given, ask, ask_rows

EXTENDED = "延长"
THE_CASE = cast(Case, Given("case"))
Excluded = tuple[str, date, date | None]
"""What is excluded from the limits of a case: kind, first and last day."""


def plain_facts(case: Case) -> dict[str, Fact]:
    """The columns, milestones and imported data items of a case, without its spans."""
    facts: dict[str, Fact] = {}
    for name, value in case.facts.items():
        if isinstance(value, str | bool):
            facts[name] = _dated(name, value)
        elif isinstance(value, int | float):
            facts[name] = str(value)
    for kind, day in case.milestones.items():
        facts[f"{kind}日期"] = date.fromisoformat(day)
    columns: dict[str, Fact | None] = {
        "案件类型": case.kind or None,
        "审理程序": case.procedure or None,
        "案由": case.cause or None,
        "立案日期": case.filed_on,
        "原始立案日期": case.original_filed_on or case.filed_on,
        "结案日期": case.closed_on,
        "结案方式": case.outcome or None,
        "在押": case.in_custody,
    }
    facts.update({name: value for name, value in columns.items() if value is not None})
    return facts


def _dated(name: str, value: str | bool) -> Fact:
    if isinstance(value, str) and (name.endswith(("日期", "届满日"))):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return value


def _spans() -> QuerySet[Exclusion, Any]:
    """Kind, first and last day of what is excluded from the limits of a given case."""
    rows = Exclusion.objects.filter(case=THE_CASE, struck_at=None)
    return rows.values_list("kind", "first", "last")


def case_facts(case: Case, excluded: Iterable[Excluded] | None = None) -> dict[str, Fact]:
    """Everything a deadline may read: columns, milestones, excluded spans (where they are not at hand, by one
    query)."""
    facts = plain_facts(case)
    spans: dict[str, list[Span]] = {}
    if excluded is None:
        rows = ask("spans of a case", _spans, {"case": case.pk}) if case.pk else []
        excluded = [(kind, first, last) for kind, first, last in rows]
    for kind, first, last in excluded:
        spans.setdefault(kind, []).append(Span(first, last))
    facts.update({kind: tuple(found) for kind, found in spans.items()})
    return facts


@dataclass(slots=True)
class CaseFacts:
    """The facts of one case, and what single rules need besides; each table is read at most once.

    ``granted`` (clock → lengths) and ``history`` (every event that was not struck, in order) are given where
    they are at hand; None: to be read.
    """

    case: Case
    facts: dict[str, Fact]
    granted: dict[str, tuple[Duration, ...]] | None = None
    history: Sequence[CaseEvent] | None = None
    _again: dict[str, tuple[date, ...]] = field(default_factory=dict)

    def events(self, kinds: Iterable[str]) -> list[CaseEvent]:
        """The events of these kinds that were not struck out, in their order."""
        if self.history is None:
            return events_of_kinds(self.case, kinds)
        wanted = set(kinds)
        return [event for event in self.history if event.kind in wanted]

    def measuring(self, rule: Deadline | None) -> Mapping[str, Fact]:
        """The facts as ``rule`` reads them: with its restarts, and the extensions granted for its slot."""
        if rule is None:
            return self.facts
        besides: dict[str, Fact] = dict(self._restarts(rule))
        if self.granted is None:
            self.granted = _granted_by_slot(self.case)
        if lengths := self.granted.get(rule.clock):
            besides[EXTENDED] = lengths
        return {**self.facts, **besides} if besides else self.facts

    def _restarts(self, rule: Deadline) -> dict[str, tuple[date, ...]]:
        wanted = [kind for kind in rule.restarts if kind in self.case.milestones]
        for kind in wanted:
            if kind not in self._again:
                self._again[kind] = tuple(sorted(self._days(kind)))
        return {kind: self._again[kind] for kind in wanted if self._again[kind]}

    def _days(self, kind: str) -> list[date]:
        if self.history is None:
            given = {"case": self.case.pk, "kind": kind}
            return [day for (day,) in ask("days of an event", _days_of_kind, given)]
        return [event.happened for event in self.history if event.kind == kind]


def _days_of_kind() -> QuerySet[CaseEvent, Any]:
    """The days on which something of a given kind happened in a given case."""
    same = cast(str, Given("kind", CharField()))
    return events_of(THE_CASE).filter(kind=same).values_list("happened")


def _extensions() -> QuerySet[GrantedExtension, Any]:
    """Clock and length of what was granted to a given case, earliest first."""
    rows = GrantedExtension.objects.filter(case=THE_CASE)
    return rows.order_by("approved_on", "pk").values_list("clock", "length")


def _granted_by_slot(case: Case) -> dict[str, tuple[Duration, ...]]:
    found: dict[str, tuple[Duration, ...]] = {}
    for clock, length in ask("extensions of a case", _extensions, {"case": case.pk}):
        found[clock] = (*found.get(clock, ()), read_duration(length))
    return found


def facts_for(case: Case, facts: dict[str, Fact], rule: Deadline) -> dict[str, Fact]:
    """``facts`` with what this one rule needs besides: its restarts and granted extensions."""
    return dict(CaseFacts(case, facts).measuring(rule))


def events_of(case: Case) -> QuerySet[CaseEvent]:
    """The events of a case that were not struck out."""
    return CaseEvent.objects.filter(case=case, struck_at=None)


def events_of_kinds(case: Case, kinds: Iterable[str]) -> list[CaseEvent]:
    """The events of a case that are of these kinds and were not struck out, in their order."""
    wanted = tuple(sorted(kinds))

    def compose() -> QuerySet[CaseEvent]:
        return events_of(THE_CASE).filter(kind__in=wanted).order_by("happened", "pk")

    return ask_rows(("events of kinds", wanted), compose, {"case": case.pk})


def as_events(rows: Iterable[CaseEvent], zone: ZoneInfo) -> tuple[Event, ...]:
    """Stored events as the domain reads them; ``zone`` is the court's, in which an hour has its meaning."""
    return tuple(
        Event(
            row.kind,
            row.happened,
            row.moment.astimezone(zone) if row.moment else None,
            row.recorded_at,
            row.until,
            row.source_key,
        )
        for row in rows
    )
