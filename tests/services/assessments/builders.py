"""A court that scores its departments month by month."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Department, Person
from mingjing.storage.records.models import Record
from tests.services.builders import House, acting, hire

MONTH_SHEET, CARDS = "sheet.integrity_month", "card.three_colours"
ITEMS = (
    *("理论学习", "组织生活", "重大事项报告", "意识形态责任", "庭审规范", "接待文明", "工作纪律", "作风投诉"),
    *("三个规定记录", "廉洁承诺", "家风建设", "礼品礼金登记", "分案规范", "审限管理", "用印审批", "问题整改"),
    *("监督意见办理", "风险排查", "警示教育", "谈话提醒"),
)


@dataclass(frozen=True, slots=True)
class Scoring:
    """何主任 opens and scores with 纪明, the secretary confirms; the five departments of the house go by
    甲 乙 丙 丁 戊, each with a head."""

    house: House
    chief: Person
    inspector: Person
    secretary: Person
    units: Mapping[str, Department]
    heads: Mapping[str, Person]


def build_scoring(house: House) -> Scoring:
    """The departments and whoever scores them; the scorers work in none of them."""
    places = Department.objects.filter(court=house.court).order_by("order")
    units = dict(zip("甲乙丙丁戊", places, strict=True))
    heads = {
        "甲": house.head,
        "丙": house.enforcement_head,
        "戊": hire(house.court, "戊主任", "综合办主任", units["戊"]),
    }
    for name in "乙丁":
        heads[name] = hire(house.court, f"{name}庭长", "庭长", units[name])
    return Scoring(
        house,
        hire(house.court, "何主任", "政治部主任", None),
        hire(house.court, "纪明", "督察员", None),
        hire(house.court, "邵书记", "党组书记", None),
        units,
        heads,
    )


def opened(court: Scoring, name: str, month: str, on: date) -> Record:
    """The sheet of one department for one month."""
    values: dict[str, object] = {
        "被评部门": court.units[name].pk,
        "考核期": month,
        "评分人": [court.chief.pk, court.inspector.pk],
    }
    return open_record(acting(court.chief, on), MONTH_SHEET, "开评", values)


def off(points: int) -> dict[str, object]:
    """Deductions that make so many points, five at most on each item."""
    found: dict[str, object] = {}
    for label in ITEMS:
        if points > 0:
            found[label] = str(min(5, points))
            points -= 5
    return found


def confirmed(court: Scoring, name: str, month: str, total: int, on: date) -> Record:
    """A sheet all the way to its confirmation."""
    record = opened(court, name, month, on)
    for one in (court.chief, court.inspector):
        do(acting(one, on), record.pk, "打分", off(100 - total))
    do(acting(court.chief, on), record.pk, "告知", {})
    do(acting(court.heads[name], on), record.pk, "无异议", {})
    return do(acting(court.secretary, on), record.pk, "确认", {})


def month(court: Scoring, code: str, on: date, **totals: int) -> None:
    """A month of every department."""
    for name, total in totals.items():
        confirmed(court, name, code, total, on)
