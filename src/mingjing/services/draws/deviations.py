"""Departures from the plain draw: asked by one, decided by another, counted, in the log, published."""

from __future__ import annotations

from mingjing.domain.assignment.allowing import check_approver, check_deviation, check_ground
from mingjing.domain.assignment.assembling import RECUSED
from mingjing.domain.assignment.pools import MOST_WEIGHT
from mingjing.domain.assignment.rules import AssignmentRule
from mingjing.services.actors import Actor
from mingjing.services.acts import Record, act
from mingjing.services.demands import Taken, WrongEntry, filled, known_word
from mingjing.services.draws.days import NEED_APPROVAL, State
from mingjing.services.draws.lists import put_on
from mingjing.services.draws.rules import reference_of, rule_at, rule_for
from mingjing.services.draws.staff import staff_for
from mingjing.services.draws.taking import HANDLER, put_in
from mingjing.services.installation import now
from mingjing.services.locking import lock_any_case
from mingjing.services.permissions import NotVisible, seen_case
from mingjing.storage.assignment.models import Deviation, Draw
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.published.models import PublishedDeviation

ASK, DECIDE = "申请例外分案", "批准例外分案"
RECUSAL = "随机分案后需要回避"
Kind = Deviation.Kind
Stage = Deviation.State


def designate(actor: Actor, case_id: int, *, person_id: int, ground: str, reason: str) -> Deviation:
    """Ask that somebody be given a case without a draw.

    Raises
    ------
    DeviationRefused   the rule does not list the ground
    WrongEntry         the person holds no post the rule draws from
    Taken              a request for the case is waiting
    """
    why = filled(reason, "理由", example="与（2024）云9821民初1号为系列案件，由同一人审理")
    with act(actor, "申请指定分案", needs=ASK, subject_kind="案件", subject_id=case_id, why=why) as record:
        seen_case(actor, case_id)
        case = lock_any_case(case_id)
        rule = rule_for(case, actor.on)
        check_ground(rule, ground)
        person = _eligible(rule, case, person_id, actor)
        _none_waiting(case, Kind.DESIGNATED)
        made = _ask(actor, rule, case, None, Kind.DESIGNATED, why, ground=ground, person=person)
        record.definition = made.definition
        record.payload = {"案号": case.number, "理由类别": ground, "人员": person.staff_number}
    return made


def ask_for_list(
    actor: Actor,
    draw_id: int,
    *,
    kind: str,
    reason: str,
    person_id: int | None = None,
    weight: int | None = None,
) -> Deviation:
    """Ask approval of what a list departs in: one result only, the fallback, or a changed weight.

    ``person_id`` and ``weight`` belong to a changed weight.

    Raises
    ------
    WrongEntry   the list is not flagged so, or the weight is none
    Taken        the lists are locked, or the same is waiting
    """
    why = filled(reason, "理由", example="其余法官均已回避，见内部说明")
    with act(actor, "申请例外分案", needs=ASK, subject_kind="抽取", subject_id=draw_id, why=why) as record:
        draw = _draw(actor, draw_id)
        known_word(kind, NEED_APPROVAL, "例外")
        if draw.day.state != State.LISTS:
            raise Taken(f"名单已经锁定（{draw.day.state}），不能再改。")
        person = _weighed(draw, person_id, weight) if kind == Kind.CHANGED else None
        if kind != Kind.CHANGED and kind not in draw.flags:
            raise WrongEntry(f"这份名单没有“{kind}”的标记，不用批准。", allowed=tuple(draw.flags))
        if draw.deviations.filter(kind=kind, state=Stage.WAITING).exists():
            raise Taken("同样的申请正等批准。")
        rule = rule_at(draw.case.court, draw.definition)
        kept = weight if kind == Kind.CHANGED else None
        made = _ask(actor, rule, draw.case, draw, kind, why, person=person, weight=kept)
        record.definition = made.definition
        record.payload = {"抽取编号": draw.number, "例外": kind, "改为份额": kept}
    return made


def ask_for_redraw(actor: Actor, draw_id: int, *, reason: str, person_id: int) -> Deviation:
    """Ask that a drawn group be drawn again because one of the drawn must recuse.

    Raises
    ------
    WrongEntry         the person was not drawn
    DeviationRefused   the rule knows no redraw
    """
    why = filled(reason, "理由", example="开庭前发现与被告代理人有亲属关系")
    with act(actor, "申请回避重抽", needs=ASK, subject_kind="抽取", subject_id=draw_id, why=why) as record:
        draw = _draw(actor, draw_id)
        if draw.state not in (Draw.State.DRAWN, Draw.State.TAKEN):
            raise Taken(f"这次抽取现在“{draw.state}”，没有可以重抽的结果。")
        drawn = {draw.people[one] for one in draw.drawn}
        if person_id not in drawn:
            raise WrongEntry("只能为抽中的人申请回避重抽。")
        rule = rule_at(draw.case.court, draw.definition)
        check_ground(rule, RECUSAL)
        _none_waiting(draw.case, Kind.REDRAW)
        person = Person.objects.get(pk=person_id)
        made = _ask(actor, rule, draw.case, draw, Kind.REDRAW, why, ground=RECUSAL, person=person)
        record.definition = made.definition
        record.payload = {"抽取编号": draw.number, "人员": person.staff_number}
    return made


