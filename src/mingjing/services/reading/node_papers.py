"""节点材料: open cases that lack what they need before a node, those past it first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from mingjing.services.actors import Actor
from mingjing.services.node_papers import Lacking, concerned, lacking_on
from mingjing.services.permissions import open_cases_seen
from mingjing.services.reading.keyset import Filter, read_filter
from mingjing.storage.cases.models import Case

MOST = 300
"""So many cases are looked at; a court has a few dozen that are marked."""
MOST_TODAY, SHOWN = 20, 8
SEE = "查看案件"
STATES = ("节点已过", "还没有到节点", "全部")


@dataclass(frozen=True, slots=True)
class PaperDue:
    """A case with one thing it lacks."""

    case: Case
    lacks: Lacking


@dataclass(frozen=True, slots=True)
class DueFilter(Filter):
    """Whether the node has passed, which paper, which division."""

    state: str = "全部"
    label: str = ""
    department: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> DueFilter:
        """From a query string.

        Raises
        ------
        BadFilter   a state that is not one of those offered
        """
        return read_filter(cls, query, {"state": ("状态", STATES)})


def papers_due(actor: Actor, chosen: DueFilter) -> list[PaperDue]:
    """What is missing on the open cases this actor sees, those past their node first."""
    keys = {key for court in actor.courts for key in concerned(court)}
    rows = open_cases_seen(actor).filter(pk__in=keys).select_related("court", "department", "handler")
    if chosen.department:
        rows = rows.filter(department__name=chosen.department)
    found = [PaperDue(*one) for one in lacking_on(list(rows.order_by("-filed_on", "-pk")[:MOST]))]
    kept = [one for one in found if _fits(one, chosen)]
    return sorted(kept, key=lambda one: not one.lacks.passed)


def papers_today(owed: Sequence[Case]) -> tuple[list[PaperDue], int]:
    """What the open cases a judge owes papers of lack (``Today.owed``), those past their node first, and how
    many more there are."""
    found = [PaperDue(*one) for one in lacking_on(owed[:MOST_TODAY])]
    found.sort(key=lambda one: not one.lacks.passed)
    return found[:SHOWN], max(0, len(found) - SHOWN)


def _fits(one: PaperDue, chosen: DueFilter) -> bool:
    if chosen.label and one.lacks.label != chosen.label:
        return False
    return chosen.state == "全部" or bool(one.lacks.passed) == (chosen.state == "节点已过")
