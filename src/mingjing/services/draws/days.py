"""A filing day from its lists to their commitment: what is locked cannot be edited, nothing goes back."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from mingjing.domain.assignment.assembling import CHANGED, FALLBACK, ONE_LEFT
from mingjing.domain.assignment.drawing import FEWEST
from mingjing.domain.assignment.rules import Missing
from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.demands import Taken, WrongEntry, filled
from mingjing.services.draws.lists import live_draws, plain_pool, put_on, to_draw_again
from mingjing.services.draws.rules import rule_at
from mingjing.services.installation import now
from mingjing.services.locking import lock_any_case
from mingjing.services.permissions import NotVisible, seen_case
from mingjing.storage.assignment.models import Deviation, Draw, FilingDay
from mingjing.storage.auditlog.models import Act
from mingjing.storage.cases.models import Case
from mingjing.storage.published.models import PublishedDeviation

RUN = "组织分案"
UNLIKE, VOIDED = "名单与承诺不符", "立案日作废"
NEED_APPROVAL = (ONE_LEFT, FALLBACK, CHANGED)
State = FilingDay.State


class DayOutOfOrder(Refusal):
    """A step of a filing day that is not the next one."""

    code = "filing-day-order"


class NotApproved(Refusal):
    """A list departs from the rule, and nobody has approved it yet."""

    code = "deviation-not-approved"


class ListsChanged(Refusal):
    """Between listing and locking something changed: posts, leave, loads, declarations."""

    code = "lists-changed"


def locked_day(actor: Actor, day_id: int, *states: str) -> FilingDay:
    """The day, locked against others, if it is of the actor's court and in one of ``states``.

    Raises
    ------
    NotVisible      another court's, or unknown
    DayOutOfOrder   it stands elsewhere
    """
    rows = FilingDay.objects.select_for_update(of=("self",)).filter(court=actor.court)
    day = rows.select_related("court").filter(pk=day_id).first()
    if day is None:
        raise NotVisible
    if states and day.state not in states:
        raise DayOutOfOrder(f"这个立案日现在“{day.state}”，办不了这一步。", allowed=states)
    return day


def open_day(actor: Actor) -> FilingDay:
    """A new filing day of the actor's court, today; while one with open lists exists it is returned."""
    known = FilingDay.objects.filter(court=actor.court, on=actor.on, state=State.LISTS).first()
    if known is not None and actor.may(RUN):
        return known
    with act(actor, "开立案日", needs=RUN, subject_kind="立案日", subject_id="") as record:
        same = FilingDay.objects.filter(court=actor.court, on=actor.on)
        turn = (same.aggregate(last=Max("turn"))["last"] or 0) + 1
        day = FilingDay.objects.create(
            court=actor.court, on=actor.on, turn=turn, opened_by=actor.person, opened_at=now()
        )
        record.subject_id = str(day.pk)
        record.payload = {"立案日": day.on, "第几次": turn}
    return day


