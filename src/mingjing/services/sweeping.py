"""The full sweep: every case of every court computed anew, page by page, with memory that does not grow."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from mingjing.services.acts import act
from mingjing.services.recomputing import PAGE, Recomputing
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court


@dataclass(slots=True)
class Swept:
    """What a sweep came to."""

    cases: int = 0
    clocks: int = 0
    alerts: int = 0


def sweep(on: date, *, step: Callable[[int], None] | None = None) -> Swept:
    """Compute every clock of every case as of ``on`` and speak what is due. Safe to repeat, safe to kill.

    Every page is one transaction with its log entry; ``step`` is told after each how many cases are done.
    """
    swept = Swept()
    for court in Court.objects.select_related("parent").order_by("pk"):
        recomputing = Recomputing.of(court, on)
        for ids in _pages(court):
            with act(
                None, "全部重算", needs="", subject_kind="法院", subject_id=court.code, court=court
            ) as record:
                done = recomputing.page(ids)
                record.definition = f"截至 {on}"
                record.payload = {"件数": done.cases, "期限": done.clocks, "新提醒": done.alerts}
            swept.cases += done.cases
            swept.clocks += done.clocks
            swept.alerts += done.alerts
            if step is not None:
                step(swept.cases)
    return swept


def _pages(court: Court) -> Iterator[Sequence[int]]:
    last = 0
    while True:
        rows = Case.objects.filter(court=court, pk__gt=last).order_by("pk")
        ids = list(rows.values_list("pk", flat=True)[:PAGE])
        if not ids:
            return
        yield ids
        last = ids[-1]
