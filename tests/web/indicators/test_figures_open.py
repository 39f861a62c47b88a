"""Figures on pages: they open to their cases, stay under their link, and sort nobody (G4, G11)."""

from __future__ import annotations

import re

from django.test import Client
from django.urls import reverse

from mingjing.services.figures.following import settle
from mingjing.services.figures.sight import in_order
from mingjing.storage.indicators.models import Cell, KeptFigure
from tests.services.builders import House, file_case
from tests.web.signing_in import signed_in

FILED = "indicator.filed"


def page(client: Client, name: str, *parts: object, **query: str) -> str:
    """The text of a page."""
    answer = client.get(reverse(name, args=parts), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_list_shows_the_value_and_the_number_opens_to_its_case(house: House) -> None:
    case = file_case(house)
    settle()
    client = signed_in(house.president)
    assert "新收案件数" in page(client, "indicators")
    assert case.number in page(client, "indicator-cases", FILED, count="新收", period="2024-03")
    assert case.number not in page(client, "indicator-cases", FILED, count="新收", period="2024-02")


def test_keeping_gives_an_address_that_shows_the_same_number(house: House) -> None:
    file_case(house)
    settle()
    client = signed_in(house.president)
    answer = client.post(f"{reverse('indicator-keep', args=[FILED])}?period=2024-03")
    kept = KeptFigure.objects.get()
    assert answer["Location"] == reverse("figure-kept", args=[kept.token])
    shown = page(client, "figure-kept", kept.token)
    assert "1 件" in shown
    assert "没有变化" in shown
    assert signed_in(house.judge).get(answer["Location"]).status_code == 404


def test_the_cockpit_the_wall_and_every_bulletin_answer(house: House) -> None:
    file_case(house)
    settle()
    client = signed_in(house.president)
    assert "期末未结数" in page(client, "cockpit")
    assert "数据截至" in page(client, "cockpit-wall")
    for kind, name in (("day", "日通报"), ("week", "周调度"), ("month", "月分析")):
        assert name in page(client, "bulletin", kind)
        paper = client.get(reverse("bulletin", args=[kind]), {"as": "docx"})
        assert paper.content.startswith(b"PK")
        book = client.get(reverse("bulletin", args=[kind]), {"as": "xlsx"})
        assert book.content.startswith(b"PK")


def test_a_judge_sees_own_figures_and_no_one_elses(house: House) -> None:
    file_case(house)
    file_case(house, serial=2, handler=house.stranger)
    settle()
    client = signed_in(house.judge)
    shown = page(client, "indicators")
    assert f"{house.judge.name}承办的案件" in shown
    for person in (house.stranger, house.enforcer):
        assert person.name not in shown
        assert person.name not in page(client, "indicator", FILED, split="承办人")


def test_no_page_offers_to_sort_by_a_figure(house: House) -> None:
    file_case(house)
    settle()
    client = signed_in(house.president)
    for text in (page(client, "indicators"), page(client, "indicator", FILED, split="承办人")):
        assert "aria-sort" not in text
        assert not re.search(r"[?&](sort|order)=", text)


def test_groups_stand_in_the_order_of_the_house(house: House) -> None:
    departments = [house.enforcement.pk, house.first_civil.pk, house.second_civil.pk]
    expected = [str(one) for one in (house.first_civil.pk, house.second_civil.pk, house.enforcement.pk)]
    assert in_order(Cell.Axis.DEPARTMENT, [str(one) for one in departments]) == expected
    assert in_order(Cell.Axis.KIND, ["b", "a", ""]) == ["a", "b", ""]
