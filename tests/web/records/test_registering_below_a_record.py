"""A record under another is registered from its page, or with the number of the one above in the form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.storage.records.models import Record
from tests.services.builders import acting
from tests.services.records.builders import Bench
from tests.services.records.random_people import in_force, own_folder
from tests.web.records.test_a_roll_up_of_two_levels import text
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
TEXTS = [text("ledger.drive", "整治行动", ""), text("ledger.part", "分头落实", "ledger.drive")]


@pytest.fixture
def drive(bench: Bench, tmp_path: Path, settings: Settings) -> Iterator[Record]:
    """A record that others stand under."""
    settings.CONFIGURATION = replace(settings.CONFIGURATION, institutions=own_folder(tmp_path))
    with in_force(bench.house.court, tmp_path, TEXTS):
        yield open_record(acting(bench.inspector), "ledger.drive", "登记", {"名称": "突出问题整治"})


@pytest.fixture
def client(bench: Bench) -> Client:
    """The inspector, who may open both."""
    return signed_in(bench.inspector)


def test_the_page_of_the_one_above_leads_to_the_form_and_the_form_back(client: Client, drive: Record) -> None:
    page = client.get(f"/records/{drive.pk}")
    (url, words) = page.context["beneath"][0]
    assert words == "登记（分头落实）"
    assert f"登记在这条记录下面：{drive.number}" in text_of(client, url)
    client.post(url, {"name": "本院", "once": "a"})
    made = Record.objects.get(register="ledger.part")
    assert made.above == drive
    assert "本院" in text_of(client, f"/records/{drive.pk}")


def test_from_the_list_the_form_asks_what_it_stands_under(client: Client, drive: Record) -> None:
    url = "/registers/ledger.part/new"
    assert "上级：整治行动" in text_of(client, url)
    assert "这个字段是必填项" in client.post(url, {"name": "本院", "once": "a"}).content.decode()
    wrong = client.post(url, {"name": "本院", "上级": "没有这条", "once": "a"}).content.decode()
    assert "您看得到的“整治行动”里没有“没有这条”" in wrong
    client.post(url, {"name": "本院", "上级": drive.number, "once": "a"})
    assert Record.objects.get(register="ledger.part").above == drive


def test_a_register_that_stands_alone_asks_nothing(client: Client, drive: Record) -> None:
    assert "上级：" not in text_of(client, "/registers/ledger.drive/new")


def test_nothing_is_offered_below_what_is_closed(bench: Bench, client: Client, drive: Record) -> None:
    do(acting(bench.inspector), drive.pk, "销号", {})
    assert client.get(f"/records/{drive.pk}").context["beneath"] == []


def test_whoever_may_not_open_one_is_offered_none(bench: Bench, drive: Record) -> None:
    page = signed_in(bench.house.judge).get(f"/records/{drive.pk}")
    assert page.status_code == 404 or page.context["beneath"] == []
