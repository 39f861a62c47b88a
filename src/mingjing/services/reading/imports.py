"""Imported files as their pages show them: the list, how far one has come, its refused rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Max
from django.utils import timezone

from mingjing.services.actors import Actor
from mingjing.services.importing.sources import path_of
from mingjing.services.permissions import require
from mingjing.services.reading.keyset import Filter, Listed, listed
from mingjing.storage.batches.models import Batch, PreviewRow, RefusedRow, SavedMapping
from mingjing.storage.people.models import Court

WAITING = (Batch.State.CHECKING, Batch.State.WRITING)
NOBODY_AT_IT = timedelta(seconds=12)
SMALL = 5 * 1024 * 1024
REFUSED, DIFFERENCES, NAMED = 100, 60, 5


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the work on a batch has come. ``idle``: nobody has touched any waiting file for a while.

    ``small`` says that the work may be done at once, within a page.
    """

    waiting: bool
    ahead: int
    idle: bool
    small: bool


def batches(actor: Actor, chosen: Filter) -> Listed[Batch]:
    """The files of the courts this actor sees, newest first."""
    require(actor, "导入数据")
    rows = Batch.objects.filter(court__in=[court.pk for court in actor.courts])
    return listed(rows.select_related("court", "uploaded_by"), ("-pk",), chosen)


def target_courts(actor: Actor) -> tuple[Court, ...]:
    """The courts a file may belong to: one's own, and those below where the actor sees them."""
    return actor.courts


def progress(batch: Batch) -> Progress:
    """How far the work has come, by the machine's own clock."""
    waiting = batch.state in WAITING
    if not waiting:
        return Progress(False, 0, False, False)
    queue = Batch.objects.filter(state__in=WAITING)
    moved = queue.aggregate(last=Max("moved_at"))["last"]
    rested = moved is None or timezone.now() - moved > NOBODY_AT_IT
    return Progress(True, queue.filter(pk__lt=batch.pk).count(), rested, small(batch))


def small(batch: Batch) -> bool:
    """Whether the file is small enough to be worked on within a page."""
    return _size(batch) <= SMALL


def _size(batch: Batch) -> int:
    try:
        return path_of(batch).stat().st_size
    except OSError:
        return 0


@dataclass(frozen=True, slots=True)
class RefusedAlike:
    """Cells refused for the same: one of them, and the rows of all in the order of the file."""

    cell: RefusedRow
    rows: tuple[int, ...]

    @property
    def others(self) -> tuple[int, ...]:
        """A few of the rows after the first, to be named on the page."""
        return self.rows[1:NAMED]


def refused_cells(batch: Batch) -> list[RefusedRow]:
    """What was refused, cell by cell in the order of the file: for the program that sent it."""
    return list(batch.refused_rows.order_by("row", "pk")[:REFUSED])


def refused(batch: Batch) -> list[RefusedAlike]:
    """What was refused, first found first: equal cells refused for equal reasons stand in one line."""
    found: dict[tuple[str, ...], list[RefusedRow]] = {}
    for one in batch.refused_rows.order_by("row", "pk"):
        found.setdefault((one.column, one.value, one.reason, one.allowed, one.example), []).append(one)
    alike = [RefusedAlike(same[0], tuple(one.row for one in same)) for same in found.values()]
    return alike[:REFUSED]


def differences(batch: Batch) -> list[PreviewRow]:
    """The first differences, updates before additions: they are what a person has to look at."""
    return list(batch.preview_rows.order_by("-effect", "row", "pk")[:DIFFERENCES])


def saved_names(court: Court) -> list[str]:
    """The mappings this court has saved."""
    return list(SavedMapping.objects.filter(court=court).order_by("name").values_list("name", flat=True))
