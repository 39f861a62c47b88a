"""Three years of cases of one court, as rows an import could bring: believable, with planted troubles."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from zoneinfo import ZoneInfo

from mingjing.imports.rows import CaseRow, EventRow, ExclusionRow, FieldValue, Party
from mingjing.services.demo.noted import noted
from mingjing.services.demo.org import Staff
from mingjing.services.demo.stalls import stall_of, stay
from mingjing.services.demo.stories import SECOND, STORIES, Scene, Story
from mingjing.services.demo.words import ADMINISTRATIVE_CAUSES, CIVIL_CAUSES, CRIMES, firm, person, pick
from mingjing.storage.people.models import Person

YEARS = 3
ZONE = ZoneInfo("Asia/Shanghai")
FOLLOWS = {"案款发放": "案款到账", "送达答辩状副本": "收到答辩状"}
"""What cannot happen unless something else has."""
WEIGHTS = {"民事一审": 58, "首次执行": 26, "刑事一审": 11, "行政一审": 5}


@dataclass(slots=True)
class Serials:
    """Running numbers of a court, by year and type code."""

    last: dict[tuple[int, str], int] = field(default_factory=dict)

    def next(self, year: int, code: str) -> int:
        """The next natural number of this year and type."""
        self.last[(year, code)] = self.last.get((year, code), 0) + 1
        return self.last[(year, code)]


def cases(staff: Staff, random: Random, today: date, amount: int) -> list[CaseRow]:
    """``amount`` cases filed over the three years before ``today``, oldest first."""
    start = today - timedelta(days=365 * YEARS)
    days = sorted(random.randrange(365 * YEARS) for _ in range(amount))
    second = staff.court.level == "中级"
    weighted = tuple((story, WEIGHTS[story.kind]) for story in STORIES)
    serials = Serials()
    rows = []
    for row, day in enumerate(days, start=1):
        story = SECOND if second else random.choices([s for s, _ in weighted], [w for _, w in weighted])[0]
        rows.append(
            _Case(staff, random, today, story, serials).row(row, _working(start + timedelta(days=day)))
        )
    return rows


def _working(day: date) -> date:
    """Saturdays and Sundays give way to Monday: people file when the counter is open."""
    return day + timedelta(days=(7 - day.weekday()) % 7 if day.weekday() >= 5 else 0)


class _Case:
    """One case being told."""

    def __init__(self, staff: Staff, random: Random, today: date, story: Story, serials: Serials) -> None:
        self.staff, self.random, self.today, self.story, self.serials = staff, random, today, story, serials
        self.procedure = pick(random, story.procedures)
        self.panel = self.procedure in ("普通程序", "二审程序")
        self.pace = story.pace[self.procedure] * (random.uniform(1.2, 1.5) if random.random() < 0.1 else 1)
        kinds = tuple(scene.kind for scene in story.scenes)
        self.stall = stall_of(random, story.field, self.procedure, kinds)
        self.careless = random.random() < 0.12
        self.exclusions: list[ExclusionRow] = []

    def row(self, number: int, begins: date) -> CaseRow:
        """The whole case up to today."""
        days = self._days(begins)
        filed = days.get("立案", begins)
        year = filed.year - 1 if self.random.random() < 0.002 else filed.year
        serial = self.serials.next(year, self.story.type_code)
        case_number = f"（{year}）{self.staff.court.code}{self.story.type_code}{serial}号"
        self._exclude(days)
        events = tuple(
            self._event(number, case_number, kind, day) for kind, day in days.items() if day <= self.today
        )
        parties = self._parties()
        fields = self._fields(days, len(parties))
        return CaseRow(
            number,
            case_number,
            fields | noted(case_number, self.story.kind, self.procedure, str(fields["案由"])),
            parties,
            events,
            tuple(self.exclusions),
            self._tags(),
        )

    def _days(self, begins: date) -> dict[str, date]:
        """When each scene happens; a case that stands still goes on later, or is stayed and waits."""
        day, days = begins, dict[str, date]()
        for scene in self.story.scenes:
            if self.stall is not None and scene.kind == self.stall.before:
                if self.stall.days is None:
                    self._stay(day)
                    break
                day += timedelta(days=self.stall.days)
            if self.random.random() > scene.chance or not self._can(scene, days):
                continue
            day = _working(day + timedelta(days=self._wait(scene)))
            days[scene.kind] = day
        if self.careless and "签发裁判文书" in days and "结案" in days and self.random.random() < 0.06:
            days["签发裁判文书"] = days["结案"] + timedelta(days=self.random.randint(1, 9))
        return days

    def _can(self, scene: Scene, days: dict[str, date]) -> bool:
        """A panel deliberates, a single judge does not; what follows something waits for it."""
        if scene.kind == "合议" and not self.panel:
            return False
        return scene.kind not in FOLLOWS or FOLLOWS[scene.kind] in days

    def _stay(self, after: date) -> None:
        span = stay(self.random, self.story.field, self.procedure, after, self.today)
        if span is not None:
            self.exclusions.append(span)

    def _wait(self, scene: Scene) -> int:
        days = self.random.randint(*scene.days)
        if scene.days[1] > 6:
            days = round(days * self.pace)
        if self.random.random() < scene.slow:
            days += self.random.randint(*scene.slow_days)
        return days

    def _exclude(self, days: dict[str, date]) -> None:
        """Appraisals and the like; some without a document, some never ended."""
        opened = days.get("开庭") or days.get("送达起诉状副本")
        if (
            opened is None
            or self.exclusions
            or self.story.field not in ("民事", "行政")
            or self.random.random() > 0.11 * self.pace
        ):
            return
        kind = self.random.choice(("鉴定期间", "鉴定期间", "公告期间", "管辖异议期间", "和解期间"))
        first = opened - timedelta(days=self.random.randint(2, 12))
        length = 60 if kind == "公告期间" else self.random.randint(12, 70)
        ended = first + timedelta(days=length)
        forgotten = self.random.random() < 0.12
        document = "" if self.careless and self.random.random() < 0.5 else f"{kind[:2]}委托书"
        if first <= self.today:
            last = None if forgotten or ended > self.today else ended
            self.exclusions.append(ExclusionRow(kind, first, last, document))
        if not forgotten:
            self._shift(days, after=first, by=length)

    def _shift(self, days: dict[str, date], *, after: date, by: int) -> None:
        for kind, day in days.items():
            if day > after and kind not in ("立案", "移送审判庭", "分案"):
                days[kind] = _working(day + timedelta(days=by))

    def _event(self, row: int, number: str, kind: str, day: date) -> EventRow:
        """The event with the moment of its entry: the same or the next day, or much later where careless."""
        late = self.random.randint(6, 34) if self.careless and self.random.random() < 0.12 else 0
        noted = _working(day + timedelta(days=late + (self.random.random() < 0.2)))
        at = datetime.combine(
            min(noted, self.today), time(8 + self.random.randrange(9), self.random.randrange(60)), ZONE
        )
        return EventRow(row, number, kind, day, recorded=at)

    def _parties(self) -> tuple[Party, ...]:
        random = self.random
        if self.story.field == "刑事":
            return tuple(
                Party("被告人", person(random))
                for _ in range(1 if random.random() < 0.8 else random.randint(2, 5))
            )
        first, second = ("申请执行人", "被执行人") if self.story.field == "执行" else ("原告", "被告")
        if self.story is SECOND:
            first, second = "上诉人", "被上诉人"
        many = random.randint(10, 24) if random.random() < 0.012 else 1
        suing = [
            Party(first, firm(random) if random.random() < 0.35 else person(random)) for _ in range(many)
        ]
        sued = [Party(second, firm(random) if random.random() < 0.4 else person(random))]
        if self.story.field == "行政":
            sued = [Party(second, f"{self.staff.court.short_name[:2]}市场监督管理局")]
        return (*suing, *sued)

    def _fields(self, days: dict[str, date], parties: int) -> dict[str, FieldValue]:
        random, field_ = self.random, self.story.field
        department, judge = self._handler()
        fields: dict[str, FieldValue] = {
            "案件类型": self.story.kind,
            "审理程序": self.procedure,
            "案由": self._cause(),
            "承办部门": department,
            "承办人": judge.name,
            "承办人工号": judge.staff_number,
            "审判组织": "合议庭" if self.panel else "独任",
            "当事人人数": parties,
        }
        if "立案" in days and days["立案"] <= self.today:
            fields["立案日期"] = days["立案"]
        if "结案" in days and days["结案"] <= self.today:
            fields["结案日期"] = days["结案"]
            fields["结案审批日期"] = days["结案"]
            fields["结案方式"] = pick(random, self.story.outcomes)
        if field_ in ("民事", "执行"):
            fields["标的额"] = Decimal(
                random.choice((8_600, 32_000, 75_500, 168_000, 420_000, 1_286_400, 6_900_000))
            )
        if field_ == "刑事":
            heavy = self.procedure == "普通程序" and random.random() < 0.3
            fields |= {
                "起诉方式": "公诉",
                "在押": random.random() < 0.55,
                "可能判处三年以上": heavy,
                "可能判处一年以上": heavy,
            }
        if field_ == "执行":
            fields |= {"有财产可供执行": random.random() < 0.6, "非诉执行": False}
        if self.story is SECOND:
            fields["上诉对象"] = "判决" if random.random() < 0.9 else "裁定"
        return fields

    def _handler(self) -> tuple[str, Person]:
        """A judge of the field, and the division the judge belongs to."""
        judge = self.random.choice(self.staff.judges[self.story.field])
        return self.staff.homes[judge.pk], judge

    def _cause(self) -> str:
        causes = {"刑事": CRIMES, "行政": ADMINISTRATIVE_CAUSES}.get(self.story.field, CIVIL_CAUSES)
        return pick(self.random, causes)

    def _tags(self) -> tuple[str, ...]:
        return ("涉民企",) if self.story.field in ("民事", "执行") and self.random.random() < 0.15 else ()