def add_cases(actor: Actor, day_id: int, case_ids: Sequence[int]) -> list[Draw]:
    """List the pool of each case on the day; a case that is listed is listed anew.

    Raises
    ------
    Refusal         a case is closed, drawn already, or has no rule or nobody to draw
    DayOutOfOrder   the lists are locked
    """
    with act(actor, "列入抽取名单", needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
        day = locked_day(actor, day_id, State.LISTS)
        if not case_ids:
            raise WrongEntry("没有选案件。")
        found = []
        for case_id in case_ids:
            case = lock_any_case(seen_case(actor, case_id).pk)  # not onto another day at this moment
            _drawable(case, day)
            found += put_on(day, case)
        record.payload = {draw.number: {"案号": draw.case.number, "摘要": draw.digest} for draw in found}
    return found


def remove_case(actor: Actor, day_id: int, case_id: int, *, reason: str) -> None:
    """Take a case off a day whose lists are not locked."""
    why = filled(reason, "理由", example="当事人撤回起诉")
    with act(actor, "撤出抽取名单", needs=RUN, subject_kind="立案日", subject_id=day_id, why=why) as record:
        day = locked_day(actor, day_id, State.LISTS)
        draws = list(day.draws.filter(case=case_id).select_related("case"))
        if not draws:
            raise NotVisible
        record.payload = {draw.number: draw.case.number for draw in draws}
        Deviation.objects.filter(draw__in=draws).update(draw=None)
        day.draws.filter(case=case_id).delete()


@transaction.atomic
def lock_day(actor: Actor, day_id: int) -> FilingDay:
    """Commit every list to the log; from here on nobody can change one unseen, and values may be promised.

    Raises
    ------
    WrongEntry     no case is listed
    NotApproved    a flagged list has no approval
    ListsChanged   a list is not what the rule gives now
    """
    with act(actor, "锁定名单", needs=RUN, subject_kind="立案日", subject_id=day_id) as record:
        day = locked_day(actor, day_id, State.LISTS)
        draws = list(day.draws.select_related("case", "case__court", "day"))
        if not draws:
            raise WrongEntry("名单是空的，先把要分的案件列进来。")
        for draw in draws:
            _approved(draw)
        _fresh(day, draws)
        _take_rules(day, draws)
        day.state, day.locked_at = State.COMMITTING, now()
        day.draws.update(state=Draw.State.LOCKED)
        record.definition = draws[0].definition
        record.payload = {
            "名单": {draw.number: draw.digest for draw in draws},
            "规则": sorted({draw.definition for draw in draws}),
            "出随机数的部门": day.contributors,
            "公共随机值": day.public_source,
        }
    day.locked_entry = record.seq
    day.save()
    return day


def void_day(actor: Actor, day_id: int, *, reason: str) -> FilingDay:
    """End a day that cannot be drawn; its cases may be listed on another. Where the lists were locked, it is
    published.

    Raises
    ------
    DayOutOfOrder   the result can be known already: whoever could end the day now could choose
    """
    why = filled(reason, "原因", example="两个部门都没有揭示随机数")
    with act(actor, "作废立案日", needs=RUN, subject_kind="立案日", subject_id=day_id, why=why) as record:
        day = locked_day(actor, day_id, State.LISTS, State.COMMITTING, State.REVEALING)
        if not may_be_void(day):
            raise DayOutOfOrder(
                "已经有部门揭示随机数，结果有人算得出来，这时作废等于挑结果。请等其余部门揭示以后抽取；"
                "过了时限的，先登记逾期未揭示。"
            )
        record.payload = {"原状态": day.state, "名单": list(day.draws.values_list("number", flat=True))}
        if day.locked_at is not None:
            _publish_void(day)
        day.state, day.void_why = State.VOID, why
        day.save()
        day.draws.update(state=Draw.State.WITHDRAWN)
    return day


def may_be_void(day: FilingDay) -> bool:
    """Whether nobody can know yet what the day would draw, or it cannot be drawn any more: too few revealed
    in time, no public value was taken down, or a list is not the one that was committed."""
    revealed = day.contributions.filter(round=day.round).exclude(value="").count()
    if day.state != State.REVEALING or not revealed:
        return True
    late = day.reveal_by is not None and now() >= day.reveal_by
    if (late and revealed < FEWEST) or (day.public_source and not day.public):
        return True
    found = Act.objects.filter(verb=UNLIKE, subject_kind="立案日", subject_id=str(day.pk))
    return found.exists()


def _publish_void(day: FilingDay) -> None:
    cases = dict.fromkeys(day.draws.order_by("pk").values_list("case__number", flat=True))
    PublishedDeviation.objects.bulk_create(
        PublishedDeviation(
            court=day.court.name, on=day.on, case=case, kind=VOIDED, ground=f"停在“{day.state}”"
        )
        for case in cases
    )


def digests_committed(day: FilingDay) -> dict[str, str]:
    """Draw number → digest of its stored list, computed now."""
    return {draw.number: plain_pool(draw).digest() for draw in day.draws.all()}


def _drawable(case: Case, day: FilingDay) -> None:
    if case.closed_on is not None:
        raise Taken(f"{case.number}已于 {case.closed_on} 结案。")
    other = live_draws().filter(case=case).exclude(day=day).first()
    again = to_draw_again().filter(case=case).exists() or live_draws().filter(case=case, day=day).exists()
    if other is not None and not again:
        raise Taken(
            f"{case.number}已经在 {other.day.on} 的立案日里（{other.state}）。要重新抽取的，先申请回避重抽。"
        )
    redraw = Deviation.objects.filter(case=case, kind=Deviation.Kind.REDRAW, state=Deviation.State.APPROVED)
    if case.handler_id is not None and not redraw.exists():
        raise Taken(f"{case.number}已有承办人{case.handler_name}。要重新抽取的，先申请回避重抽。")


def _approved(draw: Draw) -> None:
    for flag in draw.flags:
        if flag not in NEED_APPROVAL:
            continue
        if not draw.deviations.filter(kind=flag, state=Deviation.State.APPROVED).exists():
            raise NotApproved(f"{draw.case.number}的“{draw.label}”{flag}，要写明理由、经另一人批准才能锁定。")


def _fresh(day: FilingDay, draws: Sequence[Draw]) -> None:
    before = {draw.number: draw.digest for draw in draws}
    for case in {draw.case.pk: draw.case for draw in draws}.values():
        for draw in put_on(day, case):
            if before.get(draw.number) != draw.digest:
                raise ListsChanged(
                    f"{case.number}的名单与列入时不同了（任职、请假、在办或者申报有变化）。请重新列入，核对以后再锁定。"
                )


def _take_rules(day: FilingDay, draws: Sequence[Draw]) -> None:
    """What the rules say of the seed; several rules on one day must name the same departments."""
    rules = {one: rule_at(day.court, one) for one in {draw.definition for draw in draws}}
    first = next(iter(rules.values()))
    if any(set(rule.contributors) != set(first.contributors) for rule in rules.values()):
        raise WrongEntry("这一天的案件依据的规则要求不同的部门出随机数，请分成两个立案日。")
    if len(set(first.contributors)) < FEWEST:
        raise WrongEntry(f"出随机数的至少要 {FEWEST} 个部门。", allowed=first.contributors)
    again = any(rule.missing is Missing.AGAIN for rule in rules.values())
    day.contributors = list(first.contributors)
    day.within = min(rule.within for rule in rules.values())
    day.missing = (Missing.AGAIN if again else Missing.GO_ON).value
    day.public_source = next((rule.public for rule in rules.values() if rule.public), "")
