"""谁来办 on the pages of approvals and filings: the people who can move the record on now, by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from mingjing.services.reading.records.doers import Doers, doers, stuck
from mingjing.services.records.acting import do
from mingjing.services.records.obligations import tend
from mingjing.services.records.opening import open_record
from mingjing.storage.people.models import Department, Oversight, Person, Posting
from mingjing.storage.records.models import Record
from tests.services.builders import DAY, SINCE, House, acting, hire
from tests.services.conftest import SetMoment
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(house: House) -> Person:
    office = Department.objects.get(court=house.court, name="综合办公室")
    Oversight.objects.create(leader=house.leader, department=office, since=SINCE)
    return hire(house.court, "许诺", "综合办主任", office)


def asked(house: House) -> Record:
    """A press release that the office has to agree to."""
    office = Department.objects.get(court=house.court, name="综合办公室")
    given: dict[str, object] = {
        "标题": "开展巡回审判",
        "稿件": "正文",
        "信息类别": "动态",
        "发布渠道": ["门户网站"],
    }
    given |= {"重大信息": False, "归口部门": office.pk}
    return open_record(acting(house.clerk), "approval.publication", "提交", given)


def who(house: House, record: Record) -> dict[str, Doers]:
    return {one.act: one for one in doers(acting(house.clerk), record, ())}


def test_of_an_approval_those_are_named_who_sit_in_the_present_step(house: House, director: Person) -> None:
    deputy = hire(
        house.court, "梁简", "综合办副主任", Department.objects.get(court=house.court, name="综合办公室")
    )
    record = asked(house)
    assert who(house, record)["同意"].names == (deputy.name,)
    assert who(house, record)["撤回"].names == (house.clerk.name,)
    page = text_of(signed_in(house.clerk), f"/records/{record.pk}")
    assert "<b>同意、驳回</b>：现办人" in page
    do(acting(deputy), record.pk, "同意", {"已作脱密脱敏": True}, why="事实清楚")
    assert deputy.name not in who(house, Record.objects.get(pk=record.pk))["同意"].names


def test_of_a_returned_approval_whoever_applied_goes_on(house: House, director: Person) -> None:
    deputy = hire(
        house.court, "梁简", "综合办副主任", Department.objects.get(court=house.court, name="综合办公室")
    )
    record = asked(house)
    do(acting(deputy), record.pk, "驳回", {}, why="补正", target={"退回到": "发起人"})
    found = who(house, Record.objects.get(pk=record.pk))
    assert set(found) == {"提交", "撤回"}
    assert found["提交"].names == (house.clerk.name,)


def test_of_a_filing_the_one_who_owes_it_is_named(house: House, moment: SetMoment) -> None:
    moment("2026-07-27T09:00:00")
    on = DAY.replace(year=2026, month=7, day=27)
    inspector = hire(house.court, "纪明", "督察员", house.office)
    tend(on)
    owed = Record.objects.get(register="filing.three_rules", period="2026-07", holder=house.judge)
    found = doers(acting(inspector, on), owed, {"应报人"})
    assert house.judge.name in {name for one in found for name in one.names}
    Posting.objects.filter(person=house.judge).update(until=on - timedelta(days=1))
    assert any(one.vacant for one in doers(acting(inspector, on), owed, {"应报人"}))
    assert all(one.register.id != "filing.three_rules" for one in stuck(acting(inspector, on)))
