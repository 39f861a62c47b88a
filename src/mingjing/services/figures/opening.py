"""From a number to what it counts: which cases, events or records, page by page or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from django.db.models import Q, QuerySet

from mingjing.definitions.values.populations import EVENTS
from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import CASES, At, Count, Indicator
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.figures.asked import Keys
from mingjing.services.figures.cells import Given, mark_of
from mingjing.services.figures.counting import Counting, key_of
from mingjing.services.figures.rows import events_of, rows_of
from mingjing.services.figures.sight import Seen
from mingjing.services.figures.summing import kept_in_cells, sums
from mingjing.services.installation import registry
from mingjing.services.records.sight import visible
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.indicators.models import Share
from mingjing.storage.people.models import Court
from mingjing.storage.records.models import Record

PAGE = 25
CHUNK = 1000
FIRST, MOST = 4 * PAGE, 10_000
"""Cases looked at by one statement: at first so many as are likely to fill a page, then ever more."""
COLUMN_OF = {"结案日期": "closed_on", "立案日期": "filed_on"}
"""Dates that an index leads to."""


class UnknownCount(Refusal):
    """An indicator has no count of that name."""

    code = "unknown-count"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: the rows of a count in a period, or those that count lacks an input for."""

    key: str
    lineage: tuple[Count, ...]
    period: Period
    missing: bool = False

    @classmethod
    def of(cls, indicator: Indicator, label: str, period: Period, *, missing: bool = False) -> Wanted:
        """The rows of one count.

        Raises
        ------
        UnknownCount   the indicator has no such count
        """
        labels = [one.label for one in indicator.parts]
        if label not in labels:
            raise UnknownCount(f"“{indicator.label}”没有“{label}”这个计数。", allowed=labels)
        lineage = indicator.lineage(label)
        return cls(key_of(lineage), lineage, period, missing)

    @property
    def root(self) -> Count:
        """The count whose date and population it has."""
        return self.lineage[0]

    @property
    def over(self) -> str:
        """What is counted: 案件, 事项 or the records of a register."""
        return self.root.over

    def holds(self, given: Given) -> bool:
        """Whether something with this share is among them."""
        parts = [part for part in given.parts if part.key == self.key]
        if self.root.at is None:
            parts = [part for part in parts if not part.stock and part.day in self.period]
        else:
            parts = [part for part in parts if part.stock and part.day <= self.moment]
        return sum(part.missing if self.missing else part.n for part in parts) > 0

    @property
    def mark(self) -> str:
        """What stands in the text of every share that has a part of it, and in few others."""
        return mark_of(self.key, self.period if self.root.at is None else None)

    @property
    def moment(self) -> date:
        """The day a stock is looked at."""
        return self.period.last if self.root.at is At.END else self.period.first - timedelta(days=1)

    def number(self, seen: Seen, today: date) -> int | None:
        """How many cells say are behind it, at least so many as cases; None where no cell says."""
        if not kept_in_cells(seen.place, self.period, today):
            return None
        keys = frozenset((self.key,))
        flows, stocks = (keys, frozenset[str]()) if self.root.at is None else (frozenset[str](), keys)
        found = sums(seen.place, [self.period], today=today, only=Keys(flows, stocks))[0]
        standing = found.closing if self.root.at is At.END else found.opening
        amount = (found.flows if self.root.at is None else standing).get(self.key)
        if amount is None:
            return 0
        return amount.missing if self.missing else amount.n

    def narrowed(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """The cases among which they are; whoever is not there certainly is none of them."""
        if self.root.at is not None:
            standing = Q(closed_on=None) | Q(closed_on__gt=self.moment)
            return cases.filter(standing, filed_on__lte=self.moment)
        column = COLUMN_OF.get(self.root.on) if self.over == CASES else None
        if column is None:
            return cases.filter(share__given__contains=self.mark)
        return cases.filter(**{f"{column}__gte": self.period.first, f"{column}__lte": self.period.last})


@dataclass(frozen=True, slots=True)
class Opened:
    """What is behind a number, or a page of it; ``next_after`` is the key after which the next page begins.

    ``hidden`` records are counted but not for this reader to see.
    """

    cases: list[Case] = field(default_factory=list)
    events: list[CaseEvent] = field(default_factory=list)
    records: list[Record] = field(default_factory=list)
    hidden: int = 0
    next_after: int | None = None


def page_of(actor: Actor, seen: Seen, wanted: Wanted, after: int = 0) -> Opened:
    """A page of what a count is made of, in the order in which it came to the system."""
    if wanted.over not in (CASES, EVENTS):
        whole = behind(actor, wanted.over, list(item_ids(seen, wanted)))
        rest = [record for record in whole.records if record.pk > after]
        ahead = rest[PAGE - 1].pk if len(rest) > PAGE else None
        return Opened(records=rest[:PAGE], hidden=whole.hidden, next_after=ahead)
    ids: list[int] = []
    most = None if after else wanted.number(seen, actor.on)
    if most == 0:
        return Opened()
    for pk in item_ids(seen, wanted, after):
        ids.append(pk)
        # whoever has found them all need not read what is left of a court's year to know it
        if len(ids) > PAGE or (wanted.over == CASES and len(ids) == most):
            break
    found = behind(actor, wanted.over, ids[:PAGE])
    return Opened(found.cases, found.events, next_after=ids[PAGE - 1] if len(ids) > PAGE else None)


def behind(actor: Actor, over: str, ids: Sequence[int]) -> Opened:
    """What these keys stand for; of records, those the actor may see, and how many they may not."""
    if over == CASES:
        return Opened(cases=cases_of(ids))
    if over == EVENTS:
        rows = CaseEvent.objects.filter(pk__in=ids).select_related("case__court", "case__department")
        return Opened(events=list(rows.order_by("pk")))
    register = registry(actor.court).newest_register(over)
    listed = [] if register is None else _records(actor, Q(pk__in=ids) & visible(actor, register))
    return Opened(records=listed, hidden=len(set(ids)) - len(listed))


def _records(actor: Actor, which: Q) -> list[Record]:
    rows = Record.objects.filter(which).select_related("unit", "holder").order_by("pk")
    return list(rows.distinct())


def item_ids(seen: Seen, wanted: Wanted, after: int = 0) -> Iterator[int]:
    """The keys of everything behind a number, in their order."""
    if wanted.over == CASES:
        yield from case_ids(seen, wanted, after)
    elif wanted.over == EVENTS:
        yield from (pk for pk in sorted(_event_ids(seen, wanted)) if pk > after)
    else:
        rows = seen.place.record_shares().filter(
            record__register=wanted.over, record_id__gt=after, given__contains=f'["{wanted.key}"'
        )
        for pk, text in rows.order_by("record_id").values_list("record_id", "given"):
            given = Given.load(text)
            if seen.place.holds(given.places) and wanted.holds(given):
                yield pk


def _event_ids(seen: Seen, wanted: Wanted) -> Iterator[int]:
    """The events among those of the cases that count some."""
    ids = list(case_ids(seen, wanted))
    for start in range(0, len(ids), CHUNK):
        some = ids[start : start + CHUNK]
        for court in Court.objects.filter(cases__in=some).distinct():
            population = registry(court).population(EVENTS)
            assert population is not None
            counting, rows = Counting([wanted.lineage], population), rows_of(court, some)
            for one in chain.from_iterable(events_of(court, rows).values()):
                if wanted.holds(Given((), counting.parts(one.fields))):
                    yield one.event.pk


def case_ids(seen: Seen, wanted: Wanted, after: int = 0) -> Iterator[int]:
    """The keys of all cases behind a number (or behind its events), in their order."""
    among = wanted.narrowed(seen.place.cases()).order_by("pk").values_list("pk", flat=True)
    chunk = FIRST
    while True:
        # the keys first: sorted together with what each case gives, a court's year would be read for a page
        some = list(among.filter(pk__gt=after)[:chunk])
        shares = Share.objects.filter(case__in=some, given__contains=wanted.mark).order_by("case_id")
        for pk, text in shares.values_list("case_id", "given").iterator(chunk_size=CHUNK):
            given = Given.load_of(text, (wanted.key,))
            if seen.place.holds(given.places) and wanted.holds(given):
                yield pk
        if len(some) < chunk:
            return
        after, chunk = some[-1], min(10 * chunk, MOST)


def cases_of(ids: Sequence[int]) -> list[Case]:
    """The cases of these keys, with court, department and handler."""
    rows = Case.objects.filter(pk__in=ids).select_related("court", "department", "handler")
    return list(rows.order_by("pk"))
