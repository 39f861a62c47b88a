"""An address that asks for what there is not is refused with what there is, not answered otherwise."""

from __future__ import annotations

import pytest

from tests.services.builders import House
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", ["0000", "99999", "去年", "2024 "])
def test_a_year_that_is_not_offered_is_refused_with_those_that_are(house: House, year: str) -> None:
    page = text_of(signed_in(house.manager), f"/indicators/leaders?year={year}", status=422)
    assert f"没有“{year}”这一年" in page
    assert "2024" in page


def test_a_line_is_tried_on_an_indicator_that_exists(house: House) -> None:
    client = signed_in(house.manager)
    page = text_of(client, "/indicators/lines/try?indicator=indicator.nowhere", status=422)
    assert "没有“indicator.nowhere”这个可以设预警线的指标" in page
    assert "平均审理天数" in page
    assert "这条预警线" in text_of(client, "/indicators/lines/try")
