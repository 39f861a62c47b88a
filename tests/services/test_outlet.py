"""Alerts are kept in the house; mail is a courtesy sent once a day, and its failure loses nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from smtplib import SMTPException

import pytest
from django.core import mail
from pytest_django import Settings

from mingjing.services import outlet
from mingjing.services.clocks import recheck
from mingjing.services.installation import now
from mingjing.storage.people.models import Person
from mingjing.storage.records.models import Record, RecordAlert, RecordClock
from mingjing.storage.supervision.models import Alert, Delivery
from tests.house.permission_records import of_the_registers
from tests.services.builders import House, file_case, hire

pytestmark = pytest.mark.django_db
DAY = date(2024, 7, 5)


@pytest.fixture
def late_case(house: House, moment: object, settings: Settings) -> House:
    """A case whose limit has passed; the judge has a mail address and the house a mail server."""
    case = file_case(house)
    Person.objects.filter(pk=house.judge.pk).update(email="lin@example.invalid")
    at = replace(settings.CONFIGURATION, now="2024-07-05T09:00:00", email_host="127.0.0.1")
    settings.CONFIGURATION = at
    recheck(case, on=DAY)
    return house


def test_a_person_gets_one_mail_a_day_that_names_no_case(late_case: House) -> None:
    assert outlet.deliver(DAY) == 1
    assert outlet.deliver(DAY) == 0
    (sent,) = mail.outbox
    assert sent.to == ["lin@example.invalid"]
    assert "号" not in sent.body.replace("账号", "")


def test_without_a_mail_server_nothing_is_sent_and_the_alerts_stay(house: House, moment: object) -> None:
    assert outlet.deliver(DAY) == 0
    assert mail.outbox == []


def test_a_failed_mail_is_kept_with_its_reason_and_tried_again(
    late_case: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise SMTPException("mailbox is full")

    with monkeypatch.context() as broken:
        broken.setattr(outlet, "send_mail", refuse)
        assert outlet.deliver(DAY) == 0
    assert Delivery.objects.get().error == "mailbox is full"
    assert Alert.objects.filter(person=late_case.judge, settled="").exists()
    assert outlet.deliver(DAY) == 1
    assert Delivery.objects.get().error == ""


def test_alerts_of_records_are_counted_with_those_of_cases_and_settled_ones_are_not(late_case: House) -> None:
    judge = late_case.judge
    of_cases = Alert.objects.filter(person=judge, settled="").count()
    of_the_registers(late_case, hire(late_case.court, "纪明", "督察员", late_case.office))
    record = Record.objects.earliest("pk")
    clock = RecordClock.objects.filter(record=record).latest("pk")
    for rung, settled in ((1, ""), (2, "已办")):
        RecordAlert.objects.create(
            clock=clock, record=record, court=late_case.court, rung=rung, colour=1, tell="责任人",
            person=judge, on=DAY, due_on=DAY, raised_at=now(), settled=settled,
        )  # fmt: skip
    assert outlet.deliver(DAY) == 1
    assert f"{of_cases + 1} 条新提醒" in mail.outbox[0].subject
    assert Delivery.objects.get().alerts == of_cases + 1


def test_somebody_told_only_of_a_record_gets_a_mail_too(late_case: House) -> None:
    inspector = hire(late_case.court, "纪明", "督察员", late_case.office)
    Person.objects.filter(pk=inspector.pk).update(email="ji@example.invalid")
    of_the_registers(late_case, inspector)
    record = Record.objects.earliest("pk")
    RecordAlert.objects.create(
        clock=RecordClock.objects.filter(record=record).latest("pk"), record=record, court=late_case.court,
        rung=1, colour=1, tell="督察员", person=inspector, on=DAY, due_on=DAY, raised_at=now(),
    )  # fmt: skip
    assert outlet.deliver(DAY) == 2
    assert "1 条新提醒" in next(one.subject for one in mail.outbox if one.to == ["ji@example.invalid"])
