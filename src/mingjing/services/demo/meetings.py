"""The meetings a year of the demonstration has held: what the rules of procedure ask for, with a few gaps.

Nothing is decided at them that would have to be followed up; one is called for the afternoon.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from mingjing.domain.dates.calendars import WorkCalendar
from mingjing.domain.meetings import moves
from mingjing.domain.meetings.rules import Meeting
from mingjing.services.actors import actor_for
from mingjing.services.demo.desk import Desk
from mingjing.services.installation import registry
from mingjing.services.records.acting import do
from mingjing.services.records.meetings import proposed
from mingjing.services.records.opening import open_record
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record

Topics = tuple[tuple[str, str], ...]
"""Title and class of each topic."""

FIRST = ("传达学习上级会议精神", "第一议题")
WEEKLY: Topics = (("上周收结案和长期未结案件", "指标通报"),)
GROUP: Topics = (FIRST, ("听取审判质效和执行工作汇报", "听取汇报"))
COMMITTEE: Topics = (FIRST,)
ASSEMBLY: Topics = (FIRST, ("支部书记讲党课", "党课"))
STUDY: Topics = (FIRST, ("司法公正与能动司法", "专题研讨"))
QUARTERLY: Topics = (("岗位廉政风险排查情况", "听取汇报"),)
CONFERENCE: Topics = (("党风廉政建设工作报告", "工作报告"), ("典型案例通报", "警示教育"))
JOINT: Topics = (("行政案件败诉原因分析", "情况通报"),)
SECRETARY = "民事审判第一庭"
"""The head of this division is secretary of the branch whose meetings are kept."""
MINUTES = "会议听取了汇报，各部门按分工抓好落实。"
MISSED = 4
"""In this month the committee of the branch did not meet."""


@dataclass(frozen=True, slots=True)
class _Room:
    """Who prepares a body's meetings, its rules, and who comes where not everybody the rules name does."""

    desk: Desk
    clerk: Person
    rules: Meeting
    called: tuple[Person, ...] = ()

    def at(self, day: date, hour: int, minute: int = 0) -> datetime:
        return datetime.combine(day, time(hour, minute), self.desk.zone)


def fill(desk: Desk) -> None:
    """Every body up to today."""
    people, year = desk.offices.people, desk.on.year
    office, inspector = people["综合办主任"], people["督察室"]
    secretary = desk.offices.staff.heads[SECRETARY]
    members = tuple(desk.offices.staff.judges["民事"][:2])
    calendar = registry(desk.offices.staff.court).calendar("calendar.cn")
    weekly = _room(desk, office, "meeting.weekly")
    for day in _mondays(calendar, desk.on):
        _held(weekly, day, f"{day:%-m月%-d日}周例会", WEEKLY)
    months = [calendar.roll_forward(date(year, month, 12)) for month in range(1, 13)]
    group = _room(desk, office, "meeting.party_group")
    committee = _room(desk, secretary, "meeting.branch_committee", (secretary, *members))
    for month, day in enumerate(months, start=1):
        if day < desk.on:
            _held(group, day, f"第{month}次党组会", GROUP)
        if day < desk.on and month != MISSED:
            _held(committee, day, f"{month}月支委会", COMMITTEE)
    assembly = _room(desk, secretary, "meeting.branch_assembly", (secretary, *members))
    study = _room(desk, people["机关党委专职副书记"], "meeting.central_study")
    quarterly = _room(desk, inspector, "meeting.integrity_quarterly")
    for quarter in range(4):
        day = calendar.roll_forward(date(year, quarter * 3 + 3, 18))
        if day < desk.on:
            _held(assembly, day, f"第{quarter + 1}季度支部大会", ASSEMBLY)
            _held(study, day + timedelta(days=1), f"第{quarter + 1}次中心组学习", STUDY)
        if day < desk.on - timedelta(days=20):
            _held(quarterly, day, f"第{quarter + 1}季度廉政专题会", QUARTERLY)
    half = calendar.roll_forward(date(year, 2, 26))
    if half < desk.on:
        _held(
            _room(desk, inspector, "meeting.integrity_conference"), half, "上半年党风廉政建设会", CONFERENCE
        )
        _held(_room(desk, office, "meeting.joint_government"), half, "上半年府院联席会议", JOINT)
    _called(quarterly, desk.on, f"第{(desk.on.month + 2) // 3}季度廉政专题会", QUARTERLY)


