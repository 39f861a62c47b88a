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
from mingjing.storage.people.models import Person
from mingjing.storage.supervision.models import Alert, Delivery
from tests.services.builders import House, file_case

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
