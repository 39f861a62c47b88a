"""The screenings marked 录入核查, compiled once and asked of many cases, events and excluded spans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from mingjing.definitions.values.dictionaries import Dictionary
from mingjing.definitions.values.screenings import Proposal as Rule
from mingjing.definitions.values.screenings import Screening, screen
from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.services.draws.waiting import waiting_for_a_handler
from mingjing.services.installation import registry
from mingjing.services.screening_facts import Fields, case_fields, event_fields, span_fields
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion
from mingjing.storage.people.models import Court, Person
from mingjing.storage.supervision.models import Finding

ENTRY_CHECK = "录入核查"
MISSING = "漏录"
Tests = tuple[tuple[Rule, Callable[[Mapping[str, object]], bool]], ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One fault of one entry; ``subject`` tells the entries of a case apart."""

    case: Case
    rule: str
    fault: str
    detail: str
    definition: str
    subject: str
    person: Person | None

    @property
    def key(self) -> tuple[int, str, str]:
        """What makes a finding the same finding."""
        return (self.case.pk, self.rule, self.subject)

    def as_finding(self, court: Court, on: date, week: str) -> Finding:
        """An unsaved row."""
        return Finding(
            court=court,
            case=self.case,
            fault=self.fault[:20],
            rule=self.rule[:60],
            definition=self.definition,
            subject=self.subject,
            detail=self.detail[:300],
            person=self.person,
            found_on=on,
            week=week,
        )


@dataclass(frozen=True, slots=True)
class EntryRules:
    """The entry checks of one court on one day; ``by_item`` maps 案件, 事项, 扣除期间 to compiled rules."""

    on: date
    by_item: dict[str, list[tuple[str, Tests]]]
    fields: Dictionary
    calendar: WorkCalendar
    zone: ZoneInfo
    reference: str

    @classmethod
    def load(cls, court: Court, on: date) -> EntryRules:
        """Read and compile the rules in force at ``court`` on ``on``."""
        known = registry(court)
        fields = known.dictionary("dictionary.case_fields")
        by_item: dict[str, list[tuple[str, Tests]]] = defaultdict(list)
        references = []
        for screening in known.screenings(on):
            if screening.marks == ENTRY_CHECK:
                references.append(known.ref(screening.id, on))
                by_item[screening.over].append((references[-1], _tests(screening, tuple(fields.keys))))
        return cls(
            on,
            by_item,
            fields,
            known.calendar(court.calendar),
            ZoneInfo(court.time_zone),
            "；".join(references)[:140],
        )

    def found_in(self, cases: list[Case]) -> list[Found]:
        """Every fault of these cases, their events and spans. A few further queries, however many cases."""
        spans: dict[int, list[Exclusion]] = defaultdict(list)
        for span in Exclusion.objects.filter(case__in=cases, struck_at=None):
            spans[span.case_id].append(span)
        events: dict[int, list[CaseEvent]] = defaultdict(list)
        if self.by_item.get("事项"):
            rows = CaseEvent.objects.filter(case__in=cases, struck_at=None).select_related("recorded_by")
            for event in rows.order_by("pk").iterator(chunk_size=2000):
                events[event.case_id].append(event)
        found: list[Found] = []
        waiting = waiting_for_a_handler(cases, self.on)
        for case in cases:
            mine = case_fields(case, self.on, self.fields, spans[case.pk])
            mine["等待分案"] = case.pk in waiting
            found += self._ask("案件", case, mine, "案件", case.handler)
            for event in events[case.pk]:
                about = event_fields(event, mine, self.calendar, self.zone)
                subject = f"{event.kind[:80]} {event.happened} 第{event.pk}条"
                found += self._ask("事项", case, about, subject, event.recorded_by or case.handler)
            for span in spans[case.pk]:
                subject = f"{span.kind} {span.first} 起 第{span.pk}条"
                found += self._ask("扣除期间", case, span_fields(span, mine, self.on), subject, case.handler)
        return found

    def _ask(
        self, item: str, case: Case, fields: Fields, subject: str, entered_by: Person | None
    ) -> list[Found]:
        """What the rules over ``item`` say; what is missing is the handler's to mend, else the recorder's."""
        return [
            Found(
                case,
                one.label,
                one.category,
                one.reason,
                definition,
                subject,
                case.handler if one.category == MISSING else entered_by,
            )
            for definition, tests in self.by_item.get(item, ())
            for one in screen(tests, fields).findings
        ]


def _tests(screening: Screening, names: Collection[str]) -> Tests:
    return screening.tests(names)
