"""A year of monthly integrity scores, the cards that follow from them, a hearing waiting for its marks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mingjing.domain.assessments import dealing, outline
from mingjing.domain.assessments import sheets as words
from mingjing.domain.assessments.cards import Month
from mingjing.domain.assessments.sheets import Sheet
from mingjing.domain.ledgers.matters import Deed, Who
from mingjing.services.actors import actor_for
from mingjing.services.demo.desk import Desk
from mingjing.services.demo.offices import Offices
from mingjing.services.records.acting import do
from mingjing.services.records.applying import apply
from mingjing.services.records.cards import bring_up_to_date
from mingjing.services.records.making import make
from mingjing.services.records.opening import open_record
from mingjing.services.records.rankings import cards_over
from mingjing.services.records.verbs import Work, verb
from mingjing.services.records.versions import value_of
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record

SHEET, CARDS, HEARING = "sheet.integrity_month", "card.three_colours", "sheet.hearing"
MENDING = "ledger.rectification"
MONTHS = 12
SCORES = {
    "立案庭": (97, 96, 97, 95, 96, 97, 96, 97, 97, 96, 97, 96),
    "民事审判第一庭": (88, 87, 86, 87, 88, 86, 87, 93, 94, 95, 94, 95),
    "民事审判第二庭": (95, 96, 94, 95, 95, 94, 95, 90, 89, 93, 94, 93),
    "刑事审判庭": (96, 97, 98, 97, 96, 97, 98, 97, 96, 97, 98, 97),
    "行政审判庭": (90, 95, 91, 96, 92, 95, 94, 96, 95, 94, 90, 96),
    "执行局": (89, 88, 95, 90, 94, 95, 91, 94, 91, 90, 91, 90),
    "审判管理办公室": (98, 97, 97, 98, 97, 98, 97, 98, 97, 98, 97, 98),
    "督察室": (96, 96, 97, 96, 97, 96, 96, 97, 96, 96, 97, 96),
    "综合办公室": (94, 93, 90, 94, 91, 93, 95, 95, 96, 92, 95, 94),
    "政治部": (97, 96, 96, 97, 96, 97, 97, 96, 96, 97, 96, 97),
    "财务室": (95, 96, 96, 95, 96, 96, 97, 96, 95, 96, 96, 95),
    "信访办公室": (93, 94, 92, 91, 93, 94, 94, 95, 95, 94, 93, 95),
    "机关党委办公室": (98, 97, 98, 97, 98, 98, 97, 98, 98, 97, 98, 97),
    "派驻纪检监察组": (96, 97, 96, 97, 96, 97, 96, 97, 96, 97, 96, 97),
}
"""Department → the total of each month, the oldest first: fictional."""
REASONS = ("庭审规范", "工作纪律", "审限管理", "问题整改", "理论学习", "接待文明")


@dataclass(frozen=True, slots=True)
class _Desk:
    offices: Offices
    scorers: tuple[Person, ...]
    secretary: Person

    def jury(self, name: str) -> list[Person]:
        """Two who score a department, neither of it."""
        place = self.offices.departments[name]
        own = set(place.postings.values_list("person", flat=True))
        return [one for one in self.scorers if one.pk not in own][:2]

    def at(self, day: date) -> datetime:
        """Ten in the morning in the court's zone."""
        return datetime.combine(day, time(10), ZoneInfo(self.offices.staff.court.time_zone))


def fill(offices: Offices, on: date) -> None:
    """Twelve confirmed months up to the last full one before ``on``; every card but the newest dealt with."""
    people = offices.people
    desk = _Desk(offices, _scorers(offices), people["院长"])
    month = Month(on.year - 1, on.month)
    for place in range(MONTHS):
        day = month.last_day + timedelta(days=6)
        _month(desk, place, month, day)
        _deal(desk, day + timedelta(days=3), on)
        month = month.next
    _hearings(desk, on)


def _scorers(offices: Offices) -> tuple[Person, ...]:
    return tuple(offices.people[post] for post in ("政治部主任", "督察员", "审判管理办公室"))


def _month(desk: _Desk, place: int, month: Month, day: date) -> None:
    """The sheets of one month from opening to confirmation, under one entry in the log."""
    court = desk.offices.staff.court
    sheet = value_of(court, SHEET, day)
    assert isinstance(sheet, Sheet)
    code = f"{month.year}-{month.month:02}"
    with verb(actor_for(desk.scorers[0], day), "演示月度评分", court, at=desk.at(day)) as work:
        work.entry.payload = {"评分表": sheet.register.label, "考核期": code}
        work.quiet = True
        for name, totals in SCORES.items():
            _one(desk, work, sheet, name, code, 100 - totals[place])
        for card in cards_over(court, SHEET, day):
            bring_up_to_date(work, card)


