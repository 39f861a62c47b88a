"""识别与分流: what rules propose, which rule said so, the share of 四类案件, where cases went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import TruncMonth, TruncQuarter

from mingjing.definitions.values.screenings import Proposal as Rule
from mingjing.services.actors import Actor
from mingjing.services.exporting import Column, Sheet
from mingjing.services.installation import registry
from mingjing.services.permissions import NotVisible, cases_seen
from mingjing.services.proposal_decisions import DECIDED_BY
from mingjing.services.proposals import FOUR_KINDS, MARKED_BY, MARKS, Share, categories
from mingjing.services.reading.kept_lists import listed_for
from mingjing.services.reading.keyset import Filter, Listed, read_filter
from mingjing.services.reading.scope import rows_seen
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Proposal

STATES = ("待确认", "已确认", "不认定", "全部")
PERIODS = ("月", "季")
BACK = {"月": 12, "季": 8}
ORDER = ("proposed_on", "pk")


@dataclass(frozen=True, slots=True)
class ProposalFilter(Filter):
    """What to show; empty means no restriction."""

    state: str = "待确认"
    marks: str = ""
    court: str = ""
    department: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> ProposalFilter:
        """From a query string.

        Raises
        ------
        BadFilter   a value that is not one of those offered
        """
        return read_filter(cls, query, {"state": ("状态", STATES), "marks": ("标识", MARKS)})

    def sentence(self) -> tuple[str, ...]:
        """The filters as chips."""
        parts = (self.state, self.marks, self.court, self.department)
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class ProposalPage:
    """One proposal with the rules that made it, in the version under which it was made."""

    proposal: Proposal
    rules: tuple[Rule, ...]
    screening: str
    basis: str
    may_decide: bool
    siblings: list[Proposal]


@dataclass(frozen=True, slots=True)
class Period:
    """Cases filed in a month or quarter and those of them with a confirmed mark."""

    first: date
    label: str
    share: Share


@dataclass(frozen=True, slots=True)
class Track:
    """A row of dictionary.tracks with the open cases on it."""

    label: str
    group: str
    days: str
    note: str
    cases: int


def select(actor: Actor, chosen: ProposalFilter) -> QuerySet[Proposal]:
    """The proposals that match, in no order."""
    rows = rows_seen(actor, Proposal.objects.all())
    plain = {
        "state": "" if chosen.state == "全部" else chosen.state,
        "marks": chosen.marks,
        "court__code": chosen.court,
        "case__department__name": chosen.department,
    }
    return rows.filter(**{name: value for name, value in plain.items() if value})


def proposals(actor: Actor, chosen: ProposalFilter) -> Listed[Proposal]:
    """One page, those that wait longest first."""
    return listed_for(actor, "proposals", chosen, lambda one: select(one, chosen), ORDER, _shown)


def proposal_page(actor: Actor, proposal_id: int) -> ProposalPage:
    """One proposal with the rules behind it.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    rows = rows_seen(actor, Proposal.objects.filter(pk=proposal_id))
    proposal = _shown(rows).select_related("case__court").first()
    if proposal is None:
        raise NotVisible
    rules, label, basis = _rules(proposal)
    return ProposalPage(
        proposal=proposal,
        rules=rules,
        screening=label,
        basis=basis,
        may_decide=proposal.state == Proposal.State.OPEN and actor.may(DECIDED_BY[proposal.marks]),
        siblings=list(proposal.case.proposals.exclude(pk=proposal.pk).order_by("marks", "pk")),
    )


def markable(actor: Actor) -> dict[str, list[str]]:
    """What this actor may propose by hand: mark → categories."""
    example = Case(court=actor.court)
    return {marks: categories(example, marks, actor.on) for marks in MARKS if actor.may(MARKED_BY[marks])}


