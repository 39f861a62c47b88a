"""Tips at the nodes a case has reached (S-178)."""

from __future__ import annotations

from datetime import date

from mingjing.services.permissions import NotVisible
from mingjing.services.tips import acknowledge_tip, tips
from tests.services.builders import DAY, House, acting, file_case, happen
from tests.services.conftest import Logged, Refused


def test_tips_stand_at_the_nodes_that_wait_and_go_when_they_are_done(house: House) -> None:
    case = file_case(house)
    nodes = {tip.node: tip for tip in tips(acting(house.judge), case.pk)}
    assert "移送审判庭" in nodes and "审结" in nodes
    assert any("十五日前" in text for text in nodes["审结"].texts)
    assert nodes["审结"].law
    happen(case, "移送审判庭", date(2024, 3, 14), on=DAY)
    assert "移送审判庭" not in {tip.node for tip in tips(acting(house.judge), case.pk)}


def test_reading_is_said_once_per_person(house: House, one_entry: Logged) -> None:
    case = file_case(house)
    with one_entry() as found:
        for _ in range(2):
            acknowledge_tip(acting(house.judge), case_id=case.pk, node="审结")
    assert (found[0].verb, found[0].why) == ("阅知提示", "审结")
    assert {tip.node: tip.read for tip in tips(acting(house.judge), case.pk)}["审结"] is True
    assert {tip.node: tip.read for tip in tips(acting(house.head), case.pk)}["审结"] is False


def test_a_node_the_case_has_not_reached_is_refused(house: House, refused: Refused) -> None:
    case = file_case(house)
    with refused("“节点”里没有“归档”"):
        acknowledge_tip(acting(house.judge), case_id=case.pk, node="归档")
    with refused(of=NotVisible):
        acknowledge_tip(acting(house.stranger), case_id=case.pk, node="审结")
