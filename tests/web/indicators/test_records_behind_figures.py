"""A figure over a register opens to its records, and says how many are not for the reader to see."""

from __future__ import annotations

from django.urls import reverse

from mingjing.services.figures.following import settle
from mingjing.services.records.opening import open_record
from tests.services.builders import House, acting, hire
from tests.web.signing_in import signed_in

HITS = "indicator.spending_check_settled"


def test_the_list_shows_a_record_to_the_inspector_and_a_number_to_the_president(house: House) -> None:
    inspector = hire(house.court, "纪明", "督察员", house.office)
    values = {
        "节点": "清明", "凭证号": "记-031", "报销部门": house.office.pk, "支付日期": "2024-03-29",
        "金额": "1280.00", "规则": "无公函接待",
    }  # fmt: skip
    record = open_record(acting(inspector), "ledger.spending_check", "登记命中", values)
    settle()
    address = reverse("indicator-cases", args=[HITS])
    asked = {"count": "命中", "period": "2024-03"}
    told = signed_in(inspector).get(address, asked).content.decode()
    assert record.number in told
    assert "只计数" not in told
    kept_from = signed_in(house.president).get(address, asked).content.decode()
    assert record.number not in kept_from
    assert "1 条只计数" in kept_from


def test_the_page_shows_the_light_and_no_split_that_a_record_lacks(house: House) -> None:
    settle()
    page = signed_in(house.president).get(reverse("indicator", args=[HITS])).content.decode()
    assert "还没有一条记录" in page
    answer = signed_in(house.president).get(reverse("indicator", args=[HITS]), {"split": "案由"})
    assert "不能按“案由”分" in answer.content.decode()
