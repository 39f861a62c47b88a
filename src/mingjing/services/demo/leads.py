"""Leads of the demonstration: sealed to keys whose passphrase the demonstration prints."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from random import Random

from mingjing.services.actors import actor_for
from mingjing.services.demo.offices import Offices
from mingjing.services.demo.org import SINCE, Engaging, Staff
from mingjing.services.leads import talking, working
from mingjing.services.leads.keys import deposit, make_key, unlock_key
from mingjing.services.leads.receiving import Report, receive
from mingjing.storage.people.models import Account, Department, Person

SEED = 20260933
PASSPHRASE = "明镜演示密钥口令十二个字"  # noqa: S105 — shown on the page of keys of the demonstration
ABOVE = ("派驻纪检组长", "派驻纪检干部", "督察员")
BELOW = ("派驻纪检组长", "派驻纪检干部", "督察室", "督察员")


def fill(offices: Offices, higher: Staff, on: date, password: str) -> None:
    """A lead at its beginning, one being verified, one about the court's leadership."""
    chief, officer, approver, inspector = (offices.people[post] for post in BELOW)
    above = _above(higher)
    _keys([chief, officer, approver, inspector, *above], on)
    Account.objects.create_account("jijianganbu", password, officer)
    _deposit(chief, officer, inspector, on)
    court = offices.staff.court
    judge = offices.staff.judges["民事"][1]
    receive(Report(court, _FIRST, (judge.name,), "民事审判第一庭"))
    second = receive(Report(court, _SECOND, (offices.staff.judges["执行"][1].name,), "执行局"))
    _work(second.lead.pk, chief, approver, [officer, inspector], on)
    talking.answer(actor_for(chief, on), second.lead.pk, "材料已收到。第二笔转账的日期能否再确认一下？")
    talking.write_message(second.receipt.words, "是八月十二日，截图的右上角看得到。")
    receive(Report(court, _THIRD, (offices.staff.heads["院长"].name,), "", "周某某", "写信到信箱即可"))


def _above(higher: Staff) -> list[Person]:
    """The office of the intermediate court that receives what is lifted up to it."""
    known = higher.court.people.values_list("name", flat=True)
    engage = Engaging(higher.court, Random(SEED), taken=known)  # noqa: S311 — names, no secret
    place = Department.objects.create(
        court=higher.court, name="派驻纪检监察组", field="纪检", order=20, since=SINCE
    )
    return [engage(post, place) for post in ABOVE]


def _keys(people: Iterable[Person], on: date) -> None:
    for person in people:
        make_key(actor_for(person, on), PASSPHRASE)


def _deposit(owner: Person, first: Person, second: Person, on: date) -> None:
    actor = actor_for(owner, on)
    deposit(actor, unlock_key(actor, PASSPHRASE), first, second)


def _work(pk: int, chief: Person, approver: Person, team: list[Person], on: date) -> None:
    manager, deciding = actor_for(chief, on), actor_for(approver, on)
    opened = unlock_key(manager, PASSPHRASE)
    working.do(manager, pk, "受理", {}, opened)
    entered = {
        "参加会商": "九月二十八日，派驻纪检组、督察室共三人，意见一致。",
        "会商意见": "线索具体可查，建议初步核实。",
        "处置方式": "初步核实",
        "核查方案": "调取执行款流水，与反映人见面，走访被执行人。",
        "专班": [one.pk for one in team],
        "办结期限": on.replace(month=12, day=20).isoformat(),
    }
    working.do(manager, pk, "会商报方案", entered, opened)
    working.do(deciding, pk, "批准方案", {"方案编号": "方案2026-1"}, unlock_key(deciding, PASSPHRASE))


_FIRST = (
    "这名法官在我的案件开庭前两天，晚上和对方律师一起在清河大酒店吃饭，有照片。开庭时多次打断我方发言。"
    "希望查一查他们之间有没有往来。"
)
_SECOND = (
    "执行到位的八万元案款三个月没有发给我。经办人说要先请客才能快一点，我转给他一千元，后来又转了两千元，"
    "有转账截图，可以当面提供。"
)
_THIRD = "审判综合楼装修没有公开招标，由熟人的公司承包，金额超过一百万元。请上级法院查。"