def _one(desk: _Desk, work: Work, sheet: Sheet, name: str, code: str, off: int) -> None:
    unit, jury = desk.offices.departments[name], desk.jury(name)
    values: dict[str, object] = {
        sheet.subject: unit.pk,
        words.PERIOD: code,
        words.JURY: [one.pk for one in jury],
    }
    once = f"{SHEET}:{unit.pk}:{code}"
    record = make(work, sheet, _deed(work, outline.OPEN, desk.scorers[0], values), once=once)
    for person in jury:
        apply(work, record, sheet, _deed(work, outline.SCORE, person, _marks(off)))
    head = desk.offices.staff.heads.get(name, desk.secretary)
    for act, person in ((outline.TELL, desk.scorers[0]), (outline.ACCEPT, head)):
        apply(work, record, sheet, _deed(work, act, person, {}))
    apply(work, record, sheet, _deed(work, outline.CONFIRM, desk.secretary, {}))


def _deed(work: Work, act: str, person: Person, values: Mapping[str, object]) -> Deed:
    who = Who(person.pk, person.name, frozenset(), anything=True)
    return Deed(act, who, work.at.replace(tzinfo=None), values)


def _marks(off: int) -> dict[str, object]:
    """Deductions that make so many marks, five at most on an item."""
    found: dict[str, object] = {}
    for label in REASONS:
        if off > 0:
            found[label] = str(min(5, off))
            off -= 5
    return found


def _deal(desk: _Desk, day: date, on: date) -> None:
    """The party group confirms what was proposed, heads explain, the office verifies; the last quarter's
    cards still wait."""
    if (on - day).days < 40:
        return
    office = desk.offices
    for card in Record.objects.filter(register=CARDS, state=dealing.PROPOSED).order_by("pk"):
        name = next(one.name for one in office.departments.values() if one.pk == card.data["unit"])
        head = Desk(office, on).head_of(name)
        do(actor_for(desk.secretary, day), card.pk, dealing.GIVE, {}, at=desk.at(day))
        said = {dealing.EXPLAINED: "人员调整期间基础工作没有跟上，已经明确专人负责。"}
        plan = {dealing.PLAN: "逐项补课，每周自查一次，两个月内完成。"}
        days = (day + timedelta(days=2), day + timedelta(days=16))
        do(actor_for(head, days[0]), card.pk, dealing.EXPLAIN, {**said, **plan}, at=desk.at(days[0]))
        seen = {dealing.VERIFIED: "抽查三项，均已改正。"}
        do(actor_for(desk.scorers[0], days[1]), card.pk, dealing.VERIFY, seen, at=desk.at(days[1]))
        _mended(Desk(office, on), name, head, day)


def _mended(desk: Desk, name: str, head: Person, day: date) -> None:
    """What a yellow card opened on ``day`` is claimed, proved and closed."""
    ago, unit = (desk.on - day).days, desk.place(name)
    opened = Record.objects.filter(register=MENDING, unit=unit, opened_on=day, state="待认领")
    for record in opened.order_by("pk"):
        plan = {
            "责任人": head.pk, "责任领导": desk.leader_of(name).pk, "整改措施": "逐项补课，每周自查一次。",
            "整改期限": desk.day(ago - 45).isoformat(),
        }  # fmt: skip
        desk.act(record, head, ago - 2, "认领", plan)
        desk.act(record, head, ago - 14, "报验", {"整改情况": "缺的记录已经补齐。"}, file="整改佐证")
        desk.act(record, desk.offices.people["督察员"], ago - 16, "销号", {})


def _hearings(desk: _Desk, on: date) -> None:
    """A hearing scored and told, another waiting for the second reviewer."""
    court, day = desk.offices.staff.court, on - timedelta(days=5)
    manager = desk.offices.staff.heads["审判管理办公室"]
    judge = desk.offices.staff.judges["民事"]
    jury = [manager, desk.offices.people["督察员"]]
    for place, one in enumerate(judge[:2]):
        home = desk.offices.departments[desk.offices.staff.homes[one.pk]]
        values: dict[str, object] = {
            "案号": f"（{on.year}）{court.code}民初{101 + place}号",
            "开庭日期": (day - timedelta(days=7)).isoformat(),
            "评查方式": "观看录像",
            "承办法官": one.pk,
            "承办部门": home.pk,
            words.JURY: [each.pk for each in jury],
        }
        record = open_record(actor_for(manager, day), HEARING, outline.OPEN, values, at=desk.at(day))
        for turn, person in enumerate(jury[: 1 + (place == 0)]):
            marks = {"准时开庭": "2", "语言文明": str(turn)}
            do(actor_for(person, day), record.pk, outline.SCORE, marks, at=desk.at(day))
