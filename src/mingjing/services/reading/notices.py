"""督办: the notices an actor sees, the chain of one, and the cases of a new issue."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Max, Q, QuerySet

from mingjing.services.actors import Actor
from mingjing.services.exporting import Column, Sheet
from mingjing.services.long_pending import Tier, tier_of, tiers
from mingjing.services.notice_chain import CLIMBED
from mingjing.services.notices import MOST_AT_ONCE
from mingjing.services.permissions import NotVisible, cases_seen
from mingjing.services.reading.kept_lists import listed_for, summed_for
from mingjing.services.reading.keyset import BadFilter, Filter, Listed, read_filter
from mingjing.services.reading.scope import rows_seen
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Notice, NoticeStep

WHOSE = ("看得到的", "发给我的", "我签发的", "报告我的")
STATES = ("未了结", "待回复", "待结案", "已了结", "全部")
LATE = ("逾期未回复", "逾期未结案", "已升级")
ORDER = ("-issued_on", "-pk")
SUMMED = 10_000
RUN = re.compile(r"(\d{4})-(\d{1,9})-(\d{1,9})", re.ASCII)


@dataclass(frozen=True, slots=True)
class NoticeFilter(Filter):
    """What to show; ``run`` (``2026-8-19``) is year, first and last serial of one issue of one's court."""

    whose: str = "看得到的"
    state: str = "未了结"
    late: str = ""
    department: str = ""
    court: str = ""
    run: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str]) -> NoticeFilter:
        """From a query string.

        Raises
        ------
        BadFilter   a value that is not one of those offered
        """
        chosen = read_filter(
            cls, query, {"whose": ("范围", WHOSE), "state": ("状态", STATES), "late": ("逾期", LATE)}
        )
        if chosen.run and not RUN.fullmatch(chosen.run):
            raise BadFilter(f"“{chosen.run}”不是一批督办通知。", example="2026-8-19")
        return chosen

    def sentence(self) -> tuple[str, ...]:
        """The filters as chips."""
        run = RUN.fullmatch(self.run)
        batch = f"{run[1]} 年第 {run[2]} 至 {run[3]} 号" if run else ""
        parts = (self.whose, self.state, self.court, self.department, self.late, batch)
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Notices:
    """One page and the sums of all that match (exact up to SUMMED)."""

    page: Listed[Notice]
    unanswered: int
    late_replies: int
    late_closings: int


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice with its chain."""

    notice: Notice
    steps: list[NoticeStep]
    may_reply: bool
    tier: Tier | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A case for which a notice is about to be issued: its tier, and why it cannot be (empty if it can)."""

    case: Case
    tier: Tier | None
    hindrance: str


def notices_seen(actor: Actor) -> QuerySet[Notice]:
    """Notices on cases the actor sees, and those addressed to the actor."""
    on_cases = rows_seen(actor, Notice.objects.all(), "case__court").order_by().values("pk")
    return Notice.objects.filter(Q(pk__in=on_cases) | Q(addressee=actor.person))


def select(actor: Actor, chosen: NoticeFilter) -> QuerySet[Notice]:
    """The notices that match, in no order."""
    rows = notices_seen(actor)
    if chosen.whose == "发给我的":
        rows = rows.filter(addressee=actor.person)
    elif chosen.whose == "我签发的":
        rows = rows.filter(issued_by=actor.person)
    elif chosen.whose == "报告我的":
        climbed = NoticeStep.objects.filter(kind=CLIMBED, person=actor.person)
        rows = rows.filter(pk__in=climbed.values("notice"))
    if chosen.state == "未了结":
        rows = rows.exclude(state=Notice.State.CLOSED)
    elif chosen.state != "全部":
        rows = rows.filter(state=chosen.state)
    if chosen.late == "逾期未回复":
        rows = rows.filter(state=Notice.State.ISSUED, reply_by__lt=actor.on)
    elif chosen.late == "逾期未结案":
        rows = rows.exclude(state=Notice.State.CLOSED).filter(close_by__lt=actor.on)
    elif chosen.late == "已升级":
        rows = rows.filter(pk__in=NoticeStep.objects.filter(kind=CLIMBED).values("notice"))
    if chosen.department:
        rows = rows.filter(case__department__name=chosen.department)
    if chosen.court:
        rows = rows.filter(case__court__code=chosen.court)
    run = RUN.fullmatch(chosen.run)
    if run:
        rows = rows.filter(court=actor.court, year=int(run[1]), serial__range=(int(run[2]), int(run[3])))
    return rows


