"""Change how a case is tried, whether the defendant is in custody, and who handles it."""

from __future__ import annotations

from datetime import date

from mingjing.domain.reasons import Refusal
from mingjing.services.actors import Actor
from mingjing.services.acts import act
from mingjing.services.clocks import TRIAL_LIMIT_SLOTS, recheck
from mingjing.services.demands import Taken, WrongEntry, day_within, filled, known_word
from mingjing.services.installation import registry
from mingjing.services.locking import lock_case
from mingjing.services.recipients import load_roster
from mingjing.services.record_event import Happening, write_event
from mingjing.storage.assignment.models import LEFT_TO_THE_DRAW
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person, Posting
from mingjing.storage.supervision.models import Alert, Notice, NoticeStep

LIGHTER = ("简易程序", "小额诉讼程序", "速裁程序")
CUSTODY = {"逮捕": True, "取保候审": False, "监视居住": False, "解除强制措施": False}


def change_procedure(actor: Actor, *, case_id: int, procedure: str, decided_on: date, reason: str) -> Case:
    """Try the case by another procedure from the day of the decision on.

    Raises
    ------
    WrongEntry   unknown procedure or one of other cases, or a day outside filing … today
    Refusal      the limit of the present procedure had run out (民诉解释第二百五十八条), or a hearing was
                 held before the change to a lighter procedure (民诉解释第二百六十条)
    """
    why = filled(reason, "理由", example="案情复杂，不宜适用简易程序")
    with act(actor, "变更程序", needs="维护案件", subject_kind="案件", subject_id=case_id, why=why) as record:
        case = lock_case(actor, case_id)
        _open(case)
        known_word(procedure, registry(case.court).dictionary("dictionary.procedures").keys, "审理程序")
        if procedure not in procedures_for(case):
            raise WrongEntry(f"“{procedure}”不用于{case.kind}案件。", allowed=procedures_for(case))
        if procedure == case.procedure:
            raise Taken(f"本案现在就是{procedure}。")
        day_within(decided_on, "决定日期", first=case.filed_on, last=actor.on, cause="不在立案以后、今天以前")
        _in_time(case, decided_on)
        if procedure in LIGHTER and case.procedure not in LIGHTER and "开庭" in case.milestones:
            raise Refusal(
                f"本案已于 {case.milestones['开庭']} 按{case.procedure}开庭，不能再转为{procedure}"
                "（民诉解释第二百六十条）。"
            )
        before, case.procedure = case.procedure, procedure
        case.save(update_fields=["procedure", "updated_at"])
        kind = "转为普通程序" if procedure.startswith("普通程序") else f"转为{procedure}"
        if kind in registry(case.court).dictionary("dictionary.events"):
            write_event(case, Happening(kind, decided_on, note=why), by=actor.person)
        recheck(case, on=actor.on)
        record.definition = registry(case.court).ref("dictionary.procedures", actor.on)
        record.payload = {"案号": case.number, "原程序": before, "现程序": procedure, "决定日期": decided_on}
    return case


def procedures_for(case: Case) -> list[str]:
    """The procedures by which cases like this are tried; all of them where none is said for their kind.

    A civil case under a procedure of enforcement would have no limit at all.
    """
    table = registry(case.court).dictionary("dictionary.procedures")
    family = registry(case.court).dictionary("dictionary.case_kinds").row(case.kind).get("family", "")
    fitting = [word for word in table.keys if family and family in table.row(word)["scope"].split("、")]
    return fitting or list(table.keys)


