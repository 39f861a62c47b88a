"""A court whose filing division draws: judges, contributors, a new case."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from mingjing.domain.assignment.drawing import commit
from mingjing.services.draws.contributions import declare_silence, promise, reveal
from mingjing.services.draws.days import add_cases, lock_day, open_day
from mingjing.storage.assignment.models import FilingDay
from mingjing.storage.cases.models import Case, Party
from mingjing.storage.people.models import Department, Person
from tests.services.builders import DAY, SINCE, House, acting, hire
from tests.services.conftest import SetMoment

VALUES = {"立案庭": "11" * 32, "审判管理办公室": "22" * 32, "督察室": "33" * 32}


@dataclass
class Hall:
    """The filing division with who gives values, and the judges of the civil divisions."""

    house: House
    filing: Person
    clerk: Person
    inspector: Person
    judges: list[Person]
    serial: int = 0
    givers: dict[str, Person] = field(default_factory=dict)

    def case(self, *, cause: str = "买卖合同纠纷", procedure: str = "简易程序", party: str = "") -> Case:
        """A newly filed case nobody tries yet."""
        self.serial += 1
        made = Case.objects.create(
            court=self.house.court,
            number=f"（2024）云9821民初{900 + self.serial}号",
            kind="民事一审",
            procedure=procedure,
            cause=cause,
            filed_on=DAY,
            original_filed_on=DAY,
            department=self.house.first_civil,
        )
        if party:
            Party.objects.create(case=made, role="被告", name=party)
        return made

    def locked(self, *cases: Case) -> FilingDay:
        """A day with these cases, lists committed."""
        clerk = acting(self.filing)
        day = open_day(clerk)
        add_cases(clerk, day.pk, [case.pk for case in cases])
        return lock_day(clerk, day.pk)

    def promise(self, day: FilingDay, *names: str) -> None:
        """These departments (all where none is named) hand in the commitment of their value."""
        for name in names or VALUES:
            given = commit(name, bytes.fromhex(VALUES[name]))
            promise(acting(self.givers[name]), day.pk, commitment=given)

    def reveal(self, day: FilingDay, *names: str) -> None:
        """These departments show their value."""
        for name in names or VALUES:
            reveal(acting(self.givers[name]), day.pk, value=VALUES[name])

    def one_silent(self, case: Case, moment: SetMoment) -> FilingDay:
        """A day of one case: all promise, two show their value, the third is put down as silent."""
        day = self.locked(case)
        self.promise(day)
        self.reveal(day, "立案庭", "督察室")
        moment("2024-04-01T09:31:00")
        return declare_silence(acting(self.filing), day.pk)


@pytest.fixture
def hall(house: House) -> Hall:
    return build_hall(house)


def build_hall(house: House) -> Hall:
    """The filing division, its watch, and more judges."""
    court = house.court
    Department.objects.filter(pk__in=[house.first_civil.pk, house.second_civil.pk]).update(field="民事")
    desk = Department.objects.create(court=court, name="立案庭", field="立案", order=8, since=SINCE)
    watch = Department.objects.create(court=court, name="督察室", field="督察", order=9, since=SINCE)
    filing = hire(court, "江宁", "立案庭庭长", desk)
    clerk = hire(court, "叶青", "立案登记员", desk)
    inspector = hire(court, "纪明", "督察室主任", watch)
    more = [hire(court, name, "审判员", house.first_civil) for name in ("甘棠", "方竹", "柳溪")]
    for name in ("陶然", "袁牧", "简宁"):
        hire(court, name, "人民陪审员", None)
    givers = {"立案庭": filing, "审判管理办公室": house.manager, "督察室": inspector}
    return Hall(house, filing, clerk, inspector, [house.judge, *more], givers=givers)


Verify = Callable[[str], str]
