"""A deadline computed on a page, without any case."""

from __future__ import annotations

import pytest

from tests.services.builders import House
from tests.web.signing_in import signed_in

pytestmark = pytest.mark.django_db
ADDRESS = "/institutions/calculate"
FACTS = "案件类型=民事一审\n审理程序=简易程序\n立案日期=2024-03-13\n鉴定期间=2024-04-01 至 2024-04-20"


def test_the_answer_stands_there_with_its_working(house: House) -> None:
    answer = signed_in(house.judge).get(ADDRESS, {"name": "审理期限", "facts": FACTS})
    page = answer.content.decode()
    assert "最迟二〇二四年七月三日，星期三" in page
    assert "+ 20 天" in page


def test_a_refusal_keeps_what_was_typed(house: House) -> None:
    facts = FACTS.replace("2024-03-13", "2014-03-13")
    page = signed_in(house.judge).get(ADDRESS, {"name": "审理期限", "facts": facts}).content.decode()
    assert "没有生效的版本" in page
    assert "立案日期=2014-03-13" in page


def test_the_empty_form_shows_a_sample(house: House) -> None:
    page = signed_in(house.judge).get(ADDRESS).content.decode()
    assert "立案日期=2024-03-13" in page
    assert 'value="审理期限"' in page
