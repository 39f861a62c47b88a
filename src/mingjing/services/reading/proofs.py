"""审计: checkpoints with who countersigned them, the witnesses, the verifications."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, QuerySet

from mingjing.domain.dates.reading import read_date
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.exporting import Column, Sheet
from mingjing.services.reading.keyset import BadFilter, Filter, Listed, listed, read_filter
from mingjing.storage.auditlog.models import LogCheck, SignedCheckpoint, Witness

SIGNED, UNSIGNED = "有副署", "没有副署"


@dataclass(frozen=True, slots=True)
class CheckpointFilter(Filter):
    """What the list of checkpoints shows: from which day on, and whether a witness countersigned."""

    since: str = ""
    by: str = ""

    def sentence(self) -> tuple[str, ...]:
        """The filters as words."""
        return tuple(part for part in (f"{self.since} 起" if self.since else "", self.by) if part)


@dataclass(frozen=True, slots=True)
class CheckpointLine:
    """A checkpoint as a person reads it: when in the court's zone, who countersigned."""

    row: SignedCheckpoint
    at: datetime
    witnesses: tuple[str, ...]


def read(query: Mapping[str, str]) -> CheckpointFilter:
    """The filter of a query string.

    Raises
    ------
    BadFilter   a day that cannot be read
    """
    chosen = read_filter(CheckpointFilter, query, {"by": ("副署情况", (SIGNED, UNSIGNED))})
    if chosen.since:
        try:
            read_date(chosen.since)
        except Refusal as refusal:
            raise BadFilter(refusal.message, example=refusal.example) from None
    return chosen


def _select(chosen: CheckpointFilter) -> QuerySet[SignedCheckpoint]:
    rows = SignedCheckpoint.objects.prefetch_related("countersignatures__witness")
    if chosen.since:
        rows = rows.filter(day__gte=read_date(chosen.since))
    if chosen.by:
        rows = rows.filter(countersignatures__isnull=chosen.by == UNSIGNED).distinct()
    return rows


def checkpoints(
    actor: Actor, chosen: CheckpointFilter
) -> tuple[Listed[SignedCheckpoint], list[CheckpointLine]]:
    """A page of checkpoints, newest first."""
    page = listed(_select(chosen), ("-size",), chosen)
    return page, _lines(actor, page.rows)


def _lines(actor: Actor, rows: Sequence[SignedCheckpoint]) -> list[CheckpointLine]:
    zone = ZoneInfo(actor.court.time_zone)
    return [
        CheckpointLine(
            row,
            row.made_at.astimezone(zone),
            tuple(one.witness.name for one in row.countersignatures.all()),
        )
        for row in rows
    ]


def sheet(actor: Actor, chosen: CheckpointFilter) -> Sheet[CheckpointLine]:
    """The same list as a workbook."""
    columns: tuple[Column[CheckpointLine], ...] = (
        Column("日期", lambda line: line.row.day),
        Column("签出", lambda line: f"{line.at:%Y-%m-%d %H:%M:%S}"),
        Column("条数", lambda line: line.row.size),
        Column("根", lambda line: line.row.root),
        Column("副署", lambda line: "、".join(line.witnesses)),
    )
    rows = _lines(actor, list(_select(chosen).order_by("-size")))
    return Sheet("检查点", columns, rows, " · ".join(chosen.sentence()), unit="个")


def witnesses() -> list[Witness]:
    """Every witness with how many checkpoints it countersigned (``signed``) and the newest day of one."""
    rows = Witness.objects.annotate(
        signed=Count("countersignatures"), last_day=Max("countersignatures__checkpoint__day")
    )
    return list(rows.order_by("until", "pk"))


def checks(limit: int = 20) -> list[LogCheck]:
    """The newest verifications."""
    return list(LogCheck.objects.all()[:limit])
