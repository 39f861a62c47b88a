"""The attendance of heads by agency: each by its name, of an open register only (S-255)."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from mingjing.domain.dates.periods import read_period
from mingjing.domain.indicators.figures import plain_number
from mingjing.services.figures.asked import indicator_on
from mingjing.services.figures.following import settle
from mingjing.services.figures.sight import whole
from mingjing.services.figures.titles import by_title, title_word
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from tests.services.builders import House, acting

RATE = "indicator.agency_head_attendance"
MARCH = read_period("2024-03")


def heard(house: House, agency: str, day: int, *, came: bool) -> None:
    judge = acting(house.judge)
    values = {"承办庭": house.first_civil.pk, "行政机关": agency, "开庭日期": date(2024, 3, day).isoformat()}
    record = open_record(judge, "ledger.head_attendance", "通知", values)
    if came:
        do(judge, record.pk, "登记出庭", {"出庭人": "局长", "职级": "正职", "出声": True})
    else:
        do(judge, record.pk, "登记未出庭", {"说明": "没有来人"})


def test_every_agency_has_a_rate_of_its_own(house: House) -> None:
    heard(house, "岚县自然资源局", 4, came=True)
    heard(house, "岚县公安局", 5, came=True)
    heard(house, "岚县公安局", 6, came=False)
    heard(house, "岚县公安局", 7, came=False)
    settle()
    manager = acting(house.manager)
    indicator = indicator_on(house.court, RATE, manager.on)
    assert title_word(manager, indicator) == "行政机关"
    rows = by_title(manager, whole(manager), indicator, MARCH)
    assert [(row.name, row.figure.text) for row in rows] == [
        ("岚县公安局", "33.33%"),
        ("岚县自然资源局", "100.00%"),
    ]
    assert rows[0].counts == (("应出庭", "3"), ("出庭", "1"))
    assert [row.light.value for row in rows if row.light] == ["红灯", "绿灯"]
    assert by_title(manager, whole(manager), indicator, read_period("2024-02")) == []


def test_a_register_that_is_not_open_is_not_taken_apart_by_name(house: House) -> None:
    manager = acting(house.manager)
    for id_ in ("indicator.spending_check_settled", "indicator.within_limit"):
        indicator = indicator_on(house.court, id_, manager.on)
        assert title_word(manager, indicator) == ""
        assert by_title(manager, whole(manager), indicator, MARCH) == []


def test_a_count_of_millions_is_written_with_every_digit() -> None:
    assert [plain_number(Fraction(one)) for one in ("1234567", "1234567.891", "3")] == [
        "1234567",
        "1234567.89",
        "3",
    ]
