"""Open, close and strike excluded spans: days that do not count, with the documents that bound them."""

from __future__ import annotations

from datetime import date

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.clocks import recheck
from mingjing.services.demands import Taken, day_within, filled
from mingjing.services.excluded_spans import add_exclusion, length_allowed, none_overlaps, paper
from mingjing.services.installation import now, registry
from mingjing.services.locking import lock_case
from mingjing.services.permissions import NotVisible, seen_case
from mingjing.storage.cases.models import Exclusion


def open_exclusion(
    actor: Actor,
    *,
    case_id: int,
    kind: str,
    first: date,
    last: date | None = None,
    start_document: str = "",
    end_document: str = "",
) -> Exclusion:
    """Record that days stop counting from ``first``; ``last`` (counted) may be known already.

    Recording the same span again returns what is there.

    Raises
    ------
    WrongEntry   unknown kind, not for this family of cases, before the filing, too long, no document
    Overlaps     a span of the same kind covers some of these days
    """
    seen_case(actor, case_id)
    same = Exclusion.objects.filter(case=case_id, kind=kind, first=first, last=last, struck_at=None).first()
    if same is not None:
        return same
    with act(
        actor, "登记扣除", needs="录入扣除", subject_kind="案件", subject_id=case_id, why=kind
    ) as record:
        case = lock_case(actor, case_id)
        day_within(first, "起", first=None, last=actor.on, cause="还没有开始")
        span = add_exclusion(case, kind, first, last, start_document.strip(), end_document.strip())
        recheck(case, on=actor.on)
        record.definition = registry(case.court).ref("dictionary.exclusions", actor.on)
        record.payload = {"案号": case.number, "扣除事由": kind, "起": first, "止": last}
    return span


def close_exclusion(actor: Actor, *, exclusion_id: int, last: date, end_document: str = "") -> Exclusion:
    """Record the last day (counted) of an open span; the same day again changes nothing.

    Raises
    ------
    Taken        it was closed on another day, or struck out
    """
    found = Exclusion.objects.filter(pk=exclusion_id).first()
    if found is None:
        raise NotVisible
    if found.struck_at is None and found.last == last and found.end_document == end_document.strip():
        return found
    with act(
        actor, "结束扣除", needs="录入扣除", subject_kind="案件", subject_id=found.case_id, why=found.kind
    ) as record:
        case = lock_case(actor, found.case_id)
        span = _live(exclusion_id)
        if span.last is not None:
            raise Taken(
                f"“{span.kind}”（{span.first} 起）已经登记到 {span.last} 为止。写错的，请作废后重新登记。"
            )
        day_within(last, "止", first=span.first, last=actor.on, cause="不在扣除期间以内")
        rule = registry(case.court).dictionary("dictionary.exclusions").row(span.kind)
        length_allowed(rule, span.first, last)
        span.last, span.end_document = last, paper(rule, "ends", end_document, "结束文书")
        none_overlaps(case, span.kind, span.first, last, besides=span.pk)
        span.save(update_fields=["last", "end_document"])
        recheck(case, on=actor.on)
        record.definition = registry(case.court).ref("dictionary.exclusions", actor.on)
        record.payload = {"案号": case.number, "扣除事由": span.kind, "起": span.first, "止": last}
    return span


def strike_exclusion(actor: Actor, *, exclusion_id: int, reason: str) -> Exclusion:
    """Strike out a span recorded wrongly; the days count again."""
    why = filled(reason, "作废理由", example="委托书日期登记错误", longest=200)
    found = Exclusion.objects.filter(pk=exclusion_id).first()
    if found is None:
        raise NotVisible
    with act(
        actor, "作废扣除", needs="录入扣除", subject_kind="案件", subject_id=found.case_id, why=why
    ) as record:
        case = lock_case(actor, found.case_id)
        span = _live(exclusion_id)
        span.struck_at, span.struck_reason = now(), why
        span.save(update_fields=["struck_at", "struck_reason"])
        recheck(case, on=actor.on)
        record.payload = {"案号": case.number, "扣除事由": span.kind, "起": span.first, "止": span.last}
    return span


def _live(exclusion_id: int) -> Exclusion:
    span = Exclusion.objects.get(pk=exclusion_id)
    if span.struck_at is not None:
        raise Taken(f"这段“{span.kind}”已于 {span.struck_at:%Y-%m-%d} 作废，理由：{span.struck_reason}")
    return span
