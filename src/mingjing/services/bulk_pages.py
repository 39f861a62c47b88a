"""Cases read by the page, as the columns a sweep computes from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import numpy as np

from mingjing.analytics.columns import NO_MOMENT, Cases, Days, Events, to_instant
from mingjing.analytics.gathering import gather
from mingjing.analytics.sweeping import Sweep
from mingjing.domain.caseflow.rules import Caseflow
from mingjing.domain.dates.durations import Duration, read_duration
from mingjing.domain.dates.spans import Span
from mingjing.domain.deadlines.rules import Fact
from mingjing.services.facts import plain_facts
from mingjing.services.happenings import Excluded, Happening
from mingjing.storage.cases.models import Case, CaseEvent, Exclusion, GrantedExtension


@dataclass(frozen=True, slots=True, eq=False)
class Page:
    """Cases of one court with everything dated about them; ``keys`` are the events' keys, in their order."""

    cases: Sequence[Case]
    columns: Cases
    events: Events
    keys: Sequence[str]


@dataclass(frozen=True, slots=True, eq=False)
class PageReader:
    """Reads pages for one sweep of one court: four queries a page, whatever its size."""

    sweep: Sweep
    zone: ZoneInfo
    kinds: tuple[str, ...]
    restarts: frozenset[str]

    @classmethod
    def of(cls, sweep: Sweep, zone: ZoneInfo) -> PageReader:
        """Only events that some rule reads are kept."""
        files = (one.value for one in sweep.shelf.definitions)
        nodes = [node for flow in files if isinstance(flow, Caseflow) for node in flow.nodes]
        restarts = {kind for rule in sweep.shelf.deadlines() for kind in rule.restarts}
        kinds = {kind for node in nodes for kind in (node.follows, *node.done)} | restarts
        return cls(sweep, zone, tuple(sorted(kinds)), frozenset(restarts))

    def read(self, cases: Sequence[Case]) -> Page:
        """The page of these cases, in this order."""
        places = {case.pk: place for place, case in enumerate(cases)}
        events = CaseEvent.objects.filter(case__in=list(places), struck_at=None)
        happened = events.values_list(*Happening._fields).iterator(chunk_size=10_000)
        return self._page(cases, places, happened, _stored_spans(places), _granted(places))

    def of_new(self, cases: Sequence[Case], events: Iterable[Happening], spans: Iterable[Excluded]) -> Page:
        """The page of cases that are only about to be stored, with all that happened in them."""
        places = {case.pk: place for place, case in enumerate(cases)}
        return self._page(cases, places, events, spans, {})

    def _page(
        self,
        cases: Sequence[Case],
        places: Mapping[int, int],
        happened: Iterable[tuple[int, str, date, datetime | None, str]],
        spans: Iterable[Excluded],
        granted: dict[str, dict[int, tuple[Duration, ...]]],
    ) -> Page:
        facts = [plain_facts(case) for case in cases]
        for place, found in _by_kind(spans, places).items():
            facts[place].update(found)
        events, keys = self._events(happened, places, facts)
        columns = gather(facts, _asked_on(cases), self.sweep.names)
        columns = Cases(columns.count, columns.words, columns.days, columns.asked_on, columns.odd, granted)
        return Page(cases, columns, events, keys)

    def _events(
        self,
        happened: Iterable[tuple[int, str, date, datetime | None, str]],
        places: Mapping[int, int],
        facts: Sequence[dict[str, Fact]],
    ) -> tuple[Events, list[str]]:
        """The events some rule reads; the latest restart of each kind becomes a fact of its case."""
        numbers = {kind: number for number, kind in enumerate(self.kinds)}
        found: list[tuple[int, int, int, int]] = []
        keys: list[str] = []
        latest: dict[tuple[int, str], date] = {}
        for case, kind, day, moment, key in happened:
            number = numbers.get(kind)
            if number is None:
                continue
            place = places[case]
            found.append((place, number, day.toordinal(), _instant(moment)))
            keys.append(key)
            if kind in self.restarts and latest.get((place, kind), date.min) <= day:
                latest[place, kind] = day
        for (place, kind), last in latest.items():
            facts[place][kind] = last
        table = np.array(found, np.int64).reshape(-1, 4)
        hours_known = bool((table[:, 3] != NO_MOMENT).any())
        events = Events(
            kinds=self.kinds,
            case=table[:, 0].astype(np.int32),
            kind=table[:, 1].astype(np.int16),
            day=table[:, 2].astype(np.int32),
            moment=table[:, 3] if hours_known else None,
            zone=self.zone,
        )
        return events, keys


def _instant(moment: datetime | None) -> int:
    return NO_MOMENT if moment is None else to_instant(moment)


def _asked_on(cases: Iterable[Case]) -> tuple[Days, Days]:
    """The days on which a flow is looked for: of the filing, then of coming under supervision here."""
    days = [(case.filed_on, case.known_since or case.filed_on) for case in cases]
    filed, known = ([day.toordinal() if day else 0 for day in line] for line in zip(*days, strict=True))
    return np.array(filed, np.int32), np.array(known, np.int32)


def _stored_spans(places: Mapping[int, int]) -> Iterable[Excluded]:
    rows = Exclusion.objects.filter(case__in=list(places), struck_at=None)
    return rows.values_list("case_id", "kind", "first", "last")


def _by_kind(spans: Iterable[Excluded], places: Mapping[int, int]) -> dict[int, dict[str, tuple[Span, ...]]]:
    found: dict[int, dict[str, tuple[Span, ...]]] = {}
    for case, kind, first, last in spans:
        mine = found.setdefault(places[case], {})
        mine[kind] = (*mine.get(kind, ()), Span(first, last))
    return found


def _granted(places: Mapping[int, int]) -> dict[str, dict[int, tuple[Duration, ...]]]:
    found: dict[str, dict[int, tuple[Duration, ...]]] = {}
    rows = GrantedExtension.objects.filter(case__in=list(places)).order_by("approved_on", "pk")
    for case, clock, length in rows.values_list("case_id", "clock", "length"):
        mine = found.setdefault(clock, {})
        mine[places[case]] = (*mine.get(places[case], ()), read_duration(length))
    return found
