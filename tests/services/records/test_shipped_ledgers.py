"""The ledgers that are shipped work in a court: anybody named may open them, and what they open is there."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from mingjing.definitions.registry import Registry
from mingjing.domain.ledgers.matters import NotReady
from mingjing.domain.ledgers.register import Act, FieldType, Register
from mingjing.domain.reasons import Refusal
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.sight import seen_record
from mingjing.storage.cases.models import Case
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, House, acting, file_case, hire
from tests.services.records.builders import file_of

SHIPPED = Registry.load(Path(__file__).parents[3] / "institutions" / "cn")
NOT_STAFF = {"系统", "公众"}


def opening(register: Register) -> Act | None:
    """The first act by which somebody of the court opens a record: not the clock, not a party."""
    return next((act for act in register.acts if act.opens_record and not set(act.by) <= NOT_STAFF), None)


LEDGERS = [one for one in SHIPPED.registers(DAY) if one.kind == "ledger" and opening(one)]
ENTERED: dict[str, dict[str, Any]] = {
    "ledger.division_of_work": {"班子职务": "副职"},
    "ledger.key_post": {"任职日期": "2024-01-01", "应轮岗日期": "2028-12-31"},
    "ledger.clearing": {"查否日期": str(DAY), "澄清期限": str(DAY), "本人意见": "同意"},
    "ledger.past_case": {
        "专项基准日": "2024-03-01",
        "起算日期": "2021-03-01",
        "处理决定日期": "2023-03-01",
    },
    "ledger.self_report": {"自报日期": str(DAY)},
}
"""What cannot be just anything, where an opening act has conditions."""


def values_for(house: House, register: Register, actor: Person, day: date) -> dict[str, Any]:
    """Something in each field the opening act requires; a person is the actor, where it may be."""
    act = opening(register)
    assert act is not None
    plain: dict[FieldType, Any] = {
        FieldType.INTEGER: 1,
        FieldType.DECIMAL: "1",
        FieldType.MONEY: "1.00",
        FieldType.DAY: str(day + timedelta(days=30)),
        FieldType.MOMENT: f"{day}T09:00",
        FieldType.FLAG: True,
        FieldType.PERSON: actor.pk,
        FieldType.PEOPLE: [actor.pk],
        FieldType.UNIT: house.first_civil.pk,
        FieldType.UNITS: [house.first_civil.pk],
    }
    found: dict[str, Any] = {}
    for label in act.fill:
        field = register.field(label)
        if label in act.never_by:
            found[label] = house.judge.pk
        elif field.type is FieldType.CASE:
            found[label] = file_case(house, serial=900 + Case.objects.count(), handler=actor).pk
        elif field.type is FieldType.CHOICE:
            found[label] = field.options[0]
        elif field.type is FieldType.CHOICES:
            found[label] = [field.options[0]]
        elif field.type in (FieldType.FILES, FieldType.PHOTOS):
            continue
        elif field.type is FieldType.RECORD:
            found[label] = pointed_at(house, field.of)
        else:
            found[label] = plain.get(field.type, "一件事")
    return {**found, **ENTERED.get(register.id, {})}


def post_of(register: Register) -> str:
    """A post whose holder may open a record of the register."""
    act = opening(register)
    assert act is not None
    roles = {role.label: role.posts[0] for role in SHIPPED.roles(DAY).roles}
    posts = set(SHIPPED.dictionary("dictionary.posts").keys)
    fields = {field.label for field in register.fields}
    for word in act.by:
        if word not in fields and (word in roles or word in posts):
            return roles.get(word, word)
    return "审判员"


def pointed_at(house: House, register: str) -> int:
    """Some record of another register."""
    there = SHIPPED.register(register, DAY)
    return opened(house, there, hire(house.court, "单仁", post_of(there), house.office)).pk


def opened(house: House, register: Register, actor: Person) -> Record:
    act = opening(register)
    assert act is not None
    files = [
        (label, file_of(label), f"{label}.pdf")
        for label in act.fill
        if register.field(label).type in (FieldType.FILES, FieldType.PHOTOS)
    ]
    values = values_for(house, register, actor, DAY)
    above = None
    if register.under not in ("", register.id):
        higher = SHIPPED.register(register.under, DAY)
        above = opened(house, higher, hire(house.court, "上官", post_of(higher), house.office)).pk
    return open_record(acting(actor), register.id, act.label, values, above=above, files=files)


@pytest.mark.django_db
def test_every_ledger_is_opened_by_who_may_and_seen_by_them(house: House) -> None:
    found = []
    for register in LEDGERS:
        actor = hire(house.court, "于时", post_of(register), house.office)
        try:
            record = opened(house, register, actor)
            seen_record(acting(actor), record.pk)
        except Refusal as refusal:
            found.append(f"{register.id}: {refusal}")
    assert not found, "\n".join(found)


@pytest.mark.django_db
def test_what_a_screening_finds_stands_under_the_same_campaign(house: House) -> None:
    team = hire(house.court, "范专", "专班成员", house.office)
    screening = opened(house, SHIPPED.register("ledger.problem_screening", DAY), team)
    do(acting(team), screening.pk, "列入台账", {"核查情况": "三件终本超期", "问题类型": "久拖不执"})
    problem = Record.objects.get(register="ledger.stubborn_problem")
    assert problem.above_id == screening.above_id
    assert (problem.state, problem.title) == ("已查出", "三件终本超期")


@pytest.mark.django_db
def test_a_plan_opens_its_paired_duty_and_a_task_for_each_department(house: House) -> None:
    office = hire(house.court, "于时", "综合办干部", house.office)
    secretary = hire(house.court, "陈正", "党组书记", None)
    plan = opened(house, SHIPPED.register("ledger.work_plan", DAY), office)
    Record.objects.get(register="ledger.paired_duty")
    draft = {"阶段安排": "一步", "任务和期限": "见附表", "完成期限": "2024-12-20"}
    unit = {"起草部门": house.office.pk}
    assert plan.unit_id in (house.first_civil.pk, unit["起草部门"])
    drafter = hire(house.court, "林起", "审判员", house.first_civil)
    do(
        acting(drafter),
        plan.pk,
        "提请审定",
        draft,
        files=[("方案文本", file_of("方案"), "方案.pdf")],
    )
    with pytest.raises(NotReady, match="配套的廉政任务还没有审核通过"):
        do(acting(secretary), plan.pk, "审定", {"版次": "第一版"})


@pytest.mark.django_db
def test_measures_stand_under_their_issue_and_the_plan_needs_one(house: House) -> None:
    office = hire(house.court, "于时", "综合办干部", house.office)
    secretary = hire(house.court, "陈正", "党组书记", None)
    issue = opened(house, SHIPPED.register("ledger.inspection_issue", DAY), office)
    plan = {"责任领导": house.leader.pk, "责任部门": house.first_civil.pk, "整改期限": "2024-12-20"}
    with pytest.raises(NotReady, match="还没有一条整改措施"):
        do(acting(secretary), issue.pk, "批准方案", plan)
    measure = SHIPPED.register("ledger.inspection_measure", DAY)
    act = next(act for act in measure.acts if act.opens_record)
    values = values_for(house, measure, house.judge, DAY)
    open_record(acting(office), measure.id, act.label, values, above=issue.pk)
    do(acting(secretary), issue.pk, "批准方案", plan)
    assert Record.objects.get(pk=issue.pk).state == "整改中"
