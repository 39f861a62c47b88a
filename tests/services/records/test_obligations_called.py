"""Campaigns: called by hand, counted on the day, signed in order, late joiners added."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.ledgers.matters import NotFilled, WrongPerson
from mingjing.domain.reasons import Refusal
from mingjing.services.records.acting import do, options
from mingjing.services.records.campaigns import NotCalled, OnRosterAlready, add_joiner, call
from mingjing.services.records.obligations import tend
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Obligation, Record
from tests.services.builders import House, acting, hire
from tests.services.conftest import Logged, Refused, SetMoment

PLEDGE, LETTER, CHECK = "filing.pledge", "filing.responsibility_letter", "filing.self_check"
DAY = date(2026, 3, 2)


@pytest.fixture
def inspector(house: House, moment: SetMoment) -> Person:
    """纪明 of the inspection office, on 2 March 2026."""
    moment("2026-03-02T09:00:00")
    return hire(house.court, "纪明", "督察员", house.office)


def of(person: Person, register: str) -> Record:
    """What somebody owes in a campaign."""
    return Record.objects.get(register=register, holder=person)


def test_calling_gives_everybody_of_today_one_letter(
    house: House, inspector: Person, one_entry: Logged
) -> None:
    with one_entry() as log:
        row = call(acting(inspector, DAY), PLEDGE)
    assert (row.period, row.due_on, row.counted_on) == ("2026-03-02", date(2026, 3, 12), DAY)
    assert Record.objects.filter(register=PLEDGE, period=row.period).count() == len(row.roster) > 5
    assert log[0].verb == "发起期报" and "林知远" in log[0].payload


def test_a_second_campaign_of_the_day_is_another_period(inspector: Person) -> None:
    call(acting(inspector, DAY), PLEDGE)
    again = call(acting(inspector, DAY), PLEDGE, due=date(2026, 3, 5))
    assert (again.period, again.due_on) == ("2026-03-02-2", date(2026, 3, 5))


def test_who_may_not_call_is_refused(house: House, inspector: Person, refused: Refused) -> None:
    with refused("由", "办理", of=WrongPerson):
        call(acting(house.judge, DAY), PLEDGE)


def test_what_comes_by_the_calendar_cannot_be_called(inspector: Person, refused: Refused) -> None:
    with refused("日历", of=NotCalled):
        call(acting(inspector, DAY), "filing.three_rules")


def test_a_last_day_before_today_is_refused(inspector: Person, refused: Refused) -> None:
    with refused("早于今天"):
        call(acting(inspector, DAY), PLEDGE, due=date(2026, 3, 1))


def test_what_the_caller_fills_stands_on_every_letter(house: House, inspector: Person) -> None:
    with pytest.raises(NotFilled, match="自查主题"):
        call(acting(inspector, DAY), CHECK)
    call(acting(inspector, DAY), CHECK, given={"自查主题": "违规接触交往"})
    assert of(house.judge, CHECK).data["topic"] == "违规接触交往"


def test_one_signs_and_the_head_counter_signs(house: House, inspector: Person) -> None:
    call(acting(inspector, DAY), PLEDGE)
    letter = of(house.judge, PLEDGE)
    with pytest.raises(Refusal, match="待报"):
        do(acting(house.head, DAY), letter.pk, "会签", {})
    assert do(acting(house.judge, DAY), letter.pk, "签署", {}).state == "待会签"
    assert "会签" not in {
        one.act for one in options(acting(house.judge, DAY), Record.objects.get(pk=letter.pk))
    }
    done = do(acting(house.head, DAY), letter.pk, "会签", {})
    assert done.state == "已签"
    assert [mark["name"] for mark in done.inner["signed"]] == ["周岚"]


def test_each_level_signs_with_the_one_above(house: House, inspector: Person) -> None:
    keeper = hire(house.court, "罗党", "机关党委干部", house.office)
    call(acting(keeper, DAY), LETTER)
    orders = {
        name: of(person, LETTER).data["signers"]
        for name, person in (("院领导", house.leader), ("庭长", house.head), ("法官", house.judge))
    }
    assert orders == {"院领导": "院长", "庭长": "应报人分管领导", "法官": "应报人负责人"}
    letter = of(house.head, LETTER)
    do(acting(house.head, DAY), letter.pk, "签署", {})
    assert do(acting(house.leader, DAY), letter.pk, "会签", {}).state == "已签"


def test_one_word_for_everybody_climbs_to_whoever_stands_above(house: House, inspector: Person) -> None:
    deputy = hire(house.court, "副庭", "副庭长", house.first_civil)
    call(acting(inspector, DAY), PLEDGE)
    everybody = (house.judge, deputy, house.head, house.leader, house.president)
    orders = [of(person, PLEDGE).data.get("signers") for person in everybody]
    assert orders == ["应报人负责人", "应报人负责人", "应报人分管领导", "院长", None]
    letter = of(house.leader, PLEDGE)
    do(acting(house.leader, DAY), letter.pk, "签署", {})
    assert do(acting(house.president, DAY), letter.pk, "会签", {}).state == "已签"


def test_the_president_signs_alone(house: House, inspector: Person) -> None:
    call(acting(inspector, DAY), PLEDGE)
    letter = of(house.president, PLEDGE)
    assert do(acting(house.president, DAY), letter.pk, "签署", {}).state == "已签"


def test_a_leader_belongs_to_no_department_of_the_caller(house: House, inspector: Person) -> None:
    call(acting(inspector, DAY), PLEDGE)
    assert of(house.leader, PLEDGE).unit is None


def test_who_comes_later_is_added_by_hand_and_only_once(
    house: House, inspector: Person, moment: SetMoment, refused: Refused
) -> None:
    row = call(acting(inspector, DAY), PLEDGE)
    late = hire(house.court, "新到", "审判员", house.first_civil, since=date(2026, 3, 4))
    moment("2026-03-05T09:00:00")
    tend(date(2026, 3, 5))
    assert not Record.objects.filter(register=PLEDGE, holder=late).exists()
    record = add_joiner(acting(inspector, date(2026, 3, 5)), row.pk, late.pk)
    assert record.holder == late and late.pk in Obligation.objects.get(pk=row.pk).roster
    with refused("已经在这一期的名册里", of=OnRosterAlready):
        add_joiner(acting(inspector, date(2026, 3, 5)), row.pk, late.pk)
