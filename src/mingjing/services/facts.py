"""A stored case as the facts a rule reads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet

from mingjing.domain.caseflow.rules import Caseflow, Event
from mingjing.domain.dates.durations import read_duration
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.rules import Deadline, Fact
from mingjing.storage.cases.models import Case, CaseEvent

EXTENDED = "延长"


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


def case_facts(case: Case) -> dict[str, Fact]:
    """Everything a deadline may read: columns, milestones, excluded spans. One query."""
    facts = plain_facts(case)
    spans: dict[str, list[Span]] = {}
    if case.pk:
        for kind, first, last in case.exclusions.filter(struck_at=None).values_list("kind", "first", "last"):
            spans.setdefault(kind, []).append(Span(first, last))
    facts.update({kind: tuple(found) for kind, found in spans.items()})
    return facts


def facts_for(case: Case, facts: dict[str, Fact], rule: Deadline) -> dict[str, Fact]:
    """``facts`` with what this one rule needs besides: its restarts and granted extensions."""
    mine = dict(facts)
    if rule.restarts:
        days: dict[str, list[date]] = {}
        wanted = [kind for kind in rule.restarts if kind in case.milestones]
        for kind, day in (
            events_of(case).filter(kind__in=wanted).values_list("kind", "happened") if wanted else ()
        ):
            days.setdefault(kind, []).append(day)
        mine.update({kind: tuple(sorted(found)) for kind, found in days.items()})
    granted = (
        case.extensions.filter(clock=rule.clock)
        .order_by("approved_on", "pk")
        .values_list("length", flat=True)
    )
    lengths = tuple(read_duration(length) for length in granted)
    if lengths:
        mine[EXTENDED] = lengths
    return mine


def events_of(case: Case) -> QuerySet[CaseEvent]:
    """The events of a case that were not struck out."""
    return CaseEvent.objects.filter(case=case, struck_at=None)


def as_events(rows: Iterable[CaseEvent]) -> tuple[Event, ...]:
    """Stored events as the domain reads them."""
    return tuple(
        Event(row.kind, row.happened, row.moment, row.recorded_at, row.until, row.source_key) for row in rows
    )


def stage_events(case: Case, flow: Caseflow) -> tuple[Event, ...]:
    """One event per kind that begins a stage of ``flow``: enough to know the stage, however long the history."""
    begins = {kind for stage in flow.stages for kind in stage.begins}
    return tuple(
        Event(kind, date.fromisoformat(day)) for kind, day in case.milestones.items() if kind in begins
    )
