"""Many cases at once: their clocks computed anew and what is due spoken, as ``clocks.recheck`` would."""

from __future__ import annotations

import gc
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from zoneinfo import ZoneInfo

from mingjing.analytics.sweeping import NodeSheet, Sweep
from mingjing.domain.caseflow.rules import Caseflow, Each
from mingjing.services.alerts import Speaking
from mingjing.services.bulk_pages import Page, PageReader
from mingjing.services.bulk_writing import update
from mingjing.services.clock_rows import COLUMNS, Answered, ClockRow, Computed, Key, flow_id, stored_rows
from mingjing.services.clocks import Summing, lives, reference_of
from mingjing.services.happenings import Excluded, Happening
from mingjing.services.installation import registry
from mingjing.services.marking import mark
from mingjing.services.recipients import HIGHER, Rosters
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court, Person
from mingjing.storage.supervision.models import Clock

PAGE = 5000
SUMMARY = ("due_on", "due_state", "next_due_on", "colour", "stage")


def recompute(court: Court, case_ids: Sequence[int], *, on: date) -> int:
    """Bring the clocks of ``case_ids`` up to ``on``; the caller's act is their log entry. New alerts."""
    recomputing = Recomputing.of(court, on)
    mark(case_ids)
    pages = (case_ids[start : start + PAGE] for start in range(0, len(case_ids), PAGE))
    return sum(recomputing.page(page, marked=True).alerts for page in pages)


@dataclass(frozen=True, slots=True)
class Done:
    """What one page came to."""

    cases: int
    clocks: int
    alerts: int


@dataclass(slots=True, eq=False)
class Told:
    """Whom a rung means: the cases of one department and judge share the answer between two changes of the
    roster, so that half a million alerts ask a few hundred questions. For cases of one court.
    """

    rosters: Rosters
    _known: dict[tuple[int, str, int | None, int | None], Person | None] = field(default_factory=dict)

    def forget(self) -> None:
        """Read the rosters again when next asked: people were added."""
        self.rosters = Rosters()
        self._known.clear()

    def __call__(self, case: Case, role_label: str, on: date) -> Person | None:
        """As ``recipients.recipient``."""
        read = self.rosters.rows.get(case.court_id)
        if read is None or role_label.startswith(HIGHER):
            return self.rosters.recipient(case, role_label, on)
        turns = read[2]
        key = (bisect_right(turns, on), role_label, case.department_id, case.handler_id)
        if key not in self._known:
            self._known[key] = self.rosters.recipient(case, role_label, on)
        return self._known[key]


@dataclass(frozen=True, slots=True, eq=False)
class Recomputing:
    """Pages of cases of one court, computed as of one day; what one page taught helps the next."""

    court: Court
    sweep: Sweep
    reader: PageReader
    told: Told

    @classmethod
    def of(cls, court: Court, on: date) -> Recomputing:
        """With the definitions in force at the court now."""
        sweep = Sweep(registry(court), on)
        return cls(court, sweep, PageReader.of(sweep, ZoneInfo(court.time_zone)), Told(Rosters()))

    def page(self, case_ids: Sequence[int], *, marked: bool = False) -> Done:
        """Compute these cases and write what differs. The caller's transaction locks and commits them.

        Cases that have changed are marked to be counted anew, unless all of them are ``marked`` already.
        """
        with _without_collecting():
            return self._page(case_ids, marked)

    def _page(self, case_ids: Sequence[int], marked: bool) -> Done:
        rows = Case.objects.select_for_update(of=("self",)).filter(court=self.court, pk__in=case_ids)
        cases = list(rows.order_by("pk"))
        for case in cases:
            case.court = self.court  # one object for all of them, its higher court already at hand
        if not cases:
            return Done(0, 0, 0)
        page = self.reader.read(cases)
        clocks = Clock.objects.filter(case__in=[case.pk for case in cases])
        stored = stored_rows(clocks.values_list("pk", *COLUMNS).iterator(chunk_size=10_000))
        before = [[getattr(case, name) for name in SUMMARY] for case in cases]
        done = self._settle(page, stored)
        changed = [
            (*after, case.pk)
            for case, held in zip(cases, before, strict=True)
            if (after := [getattr(case, name) for name in SUMMARY]) != held
        ]
        update(Case, SUMMARY, changed)
        if not marked:
            mark([row[-1] for row in changed])
        return done

    def of_new(
        self,
        cases: Sequence[Case],
        events: Iterable[Happening],
        spans: Iterable[Excluded],
        store: Callable[[], None],
    ) -> Done:
        """Write the clocks of cases that are not stored yet, and what is due. ``store`` stores the cases,
        once what lists show is set on them; the caller marks them to be counted.
        """
        with _without_collecting():
            return self._settle(self.reader.of_new(cases, events, spans), {}, store)

    def _settle(
        self,
        page: Page,
        stored: Mapping[Key, tuple[int, ClockRow]],
        store: Callable[[], None] = lambda: None,
    ) -> Done:
        """Write the clocks of a page where they differ from what is stored, and speak; sum up its cases."""
        cases = page.cases
        of_case, flows, sheets = self.sweep.page(page.columns, page.events)
        computed = [row for sheet in sheets for row in self._rows(page, sheet)]
        kept = {one.row.key for one in computed} if stored else set()
        void = [Computed(row.ended) for key, (_, row) in stored.items() if key not in kept and lives(row)]
        known = {case.pk: case for case in cases}
        speaking = Speaking(known, stored, self.sweep.as_of, self.told)
        _summarise(cases, [flows[place] if place >= 0 else None for place in of_case.tolist()], computed)
        store()
        alerts = speaking.write(computed + void)
        return Done(len(cases), len(computed), alerts)

    def _rows(self, page: Page, sheet: NodeSheet) -> Iterator[Computed]:
        """The rows of one node; what follows from its last day alone is worked out once per answer."""
        reference, label, slot = reference_of(sheet.flow), sheet.node.label, sheet.node.clock
        flow, every = flow_id(reference), sheet.node.each is Each.EVERY
        answers: dict[int, Answered] = {}
        ids = [case.pk for case in page.cases]
        columns = (sheet.case, sheet.event, sheet.started, sheet.answer, sheet.done, sheet.spoken)
        lists = [column.tolist() for column in (*columns, sheet.next_on, sheet.colour)]
        for case, event, started, place, done, spoken, ahead, colour in zip(*lists, strict=True):
            clock = sheet.clocks[place]
            answer = answers.get(place)
            if answer is None:
                answer = answers[place] = Answered.of(clock.due, reference, self.reader.zone)
            occurrence = page.keys[event] if every and event >= 0 else ""
            yield answer.row(
                (ids[case], flow, label, occurrence),
                slot,
                _day(started),
                _day(done),
                clock.rungs[:spoken],
                _day(ahead),
                colour,
            )


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A page makes hundreds of thousands of tuples and no cycles; looking for some costs a fifth."""
    wanted = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if wanted:
            gc.enable()


@lru_cache(maxsize=16_384)
def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None


def _summarise(cases: Sequence[Case], flows: Sequence[Caseflow | None], computed: Sequence[Computed]) -> None:
    """Set what lists show on every case."""
    rows: dict[int, list[ClockRow]] = {}
    for one in computed:
        rows.setdefault(one.row.case_id, []).append(one.row)
    summing = {id(flow): Summing.of(flow) for flow in {id(flow): flow for flow in flows}.values()}
    for case, flow in zip(cases, flows, strict=True):
        summing[id(flow)].summarise(case, rows.get(case.pk, ()))
