"""Thousands of reports at once: every one is kept, nobody is drowned in notices, nobody learns of others'."""

from __future__ import annotations

import pytest

from mingjing.services.leads import reading
from mingjing.services.leads.reading import LeadFilter, alerts, floods, leads
from mingjing.storage.leads.models import Lead, LeadAlert, LeadMember
from tests.services.builders import DAY, acting
from tests.services.conftest import SetMoment
from tests.services.leads.conftest import Office, Reporting


@pytest.fixture(autouse=True)
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "FLOOD", 4)
    monkeypatch.setattr(reading, "MOST_ALERTS", 3)


def test_an_hour_is_told_once_however_many_came_in(
    office: Office, reported: Reporting, moment: SetMoment
) -> None:
    for clock in ("09:00", "09:20", "09:40", "09:59", "10:00", "10:01", "10:30"):
        moment(f"2024-04-01T{clock}:00")
        reported()
    found = floods(acting(office.chief))
    assert [(f"{one.hour:%m-%d %H}", one.count) for one in found] == [("04-01 09", 4)]
    assert Lead.objects.count() == 7


def test_nobody_counts_leads_that_are_not_theirs(office: Office, reported: Reporting) -> None:
    for _ in range(4):
        reported(reported=(office.chief.name,), unit="")
    assert Lead.objects.count() == 4
    assert floods(acting(office.chief)) == [] and leads(acting(office.chief), LeadFilter()).recent == 0
    assert floods(acting(office.house.president)) == []


def test_a_page_lists_the_gravest_alerts_and_says_how_many_more(office: Office, reported: Reporting) -> None:
    for colour in (1, 0, 2, 1, 0):
        lead = reported().lead
        clock = lead.clocks.get()
        LeadAlert.objects.create(
            clock=clock, lead=lead, rung=1, colour=colour, tell="线索管理人", person=office.chief,
            on=DAY, due_on=DAY,
        )  # fmt: skip
    assert LeadMember.objects.filter(person=office.chief).count() == 5
    shown, in_all = alerts(acting(office.chief))
    assert (len(shown), in_all) == (3, 5)
    assert shown[0].alert.colour == 2
