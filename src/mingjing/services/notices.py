"""督办通知: issued for many cases at once, numbered without a gap, answered in writing (R-059)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, WrongEntry, day_within, days_set, filled, known_word
from mingjing.services.installation import registry
from mingjing.services.long_pending import tier_of
from mingjing.services.permissions import NotAllowed, NotVisible, cases_seen
from mingjing.services.recipients import LADDER
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Court
from mingjing.storage.supervision.models import Notice, NoticeStep

TEMPLATE = "document.supervision_notice"
LEVELS = LADDER[1:]
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Terms:
    """What every notice of one issue says."""

    reason: str
    reply_by: date
    close_by: date
    level: str


def issue_notices(
    actor: Actor,
    *,
    case_ids: Sequence[int],
    reason: str,
    reply_by: date | None = None,
    close_by: date | None = None,
    level: str = "",
) -> list[Notice]:
    """One notice per case, numbered on from the last of the issuing court's year; all of them or none.

    Without ``reply_by`` and ``close_by`` they are those of ``last_days``; without ``level`` the case's
    tier of dictionary.long_pending decides, else 庭长.

    Raises
    ------
    WrongEntry   no case chosen, more than 500, dates out of order or on a day of rest
    Refusal      a case is closed, or has an open notice (every such case is named)
    NotVisible   a case is not visible to this actor
    """
    why = filled(reason, "事由", example="立案已满十二个月，至今未结")
    usual_reply, usual_close = last_days(actor)
    reply_last = reply_by or usual_reply
    close_last = close_by or max(reply_last, usual_close)
    day_within(reply_last, "回复期限", first=actor.on, last=None, cause="已经过去")
    day_within(close_last, "结案期限", first=reply_last, last=None, cause="早于回复期限")
    for place, day in (("回复期限", reply_last), ("结案期限", close_last)):
        _worked(actor.court, place, day)
    terms = Terms(why, reply_last, close_last, level and known_word(level, LEVELS, "督办层级"))
    wanted = list(dict.fromkeys(case_ids))
    if not 1 <= len(wanted) <= MOST_AT_ONCE:
        raise WrongEntry(f"选了 {len(wanted)} 件案件。一次可以签发 1 至 {MOST_AT_ONCE} 份。")
    with act(
        actor, "签发督办通知", needs="签发督办", subject_kind="督办通知", subject_id="", why=why
    ) as record:
        serial = _last_serial(actor)
        cases = _cases(actor, wanted)
        notices = [_issue(actor, case, terms, serial + place) for place, case in enumerate(cases, 1)]
        record.subject_id = notices[0].number
        record.definition = notices[0].definition
        record.payload = {notice.number: notice.case.number for notice in notices}
    return notices


def last_days(actor: Actor) -> tuple[date, date]:
    """By when a notice issued today is to be answered, and its case closed, where nobody writes other days.

    The settings 督办回复期限 and 督办结案期限 count from today, on to the next working day.
    """
    calendar = registry(actor.court).calendar(actor.court.calendar)
    reply, close = (
        calendar.roll_forward(actor.on + timedelta(days=days_set(name, actor.court)))
        for name in ("督办回复期限", "督办结案期限")
    )
    return reply, close


def reply_notice(actor: Actor, *, notice_id: int, reason: str, planned_close: date) -> Notice:
    """Answer a notice: why the case is not closed, and by which day it will be. Late answers are taken too.

    Raises
    ------
    NotAllowed   neither the addressee nor the present handler
    WrongEntry   no reason, or the promised day is past
    Taken        answered already, or ended
    """
    why = filled(reason, "书面原因", example="鉴定机构退回委托，已重新选定", longest=2000)
    found = Notice.objects.filter(pk=notice_id).values_list("case", "addressee").first()
    if found is None or not (found[1] == actor.person.pk or cases_seen(actor).filter(pk=found[0]).exists()):
        raise NotVisible
    with act(
        actor, "回复督办", needs="回复督办", subject_kind="督办通知", subject_id="", why=why[:400]
    ) as record:
        notice = Notice.objects.select_for_update(of=("self",)).select_related("case").get(pk=notice_id)
        if actor.person.pk not in (notice.addressee_id, notice.case.handler_id):
            raise NotAllowed(f"{notice.number}发给 {notice.addressee or '承办人'}，由其本人回复。")
        if notice.replied_on is not None:
            raise Taken(f"{notice.number}已于 {notice.replied_on} 回复。")
        if notice.state == Notice.State.CLOSED:
            raise Taken(f"{notice.number}已于 {notice.closed_on} 了结，不用再回复。")
        day_within(planned_close, "承诺结案日期", first=actor.on, last=None, cause="已经过去")
        notice.reply, notice.replied_on, notice.planned_close = why, actor.on, planned_close
        notice.state = Notice.State.REPLIED
        notice.save()
        NoticeStep.objects.create(
            notice=notice, kind="回复", on=actor.on, person=actor.person, text=f"承诺 {planned_close} 前结案"
        )
        record.subject_id, record.definition = notice.number, notice.definition
        record.payload = {
            "案号": notice.case.number,
            "承诺结案日期": planned_close,
            "回复期限": notice.reply_by,
        }
    return notice


def _worked(court: Court, place: str, day: date) -> None:
    """A day of rest is no last day: who answers on the next morning would be reported as late."""
    calendar = registry(court).calendar(court.calendar)
    if calendar.is_rest_day(day):
        kind = calendar.festival(day) or "周末"
        nearest = [str(calendar.roll_backward(day)), str(calendar.roll_forward(day))]
        raise WrongEntry(
            f"“{place}”写的是 {day}，是{kind}休息日，不能作为最后一天。", allowed=nearest, example=nearest[1]
        )


def _last_serial(actor: Actor) -> int:
    """The last number of the year, with the court's row locked so that the next one is ours."""
    Court.objects.select_for_update().get(pk=actor.court.pk)
    mine = Notice.objects.filter(court=actor.court, year=actor.on.year)
    return mine.order_by("-serial").values_list("serial", flat=True).first() or 0


