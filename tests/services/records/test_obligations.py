"""Periods: who owes a report, opened by the clock, in step with the roster until its day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from mingjing.domain.ledgers.matters import WrongPerson
from mingjing.domain.reasons import Refusal
from mingjing.services.permissions import NotVisible
from mingjing.services.records.acting import do, options
from mingjing.services.records.campaigns import draw_sample
from mingjing.services.records.obligations import tend
from mingjing.services.records.rosters import roster
from mingjing.services.tick import run
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Posting
from mingjing.storage.records.models import Obligation, Record, RecordAlert
from tests.services.builders import House, acting, hire
from tests.services.conftest import SetMoment

MONTHLY = "filing.three_rules"


@pytest.fixture
def july(house: House, moment: SetMoment) -> House:
    """The court on 25 July 2026, the first day on which the report of July can be filed."""
    moment("2026-07-25T08:00:00")
    tend(date(2026, 7, 25))
    return house


def owed(house: House, period: str = "2026-07", register: str = MONTHLY) -> list[Record]:
    """What people of the court owe for a period."""
    rows = Record.objects.filter(court=house.court, register=register, period=period)
    return list(rows.select_related("holder").order_by("holder_id"))


def report_of(house: House, name: str) -> Record:
    """What somebody owes for July."""
    return next(one for one in owed(house) if one.holder and one.holder.name == name)


def test_everybody_on_the_roster_owes_one_report(july: House) -> None:
    expected = {one.name for one in roster(july.court, ("全体干警",), date(2026, 7, 25))}
    assert {one.holder.name for one in owed(july) if one.holder} == expected
    assert "林知远" in expected and "唐简" not in expected  # who keeps the system owes no report
    row = Obligation.objects.get(court=july.court, register=MONTHLY, period="2026-07")
    assert (row.due_on, row.counted_on, len(row.roster)) == (
        date(2026, 8, 5),
        date(2026, 7, 31),
        len(expected),
    )


def test_a_second_pass_opens_nothing_again(july: House, moment: SetMoment) -> None:
    count, entries = Record.objects.count(), Act.objects.count()
    tend(date(2026, 7, 25))
    assert (Record.objects.count(), Act.objects.count()) == (count, entries)


def test_before_its_opening_day_a_period_is_not_open(house: House, moment: SetMoment) -> None:
    moment("2026-07-24T08:00:00")
    tend(date(2026, 7, 24))
    assert not owed(house)


def test_a_clock_that_stood_still_opens_what_it_missed(july: House, moment: SetMoment) -> None:
    moment("2026-10-02T08:00:00")
    tend(date(2026, 10, 2))
    periods = Obligation.objects.filter(court=july.court, register=MONTHLY).values_list("period", flat=True)
    assert sorted(periods) == ["2026-07", "2026-08", "2026-09"]


def test_who_comes_before_the_end_of_the_month_owes_it_too_and_who_comes_after_does_not(
    july: House, moment: SetMoment
) -> None:
    hire(july.court, "新到甲", "审判员", july.first_civil, since=date(2026, 7, 30))
    moment("2026-07-30T08:00:00")
    tend(date(2026, 7, 30))
    hire(july.court, "新到乙", "审判员", july.first_civil, since=date(2026, 8, 1))
    moment("2026-08-01T08:00:00")
    tend(date(2026, 8, 1))
    names = {one.holder.name for one in owed(july) if one.holder}
    assert "新到甲" in names and "新到乙" not in names
    assert Act.objects.filter(verb="名册变动", payload__contains="新到甲").exists()


def test_who_leaves_is_excused_and_owes_again_on_coming_back(july: House, moment: SetMoment) -> None:
    Posting.objects.filter(person=july.stranger).update(until=date(2026, 7, 27))
    moment("2026-07-28T08:00:00")
    tend(date(2026, 7, 28))
    assert report_of(july, "何叙").state == "免报"
    Posting.objects.create(
        person=july.stranger, department=july.second_civil, post="审判员", since=date(2026, 7, 30)
    )
    moment("2026-07-30T08:00:00")
    tend(date(2026, 7, 30))
    assert report_of(july, "何叙").state == "待报"


def test_a_nil_report_is_one_act_without_a_field(july: House) -> None:
    judge = acting(july.judge, date(2026, 7, 25))
    record = report_of(july, "林知远")
    nil = next(one for one in options(judge, record) if one.act == "无事项")
    assert nil.fill == () and not nil.refusal
    done = do(judge, record.pk, "无事项", {})
    assert (done.state, done.over, done.inner["nil"]) == ("零报告", True, True)


def test_a_head_neither_sees_nor_files_the_report_of_a_judge(july: House) -> None:
    with pytest.raises(NotVisible):
        do(acting(july.head, date(2026, 7, 25)), report_of(july, "林知远").pk, "无事项", {})


def test_a_report_on_the_last_day_is_in_time_and_the_day_after_is_marked(
    july: House, moment: SetMoment
) -> None:
    moment("2026-08-05T23:00:00")
    on_time = do(acting(july.judge, date(2026, 8, 5)), report_of(july, "林知远").pk, "无事项", {})
    moment("2026-08-06T08:00:00")
    late = do(acting(july.stranger, date(2026, 8, 6)), report_of(july, "何叙").pk, "无事项", {})
    assert on_time.acts.last().flags == []  # type: ignore[union-attr]
    assert late.acts.last().flags == ["逾期"]  # type: ignore[union-attr]


def test_who_has_not_reported_is_reminded_before_and_after_the_last_day(
    july: House, moment: SetMoment
) -> None:
    record = report_of(july, "林知远")
    for day in range(12):
        on = date(2026, 7, 30) + timedelta(days=day)
        moment(f"{on}T07:00:00")
        run(on)
    told = RecordAlert.objects.filter(record=record).order_by("on").values_list("on", "tell", "person__name")
    assert list(told) == [
        (date(2026, 8, 3), "应报人", "林知远"),
        (date(2026, 8, 6), "应报人", "林知远"),
        (date(2026, 8, 7), "应报人负责人", "周岚"),
    ]


def test_the_draw_can_be_repeated_from_its_seed(july: House) -> None:

    from mingjing.domain.filings.sampling import drawn

    inspector = acting(hire(july.court, "纪明", "督察员", july.office), date(2026, 7, 25))
    for person in (july.judge, july.stranger, july.head, july.clerk, july.assistant):
        do(acting(person, date(2026, 7, 25)), report_of(july, person.name).pk, "无事项", {})
    row = Obligation.objects.get(court=july.court, register=MONTHLY)
    seed = Act.objects.order_by("-seq").values_list("leaf", flat=True)[0]
    filed = [one.pk for one in owed(july) if one.state == "零报告"]
    found = draw_sample(inspector, row.pk)
    assert [one.pk for one in found] == list(drawn(filed, Fraction(1, 10), seed))
    assert len(found) == 1 and found[0].inner["seed"] == seed
    with pytest.raises(Refusal, match="已经抽取"):
        draw_sample(inspector, row.pk)
    checked = do(inspector, found[0].pk, "核查不实", {"核查情况": "有人打过电话"})
    assert (checked.state, checked.inner["untrue"]) == ("抽查不实", True)


def test_a_judge_draws_no_sample(july: House) -> None:
    row = Obligation.objects.get(court=july.court, register=MONTHLY)
    with pytest.raises(WrongPerson):
        draw_sample(acting(july.judge, date(2026, 7, 25)), row.pk)
