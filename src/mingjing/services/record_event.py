"""Record what happened in a case."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.case_links import refresh_original
from mingjing.services.demands import Taken, WrongEntry, day_within, known_word, setting
from mingjing.services.installation import now, registry
from mingjing.services.locking import lock_case
from mingjing.services.node_papers import lacking
from mingjing.services.settling import settle_event
from mingjing.storage.cases.models import Case, CaseEvent
from mingjing.storage.people.models import Person

FILING, CLOSING, ISSUING = "立案", "结案", "签发裁判文书"
PROOFREAD = "签发前须校对"
"""The setting that leaves the issuing of documents to where they are proofread (R-067)."""
BY_ANOTHER_ACT = {
    "结案": "结案审批",
    "报请结案": "结案审批",
    "批准结案": "结案审批",
    "退回结案申请": "结案审批",
    "申请延长审限": "审限变更",
    "批准延长审限": "审限变更",
    "不准延长审限": "审限变更",
    "变更承办人": "变更承办人",
    "转为普通程序": "变更程序",
    "转为简易程序": "变更程序",
    "逮捕": "强制措施变更",
    "取保候审": "强制措施变更",
    "监视居住": "强制措施变更",
    "解除强制措施": "强制措施变更",
}
"""Events that follow from an act of their own; nobody records them by hand (R-063)."""

BEFORE_FILING = ("立案", "执行立案")
"""Stages of dictionary.events whose events may lie before the filing day; so may receipts (收到…)."""


@dataclass(frozen=True, slots=True)
class Happening:
    """What is to be recorded: a civil day in the court's zone, the moment where it is known."""

    kind: str
    happened: date
    moment: datetime | None = None
    until: date | None = None
    note: str = ""
    attributes: Mapping[str, object] = field(default_factory=dict)


def record_event(
    actor: Actor,
    *,
    case_id: int,
    kind: str,
    happened: date,
    moment: datetime | None = None,
    until: date | None = None,
    note: str = "",
) -> CaseEvent:
    """Record one event; recording the same again returns what is there.

    Raises
    ------
    WrongEntry   unknown kind, in the future, before the filing, or a kind that follows from another act
    Taken        another person recorded it first
    NotAllowed, NotVisible
    """
    wanted = Happening(kind, happened, moment, until, note.strip())
    same = CaseEvent.objects.filter(case=case_id, kind=kind, happened=happened, moment=moment, struck_at=None)
    mine = same.filter(recorded_by=actor.person, until=until, note=wanted.note).first()
    if mine is not None:
        return mine
    with act(
        actor, "录入事项", needs="录入事项", subject_kind="案件", subject_id=case_id, why=wanted.note
    ) as record:
        case = lock_case(actor, case_id)
        _check(case, wanted, actor)
        other = same.select_related("recorded_by").first()
        if other is not None:
            who = other.recorded_by.name if other.recorded_by else "导入"
            raise Taken(f"{happened} 的“{kind}”已经由 {who} 记录过。同一天确有两次的，请写明时刻。")
        event = write_event(case, wanted, by=actor.person)
        settle_event(case, event, on=actor.on)
        record.definition = registry(case.court).ref("dictionary.events", actor.on)
        record.payload = {"案号": case.number, "事项": kind, "发生日期": happened}
        if lacks := lacking(case, kind):
            record.payload["缺材料"] = [one.label for one in lacks]
    return event


def write_event(case: Case, wanted: Happening, *, by: Person | None) -> CaseEvent:
    """Store an event and keep the case's milestones, filing and closing days in step.

    The caller holds the case's lock, has checked the entry, and sets the clocks afterwards.
    """
    same_day = CaseEvent.objects.filter(case=case, kind=wanted.kind, happened=wanted.happened).count()
    event = CaseEvent.objects.create(
        case=case,
        kind=wanted.kind,
        happened=wanted.happened,
        moment=wanted.moment,
        until=wanted.until,
        note=wanted.note[:400],
        attributes=dict(wanted.attributes),
        recorded_at=now(),
        recorded_by=by,
        source_key=f"录入:{wanted.kind[:40]}:{wanted.happened}:{same_day + 1}",
    )
    first = case.milestones.get(wanted.kind)
    day = wanted.happened.isoformat()
    case.milestones[wanted.kind] = min(first, day) if first else day
    if wanted.kind == FILING:
        case.filed_on = wanted.happened
        case.known_since = case.known_since or now().astimezone(ZoneInfo(case.court.time_zone)).date()
    if wanted.kind == CLOSING:
        case.closed_on = wanted.happened
    case.save(update_fields=["milestones", "filed_on", "known_since", "closed_on", "updated_at"])
    if wanted.kind == FILING:
        refresh_original(case)
    return event


def _check(case: Case, wanted: Happening, actor: Actor) -> None:
    events = registry(case.court).dictionary("dictionary.events")
    known_word(wanted.kind, events.keys, "案件事项")
    if wanted.kind in BY_ANOTHER_ACT:
        raise WrongEntry(f"“{wanted.kind}”不能直接记录，由“{BY_ANOTHER_ACT[wanted.kind]}”办理后自动记入。")
    if wanted.kind == ISSUING and setting(PROOFREAD, case.court) == "是":
        raise WrongEntry(
            f"“{ISSUING}”不能直接记录：文书先校对，提出的都处理完，再从“文书校对”里签发，自动记入。"
        )
    if wanted.kind == FILING and case.filed_on is not None and case.filed_on != wanted.happened:
        raise Refusal(
            f"本案已于 {case.filed_on} 立案。日期写错的，先作废原来的“立案”，再记录。",
            allowed=[str(case.filed_on)],
        )
    early = events.row(wanted.kind).get("stage") in BEFORE_FILING or wanted.kind.startswith("收到")
    first = None if early else case.filed_on
    cause = "还没有发生" if wanted.happened > actor.on else "在立案之前"
    day_within(wanted.happened, "发生日期", first=first, last=actor.on, cause=cause)
    if wanted.until is not None:
        day_within(wanted.until, "结束日期", first=wanted.happened, last=None, cause="在发生日期之前")
    zone = ZoneInfo(case.court.time_zone)
    if wanted.moment is not None and wanted.moment.astimezone(zone).date() != wanted.happened:
        raise WrongEntry(f"发生时刻不在 {wanted.happened} 这一天。", example=f"{wanted.happened} 09:00")
