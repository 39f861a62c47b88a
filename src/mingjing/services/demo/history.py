"""What people did about the demonstration's cases: proposals decided, notices answered, requests made."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import actor_for
from mingjing.services.demo import noted
from mingjing.services.demo.org import Staff
from mingjing.services.entry_checks import check_entries
from mingjing.services.installation import registry
from mingjing.services.limit_changes import request_extension
from mingjing.services.notice_chain import escalate_notices
from mingjing.services.notices import issue_notices, reply_notice
from mingjing.services.proposal_decisions import decide_proposal
from mingjing.services.proposals import FOUR_KINDS, screen_case
from mingjing.services.supervision_notes import add_note
from mingjing.storage.cases.models import Case
from mingjing.storage.supervision.models import Notice, Proposal

LONG = timedelta(days=400)
WAITING = 2
REASONS = (
    "鉴定机构退回材料，正在重新委托。",
    "被告下落不明，公告期满后排期开庭。",
    "案情复杂，等待关联案件的生效裁判。",
    "双方申请庭外和解，已恢复审理，近期宣判。",
)


def make(staff: dict[str, Staff], random: Random, on: date) -> None:
    """Screen, decide, check, urge: what the offices would have done by ``on``."""
    for found in staff.values():
        for case in Case.objects.filter(court=found.court, closed_on=None).select_related(
            "court", "department", "handler"
        ):
            screen_case(case, on)
        noted.decide(found, on)
        _decide(found, random, on)
        _urge(found, random, on)
        _ask(found, random, on)
    check_entries(on)
    escalate_notices(on)


def _decide(found: Staff, random: Random, on: date) -> None:
    """Two proposals in three are decided, most of them confirmed; the newest of each division still wait."""
    head = actor_for(found.heads["院长"], on)
    rows = Proposal.objects.filter(court=found.court, marks=FOUR_KINDS, state=Proposal.State.OPEN)
    fresh: set[int] = set()
    for division in set(rows.values_list("case__department", flat=True)):
        newest = rows.filter(case__department=division).order_by("-case__filed_on", "-pk")
        fresh.update(newest.values_list("pk", flat=True)[:WAITING])
    for proposal in list(rows.order_by("pk")):
        if random.random() < 0.66 and proposal.pk not in fresh:
            confirm = random.random() < 0.8
            reason = "符合识别标准，纳入监督。" if confirm else "诉讼标的同一、争议不大，按一般案件办理。"
            decide_proposal(head, proposal_id=proposal.pk, confirm=confirm, reason=reason)


def _urge(found: Staff, random: Random, on: date) -> None:
    """Notices on the oldest cases, a month ago; most are answered, some late, some not at all."""
    long_pending = Case.objects.filter(court=found.court, closed_on=None, original_filed_on__lt=on - LONG)
    oldest = list(
        long_pending.exclude(handler=None).order_by("original_filed_on").values_list("pk", flat=True)[:5]
    )
    issued_on = _at_work(on - timedelta(days=random.randint(14, 20)))
    if not oldest:
        return
    office = actor_for(found.heads["审判管理办公室"], issued_on)
    calendar = registry(found.court).calendar(found.court.calendar)
    notices = issue_notices(
        office,
        case_ids=oldest,
        reason="长期未结，请书面说明原因并报明结案日期。",
        close_by=calendar.roll_forward(on + timedelta(days=60)),
    )
    for notice in notices:
        _answer(notice, random, issued_on, on)


def _at_work(day: date) -> date:
    """The same day, or the Friday before a weekend: nobody signs on a Sunday."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def _answer(notice: Notice, random: Random, issued_on: date, on: date) -> None:
    chance = random.random()
    if notice.addressee is None or chance < 0.3:
        return
    days = random.randint(3, 9) if chance < 0.85 else random.randint(1, 3)
    late = min(on, notice.reply_by + timedelta(days=days))
    answered = _at_work(issued_on + timedelta(days=days)) if chance < 0.85 else late
    judge = actor_for(notice.addressee, answered)
    reply_notice(
        judge,
        notice_id=notice.pk,
        reason=random.choice(REASONS),
        planned_close=answered + timedelta(days=random.randint(20, 50)),
    )


def _ask(found: Staff, random: Random, on: date) -> None:
    """A few open requests for more time, and a note by a division head."""
    soon = Case.objects.filter(court=found.court, closed_on=None, due_on__gt=on + timedelta(days=16)).exclude(
        handler=None
    )
    asked = 0
    for case in soon.select_related("handler").order_by("due_on")[:30]:
        assert case.handler is not None
        try:
            request_extension(
                actor_for(case.handler, on), case_id=case.pk, length="1 个月", reason=random.choice(REASONS)
            )
        except Refusal:
            continue  # this procedure allows none; the next case may
        asked += 1
        if asked == 3:
            break
    division = found.heads.get("民事审判第一庭")
    watched = Case.objects.filter(
        court=found.court, closed_on=None, department__name="民事审判第一庭", colour=3
    )
    for case in watched.exclude(handler=division)[:2]:
        if division is not None:
            add_note(
                actor_for(division, on),
                case_id=case.pk,
                text="请尽快排期；鉴定事项如已完成，当日登记扣除结束。",
            )
