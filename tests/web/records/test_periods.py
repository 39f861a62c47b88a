"""Pages of periods: names of who has not reported, a nil report in two taps, a campaign, the letter."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from mingjing.services.records.acting import do
from mingjing.services.records.campaigns import call
from mingjing.services.records.obligations import tend
from mingjing.storage.people.models import Department, Person, Posting
from mingjing.storage.records.models import Obligation, Record
from tests.services.builders import SINCE, House, acting, hire
from tests.services.conftest import SetMoment
from tests.web.signing_in import signed_in, text_of

DAY = date(2026, 7, 27)
REPORTS = "/registers/filing.three_rules"


@pytest.fixture
def inspector(house: House, moment: SetMoment) -> Person:
    """纪明, on a day on which the report of July is open."""
    moment("2026-07-27T09:00:00")
    person = hire(house.court, "纪明", "督察员", house.office)
    tend(DAY)
    return person


def july(person: Person) -> Record:
    """What somebody owes for July."""
    return Record.objects.get(register="filing.three_rules", period="2026-07", holder=person)


def test_the_inspector_sees_who_has_not_reported_by_name(house: House, inspector: Person) -> None:
    do(acting(house.judge, DAY), july(house.judge).pk, "无事项", {})
    text = text_of(signed_in(inspector), REPORTS)
    assert "还没报" in text and "何叙" in text
    row = Obligation.objects.get(court=house.court, register="filing.three_rules")
    whole = text_of(signed_in(inspector), f"/periods/{row.pk}")
    assert "林知远" in whole and "零报告" in whole


def test_a_judge_sees_their_own_and_no_list(house: House, inspector: Person) -> None:
    text = text_of(signed_in(house.judge), REPORTS)
    assert "您的" in text and "何叙" not in text


def test_a_nil_report_is_one_button_on_the_record(house: House, inspector: Person) -> None:
    browser, record = signed_in(house.judge), july(house.judge)
    assert f'action="/records/{record.pk}/nil"' in text_of(browser, f"/records/{record.pk}")
    browser.post(f"/records/{record.pk}/nil")
    assert july(house.judge).state == "零报告"


def test_looking_at_the_address_of_the_button_reports_nothing(house: House, inspector: Person) -> None:
    signed_in(house.judge).get(f"/records/{july(house.judge).pk}/nil")
    assert july(house.judge).state == "待报"


def test_a_rate_nobody_can_have_is_called_impossible(house: House, inspector: Person) -> None:
    row = Obligation.objects.get(court=house.court, register="filing.three_rules")
    browser = signed_in(inspector)
    assert "不可能" in text_of(browser, f"/periods/{row.pk}?claimed=99.8")
    assert "可能：" in text_of(browser, f"/periods/{row.pk}?claimed=100")
    assert "不可能" not in text_of(browser, f"/periods/{row.pk}?claimed=abc")


def test_a_campaign_is_called_from_the_page(house: House, inspector: Person) -> None:
    browser = signed_in(inspector)
    assert "/registers/filing.self_check/call" in text_of(browser, "/registers/filing.self_check")
    empty = browser.post("/registers/filing.self_check/call", {"due": ""})
    assert empty.status_code == 422
    sent = browser.post("/registers/filing.self_check/call", {"due": "2026-08-10", "topic": "违规接触交往"})
    assert sent.status_code == 302
    row = Obligation.objects.get(register="filing.self_check")
    assert (row.due_on, row.opened_by) == (date(2026, 8, 10), inspector)


def test_who_may_not_call_finds_no_button_and_no_page(house: House, inspector: Person) -> None:
    call(acting(inspector, DAY), "filing.pledge")
    browser = signed_in(house.judge)
    assert "/call" not in text_of(browser, "/registers/filing.pledge")
    assert browser.get("/registers/filing.pledge/call").status_code == 404


def test_the_letter_stands_on_the_record_with_names_and_signatures(house: House, inspector: Person) -> None:
    call(acting(inspector, DAY), "filing.pledge")
    letter = Record.objects.get(register="filing.pledge", holder=house.judge)
    do(acting(house.judge, DAY), letter.pk, "签署", {"其他承诺": "不谈论案件"})
    text = text_of(signed_in(house.head), f"/records/{letter.pk}")
    assert '<span class="blank">林知远</span>' in text and "不谈论案件" in text
    assert "2026-07-27 签署" in text and "等待会签" in text


def test_whoever_signs_or_countersigns_reads_the_text_above_the_button(
    house: House, inspector: Person
) -> None:
    call(acting(inspector, DAY), "filing.pledge")
    record = Record.objects.get(register="filing.pledge", holder=house.judge)
    mine = text_of(signed_in(house.judge), reverse("record-act", args=[record.pk, "签署"]))
    assert '<article class="letter">' in mine and '<span class="blank">林知远</span>' in mine
    do(acting(house.judge, DAY), record.pk, "签署", {"其他承诺": "不谈论案件"})
    heads = text_of(signed_in(house.head), reverse("record-act", args=[record.pk, "会签"]))
    assert '<article class="letter">' in heads and "不谈论案件" in heads


def test_a_late_joiner_is_offered_and_added(house: House, inspector: Person, moment: SetMoment) -> None:
    row = call(acting(inspector, DAY), "filing.pledge")
    late = hire(house.court, "新到", "审判员", house.first_civil, since=DAY)
    browser = signed_in(inspector)
    assert "补入名册" in text_of(browser, f"/periods/{row.pk}")
    browser.post(f"/periods/{row.pk}/join", {"member": str(late.pk)})
    assert Record.objects.filter(register="filing.pledge", holder=late).exists()


def test_the_branches_stand_in_a_table_with_what_they_lack(house: House, moment: SetMoment) -> None:
    moment("2026-07-27T09:00:00")
    branch = Department.objects.create(court=house.court, name="第一党支部", field="党支部", since=SINCE)
    Posting.objects.create(person=house.head, department=branch, post="支部书记", since=SINCE)
    tend(DAY)
    text = text_of(signed_in(house.head), "/registers/activity.monthly_three")
    assert "第一党支部" in text and "一课、一片、一实践" in text and "0 场次" in text
