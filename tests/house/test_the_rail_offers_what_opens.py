"""An entry of the rail asks for the same right as the page it leads to."""

from __future__ import annotations

from mingjing.web.context import RAIL, SUBRAIL
from mingjing.web.routing import SIGNED_IN
from mingjing.web.urls import ROUTES


def test_every_entry_of_the_rail_asks_for_what_its_page_asks_for() -> None:
    asked = {route.name: route.needs for route in ROUTES}
    places = [*RAIL, *(place for below in SUBRAIL.values() for place in below)]
    wrong = [
        f"{place.label}：目录要“{place.needs}”，页面要“{asked[place.name]}”"
        for place in places
        if place.needs
        and asked[place.name] != SIGNED_IN
        and set(place.needs.split("、")) != set(asked[place.name].split("、"))
    ]
    assert wrong == []