def decide(actor: Actor, deviation_id: int, *, approve: bool, opinion: str) -> Deviation:
    """Approve or decline; what follows from an approval is done in the same act.

    Raises
    ------
    DeviationRefused   asked by the same person, or of insufficient rank
    Taken              decided already, or overtaken
    """
    words = filled(opinion, "意见", example="情况属实，同意")
    verb = "批准例外分案" if approve else "不予批准例外分案"
    with act(
        actor, verb, needs=DECIDE, subject_kind="例外分案", subject_id=deviation_id, why=words
    ) as record:
        rows = Deviation.objects.select_for_update(of=("self",)).filter(court=actor.court, pk=deviation_id)
        one = rows.select_related("case", "case__court", "draw__day", "person").first()
        if one is None:
            raise NotVisible
        if one.state != Stage.WAITING:
            raise Taken(f"这件申请已经{one.state}。")
        rule = rule_at(actor.court, one.definition)
        who = {"by": str(one.asked_by_id), "approver": str(actor.person.pk), "posts": actor.posts}
        if one.ground:
            check_deviation(rule, ground=one.ground, **who)  # type: ignore[arg-type]
        else:
            check_approver(rule, **who)  # type: ignore[arg-type]
        one.state = Stage.APPROVED if approve else Stage.DECLINED
        one.decided_by, one.decided_at, one.opinion = actor.person, now(), words
        one.save()
        if approve:
            _follow(actor, one, record)
        record.definition = one.definition
        record.payload |= {
            "案号": one.case.number,
            "例外": one.kind,
            "理由类别": one.ground,
            "申请人": one.asked_by_id,
        }
    return one


def _follow(actor: Actor, one: Deviation, record: Record) -> None:
    draw = one.draw
    if one.kind == Kind.DESIGNATED and one.person is not None:
        case = lock_any_case(one.case_id)
        if case.closed_on is not None:
            raise Taken(f"本案已于 {case.closed_on} 结案。")
        put_in(actor, case, [(HANDLER, one.person)], note=f"指定分案：{one.ground}")
        Draw.objects.filter(case=case, state=Draw.State.LISTED).delete()
        record.payload["承办人"] = one.person.staff_number
    elif one.kind == Kind.REDRAW and draw is not None:
        draw.state = Draw.State.REDRAWN
        draw.save(update_fields=["state"])
    elif draw is None or draw.day.state != State.LISTS:
        raise Taken("名单已经锁定，批准晚了；请不予批准。")
    elif one.kind == Kind.CHANGED:
        put_on(draw.day, one.case)
    PublishedDeviation.objects.create(
        court=one.court.name, on=actor.on, case=one.case.number, kind=one.kind, ground=one.ground
    )


def _ask(
    actor: Actor,
    rule: AssignmentRule,
    case: Case,
    draw: Draw | None,
    kind: str,
    why: str,
    *,
    ground: str = "",
    person: Person | None = None,
    weight: int | None = None,
) -> Deviation:
    return Deviation.objects.create(
        court=case.court,
        case=case,
        draw=draw,
        kind=kind,
        definition=reference_of(rule),
        ground=ground,
        why=why,
        person=person,
        weight=weight,
        asked_by=actor.person,
        asked_at=now(),
    )


def _draw(actor: Actor, draw_id: int) -> Draw:
    rows = Draw.objects.select_for_update(of=("self",)).filter(day__court=actor.court, pk=draw_id)
    draw = rows.select_related("case", "case__court", "day").first()
    if draw is None:
        raise NotVisible
    seen_case(actor, draw.case_id)
    return draw


def _weighed(draw: Draw, person_id: int | None, weight: int | None) -> Person:
    if person_id is None or weight is None:
        raise WrongEntry("改份额要写明是谁、改为多少。", example="50")
    in_pool = {draw.people[id] for id, _ in draw.pool["candidates"]}
    if person_id not in in_pool:
        raise WrongEntry("只能改名单里的人的份额。")
    if not 1 <= weight <= MOST_WEIGHT:
        raise WrongEntry("份额应是 1 以上的整数，100 是一份。", example="50")
    return Person.objects.get(pk=person_id)


def _eligible(rule: AssignmentRule, case: Case, person_id: int, actor: Actor) -> Person:
    posts = {post for group in rule.groups if HANDLER in group.roles for post in group.posts}
    held = Posting.objects.on(actor.on).filter(person=person_id, person__court=case.court, post__in=posts)
    posting = held.select_related("person").first()
    if posting is None:
        raise WrongEntry("指定的人没有担任可以承办这类案件的职务。", allowed=tuple(posts))
    staff = staff_for(rule, case, actor.on).get(person_id)
    if staff is not None and any(one.kind in (*rule.recusal, RECUSED) for one in staff.grounds):
        raise WrongEntry(f"{posting.person}在本案应当回避，不能指定。")
    return posting.person


def _none_waiting(case: Case, kind: str) -> None:
    if Deviation.objects.filter(case=case, kind=kind, state=Stage.WAITING).exists():
        raise Taken(f"{case.number}已有一件“{kind}”等批准。")
