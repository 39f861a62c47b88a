"""Filing days of the demonstration: one in each state, with departures; every step by its own verb."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta

from mingjing.domain.assignment.drawing import Contribution, commit, draw, seed_of
from mingjing.services.actors import Actor, actor_for
from mingjing.services.clocks import recheck
from mingjing.services.demo.offices import Offices
from mingjing.services.demo.org import SINCE
from mingjing.services.demo.words import initials
from mingjing.services.draws import contributions, days, deviations, drawing, taking
from mingjing.services.draws.lists import plain_pool
from mingjing.services.reading.draw_figures import tested
from mingjing.services.record_event import Happening, write_event
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.assignment.models import Deviation, FilingDay
from mingjing.storage.cases.models import Case, Party
from mingjing.storage.people.models import Person, Posting

ASSESSORS = ("秦素问", "毛一鸣", "汪秋水", "贺长庚", "邵明远")
CAUSES = (
    "民间借贷纠纷",
    "买卖合同纠纷",
    "机动车交通事故责任纠纷",
    "物业服务合同纠纷",
    "离婚纠纷",
    "劳动争议",
)
MANY, FEW = 32, 3
PLAIN = 0.1
"""The tests over the draws shown stay above this chance; one court in four would see less by chance alone."""


def fill(offices: Offices, on: date) -> None:
    """Assessors, teams, new cases and today's filing days at the busiest basic court."""
    desk = _Desk(offices, on)
    _assessors(desk)
    _teams(desk)
    _drawn(desk)
    _void(desk)
    _overdue(desk)
    _committing(desk)
    _listed(desk)


class _Desk:
    """Who acts, and the next new case."""

    def __init__(self, offices: Offices, on: date) -> None:
        self.offices, self.on, self.serial = offices, on, 7000
        self.tries: dict[int, int] = {}
        self.court = offices.staff.court
        heads = offices.staff.heads
        self.filing = self.actor(heads["立案庭"])
        self.givers = {
            "立案庭": self.filing,
            "审判管理办公室": self.actor(heads["审判管理办公室"]),
            "督察室": self.actor(heads["督察室"]),
        }
        self.president = self.actor(heads["院长"])

    def actor(self, person: Person) -> Actor:
        """Somebody today."""
        return actor_for(person, self.on)

    def case(self, *, procedure: str = "简易程序", cause: str = "") -> Case:
        """A case filed yesterday that nobody tries yet."""
        self.serial += 1
        filed = self.on - timedelta(days=1)
        place = self.offices.departments["民事审判第一庭"]
        made = Case.objects.create(
            court=self.court, number=f"（{filed.year}）{self.court.code}民初{self.serial}号",
            number_year=filed.year, serial=self.serial, type_code="民初", kind="民事一审",
            procedure=procedure, cause=cause or CAUSES[self.serial % len(CAUSES)],
            department=place, party_count=2,
        )  # fmt: skip
        Party.objects.create(case=made, role="原告", name=f"原告某{self.serial % 100}")
        Party.objects.create(case=made, role="被告", name=f"被告某{self.serial % 100}")
        write_event(made, Happening("立案", filed), by=None)
        recheck(made, on=self.on)
        return made

    def listed(self, *cases: Case) -> FilingDay:
        """A day with these cases on its lists."""
        day = days.open_day(self.filing)
        days.add_cases(self.filing, day.pk, [case.pk for case in cases])
        return day

    def promise(self, day: FilingDay, *names: str) -> None:
        """These departments hand in their commitment."""
        for name in names:
            given = commit(name, self._value(day, name))
            contributions.promise(self.givers[name], day.pk, commitment=given)

    def reveal(self, day: FilingDay, *names: str) -> None:
        """These departments show their value."""
        for name in names:
            contributions.reveal(self.givers[name], day.pk, value=self._value(day, name).hex())

    def _value(self, day: FilingDay, name: str) -> bytes:
        said = f"演示 {day.on} {day.turn} {name} {self.tries.get(day.pk, 0)}"
        return hashlib.sha256(said.encode()).digest()

    def choose_values(self, day: FilingDay) -> None:
        """Values whose draws look like chance to all tests.

        Here one hand holds every value, which no court's rule allows: a demonstration must not greet its
        visitor with the alarm that one honest court in a hundred sees.
        """
        draws = list(day.draws.order_by("pk"))
        pools = [plain_pool(one) for one in draws]
        for turn in range(200):
            self.tries[day.pk] = turn
            given = [(name, self._value(day, name)) for name in self.givers]
            shares = [Contribution(name, commit(name, value), value) for name, value in given]
            seed = seed_of([one.digest for one in draws], shares, day.public)
            drawn = [draw(pool, seed) for pool in pools]
            tests = tested(pools, [(one.people, one.places) for one in drawn])
            if min(test.chance for test in tests) >= PLAIN:
                return


