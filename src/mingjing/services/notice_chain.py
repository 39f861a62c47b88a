"""What becomes of a notice: it climbs when it is late, and ends with its case."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, filled
from mingjing.services.permissions import NotVisible, cases_seen
from mingjing.services.recipients import one_level_up, recipient
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Notice, NoticeStep

CLIMBED = "逾期升级"
LATE_REPLY, LATE_CLOSE = "逾期未回复", "逾期未结案"


def close_notices(case: Case, on: date, *, by: Person | None) -> int:
    """End every open notice of a closed case; part of the act that closed it. Returns how many."""
    open_ = list(Notice.objects.filter(case=case).exclude(state=Notice.State.CLOSED))
    for notice in open_:
        _end(notice, case.closed_on or on, on, by, "案件已结案")
    return len(open_)


def lift_notice(actor: Actor, *, notice_id: int, reason: str) -> Notice:
    """End a notice although its case is open, for a stated reason.

    Raises
    ------
    Taken   it has ended already
    """
    why = filled(reason, "解除理由", example="案件已中止诉讼，督办事由消失")
    with act(actor, "解除督办", needs="解除督办", subject_kind="督办通知", subject_id="", why=why) as record:
        rows = Notice.objects.select_for_update(of=("self",)).filter(case__in=cases_seen(actor))
        notice = rows.filter(pk=notice_id).first()
        if notice is None:
            raise NotVisible
        if notice.state == Notice.State.CLOSED:
            raise Taken(f"{notice.number}已于 {notice.closed_on} 了结。")
        _end(notice, actor.on, actor.on, actor.person, why)
        record.subject_id, record.definition = notice.number, notice.definition
    return notice


def _end(notice: Notice, closed_on: date, on: date, by: Person | None, text: str) -> None:
    notice.state, notice.closed_on = Notice.State.CLOSED, closed_on
    notice.save(update_fields=["state", "closed_on"])
    NoticeStep.objects.create(notice=notice, kind="了结", on=on, person=by, text=text)


def escalate_notices(on: date) -> int:
    """Report every notice that ran late before ``on`` one level up, once per cause; returns how many.

    A notice is late when the reply is missing or came after ``reply_by``, or the case was open after
    ``close_by``. The step bears the day after the missed one, however late the clock process comes.
    Safe to repeat: each notice and cause is one transaction behind a unique key.
    """
    _end_with_their_cases(on)
    done = 0
    for cause, ids in ((LATE_REPLY, _late_replies(on)), (LATE_CLOSE, _late_closings(on))):
        for notice_id in ids:
            done += _climb(notice_id, cause)
    return done


def current_level(notice: Notice) -> str:
    """The level that has the notice now: the one it was issued at, or the last it was reported to."""
    last = notice.steps.filter(kind=CLIMBED).order_by("-pk").first()
    return last.tell if last else notice.level


def _silent(cause: str) -> Q:
    return ~Q(Exists(NoticeStep.objects.filter(notice=OuterRef("pk"), kind=CLIMBED, cause=cause)))


def _late_replies(on: date) -> Iterable[int]:
    unanswered = Q(replied_on__isnull=True) | Q(replied_on__gt=F("reply_by"))
    lived = Q(closed_on__isnull=True) | Q(closed_on__gt=F("reply_by"))
    rows = Notice.objects.filter(unanswered, lived, _silent(LATE_REPLY), reply_by__lt=on)
    return list(rows.order_by("reply_by", "pk").values_list("pk", flat=True))


def _late_closings(on: date) -> Iterable[int]:
    lived = Q(closed_on__isnull=True) | Q(closed_on__gt=F("close_by"))
    rows = Notice.objects.filter(lived, _silent(LATE_CLOSE), close_by__lt=on)
    return list(rows.order_by("close_by", "pk").values_list("pk", flat=True))


def _climb(notice_id: int, cause: str) -> int:
    with transaction.atomic():
        rows = Notice.objects.select_for_update(of=("self",)).select_related(
            "case__court", "case__handler", "court"
        )
        notice = rows.get(pk=notice_id)
        if notice.steps.filter(kind=CLIMBED, cause=cause).exists():
            return 0
        missed = notice.reply_by if cause == LATE_REPLY else notice.close_by
        level = one_level_up(current_level(notice))
        day = missed + timedelta(days=1)
        with act(
            None,
            "督办升级",
            needs="",
            subject_kind="督办通知",
            subject_id=notice.number,
            court=notice.court,
            why=cause,
        ) as record:
            NoticeStep.objects.create(
                notice=notice,
                kind=CLIMBED,
                cause=cause,
                on=day,
                person=recipient(notice.case, level, day),
                tell=level,
                text=f"{missed} 届满，{cause}，报告{level}",
            )
            record.definition = notice.definition
            record.payload = {"案号": notice.case.number, "报告": level, "届满日": missed}
    return 1


def _end_with_their_cases(on: date) -> None:
    """Notices of cases closed by an import end too, with one log entry per case."""
    rows = Notice.objects.exclude(state=Notice.State.CLOSED).filter(case__closed_on__isnull=False)
    for case in Case.objects.filter(pk__in=rows.values("case")).select_related("court"):
        with act(
            None,
            "督办了结",
            needs="",
            subject_kind="案件",
            subject_id=case.pk,
            court=case.court,
            why="案件已结案",
        ):
            close_notices(case, on, by=None)
