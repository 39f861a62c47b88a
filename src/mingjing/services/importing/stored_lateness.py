"""How late what is stored is, to the day: by the due dates the files carried, and by our own clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from mingjing.imports.mapping import Mapping, mapping_from
from mingjing.storage.batches.models import Batch
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.people.models import Court
from mingjing.storage.supervision.models import Clock

OWN, OURS = "文件自带的期限", "本系统的期限"
CLOSED = "结案日期"


@dataclass(frozen=True, slots=True)
class Late:
    """``counted`` cases or events carry a due day and were done, or are still open behind it; ``late`` of
    them were done on a later day or are open past it; ``longest`` is the greatest delay in days."""

    source: str
    label: str
    counted: int
    late: int
    longest: int


def stored_lateness(court: Court, on: date) -> tuple[Late, ...]:
    """Every due date of the court's cases as of ``on``: those of imported files first, then our clocks.

    An imported due date counts where both days are stored; a clock counts once it is done, or once its last
    day lies behind ``on``. Done on the last day itself is in time.
    """
    return (*_own(court), *_ours(court, on))


def _own(court: Court) -> Iterator[Late]:
    events = CaseEvent.objects.filter(
        case__court=court, struck_at=None, due__isnull=False, finished__isnull=False
    )
    pairs = list(events.values_list("due", "finished"))
    if pairs:
        yield _late(OWN, "环节应完成日期", pairs)
    wanted = _fields(court)
    if not wanted:
        return
    found: dict[tuple[str, str, str], list[tuple[date | None, date | None]]] = {key: [] for key in wanted}
    for facts, closed in Case.objects.filter(court=court).values_list("facts", "closed_on").iterator():
        for label, due, done in wanted:
            last = _day(facts.get(due))
            finished = closed if done == CLOSED else _day(facts.get(done))
            if last is not None and finished is not None:
                found[(label, due, done)].append((last, finished))
    for (label, _, _), days in found.items():
        yield _late(OWN, label, days)


def _fields(court: Court) -> list[tuple[str, str, str]]:
    """Label, due item and done item of every case-level due date in the mappings this court imported with."""
    wanted: dict[tuple[str, str, str], None] = {}
    for plain in Batch.objects.filter(court=court, state=Batch.State.DONE).values_list("mapping", flat=True):
        mapping = mapping_from(plain)
        for due in mapping.dues:
            if due.level != "case":
                continue
            last, done = _item(mapping, due.due), _item(mapping, due.done)
            if last and done:
                wanted[(due.label, last, done)] = None
    return list(wanted)


def _item(mapping: Mapping, column: str) -> str:
    """The data item a column of the file became; empty where it was not kept."""
    return next((name for name, source in mapping.columns.items() if source.column == column), "")


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _ours(court: Court, on: date) -> Iterator[Late]:
    """By node label; of a clock that is not done, only the days until ``on`` count."""
    days: dict[str, list[tuple[date | None, date | None]]] = {}
    clocks = Clock.objects.filter(case__court=court, due_on__isnull=False).exclude(state=Clock.State.VOID)
    done = clocks.filter(done_on__isnull=False).values_list("label", "due_on", "done_on")
    running = clocks.filter(done_on=None, state=Clock.State.RUNNING, due_on__lt=on)
    for label, last, finished in done.iterator():
        days.setdefault(label, []).append((last, finished))
    for label, last in running.values_list("label", "due_on").iterator():
        days.setdefault(label, []).append((last, on))
    for label in sorted(days):
        yield _late(OURS, label, days[label])


def _late(source: str, label: str, pairs: Iterable[tuple[date | None, date | None]]) -> Late:
    """One line out of (due, done) pairs; the queries leave out rows that lack either."""
    delays = [(done - due).days for due, done in pairs if due and done]
    behind = [days for days in delays if days > 0]
    return Late(source, label, len(delays), len(behind), max(behind, default=0))