def _assessors(desk: _Desk) -> None:
    for place, name in enumerate(ASSESSORS, 1):
        person = Person.objects.create(
            court=desk.court,
            name=name,
            initials=initials(name),
            staff_number=f"{desk.court.code[1:]}P{place:02}",
        )
        Posting.objects.create(person=person, post="人民陪审员", since=SINCE)


def _teams(desk: _Desk) -> None:
    """Two complete teams, and one that waits for its clerk."""
    officer = desk.actor(desk.offices.people["政治部干部"])
    division = desk.offices.departments["民事审判第一庭"]
    held = {post: _holders(division.pk, post, desk.on) for post in ("审判员", "法官助理", "书记员")}
    for place, judge in enumerate(held["审判员"][:3]):
        values = {"名称": f"民一庭第{'一二三'[place]}团队", "类型": "普通审判", "法官": judge.pk}
        record = open_record(officer, "ledger.team", "组建", values)
        if place < 2:
            members = {"法官助理": held["法官助理"][place].pk, "书记员": held["书记员"][place].pk}
            do(officer, record.pk, "配齐", members)


def _holders(department: int, post: str, on: date) -> list[Person]:
    rows = Posting.objects.on(on).filter(department=department, post=post).select_related("person")
    return [one.person for one in rows.order_by("pk")]


def _drawn(desk: _Desk) -> None:
    """A day that went well, and what came after: a designation, a redraw that waits."""
    cases = [desk.case() for _ in range(MANY)] + [desk.case(procedure="普通程序") for _ in range(FEW)]
    day = desk.listed(*cases)
    days.lock_day(desk.filing, day.pk)
    day.refresh_from_db()
    desk.choose_values(day)
    desk.promise(day, *desk.givers)
    desk.reveal(day, *desk.givers)
    drawing.draw_day(desk.filing, day.pk)
    taking.take_day(desk.filing, day.pk)
    first = day.draws.order_by("pk")[0]
    deviations.ask_for_redraw(
        desk.filing,
        first.pk,
        reason="开庭前本人报告与被告代理人有亲属关系",
        person_id=first.people[first.drawn[0]],
    )
    _designated(desk)


def _designated(desk: _Desk) -> None:
    case = desk.case(cause="建设工程施工合同纠纷")
    judge = _holders(desk.offices.departments["民事审判第一庭"].pk, "审判员", desk.on)[0]
    asked = deviations.designate(
        desk.filing,
        case.pk,
        person_id=judge.pk,
        ground="系列或者关联案件",
        reason="与在审的另一件为同一工程，宜由一人审理",
    )
    deviations.decide(desk.president, asked.pk, approve=True, opinion="情况属实，同意")


def _void(desk: _Desk) -> None:
    day = desk.listed(desk.case())
    days.lock_day(desk.filing, day.pk)
    desk.promise(day, "立案庭")
    days.void_day(desk.filing, day.pk, reason="督察室、审判管理办公室当天外出，没有提交承诺")


def _overdue(desk: _Desk) -> None:
    """Two have revealed, the third is silent and the time is over."""
    day = desk.listed(*[desk.case() for _ in range(FEW)])
    days.lock_day(desk.filing, day.pk)
    desk.promise(day, *desk.givers)
    desk.reveal(day, "立案庭", "审判管理办公室")
    day.refresh_from_db()
    if day.reveal_by is not None:  # in the demonstration an hour has passed
        day.reveal_by -= timedelta(hours=1)
        day.save(update_fields=["reveal_by"])


def _committing(desk: _Desk) -> None:
    day = desk.listed(*[desk.case() for _ in range(FEW)])
    days.lock_day(desk.filing, day.pk)
    desk.promise(day, "立案庭")


def _listed(desk: _Desk) -> None:
    """Lists still open: a weight somebody wants changed, cases that wait to be listed."""
    day = desk.listed(desk.case(), desk.case(cause="金融借款合同纠纷"))
    draw = day.draws.order_by("pk")[0]
    first = draw.pool["candidates"][0][0]
    deviations.ask_for_list(
        desk.filing, draw.pk, kind=Deviation.Kind.CHANGED, reason="借调培训两周，只在岗一半时间",
        person_id=draw.people[first], weight=50,
    )  # fmt: skip
    for _ in range(FEW):
        desk.case()
