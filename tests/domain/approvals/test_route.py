"""The path told in advance."""

from __future__ import annotations

from datetime import date

from mingjing.domain.approvals.routing import route
from tests.domain.approvals.chains import approval, level

VALUE = approval(level("部门", "主任"), level("院长", "院长", when="金额 >= 10000"))
DAY = date(2024, 3, 1)


def test_the_path_says_who_decides_and_why() -> None:
    found = route(VALUE, {"金额": "20000.00"}, DAY, {"主任": [(1, "甲")], "院长": [(2, "乙")]}, (9, "小王"))
    assert [(one.label, one.applies, one.people) for one in found] == [
        ("部门", True, ((1, "甲"),)),
        ("院长", True, ((2, "乙"),)),
    ]
    assert found[1].why == "因为：金额 >= 10000"


def test_a_step_that_is_not_needed_says_why() -> None:
    found = route(VALUE, {"金额": "1.00"}, DAY)
    assert (found[1].applies, found[1].why) == (False, "不符合：金额 >= 10000")


def test_a_step_that_cannot_be_told_yet_says_what_is_missing() -> None:
    found = route(VALUE, {}, DAY)
    assert found[1].applies is None
    assert "金额" in found[1].why


def test_trouble_is_seen_in_advance() -> None:
    found = route(VALUE, {"金额": "1.00"}, DAY, {"主任": [(9, "小王")]}, (9, "小王"))
    assert found[0].trouble == "只有申请人自己担任这个职务。"
    assert route(VALUE, {"金额": "1.00"}, DAY, {})[0].trouble == "现在没有人担任这个职务。"
