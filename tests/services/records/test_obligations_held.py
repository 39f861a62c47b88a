"""Activities: what a branch still owes follows what is held, at once."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.services.reading.records.overview import seen_register
from mingjing.services.reading.records.periods import activity_matrix, held, periods
from mingjing.services.records.acting import do
from mingjing.services.records.completing import settle_all
from mingjing.services.records.obligations import tend
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Department, Person, Posting
from mingjing.storage.records.models import Obligation, Record
from tests.services.builders import SINCE, House, acting, hire
from tests.services.conftest import SetMoment

MONTHLY, TALKS = "activity.monthly_three", "activity.half_year_talks"


@pytest.fixture
def branch(house: House, moment: SetMoment) -> Department:
    """第一党支部, whose secretary is 周岚, on the first day of July 2026."""
    moment("2026-07-01T09:00:00")
    place = Department.objects.create(
        court=house.court, name="第一党支部", field="党支部", order=20, since=SINCE
    )
    Posting.objects.create(person=house.head, department=place, post="支部书记", since=SINCE)
    return place


def owed(branch: Department) -> Record:
    """What the branch owes in July."""
    return Record.objects.get(register=MONTHLY, period="2026-07", unit=branch, obligation__gt="")


def hold(house: House, branch: Department, kind: str, on: str, **more: object) -> Record:
    """The branch holds something."""
    values = {
        "日期": on, "党支部": branch.pk, "类别": kind, "主题": "学习", "小结": "如期",
        "参加人": [house.head.pk, house.judge.pk],
    }  # fmt: skip
    return open_record(acting(house.head, date.fromisoformat(on)), MONTHLY, "记录", {**values, **more})


def test_a_branch_owes_three_kinds_from_the_first_day(house: House, branch: Department) -> None:
    tend(date(2026, 7, 1))
    settle_all(date(2026, 7, 1))
    record = owed(branch)
    assert (record.state, record.holder, record.data["lacks"]) == ("待完成", house.head, "一课、一片、一实践")
    assert record.due_on == date(2026, 7, 31)


def test_the_last_kind_held_closes_it_in_the_same_act(
    house: House, branch: Department, moment: SetMoment
) -> None:
    tend(date(2026, 7, 1))
    moment("2026-07-20T09:00:00")
    hold(house, branch, "一课", "2026-07-03")
    hold(house, branch, "一片", "2026-07-10")
    assert owed(branch).data["lacks"] == "一实践"
    session = hold(house, branch, "一实践", "2026-07-20")
    assert (owed(branch).state, owed(branch).over) == ("已完成", True)
    last = owed(branch).acts.last()
    assert last is not None and last.entry == session.acts.get().entry


def test_a_session_sent_back_opens_it_again(house: House, branch: Department, moment: SetMoment) -> None:
    keeper = hire(house.court, "罗党", "机关党委干部", house.office)
    tend(date(2026, 7, 1))
    moment("2026-07-20T09:00:00")
    for kind in ("一课", "一片"):
        hold(house, branch, kind, "2026-07-03")
    session = hold(house, branch, "一实践", "2026-07-20")
    do(acting(keeper, date(2026, 7, 20)), session.pk, "退回", {"退回理由": "没有照片"})
    assert (owed(branch).state, owed(branch).data["lacks"]) == ("待完成", "一实践")


def test_a_make_up_in_august_closes_july(house: House, branch: Department, moment: SetMoment) -> None:
    tend(date(2026, 7, 1))
    moment("2026-08-03T09:00:00")
    tend(date(2026, 8, 3))
    hold(house, branch, "一课", "2026-07-03")
    hold(house, branch, "一片", "2026-07-10")
    hold(house, branch, "一实践", "2026-08-03", 补哪一天的="2026-07-31")
    assert owed(branch).state == "已完成"


def test_the_page_counts_sessions_persons_and_person_times(
    house: House, branch: Department, moment: SetMoment
) -> None:
    tend(date(2026, 7, 1))
    moment("2026-07-20T09:00:00")
    hold(house, branch, "一课", "2026-07-03")
    hold(house, branch, "一课", "2026-07-04", 参加人=[house.head.pk])
    actor = acting(house.head, date(2026, 7, 20))
    register = seen_register(actor, MONTHLY)
    shown = held(actor, register, periods(actor, register)[0])
    assert (shown.counts.sessions, shown.counts.persons, shown.counts.person_times) == (2, 2, 3)
    assert [(one.name, one.lacks) for one in shown.owing] == [("第一党支部", "一片、一实践")]
    lines = activity_matrix(actor, register, periods(actor, register)).lines
    assert lines == (("第一党支部", ("一片、一实践",)),)


def test_a_leader_owes_a_talk_to_everybody_of_the_departments_in_charge(
    house: House, moment: SetMoment
) -> None:
    moment("2026-05-20T09:00:00")
    tend(date(2026, 5, 20))
    newcomer = hire(house.court, "新到", "审判员", house.first_civil, since=date(2026, 6, 20))
    settle_all(date(2026, 5, 20))
    record = Record.objects.get(register=TALKS, holder=house.leader, obligation__gt="")
    people = [house.judge, house.assistant, house.clerk, house.head, house.enforcer, house.enforcement_head]
    assert f"应谈 {len(people)} 人，还差 {len(people)} 人" in record.data["lacks"]
    assert newcomer.name not in record.data["lacks"]
    talk(house, people[:-1])
    assert "还差 1 人：方屹" in Record.objects.get(pk=record.pk).data["lacks"]
    talk(house, people[-1:])
    assert Record.objects.get(pk=record.pk).state == "已完成"
    assert Obligation.objects.get(register=TALKS, period="2026-H1").counted_on == date(2026, 6, 30)


def talk(house: House, people: list[Person]) -> None:
    """The leader talks with them."""
    keys = [one.pk for one in people]
    said = {"谈话人": house.leader.pk, "谈话对象": keys, "谈话要点": "廉洁"}
    values = {"日期": "2026-05-20", **said}
    open_record(acting(house.leader, date(2026, 5, 20)), TALKS, "记录", values)