def _room(desk: Desk, clerk: Person, register: str, called: tuple[Person, ...] = ()) -> _Room:
    rules = value_of(desk.offices.staff.court, register, desk.on)
    assert isinstance(rules, Meeting)
    return _Room(desk, clerk, rules, called)


def _mondays(calendar: WorkCalendar, on: date) -> Iterator[date]:
    """The first working day of each week of the year before ``on``; weeks of holidays have none."""
    monday = date.fromisocalendar(on.year, 1, 1)
    while monday < on:
        week = [monday + timedelta(days=one) for one in range(5)]
        day = next((one for one in week if not calendar.is_rest_day(one)), None)
        if day and day < on and day.year == on.year:
            yield day
        monday += timedelta(days=7)


def _called(room: _Room, day: date, name: str, topics: Topics) -> Record:
    """Prepared the working day before, with its agenda sent out, for four in the afternoon."""
    before = room.desk.day(1) if day == room.desk.on else day - timedelta(days=1)
    actor = actor_for(room.clerk, before)
    values = {**proposed(actor, room.rules), moves.NAME: name, moves.STARTS: f"{day.isoformat()}T16:00"}
    if room.called:
        keys = [one.pk for one in room.called]
        values |= {moves.CALLED: keys, moves.CHAIR: keys[0]}
        values |= {moves.HEAD: keys[0]} if moves.HEAD in values else {}
    start = room.at(before, 9)
    record = open_record(actor, room.rules.register.id, "筹备", values, at=start)
    for place, (title, kind) in enumerate(topics, start=1):
        aim = {"议题": title, "类别": kind}
        do(actor, record.pk, "增加议题", {}, target=aim, at=start + timedelta(minutes=place))
    return do(actor, record.pk, "召集", {}, at=room.at(before, 10))


def _held(room: _Room, day: date, name: str, topics: Topics) -> None:
    """Called, held with everybody there, minuted, signed where the rules ask for it, filed."""
    record = _called(room, day, name, topics)
    actor = actor_for(room.clerk, day)
    there = [int(key) for key in record.data[room.rules.register.field(moves.CALLED).key]]
    chair = Person.objects.get(pk=int(record.data[room.rules.register.field(moves.CHAIR).key]))
    do(actor, record.pk, "签到", {}, target={"人员": there}, at=room.at(day, 15, 50))
    do(actor_for(chair, day), record.pk, "宣布开会", {}, at=room.at(day, 16))
    for place, (title, _) in enumerate(topics):
        do(actor, record.pk, "进入议题", {}, target={"议题": title}, at=room.at(day, 16, place * 20 + 1))
        do(actor, record.pk, "议毕", {}, at=room.at(day, 16, place * 20 + 15))
    do(actor_for(chair, day), record.pk, "结束会议", {}, at=room.at(day, 17))
    do(actor, record.pk, "提交纪要", {"会议纪要": MINUTES}, at=room.at(day, 17, 10))
    if room.rules.signs:
        _signed(record, there, day, room.at(day, 17, 20))
    do(actor, record.pk, "归档", {}, at=room.at(day, 17, 30))


def _signed(record: Record, there: Sequence[int], day: date, at: datetime) -> None:
    """Everybody who was there signs before going home."""
    for person in Person.objects.filter(pk__in=there).order_by("pk"):
        do(actor_for(person, day), record.pk, "签字", {}, at=at)
