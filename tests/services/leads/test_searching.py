"""A search finds words in leads somebody works on and can open, and tells nobody what is there."""

from __future__ import annotations

from mingjing.services.leads import talking
from mingjing.services.leads.searching import search
from mingjing.storage.auditlog.models import Act
from mingjing.storage.people.models import Oversight, Person
from tests.services.builders import SINCE, acting
from tests.services.leads.conftest import Office, Reporting


def numbers(office: Office, person: Person, words: str) -> list[str]:
    return [one.lead.number for one in search(acting(person), office.opened(person), words)]


def test_words_of_the_report_and_of_a_message_are_found(office: Office, reported: Reporting) -> None:
    received = reported()
    talking.write_message(received.receipt.words, "那天在停车场")
    for words in ("红包", "林 知远", "停车场", "紅包 停車場", received.lead.number[-4:]):
        assert numbers(office, office.chief, words) == [received.lead.number], words
    assert numbers(office, office.chief, "红包 别的字") == []


def test_nobody_finds_what_they_do_not_work_on(office: Office, reported: Reporting) -> None:
    reported()
    assert numbers(office, office.clerk, "红包") == []
    assert numbers(office, office.higher_officer, "红包") == []


def test_whoever_came_to_stand_above_the_reported_finds_it_no_more(
    office: Office, reported: Reporting
) -> None:
    reported()
    Oversight.objects.create(leader=office.chief, department=office.house.first_civil, since=SINCE)
    assert numbers(office, office.chief, "红包") == []


def test_the_words_stand_in_no_log(office: Office, reported: Reporting) -> None:
    reported()
    search(acting(office.chief), office.opened(office.chief), "红包")
    assert not Act.objects.filter(payload__contains="红包").exists()
    assert Act.objects.order_by("-seq")[0].verb == "密件"
