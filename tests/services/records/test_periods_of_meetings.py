"""How often bodies must meet, and what counts (R-008, R-009, R-010)."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.dates.periods import Every
from mingjing.services.reading.records.meeting_list import Cut, Owed, _periods, meetings
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record
from tests.services.builders import House, acting, hire
from tests.services.conftest import SetMoment
from tests.services.records.party import GROUP, Party, act, build_party, opened, planned, topics

QUARTERLY, CONFERENCE = "meeting.integrity_quarterly", "meeting.integrity_conference"


@pytest.fixture
def party(house: House) -> Party:
    """The party group."""
    return build_party(house)


def owed(person: Person, body: str, on: date, what: str = "") -> Owed:
    """What a body owes in the year of a day."""
    found = meetings(acting(person, on), on.year).owed
    return next(one for one in found if one.register_id == body and one.what == what)


def test_a_period_that_began_before_the_rule_was_never_owed() -> None:
    found = _periods("会", "meeting.any", "", Every.QUARTER, 1, (), date(2026, 12, 31), date(2026, 5, 6))
    assert [one.code for one in found.short] == ["2026-Q3"]
    of_old = _periods("会", "meeting.any", "", Every.QUARTER, 1, (), date(2026, 12, 31), None)
    assert [one.code for one in of_old.short] == ["2026-Q1", "2026-Q2", "2026-Q3"]


def held(party: Party, body: str, inspector: Person, chair: Person, starts: str, kind: str) -> Record:
    """A meeting opened by whoever chairs it, with one topic of a class."""
    called = {
        "会议名称": "专题会", "会议时间": starts, "主持人": chair.pk, "主要负责人": party.secretary.pk,
        "应到人员": [one.pk for one in party.everybody],
    }  # fmt: skip
    on = date.fromisoformat(starts[:10])
    record = open_record(acting(inspector, on), body, "筹备", called)
    for label, target in (
        ("增加议题", {"议题": "议题一", "类别": kind}),
        ("召集", {}),
        ("签到", {"人员": [one.pk for one in party.everybody]}),
        ("宣布开会", {}),
    ):
        do(acting(inspector, on), record.pk, label, {}, target=target)
    return record


def test_a_session_chaired_by_a_deputy_does_not_count(party: Party, moment: SetMoment) -> None:
    inspector = hire(party.house.court, "纪明", "督察员", party.general)
    moment("2024-04-01T15:00:00")
    held(party, QUARTERLY, inspector, party.members[0], "2024-04-01T14:30", "听取汇报")
    assert owed(inspector, QUARTERLY, date(2024, 4, 1)).found == 0
    held(party, QUARTERLY, inspector, party.secretary, "2024-04-01T14:30", "听取汇报")
    quarter = owed(inspector, QUARTERLY, date(2024, 4, 1))
    assert (quarter.found, quarter.missing) == (1, 0)
    assert [one.code for one in quarter.short] == ["2024-Q1"]


def test_two_conferences_in_may_leave_the_second_half_year_short(party: Party, moment: SetMoment) -> None:
    inspector = hire(party.house.court, "纪明", "督察员", party.general)
    moment("2024-05-20T15:00:00")
    for starts in ("2024-05-06T09:00", "2024-05-20T09:00"):
        held(party, CONFERENCE, inspector, party.secretary, starts, "工作报告")
    assert owed(inspector, CONFERENCE, date(2024, 5, 20)).missing == 0
    moment("2025-01-02T09:00:00")
    found = next(
        one
        for one in meetings(acting(inspector, date(2025, 1, 2)), 2024).owed
        if one.register_id == CONFERENCE
    )
    assert (found.now.code, found.missing) == ("2024-H2", 1)


def test_ideology_is_owed_in_each_half_year_until_it_was_discussed(party: Party) -> None:
    record = planned(party)
    topics(party, record, ("意识形态分析研判", "意识形态"))
    assert owed(party.office, GROUP, date(2024, 4, 1), "意识形态").missing == 1
    opened(party, record)
    assert owed(party.office, GROUP, date(2024, 4, 1), "意识形态").missing == 1
    act(party, record, "进入议题", 议题="意识形态分析研判")
    half = owed(party.office, GROUP, date(2024, 4, 1), "意识形态")
    assert (half.now.code, half.missing) == ("2024-H1", 0)


@pytest.mark.parametrize(("before", "held", "beyond"), [(312, 280, 0), (312, 281, 1), (10, 9, 0), (1, 1, 1)])
def test_ten_percent_fewer_meetings_than_the_year_before(before: int, held: int, beyond: int) -> None:
    assert Cut(held, before, 10).beyond == beyond


def test_the_ceiling_follows_the_courts_setting(party: Party, moment: SetMoment) -> None:
    inspector = hire(party.house.court, "纪明", "督察员", party.general)
    moment("2024-05-20T15:00:00")
    for starts in ("2024-05-06T09:00", "2024-05-20T09:00"):
        held(party, CONFERENCE, inspector, party.secretary, starts, "工作报告")
    assert meetings(acting(inspector, date(2024, 5, 20)), 2024).cut is None
    moment("2025-01-02T09:00:00")
    found = meetings(acting(inspector, date(2025, 1, 2)), 2025)
    assert found.cut == Cut(0, 2, 10)
    assert found.cut.most == 1
