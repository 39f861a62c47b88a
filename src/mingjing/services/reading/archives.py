"""档案: the catalogue of one case, the sealed cases of a court, those archived and not sealed yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from mingjing.services.actors import Actor
from mingjing.services.papers.sealing import ARCHIVED, Kept, files_of
from mingjing.services.permissions import cases_seen, require, seen_case
from mingjing.services.reading.keyset import Filter, Listed, listed, read_filter
from mingjing.services.reading.scope import rows_seen
from mingjing.storage.cases.models import Case
from mingjing.storage.papers.models import Seal, SealedFile

CHECK = "校对文书"
STATES = ("已封存", "核验不符", "已归档没有封存")
ORDER = ("-sealed_on", "-pk")
WAITING = 100


@dataclass(frozen=True, slots=True)
class ArchiveFilter(Filter):
    """Which cases."""

    state: str = "已封存"

    @classmethod
    def read(cls, query: Mapping[str, str]) -> ArchiveFilter:
        """From a query string.

        Raises
        ------
        BadFilter   a state that is not one of those offered
        """
        return read_filter(cls, query, {"state": ("状态", STATES)})


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The files of a case: sealed lines where it is sealed, else what there is now."""

    case: Case
    seal: Seal | None
    lines: list[SealedFile]
    files: list[Kept]

    @property
    def archived(self) -> bool:
        """Whether 归档 is recorded."""
        return ARCHIVED in self.case.milestones


def catalogue(actor: Actor, case_id: int) -> Catalogue:
    """The catalogue of a case this actor sees.

    Raises
    ------
    NotVisible   the case is not seen
    NotAllowed   no role lists 校对文书
    """
    require(actor, CHECK)
    case = seen_case(actor, case_id)
    seal = Seal.objects.filter(case=case).select_related("sealed_by").first()
    if seal is None:
        return Catalogue(case, None, [], files_of(case))
    return Catalogue(case, seal, list(seal.lines.all()), [])


def seals(actor: Actor, chosen: ArchiveFilter) -> Listed[Seal]:
    """Sealed cases, the newest first."""
    rows = rows_seen(actor, Seal.objects.all())
    if chosen.state == STATES[1]:
        rows = rows.exclude(broken=[])
    return listed(rows.select_related("case", "case__department", "sealed_by"), ORDER, chosen)


def waiting(actor: Actor) -> QuerySet[Case]:
    """Closed cases that were archived and not sealed, the newest first."""
    rows = cases_seen(actor).filter(closed_on__isnull=False, milestones__has_key=ARCHIVED, seal__isnull=True)
    return rows.select_related("department", "handler").order_by("-closed_on", "-pk")[:WAITING]
