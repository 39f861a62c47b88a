"""文书校对 as pages show it: one version with its remarks, what is open, how many were checked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.papers.proofreading import CHECK, ERROR, ISSUE
from mingjing.services.permissions import NotVisible, cases_seen, require, seen_case
from mingjing.services.reading.keyset import Filter, Listed, listed, read_filter
from mingjing.services.reading.scope import rows_seen
from mingjing.services.record_event import ISSUING
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.papers.models import Paper, PaperRemark
from mingjing.text.proofreading.marking import Line, Mark, marked

STATES = ("待处理", "可签发", "已签发", "已替换", "全部")
ORDER = ("-pk",)


@dataclass(frozen=True, slots=True)
class PaperView:
    """One version: the text with its marks, the remarks, and what this person may do."""

    paper: Paper
    remarks: list[PaperRemark]
    lines: list[Line]
    may_answer: bool
    may_issue: bool
    tries: bool

    @property
    def errors(self) -> int:
        """How many of the remarks are errors."""
        return sum(one.level == ERROR for one in self.remarks)


@dataclass(frozen=True, slots=True)
class PaperFilter(Filter):
    """What the list shows: a state, a division, a kind of document."""

    state: str = "待处理"
    department: str = ""
    kind: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> PaperFilter:
        """From a query string.

        Raises
        ------
        BadFilter   a state that is not one of those offered
        """
        return read_filter(cls, query, {"state": ("状态", STATES)})

    def sentence(self) -> tuple[str, ...]:
        """The filters as chips."""
        return tuple(part for part in (self.state, self.department, self.kind) if part)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of the documents a division issued in a period, how many were proofread; the cases of the others."""

    department: str
    issued: int
    checked: int
    found: int
    kept: int

    @property
    def rate(self) -> Fraction | None:
        """Checked ÷ issued; None where nothing was issued."""
        return Fraction(self.checked, self.issued) if self.issued else None


def papers_of(actor: Actor, case_id: int) -> tuple[Case, list[Paper]]:
    """The case and every version of its documents, newest first.

    Raises
    ------
    NotVisible   the case is not seen
    NotAllowed   no role lists 校对文书
    """
    require(actor, CHECK)
    case = seen_case(actor, case_id)
    rows = Paper.objects.filter(case=case).select_related("put_by", "issued_by").defer("text")
    return case, list(rows.annotate(found=Count("remarks")).order_by("-pk"))


def paper_view(actor: Actor, paper_id: int) -> PaperView:
    """One version for whoever sees its case.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    require(actor, CHECK)
    rows = Paper.objects.filter(case__in=cases_seen(actor)).select_related("case", "case__court", "put_by")
    paper = rows.select_related("case__department", "case__handler", "issued_by").filter(pk=paper_id).first()
    if paper is None:
        raise NotVisible
    remarks = list(paper.remarks.select_related("answered_by"))
    marks = [
        Mark(one.place, one.start, one.end, "wrong" if one.level == ERROR else "doubt") for one in remarks
    ]
    case = paper.case
    tries = case.handler_id == actor.person.pk or case.panel.filter(person=actor.person).exists()
    return PaperView(
        paper,
        remarks,
        marked(paper.text, marks),
        may_answer=paper.state == Paper.State.CHECKED,
        may_issue=paper.state == Paper.State.READY and tries and actor.may(ISSUE),
        tries=tries,
    )


def remark_of(actor: Actor, remark_id: int) -> PaperRemark:
    """A remark on a document the actor sees.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    require(actor, CHECK)
    rows = PaperRemark.objects.filter(paper__case__in=cases_seen(actor))
    found = rows.select_related("paper", "paper__case").filter(pk=remark_id).first()
    if found is None:
        raise NotVisible
    return found


def paper_list(actor: Actor, chosen: PaperFilter) -> Listed[Paper]:
    """Versions by filter, newest first."""
    rows = rows_seen(actor, Paper.objects.all())
    plain = {
        "state": "" if chosen.state == "全部" else chosen.state,
        "case__department__name": chosen.department,
        "kind": chosen.kind,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    shown = rows.select_related("case", "case__department", "case__handler", "put_by").defer("text")
    return listed(shown.annotate(found=Count("remarks")), ORDER, chosen)


def coverage(actor: Actor, first: date, last: date) -> list[Coverage]:
    """By division, the documents issued from ``first`` to ``last``. Three statements."""
    issued = _by_division(_issued(actor, first, last))
    papers = rows_seen(actor, Paper.objects.filter(issued_on__range=(first, last)))
    checked = _by_division(papers)
    answers = (
        PaperRemark.objects.filter(paper__in=papers.order_by().values("pk"))
        .values_list("paper__case__department__name")
        .annotate(n=Count("pk"), kept=Count("pk", filter=Q(answer=PaperRemark.Answer.KEPT)))
    )
    found = {name or "": (n, kept) for name, n, kept in answers.order_by()}
    names = sorted({*issued, *checked})
    return [
        Coverage(
            name,
            max(issued.get(name, 0), checked.get(name, 0)),
            checked.get(name, 0),
            *found.get(name, (0, 0)),
        )
        for name in names
    ]


def unchecked(actor: Actor, first: date, last: date) -> QuerySet[CaseEvent]:
    """The documents issued in a period that nobody proofread here, with their cases, newest first."""
    done = Paper.objects.filter(case=OuterRef("case"), issued_on=OuterRef("happened"))
    rows = _issued(actor, first, last).filter(~Exists(done))
    return rows.select_related("case", "case__department", "case__handler").order_by("-happened", "-pk")


def _issued(actor: Actor, first: date, last: date) -> QuerySet[CaseEvent]:
    rows = CaseEvent.objects.filter(kind=ISSUING, struck_at=None, happened__range=(first, last))
    return rows_seen(actor, rows, court="case__court")


def _by_division(rows: QuerySet[Paper] | QuerySet[CaseEvent]) -> dict[str, int]:
    counted = rows.order_by().values_list("case__department__name").annotate(n=Count("pk"))
    return {name or "": n for name, n in counted}
