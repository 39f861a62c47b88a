"""From a number to its cases: which cases a count is made of, page by page or all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from mingjing.domain.dates.periods import Period
from mingjing.domain.indicators.counts import At, Count, Indicator
from mingjing.domain.reasons import Refusal
from mingjing.services.figures.cells import Given
from mingjing.services.figures.counting import key_of
from mingjing.services.figures.sight import Seen
from mingjing.storage.cases.models import Case
from mingjing.storage.indicators.models import Share

PAGE = 25
CHUNK = 1000
COLUMN_OF = {"结案日期": "closed_on", "立案日期": "filed_on"}
"""Dates that an index leads to."""


class UnknownCount(Refusal):
    """An indicator has no count of that name."""

    code = "unknown-count"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which cases are asked for: those of a count in a period, or those that count lacks an input for."""

    key: str
    root: Count
    period: Period
    missing: bool = False

    @classmethod
    def of(cls, indicator: Indicator, label: str, period: Period, *, missing: bool = False) -> Wanted:
        """The cases of one count.

        Raises
        ------
        UnknownCount   the indicator has no such count
        """
        labels = [one.label for one in indicator.parts]
        if label not in labels:
            raise UnknownCount(f"“{indicator.label}”没有“{label}”这个计数。", allowed=labels)
        lineage = indicator.lineage(label)
        return cls(key_of(lineage), lineage[0], period, missing)

    def holds(self, given: Given) -> bool:
        """Whether a case with this share is among them."""
        parts = [part for part in given.parts if part.key == self.key]
        if self.root.at is None:
            parts = [part for part in parts if not part.stock and part.day in self.period]
        else:
            parts = [part for part in parts if part.stock and part.day <= self.moment]
        return sum(part.missing if self.missing else part.n for part in parts) > 0

    @property
    def moment(self) -> date:
        """The day a stock is looked at."""
        return self.period.last if self.root.at is At.END else self.period.first - timedelta(days=1)

    def narrowed(self, cases: QuerySet[Case]) -> QuerySet[Case]:
        """The cases among which they are; whoever is not there certainly is none of them."""
        if self.root.at is not None:
            standing = Q(closed_on=None) | Q(closed_on__gt=self.moment)
            return cases.filter(standing, filed_on__lte=self.moment)
        column = COLUMN_OF.get(self.root.on)
        if column is None:
            return cases.filter(share__given__contains=f'["{self.key}"')
        return cases.filter(**{f"{column}__gte": self.period.first, f"{column}__lte": self.period.last})


@dataclass(frozen=True, slots=True)
class Opened:
    """One page of the cases behind a number; ``next_after`` is the key after which the next begins."""

    cases: list[Case]
    next_after: int | None


def page_of(seen: Seen, wanted: Wanted, after: int = 0) -> Opened:
    """A page of cases, in the order in which they came to the system."""
    ids: list[int] = []
    for pk in case_ids(seen, wanted, after):
        ids.append(pk)
        if len(ids) > PAGE:
            break
    return Opened(cases_of(ids[:PAGE]), ids[PAGE - 1] if len(ids) > PAGE else None)


def case_ids(seen: Seen, wanted: Wanted, after: int = 0) -> Iterator[int]:
    """The keys of all cases behind a number, in their order."""
    rows = Share.objects.filter(case__in=wanted.narrowed(seen.place.cases()))
    while True:
        some = list(
            rows.filter(case_id__gt=after).order_by("case_id").values_list("case_id", "given")[:CHUNK]
        )
        for pk, text in some:
            if wanted.key in text and wanted.holds(Given.load(text)):
                yield pk
        if len(some) < CHUNK:
            return
        after = some[-1][0]


def cases_of(ids: Sequence[int]) -> list[Case]:
    """The cases of these keys, with court, department and handler."""
    rows = Case.objects.filter(pk__in=ids).select_related("court", "department", "handler")
    return list(rows.order_by("pk"))
