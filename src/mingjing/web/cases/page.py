"""One case: what, why, what next."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from mingjing.services.actors import Actor
from mingjing.services.node_papers import Lacking, Marked, lacking
from mingjing.services.reading.case_page import CasePage, Entry, Explained, case_page
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Proposal
from mingjing.web import wording
from mingjing.web.routing import Route, StaffRequest


@dataclass(frozen=True, slots=True)
class Act:
    """A button at the right: what may be done on this case."""

    label: str
    url: str
    main: bool = False


OPEN_ACTS = (
    ("录入事项", "case-event", "录入事项"),
    ("登记扣除", "case-exclusion", "录入扣除"),
    ("申请延长审限", "case-extension", "申请审限变更"),
    ("申请结案", "case-closing", "申请结案"),
    ("变更程序", "case-procedure", "维护案件"),
    ("变更承办人", "case-handler", "变更承办人"),
    ("申请指定分案", "case-designate", "申请例外分案"),
)
ALWAYS = (
    ("文书校对", "case-papers", "校对文书"),
    ("类案检索", "case-similar", "检索类案"),
    ("监督留痕", "case-supervision", "查看案件"),
    ("档案目录", "case-archive", "校对文书"),
    ("留监督意见", "case-note", "留监督意见"),
    ("关联前案", "case-link", "维护案件"),
)
PROOF = ("出具证明", "case-proof", "查看案件")


def _acts(actor: Actor, case: Case, *, provable: bool) -> list[Act]:
    """What this actor may do here; 发督办 first where they may."""
    offered = (*OPEN_ACTS, *ALWAYS) if case.closed_on is None else (OPEN_ACTS[0], *ALWAYS)
    if provable:
        offered = (*offered, PROOF)
    acts = [Act(label, reverse(name, args=[case.pk])) for label, name, needs in offered if actor.may(needs)]
    if case.closed_on is None and actor.may("签发督办"):
        acts.insert(0, Act("发督办通知", f"{reverse('notice-issue')}?case={case.pk}"))
    if acts:
        acts[0] = Act(acts[0].label, acts[0].url, main=True)
    return acts


def _timeline(entries: list[Entry], *, mending: bool) -> list[dict[str, object]]:
    """Lines of the timeline: when, what, and how late it was entered; with a link to strike when mending."""
    lines: list[dict[str, object]] = []
    for entry in entries:
        event = entry.event
        line: dict[str, object] = {"on": event.happened, "text": event.kind, "note": event.note}
        if event.recorded_at is not None and entry.late_entry > 3:
            line |= {"late": f"{event.recorded_at:%m-%d} 才录入，晚 {entry.late_entry} 天", "state": "warn"}
        if mending:
            line |= {"url": reverse("event-strike", args=[event.pk]), "url_label": "作废"}
        lines.append(line)
    return lines


def _pairs(page: CasePage) -> list[tuple[object, ...]]:
    """The facts at the right."""
    pairs: list[tuple[object, ...]] = [(party.role, party.name) for party in page.parties]
    case = page.case
    more = case.party_count - len(pairs)
    if more > 0:
        pairs.append(("其他当事人", f"另 {more} 人"))
    pairs += [
        ("案件类型", case.kind),
        ("立案", str(case.filed_on or "")),
        ("最初立案", str(case.original_filed_on or "") if case.original_filed_on != case.filed_on else ""),
        ("标的额", f"{wording.yuan(case.amount)} 元" if case.amount is not None else None),
        ("在押", "是" if case.in_custody else None),
        ("分流", case.track),
        ("法院", case.court.short_name),
    ]
    return pairs


def _used(limit: Explained | None) -> str:
    """已用 99 天，净用 87 天."""
    due = getattr(limit.due, "value", None) if limit else None
    if due is None or due.gross_days is None:
        return ""
    return f"已用 {due.gross_days} 天，净用 {due.net_days} 天"


def _lacks(page: CasePage) -> list[Lacking]:
    """What must be on file before a node and is not, as far as tags and marks say it."""
    marks = frozenset(one.marks for one in page.proposals if one.state == Proposal.State.CONFIRMED)
    return lacking(page.case, known=Marked(frozenset(page.tags), marks))


def _nodes(page: CasePage) -> list[dict[str, object]]:
    """The clocks other than the limit, with the next rung still silent."""
    shown: list[dict[str, object]] = []
    for clock in page.clocks:
        if clock.is_limit:
            continue
        ahead = None if clock.done else next((rung for rung in clock.ladder if rung.raised is None), None)
        shown.append(
            {
                "label": clock.label,
                "started": clock.started,
                "last_day": clock.last_day,
                "done": clock.done,
                "late_days": clock.late_days,
                "state": clock.state,
                "due": clock.due,
                "law": clock.law,
                "next": ahead,
            }
        )
    return shown


def case_detail(request: StaffRequest, case_id: int) -> HttpResponse:
    """The page of one case."""
    request.family = "案件"
    actor = request.actor
    page = case_page(actor, case_id)
    case, limit = page.case, page.limit
    last = limit.last_day if limit else None
    nodes = _nodes(page)
    mending = actor.may("更正事项") and "mend" in request.GET
    mendable = actor.may("更正事项") and not mending
    question = f"为什么是{wording.chinese_day(last, actor.on)}" if last else "审限怎样算"
    context = {
        "page": page,
        "case": case,
        "limit": limit,
        "limit_question": question,
        "used": _used(limit),
        "nodes": nodes,
        "any_next": any(one["next"] for one in nodes),
        "timeline": _timeline(page.timeline, mending=mending),
        "mend_words": "更正" if mendable else "",
        "mend_url": "?mend=1#timeline" if mendable else "",
        "spans": page.exclusions,
        "tags": page.tags,
        "lacks": _lacks(page) if case.closed_on is None else [],
        "draws": page.draws,
        "tips": page.tips,
        "acts": _acts(actor, case, provable=page.provable),
        "pairs": _pairs(page),
        "handler": case.handler.name if case.handler else case.handler_name,
        "may": {"exclude": actor.may("录入扣除"), "strike": actor.may("更正事项")},
        "on": actor.on,
    }
    return render(request, "pages/cases/detail.html", context)


routes = (Route("cases/<int:case_id>", case_detail, "case", "查看案件"),)