def _cases(actor: Actor, wanted: list[int]) -> list[Case]:
    visible = cases_seen(actor).filter(pk__in=wanted).values("pk")
    locked = Case.objects.select_for_update(of=("self",)).filter(pk__in=visible).order_by("pk")
    rows = {case.pk: case for case in locked.select_related("court", "department", "handler")}
    if len(rows) != len(wanted):
        raise NotVisible
    cases = [rows[key] for key in wanted]
    closed = [f"{case.number}已于 {case.closed_on} 结案" for case in cases if case.closed_on]
    open_ = Notice.objects.filter(case__in=wanted).exclude(state=Notice.State.CLOSED).select_related("case")
    twice = [f"{notice.case.number}已有 {notice.number}（{notice.issued_on} 签发）" for notice in open_]
    if closed or twice:
        raise Refusal(f"不能签发：{'；'.join(closed + twice)}。请从选择中去掉这 {len(closed + twice)} 件。")
    return cases


def _issue(actor: Actor, case: Case, terms: Terms, serial: int) -> Notice:
    known = registry(actor.court)
    tier = tier_of(case, actor.on)
    notice = Notice.objects.create(
        court=actor.court,
        case=case,
        year=actor.on.year,
        serial=serial,
        number=known.document(TEMPLATE, actor.on).numbered(actor.on.year, serial, actor.court.code),
        definition=known.ref(TEMPLATE, actor.on),
        reason=terms.reason,
        issued_on=actor.on,
        issued_by=actor.person,
        addressee=case.handler,
        level=terms.level or (tier.tell if tier else LEVELS[0]),
        reply_by=terms.reply_by,
        close_by=terms.close_by,
    )
    NoticeStep.objects.create(
        notice=notice, kind="签发", on=actor.on, person=actor.person, tell="承办人", text=terms.reason
    )
    return notice
