"""Department and post beside a name, no word said twice."""

from __future__ import annotations

from dataclasses import replace

from tests.services.builders import House, acting


def test_a_post_stands_behind_its_department(house: House) -> None:
    actor = replace(acting(house.head), posts=("庭长",))
    assert actor.title == "民事审判第一庭 庭长"


def test_a_post_that_names_its_department_stands_alone(house: House) -> None:
    actor = replace(acting(house.head), posts=("民事审判第一庭庭长",))
    assert actor.title == "民事审判第一庭庭长"
