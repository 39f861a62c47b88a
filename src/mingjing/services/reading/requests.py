"""审批: requests that wait, those one made, and one of them with the reason for its window."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from mingjing.domain.dates.durations import read_duration
from mingjing.domain.deadlines.computing import due_date
from mingjing.domain.deadlines.extensions import check_extension
from mingjing.domain.deadlines.rules import Deadline
from mingjing.domain.reasons import Answer, Refusal
from mingjing.services.actors import Actor
from mingjing.services.approvers import CLOSING, LIMIT_CHANGE, require_approver
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS
from mingjing.services.exporting import Column, Sheet
from mingjing.services.facts import case_facts, facts_for
from mingjing.services.installation import registry
from mingjing.services.limit_changes import EXTEND, needs_paper
from mingjing.services.permissions import NotVisible
from mingjing.services.reading.counts import decidable
from mingjing.services.reading.kept_lists import listed_for
from mingjing.services.reading.keyset import Filter, Listed, read_filter
from mingjing.services.reading.scope import rows_seen
from mingjing.storage.supervision.models import Request

WHOSE = ("等我审批的", "我申请的", "我审批过的", "看得到的")
KINDS = (LIMIT_CHANGE, CLOSING)
STATES = ("待审批", "同意", "不同意", "已撤回")
NEEDED = {LIMIT_CHANGE: "审批审限变更", CLOSING: "审批结案"}
ORDER = ("-applied_on", "-pk")


@dataclass(frozen=True, slots=True)
class RequestFilter(Filter):
    """What to show; empty means no restriction."""

    whose: str = "等我审批的"
    kind: str = ""
    state: str = ""
    court: str = ""
    department: str = ""

    @classmethod
    def read(cls, query: Mapping[str, str], fallback: str) -> RequestFilter:
        """From a query string; ``fallback`` is whose requests are shown where it does not say.

        Raises
        ------
        BadFilter   a value that is not one of those offered
        """
        offered = {"whose": ("范围", WHOSE), "kind": ("类别", KINDS), "state": ("状态", STATES)}
        return read_filter(cls, {"whose": fallback, **{k: v for k, v in query.items() if v}}, offered)

    def sentence(self) -> tuple[str, ...]:
        """The filters as chips."""
        parts = (self.whose, self.kind, self.state, self.court, self.department)
        return tuple(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request. ``window`` is why it had to be asked and decided by those days (extensions that wait);
    ``limit`` is the limit as it stands now; ``hindrance`` says why this actor cannot decide."""

    request: Request
    window: Answer[object] | Refusal | None
    limit: Answer[object] | Refusal | None
    may_decide: bool
    hindrance: str
    may_withdraw: bool
    needs_paper: bool

    @property
    def late(self) -> bool:
        """Whether it was decided after the last day for it."""
        return bool(self.request.content.get("逾期决定"))


def select(actor: Actor, chosen: RequestFilter) -> QuerySet[Request]:
    """The requests that match, in no order."""
    if chosen.whose == "等我审批的":
        rows = decidable(actor)
    elif chosen.whose == "我申请的":
        rows = Request.objects.filter(applicant=actor.person)
    elif chosen.whose == "我审批过的":
        rows = Request.objects.filter(decided_by=actor.person)
    else:
        rows = rows_seen(actor, Request.objects.all())
    plain = {
        "kind": chosen.kind,
        "state": chosen.state,
        "court__code": chosen.court,
        "case__department__name": chosen.department,
    }
    return rows.filter(**{name: value for name, value in plain.items() if value})


def requests(actor: Actor, chosen: RequestFilter) -> Listed[Request]:
    """One page, newest first."""
    return listed_for(actor, "requests", chosen, lambda one: select(one, chosen), ORDER, _shown)


