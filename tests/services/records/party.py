"""The party group of the fictional court, and a meeting it can hold."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Department, Person, Posting
from mingjing.storage.records.models import Record
from tests.services.builders import SINCE, House, acting, hire

GROUP = "meeting.party_group"


@dataclass(frozen=True, slots=True)
class Party:
    """沈砚 is president and secretary, 顾临川 and two more are members, 韩组长 leads the resident discipline
    team, 李文书 keeps the office."""

    house: House
    secretary: Person
    members: tuple[Person, ...]
    chief: Person
    office: Person
    general: Department

    @property
    def everybody(self) -> tuple[Person, ...]:
        """The secretary and the members."""
        return (self.secretary, *self.members)


def build_party(house: House) -> Party:
    """The party group in post since 2020."""
    general = Department.objects.get(court=house.court, name="综合办公室")
    for person, post in ((house.president, "党组书记"), (house.leader, "党组成员")):
        Posting.objects.create(person=person, post=post, since=SINCE)
    others = (hire(house.court, "孙敏", "党组成员", None), hire(house.court, "郑源", "党组成员", None))
    return Party(
        house,
        house.president,
        (house.leader, *others),
        hire(house.court, "韩松", "派驻纪检组长", None),
        hire(house.court, "李文书", "综合办主任", general),
        general,
    )


def planned(party: Party, *, starts: str = "2024-04-01T14:30", title: str = "第四次党组会") -> Record:
    """A meeting of the group, prepared by the office."""
    values = {
        "会议名称": title,
        "会议时间": starts,
        "主持人": party.secretary.pk,
        "主要负责人": party.secretary.pk,
        "应到人员": [one.pk for one in party.everybody],
        "列席人员": [party.chief.pk],
        "记录人": party.office.pk,
    }
    return open_record(acting(party.office), GROUP, "筹备", values)


def act(
    party: Party,
    record: Record,
    label: str,
    by: Person | None = None,
    *,
    why: str = "",
    values: dict[str, object] | None = None,
    **target: object,
) -> Record:
    """One act, by the office unless said otherwise."""
    return do(acting(by or party.office), record.pk, label, values or {}, target=target, why=why)


def topics(party: Party, record: Record, *more: tuple[str, str]) -> None:
    """The first item and others: (title, class)."""
    for title, kind in (("传达学习", "第一议题"), *more):
        act(party, record, "增加议题", 议题=title, 类别=kind)


def opened(party: Party, record: Record) -> None:
    """Convened, everybody there, opened, the first item done."""
    act(party, record, "召集")
    act(party, record, "签到", 人员=[one.pk for one in party.everybody])
    act(party, record, "宣布开会", party.secretary)
    act(party, record, "进入议题", 议题="传达学习")
    act(party, record, "议毕")


def at(text: str) -> datetime:
    """A moment of the court's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Asia/Shanghai"))
