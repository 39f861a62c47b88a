"""Clocks of leads climb without anybody opening a lead, and tell only those who work on it."""

from __future__ import annotations

from datetime import date, timedelta

from mingjing.services.leads import working
from mingjing.services.leads.clocks import is_due, tell_leads
from mingjing.services.leads.reading import LeadFilter, alerts, leads
from mingjing.storage.leads.models import LeadAlert
from mingjing.storage.people.models import Posting
from tests.services.builders import DAY, acting
from tests.services.leads.conftest import Office, Reporting


def told() -> list[tuple[str, str]]:
    return [
        (one.on.isoformat(), one.person.name)
        for one in LeadAlert.objects.select_related("person").order_by("on", "pk")
    ]


def test_a_lead_nobody_takes_up_climbs_rung_by_rung(office: Office, reported: Reporting) -> None:
    lead = reported().lead
    for days in range(40):
        tell_leads(DAY + timedelta(days=days))
    lead.refresh_from_db()
    due = lead.due_on
    assert due == date(2024, 4, 9), "five working days: the festival is none, the Sunday after it is one"
    assert told() == [
        ("2024-04-08", office.chief.name),
        ("2024-04-10", office.inspector.name),
        ("2024-04-14", office.higher_chief.name),
    ]
    assert lead.colour == 3


def test_after_a_month_of_standing_still_the_same_is_told_once(office: Office, reported: Reporting) -> None:
    reported()
    later = DAY + timedelta(days=40)
    assert is_due(later)
    assert tell_leads(later) == 3
    assert tell_leads(later) == 0
    assert not is_due(later)


def test_none_of_the_line_of_the_reported_is_told(office: Office, reported: Reporting) -> None:
    reported()
    tell_leads(DAY + timedelta(days=400))
    house = office.house
    above = {house.judge.pk, house.head.pk, house.leader.pk, house.president.pk}
    assert LeadAlert.objects.exists()
    assert not LeadAlert.objects.filter(person__in=above).exists()


def test_taking_it_up_in_time_tells_nobody(office: Office, reported: Reporting) -> None:
    lead = reported().lead
    working.do(acting(office.chief), lead.pk, "受理", {}, office.opened(office.chief))
    tell_leads(date(2024, 4, 11))
    assert told() == []


def test_a_manager_who_has_left_is_passed_over_upwards(office: Office, reported: Reporting) -> None:
    reported()
    Posting.objects.filter(person=office.chief).update(until=date(2024, 4, 2))
    tell_leads(date(2024, 4, 9))
    assert told() == [("2024-04-08", office.inspector.name)]


def test_the_list_shows_what_is_late_and_who_is_told_why(office: Office, reported: Reporting) -> None:
    lead = reported().lead
    on = date(2024, 4, 12)
    tell_leads(on)
    approver = acting(office.inspector, on)
    found = leads(approver, LeadFilter.read({"late": "逾期"}))
    assert [row.lead for row in found.rows] == [lead] and found.late == 1
    assert [line.alert.tell for line in alerts(approver)[0]] == ["审批人"]