def change_custody(actor: Actor, *, case_id: int, measure: str, decided_on: date, document: str) -> Case:
    """Record an arrest, or its end; limits that bind custody are not rolled over a rest day any more."""
    paper = filled(document, "文书", example="（2024）云0102刑初12号逮捕决定书", longest=120)
    with act(
        actor, "变更强制措施", needs="维护案件", subject_kind="案件", subject_id=case_id, why=paper
    ) as record:
        case = lock_case(actor, case_id)
        known_word(measure, CUSTODY, "强制措施")
        if not case.kind.startswith("刑事"):
            raise WrongEntry(f"本案是{case.kind or '未登记类型的案件'}，强制措施只用于刑事案件。")
        if measure == "逮捕" and case.in_custody:
            raise Taken(f"被告人自 {case.facts.get('羁押日期', '登记时')} 起已经在押。")
        day_within(decided_on, "决定日期", first=None, last=actor.on, cause="还没有到")
        case.in_custody = CUSTODY[measure]
        if case.in_custody:
            case.facts["羁押日期"] = decided_on.isoformat()
        case.save(update_fields=["in_custody", "facts", "updated_at"])
        write_event(case, Happening(measure, decided_on, note=paper), by=actor.person)
        recheck(case, on=actor.on)
        record.payload = {"案号": case.number, "强制措施": measure, "在押": case.in_custody}
    return case


def change_handler(actor: Actor, *, case_id: int, handler_id: int, reason: str) -> Case:
    """Give the case to another handler of the same court; what waits for the former now waits for them.

    Raises
    ------
    WrongEntry   the person holds no post at the court on this day
    Refusal      the handler is drawn, or is to be: a departure needs somebody else's approval (R-056)
    """
    why = filled(reason, "理由", example="原承办人调离审判岗位")
    with act(
        actor, "变更承办人", needs="变更承办人", subject_kind="案件", subject_id=case_id, why=why
    ) as record:
        case = lock_case(actor, case_id)
        _open(case)
        posting = (
            Posting.objects.on(actor.on)
            .filter(person=handler_id, person__court=case.court)
            .select_related("person", "department")
            .order_by("since", "pk")
            .first()
        )
        if posting is None:
            raise WrongEntry(f"“承办人”这天（{actor.on}）在{case.court}没有职务，不能承办。")
        if case.handler_id == handler_id:
            raise Taken(f"本案现在就由{posting.person}承办。")
        if case.draws.filter(state__in=LEFT_TO_THE_DRAW).exists():
            raise Refusal(
                "本案的承办人由抽取产生，不能直接变更：请申请回避重抽或者指定分案，经另一人批准。",
                allowed=["回避重抽", "指定分案"],
            )
        before = case.handler_name or (case.handler.name if case.handler else "")
        case.handler, case.handler_name = posting.person, posting.person.name
        case.department = posting.department or case.department
        case.save(update_fields=["handler", "handler_name", "department", "updated_at"])
        write_event(case, Happening("变更承办人", actor.on, note=why), by=actor.person)
        hand_over(case, posting.person, actor)
        recheck(case, on=actor.on)
        record.payload = {"案号": case.number, "原承办人": before, "现承办人": posting.person.name}
    return case


def hand_over(case: Case, handler: Person, actor: Actor) -> None:
    """What waits for the former handler of a case now waits for the new one."""
    told = load_roster(case.court, actor.on)
    for alert in Alert.objects.filter(case=case, settled=""):
        person = told.recipient(case, alert.tell)
        if person is not None and person.pk != alert.person_id:
            Alert.objects.filter(pk=alert.pk).update(person=person, seen_at=None)
    for notice in Notice.objects.filter(case=case).exclude(state=Notice.State.CLOSED):
        notice.addressee = handler
        notice.save(update_fields=["addressee"])
        NoticeStep.objects.create(notice=notice, kind="变更承办人", on=actor.on, person=handler)


def _open(case: Case) -> None:
    if case.closed_on is not None:
        raise Taken(f"本案已于 {case.closed_on} 结案。")


def _in_time(case: Case, decided_on: date) -> None:
    limits = case.clocks.filter(slot__in=TRIAL_LIMIT_SLOTS).values_list("due_on", flat=True)
    last = min((day for day in limits if day is not None), default=None)
    if last is not None and decided_on > last:
        raise Refusal(
            f"{case.procedure}的审限已于 {last} 届满，程序转换须在届满以前决定（民诉解释第二百五十八条）。",
            allowed=[f"{case.filed_on} 至 {last}"],
        )
