"""Received, closed and pending in a period, what was closed in time, and how long each step took.

Every figure is a fact of the workload, never a target: no rank, no goal (R-073, S-172, S-221, S-222).
An empty denominator is no data; cases that lack an input are counted apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, F, Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS
from mingjing.services.permissions import cases_seen
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court
from mingjing.storage.supervision.models import Clock

ENFORCEMENT = "首次执行"
WITH_PROPERTY = "有财产可供执行"


@dataclass(frozen=True, slots=True)
class Flow:
    """One kind of case in a period: carried + filed = received; received - closed = pending."""

    kind: str
    carried: int
    filed: int
    closed: int

    @property
    def received(self) -> int:
        """受理: carried over and newly filed (R-073)."""
        return self.carried + self.filed

    @property
    def pending(self) -> int:
        """未结 at the end of the period."""
        return self.received - self.closed

    @property
    def rate(self) -> Fraction | None:
        """结案率 or 执结率: closed of received; None where nothing was received."""
        return Fraction(self.closed, self.received) if self.received else None


@dataclass(frozen=True, slots=True)
class InTime:
    """Closed cases by whether they were closed within the limit; ``unknown`` lack a computed limit."""

    label: str
    in_time: int
    late: int
    unknown: int

    @property
    def rate(self) -> Fraction | None:
        """In time of those whose limit is known; None where there are none."""
        known = self.in_time + self.late
        return Fraction(self.in_time, known) if known else None


@dataclass(frozen=True, slots=True)
class Step:
    """How long one node took, in days from its start: cases, median, ninth decile, and how many were late."""

    kind: str
    label: str
    cases: int
    median: int
    ninth_decile: int
    late: int


def flows(actor: Actor, first: date, last: date, courts: Iterable[Court] | None = None) -> list[Flow]:
    """Received and closed by kind of case from ``first`` to ``last`` (both counted), most received first.

    ``courts`` leaves out the cases of others; None takes all that ``actor`` sees.
    """
    seen = cases_seen(actor) if courts is None else cases_seen(actor).filter(court__in=list(courts))
    carried = Q(filed_on__lt=first) & (Q(closed_on=None) | Q(closed_on__gte=first))
    rows = (
        seen.exclude(filed_on=None)
        .filter(filed_on__lte=last)
        .filter(Q(closed_on=None) | Q(closed_on__gte=first))
        .values("kind")
        .annotate(
            carried=Count("pk", filter=carried),
            filed=Count("pk", filter=Q(filed_on__gte=first)),
            closed=Count("pk", filter=Q(closed_on__gte=first, closed_on__lte=last)),
        )
    )
    found = [Flow(row["kind"] or "未填类型", row["carried"], row["filed"], row["closed"]) for row in rows]
    return sorted(found, key=lambda flow: (-flow.received, flow.kind))


def total(found: Iterable[Flow]) -> Flow:
    """The sum of all kinds; the rate is taken from the sums, never averaged."""
    listed = list(found)
    return Flow(
        "合计", sum(f.carried for f in listed), sum(f.filed for f in listed), sum(f.closed for f in listed)
    )


def in_time(actor: Actor, first: date, last: date) -> list[InTime]:
    """审限内结案, all kinds, and 有财产可供执行案件法定期限内结案 (S-222), of cases closed in the period."""
    closed = cases_seen(actor).filter(closed_on__gte=first, closed_on__lte=last)
    property_found = closed.filter(kind=ENFORCEMENT, **{f"facts__{WITH_PROPERTY}": True})
    return [_in_time("审限内结案", closed), _in_time("有财产可供执行案件法定期限内结案", property_found)]


def _in_time(label: str, closed: QuerySet[Case]) -> InTime:
    limits = Clock.objects.filter(
        case__in=closed, slot__in=TRIAL_LIMIT_SLOTS, state=Clock.State.DONE, due_on__isnull=False
    )
    counted = limits.aggregate(
        known=Count("case", distinct=True),
        late=Count("case", filter=Q(done_on__gt=F("due_on")), distinct=True),
    )
    unknown = closed.count() - counted["known"]
    return InTime(label, counted["known"] - counted["late"], counted["late"], unknown)


def steps(actor: Actor, first: date, last: date) -> list[Step]:
    """How long each node took that was finished in the period, by kind of case and node."""
    done = Clock.objects.filter(
        case__in=cases_seen(actor),
        state=Clock.State.DONE,
        done_on__gte=first,
        done_on__lte=last,
        started__isnull=False,
    )
    rows = done.values_list("case__kind", "label", "started", "done_on", "due_on").order_by()
    lengths: dict[tuple[str, str], Counter[int]] = {}
    late: Counter[tuple[str, str]] = Counter()
    for kind, label, started, finished, due in rows.iterator(chunk_size=5000):
        assert started is not None  # both filtered above
        assert finished is not None
        key = (kind or "未填类型", label)
        lengths.setdefault(key, Counter())[(finished - started).days] += 1
        late[key] += due is not None and finished > due
    found = [
        Step(kind, label, days.total(), _quantile(days, 1, 2), _quantile(days, 9, 10), late[(kind, label)])
        for (kind, label), days in lengths.items()
    ]
    return sorted(found, key=lambda step: (step.kind, -step.cases, step.label))


def _quantile(days: Counter[int], part: int, whole: int) -> int:
    """The smallest number of days that at least ``part``/``whole`` of the cases did not exceed."""
    need, reached = days.total() * part, 0
    for length in sorted(days):
        reached += days[length] * whole
        if reached >= need:
            return length
    raise ValueError("no cases")
