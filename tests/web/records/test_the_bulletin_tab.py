"""The way to a bulletin is shown to whoever may issue it, and to nobody who would be refused."""

from __future__ import annotations

import pytest

from mingjing.services.records.opening import open_record
from tests.services.builders import House, acting, hire
from tests.web.signing_in import signed_in, text_of

pytestmark = pytest.mark.django_db
REGISTER = "ledger.rectification"
TAB = f"/registers/{REGISTER}/bulletin"


def test_whoever_sees_the_whole_register_is_led_to_the_bulletin(house: House) -> None:
    inspector = signed_in(hire(house.court, "纪明", "督察员", house.office))
    assert TAB in text_of(inspector, f"/registers/{REGISTER}")
    assert inspector.get(TAB).status_code == 200


def test_whoever_sees_a_part_is_not_and_the_address_says_why(house: House) -> None:
    person = hire(house.court, "纪明", "督察员", house.office)
    for unit in (house.first_civil, house.second_civil):
        given = {
            "问题描述": "卷宗超期未归档", "问题来源": "案件评查", "问题类别": "审判执行", "责任部门": unit.pk,
        }  # fmt: skip
        open_record(acting(person), REGISTER, "登记", given)
    head = signed_in(house.head)
    for view in ("", "/board", "/figures"):
        assert TAB not in text_of(head, f"/registers/{REGISTER}{view}")
    assert "这本台账有 2 条，您看得到 1 条" in text_of(head, TAB, status=422)
