"""The ranks the court above announced, year by year (S-220): read from their register, never computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from mingjing.services.actors import Actor
from mingjing.services.installation import registry
from mingjing.services.records.sight import visible
from mingjing.storage.records.models import Record

REGISTER = "ledger.external_rank"
VOIDED = "已作废"


@dataclass(frozen=True, slots=True)
class OutsideRank:
    """One announced rank. ``whole``: of a whole year; else it says how far until ``until`` and is not to be
    held against whole years."""

    record_id: int
    number: str
    year: str
    rank: int
    peers: int
    until: date
    whole: bool
    source: str
    checked: bool


def outside_ranks(actor: Actor) -> list[tuple[str, list[OutsideRank]]]:
    """The ranks the actor may see by class of courts, oldest first; those entered by mistake are left out."""
    register = registry(actor.court).newest_register(REGISTER)
    if register is None:
        return []
    rows = Record.objects.filter(visible(actor, register)).exclude(state=VOIDED).distinct()
    found = [(str(row.data.get("class", "")), _rank(row)) for row in rows.order_by("pk")]
    found.sort(key=lambda one: (one[0], one[1].until, one[1].record_id))
    return [(name, [rank for _, rank in some]) for name, some in groupby(found, lambda one: one[0])]


def _rank(row: Record) -> OutsideRank:
    data = row.data
    return OutsideRank(
        row.pk,
        row.number,
        str(data["year"]),
        int(data["rank"]),
        int(data["peers"]),
        date.fromisoformat(str(data["until"])),
        data["whole"] in (True, "是"),
        str(data["source"]),
        row.over,
    )