def notices(actor: Actor, chosen: NoticeFilter) -> Notices:
    """One page and its sums, in two statements; each row knows the level that has it now."""
    tests = {
        "unanswered": Q(state=Notice.State.ISSUED),
        "late_replies": Q(reply_by__lt=actor.on, state=Notice.State.ISSUED),
        "late_closings": Q(close_by__lt=actor.on) & ~Q(state=Notice.State.CLOSED),
    }
    found = summed_for(actor, "notices", chosen, lambda one: select(one, chosen), tests, SUMMED)
    page = listed_for(
        actor, "notices", chosen, lambda one: select(one, chosen), ORDER, _shown, count_known=found.counted
    )
    return Notices(page, **found.of)


def chosen_notices(actor: Actor, ids: Sequence[int], run: str = "") -> list[Notice]:
    """The notices of a selection or of one issue, by number; those this actor does not see are left out.

    Raises
    ------
    BadFilter    more than MOST_AT_ONCE, or ``run`` is not a run of serials
    NotVisible   none of them is visible
    """
    rows = notices_seen(actor).filter(pk__in=ids)
    if run:
        rows = select(actor, NoticeFilter.read({"state": "全部", "run": run}))
    found = list(_shown(rows).order_by("court", "year", "serial")[: MOST_AT_ONCE + 1])
    if len(found) > MOST_AT_ONCE:
        raise BadFilter(f"一次最多打印 {MOST_AT_ONCE} 份。请少选一些。")
    if not found:
        raise NotVisible
    return found


def notice_page(actor: Actor, notice_id: int) -> NoticePage:
    """One notice and its chain.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    notice = _shown(notices_seen(actor).filter(pk=notice_id)).first()
    if notice is None:
        raise NotVisible
    mine = actor.person.pk in (notice.addressee_id, notice.case.handler_id) and actor.may("回复督办")
    return NoticePage(
        notice=notice,
        steps=list(notice.steps.select_related("person").order_by("on", "pk")),
        may_reply=mine and notice.state == Notice.State.ISSUED,
        tier=tier_of(notice.case, actor.on),
    )


def candidates(actor: Actor, case_ids: Sequence[int]) -> list[Candidate]:
    """The chosen cases in the order of their age, with what stands in the way of a notice.

    Raises
    ------
    NotVisible   a case is not visible to this actor
    """
    wanted = list(dict.fromkeys(case_ids))[: MOST_AT_ONCE + 1]
    rows = cases_seen(actor).filter(pk__in=wanted).select_related("court", "department", "handler")
    cases = list(rows.order_by("original_filed_on", "pk"))
    if len(cases) != len(wanted):
        raise NotVisible
    running = Notice.objects.filter(case__in=wanted).exclude(state=Notice.State.CLOSED)
    numbers = dict(running.values_list("case", "number"))
    known = tiers(actor.court)
    return [Candidate(case, tier_of(case, actor.on, known), _hindrance(case, numbers)) for case in cases]


def next_serial(actor: Actor) -> int:
    """The serial the next notice of the actor's court would get if it were issued now."""
    mine = Notice.objects.filter(court=actor.court, year=actor.on.year)
    return (mine.aggregate(last=Max("serial"))["last"] or 0) + 1


def sheet(actor: Actor, chosen: NoticeFilter) -> Sheet[Notice]:
    """The list as it is exported."""
    rows: Iterator[Notice] = _shown(select(actor, chosen)).order_by(*ORDER).iterator(chunk_size=2000)
    return Sheet("督办", COLUMNS, rows, " · ".join(chosen.sentence()), "份")


def _hindrance(case: Case, numbers: Mapping[int, str]) -> str:
    if case.closed_on is not None:
        return f"已于 {case.closed_on} 结案"
    if case.pk in numbers:
        return f"已有 {numbers[case.pk]}"
    if case.filed_on is None:
        return "还没有登记立案日期"
    return "" if case.handler or case.handler_name else "没有承办人"


def _shown(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    return rows.select_related(
        "case__court", "case__department", "case__handler", "court", "addressee", "issued_by"
    )


COLUMNS: tuple[Column[Notice], ...] = (
    Column("文号", lambda notice: notice.number),
    Column("案号", lambda notice: notice.case.number),
    Column("案由", lambda notice: notice.case.cause),
    Column("法院", lambda notice: notice.case.court.short_name),
    Column("承办部门", lambda notice: notice.case.department.name if notice.case.department else ""),
    Column("发给", lambda notice: notice.addressee.name if notice.addressee else ""),
    Column("督办层级", lambda notice: notice.level),
    Column("事由", lambda notice: notice.reason),
    Column("签发日期", lambda notice: notice.issued_on),
    Column("签发人", lambda notice: notice.issued_by.name),
    Column("回复期限", lambda notice: notice.reply_by),
    Column("回复日期", lambda notice: notice.replied_on),
    Column("承诺结案日期", lambda notice: notice.planned_close),
    Column("结案期限", lambda notice: notice.close_by),
    Column("状态", lambda notice: notice.state),
)