def shares(actor: Actor, period: str) -> list[Period]:
    """The share of 四类案件 among the cases filed in each of the last periods, oldest first (R-064).

    One statement. Periods in which nothing was filed are there too, without a percentage.
    """
    starts = _starts(actor.on, period)
    cut = TruncMonth if period == "月" else TruncQuarter
    confirmed = Proposal.objects.filter(case=OuterRef("pk"), marks=FOUR_KINDS, state=Proposal.State.CONFIRMED)
    rows = (
        cases_seen(actor)
        .filter(filed_on__gte=starts[0], filed_on__lte=actor.on)
        .order_by()
        .annotate(period=cut("filed_on"), marked=Exists(confirmed))
        .values("period", "marked")
        .annotate(n=Count("pk"))
    )
    found: dict[date, list[int]] = {start: [0, 0] for start in starts}
    for row in rows:
        found[row["period"]][1] += row["n"]
        found[row["period"]][0] += row["n"] if row["marked"] else 0
    return [
        Period(start, _period_label(start, period), Share(marked, accepted))
        for start, (marked, accepted) in found.items()
    ]


def tracks(actor: Actor) -> list[Track]:
    """Where open cases go, and how many nobody has sorted yet (the last row, without a name)."""
    table = registry(actor.court).dictionary("dictionary.tracks")
    rows = cases_seen(actor).filter(closed_on__isnull=True).order_by().values("track")
    counted = {row["track"]: row["n"] for row in rows.annotate(n=Count("pk"))}
    known = [
        Track(row["label"], row["group"], row["days"], row["note"], counted.pop(row["label"], 0))
        for row in table.rows
    ]
    return [*known, Track("", "", "", "", sum(counted.values()))]


def sheet(actor: Actor, chosen: ProposalFilter) -> Sheet[Proposal]:
    """The list as it is exported."""
    rows = _shown(select(actor, chosen)).order_by(*ORDER).iterator(chunk_size=2000)
    return Sheet("识别与分流", COLUMNS, rows, " · ".join(chosen.sentence()))


def _rules(proposal: Proposal) -> tuple[tuple[Rule, ...], str, str]:
    """The rules named on the proposal, the label and the basis of their screening."""
    named = proposal.rule.split("、")
    for screening in registry(proposal.court).screenings(proposal.proposed_on):
        if proposal.definition.startswith(f"{screening.id} @"):
            found = tuple(rule for rule in screening.rules if rule.label in named)
            return found, screening.label, screening.basis
    return (), "", ""


def _starts(on: date, period: str) -> list[date]:
    """First days of the last periods, the present one included, oldest first."""
    step = 1 if period == "月" else 3
    month = on.year * 12 + (on.month - 1) // step * step
    months = [month - step * back for back in range(BACK[period] - 1, -1, -1)]
    return [date(place // 12, place % 12 + 1, 1) for place in months]


def _period_label(start: date, period: str) -> str:
    return f"{start:%Y-%m}" if period == "月" else f"{start.year} 年第 {(start.month + 2) // 3} 季"


def _shown(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    return rows.select_related("case__department", "case__handler", "court", "proposed_by", "decided_by")


def proposed_by(proposal: Proposal) -> str:
    """The rule or the person behind a proposal."""
    return f"规则：{proposal.rule}" if proposal.rule else str(proposal.proposed_by or "")


COLUMNS: tuple[Column[Proposal], ...] = (
    Column("案号", lambda proposal: proposal.case.number),
    Column("案由", lambda proposal: proposal.case.cause),
    Column("标识", lambda proposal: proposal.marks),
    Column("类别", lambda proposal: proposal.category),
    Column("理由", lambda proposal: proposal.reason),
    Column("谁提出", proposed_by),
    Column("法院", lambda proposal: proposal.court.short_name),
    Column("承办部门", lambda proposal: proposal.case.department.name if proposal.case.department else ""),
    Column("承办人", lambda proposal: proposal.case.handler.name if proposal.case.handler else ""),
    Column("提示日期", lambda proposal: proposal.proposed_on),
    Column("状态", lambda proposal: proposal.state),
    Column("由谁决定", lambda proposal: proposal.decided_by.name if proposal.decided_by else ""),
    Column("决定日期", lambda proposal: proposal.decided_on),
    Column("决定理由", lambda proposal: proposal.decision_reason),
)