def request_page(actor: Actor, request_id: int) -> RequestPage:
    """One request of a case the actor sees, or one's own.

    Raises
    ------
    NotVisible   it does not exist, or not for this actor
    """
    seen = rows_seen(actor, Request.objects.all()).order_by().values("pk")
    rows = Request.objects.filter(Q(pk__in=seen) | Q(applicant=actor.person), pk=request_id)
    request = _shown(rows).select_related("case__court").first()
    if request is None:
        raise NotVisible
    open_ = request.state == Request.State.OPEN
    hindrance = _hindrance(actor, request) if open_ else ""
    return RequestPage(
        request=request,
        window=_window(request) if open_ else None,
        limit=_limit(request, actor.on),
        may_decide=open_ and not hindrance,
        hindrance=hindrance,
        may_withdraw=open_ and request.applicant_id == actor.person.pk,
        needs_paper=request.kind == LIMIT_CHANGE and needs_paper(request),
    )


def sheet(actor: Actor, chosen: RequestFilter) -> Sheet[Request]:
    """The list as it is exported."""
    rows = _shown(select(actor, chosen)).order_by(*ORDER).iterator(chunk_size=2000)
    return Sheet("审批", COLUMNS, rows, " · ".join(chosen.sentence()))


def asked_for(request: Request) -> str:
    """What is asked in a few words: 延长 1 个月 · 扣除鉴定期间 2024-03-01 至 2024-03-20 · 判决结案."""
    content = request.content
    if request.kind == CLOSING:
        return f"以“{content.get('结案方式', '')}”结案，结案日期 {content.get('结案日期', '')}"
    if request.subkind == EXTEND:
        return f"{request.clock}延长 {content.get('延长', '')}"
    last = content.get("止") or "未结束"
    return f"{request.subkind} {content.get('扣除事由', '')}，{content.get('起', '')} 至 {last}"


def day_in(request: Request, name: str) -> date | None:
    """A day among what was asked for."""
    text = str(request.content.get(name) or "")
    return date.fromisoformat(text) if text else None


def _hindrance(actor: Actor, request: Request) -> str:
    if not actor.may(NEEDED[request.kind]):
        return f"这份申请由{request.approver_role}审批。"
    try:
        require_approver(actor, request)
    except Refusal as refusal:
        return refusal.message
    return ""


def _rule(request: Request) -> Deadline | None:
    slots = (request.clock,) if request.clock else TRIAL_LIMIT_SLOTS
    known, facts = registry(request.case.court), case_facts(request.case)
    return next(filter(None, (known.deadline_for(slot, facts) for slot in slots)), None)


def _window(request: Request) -> Answer[object] | Refusal | None:
    """The derivation of an extension's window, as it was on the day of the application."""
    rule = _rule(request) if request.subkind == EXTEND else None
    if rule is None:
        return None
    case = request.case
    try:
        return check_extension(
            rule,
            facts_for(case, case_facts(case), rule),
            registry(case.court).calendar(rule.counting.calendar),
            asked=read_duration(str(request.content["延长"])),
            applied_on=request.applied_on,
        )
    except Refusal as refusal:
        return refusal


def _limit(request: Request, on: date) -> Answer[object] | Refusal | None:
    """The derivation of the limit as it stands now."""
    rule = _rule(request)
    if rule is None:
        return None
    case = request.case
    calendar = registry(case.court).calendar(rule.counting.calendar)
    try:
        return due_date(rule, facts_for(case, case_facts(case), rule), calendar, as_of=on)
    except Refusal as refusal:
        return refusal


def _shown(rows: QuerySet[Request]) -> QuerySet[Request]:
    return rows.select_related("case__department", "case__handler", "court", "applicant", "decided_by")


COLUMNS: tuple[Column[Request], ...] = (
    Column("案号", lambda request: request.case.number),
    Column("案由", lambda request: request.case.cause),
    Column("类别", lambda request: request.kind),
    Column("申请什么", asked_for),
    Column("理由", lambda request: request.reason),
    Column("法院", lambda request: request.court.short_name),
    Column("承办部门", lambda request: request.case.department.name if request.case.department else ""),
    Column("申请人", lambda request: request.applicant.name),
    Column("申请日期", lambda request: request.applied_on),
    Column("审批人", lambda request: request.approver_role),
    Column("最迟决定日", lambda request: request.decide_by),
    Column("状态", lambda request: request.state),
    Column("由谁决定", lambda request: request.decided_by.name if request.decided_by else ""),
    Column("决定日期", lambda request: request.decided_on),
    Column("审批意见", lambda request: request.opinion),
)
