"""Anyone checks a draw without a login, sees no name, and cannot hammer the page."""

from __future__ import annotations

import json

import pytest
from django.test import Client

from mingjing.portal import limiting
from mingjing.portal.checking import check_file
from mingjing.storage.published.models import PublishedDraw
from tests.house.permission_draws import NUMBER, of_the_draws
from tests.services.builders import House
from tests.services.conftest import house, moment

__all__ = ["house", "moment"]


@pytest.fixture
def published(house: House) -> PublishedDraw:
    """One draw, published."""
    limiting._asked.clear()
    of_the_draws(house)
    return PublishedDraw.objects.get()


def test_the_page_does_the_draw_again_and_names_nobody(house: House, published: PublishedDraw) -> None:
    text = Client().get(f"/public/draws/{NUMBER}").content.decode()
    assert "核验相符" in text
    for person in (house.judge, house.head, house.manager):
        assert person.name not in text
        assert person.staff_number not in text


def test_a_changed_list_or_result_does_not_hold(published: PublishedDraw) -> None:
    file = json.loads(published.file)
    assert all(one.holds for one in check_file(published.file))
    for wrong in (
        {**file, "drawn": ["P2" if file["drawn"] == ["P1"] else "P1"]},
        {**file, "pool": {**file["pool"], "candidates": [["P1", 1], ["P2", 100]]}},
    ):
        assert not all(one.holds for one in check_file(json.dumps(wrong)))


def test_the_number_leads_to_the_draw_and_an_unknown_one_says_so(published: PublishedDraw) -> None:
    client = Client()
    assert client.get("/public/draws", {"number": NUMBER}).headers["Location"].endswith(NUMBER)
    assert "没有找到" in client.get("/public/draws", {"number": "x"}).content.decode()
    assert client.get("/public/draws/no-such-draw").status_code == 404


def test_open_data_holds_every_draw(published: PublishedDraw) -> None:
    data = json.loads(Client().get("/public/draws/data.json").content)
    assert [one["抽取编号"] for one in data["抽取"]] == [NUMBER]
    assert NUMBER in Client().get("/public/draws/data.csv").content.decode("utf-8-sig")


def test_whoever_asks_too_often_is_told_to_wait(published: PublishedDraw) -> None:
    client = Client()
    answers = [client.get(f"/public/draws/{NUMBER}/file").status_code for _ in range(limiting.MOST + 1)]
    assert answers[:-1] == [200] * limiting.MOST
    assert answers[-1] == 429
    assert not limiting.too_many("10.0.0.1", 1.0)


def test_a_flood_of_addresses_does_not_free_whoever_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    limiting._asked.clear()
    monkeypatch.setattr(limiting, "MOST_ADDRESSES", 50)
    for _ in range(limiting.MOST):
        assert not limiting.too_many("10.0.0.1", 1.0)
    for number in range(200):
        assert not limiting.too_many(f"10.1.0.{number}", 2.0)
    assert limiting.too_many("10.0.0.1", 3.0)
    assert len(limiting._asked) <= 51
    assert not limiting.too_many("10.0.0.1", 3.0 + limiting.SECONDS)


def test_open_data_holds_nothing_a_spreadsheet_would_run(published: PublishedDraw) -> None:
    PublishedDraw.objects.filter(pk=published.pk).update(case="=HYPERLINK(1)")
    table = Client().get("/public/draws/data.csv").content.decode("utf-8-sig")
    assert ",'=HYPERLINK(1)," in table
