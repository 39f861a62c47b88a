"""常用筛选: from a list to a name, and with one click back."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from mingjing.storage.people.models import SavedView
from tests.services.builders import House
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


def test_a_list_offers_to_keep_its_filters(house: House) -> None:
    page = text_of(signed_in(house.judge), "/cases?due=逾期")
    address = page.partition('">常用筛选</a>')[0].rpartition('href="')[2].replace("&amp;", "&")
    asked = parse_qs(urlsplit(address).query)
    assert asked == {"page": ["/cases"], "query": ["due=%E9%80%BE%E6%9C%9F"]}


def test_kept_it_leads_back_to_the_list_and_stands_under_its_title(house: House) -> None:
    client = signed_in(house.judge)
    answer = client.post("/views?page=/cases&query=due%3D逾期", {"name": "我庭逾期"})
    assert answer.headers["Location"] == "/cases?due=%E9%80%BE%E6%9C%9F"
    page = text_of(client, "/views")
    assert "我庭逾期" in page
    assert "全部案件" in page
    client.post(f"/views/{SavedView.objects.get().pk}/remove")
    assert "我庭逾期" not in text_of(client, "/views").partition("还没有")[2]


def test_a_name_left_empty_is_refused_and_nothing_is_lost(house: House) -> None:
    answer = signed_in(house.judge).post("/views?page=/cases&query=due%3D逾期", {"name": ""})
    assert answer.status_code == 422
    assert "“名称”没有填写" in answer.content.decode()


@pytest.mark.parametrize("page", ["https://elsewhere.example/", "//elsewhere.example/cases", "/no-such-page"])
def test_only_pages_of_this_house_are_kept(house: House, page: str) -> None:
    answer = signed_in(house.judge).post(f"/views?page={page}&query=a%3Db", {"name": "别处"})
    assert answer.status_code == 404
    assert not SavedView.objects.exists()
