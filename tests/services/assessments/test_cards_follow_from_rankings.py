"""A confirmed month proposes cards by itself; people confirm, explain, verify; nothing is made twice."""

from __future__ import annotations

from datetime import date

import pytest

from mingjing.domain.ledgers.matters import NotFilled, WrongPerson
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.services.records.rankings import months_of, periods_of
from mingjing.storage.records.models import Record, RecordNotice
from tests.services.assessments.builders import (
    CARDS,
    MONTH_SHEET,
    Scoring,
    build_scoring,
    confirmed,
    month,
    opened,
)
from tests.services.builders import DAY, House, acting

LAST = {"甲": 70, "乙": 90, "丙": 95, "丁": 98, "戊": 99}


@pytest.fixture
def court(house: House) -> Scoring:
    """Five departments and their scorers."""
    return build_scoring(house)


def cards(**where: object) -> list[Record]:
    """The cards there are."""
    return list(Record.objects.filter(register=CARDS, **where).order_by("pk"))


def first_quarter(court: Scoring) -> None:
    """甲, 乙 and 丙 are among the last three in January and February."""
    month(court, "2024-01", date(2024, 2, 5), **LAST)
    month(court, "2024-02", date(2024, 3, 5), **LAST)


def test_the_second_month_proposes_blue_cards_with_their_derivation(court: Scoring) -> None:
    first_quarter(court)
    made = cards()
    assert [one.title for one in made] == [f"{court.units[name].name} 蓝牌（2024年2月）" for name in "甲乙丙"]
    assert {one.state for one in made} == {"待确认"}
    assert made[0].data["on"] == "2024-02-29"
    assert "2024年1月得 70 分：5 个部门里低于它的有 0 个，不到 3 个，在末位" in made[0].data["derived"]
    assert "依据：" in made[0].data["derived"]


def test_an_unconfirmed_sheet_keeps_the_month_from_counting(court: Scoring) -> None:
    month(court, "2024-01", date(2024, 2, 5), **LAST)
    for name in "甲乙丙":
        confirmed(court, name, "2024-02", LAST[name], date(2024, 3, 5))
        opened(court, "丁", "2024-02", date(2024, 3, 5)) if name == "甲" else None
    found = periods_of(court.house.court, MONTH_SHEET, date(2024, 3, 5))
    assert [(one.code, one.confirmed, one.open) for one in found] == [
        ("2024-01", True, 0),
        ("2024-02", False, 2),
    ]
    assert len(months_of(found)) == 1
    assert cards() == []


def test_the_party_group_confirms_the_head_explains_the_office_verifies(court: Scoring) -> None:
    first_quarter(court)
    card = cards()[0]
    on = date(2024, 3, 7)
    with pytest.raises(WrongPerson):
        do(acting(court.heads["甲"], on), card.pk, "确认发牌", {})
    do(acting(court.secretary, on), card.pk, "确认发牌", {})
    assert RecordNotice.objects.filter(record=card, person=court.heads["甲"]).exists()
    do(acting(court.heads["甲"], on), card.pk, "申辩", {"申辩": "一月有两人借调。"})
    do(acting(court.secretary, on), card.pk, "答复申辩", {"申辩答复": "借调不影响评分。"})
    do(acting(court.heads["甲"], on), card.pk, "说明情况", {"说明": "新人多，规矩没有立起来。"})
    done = do(acting(court.chief, on), card.pk, "核实整改", {"核实意见": "已经补课。"})
    assert done.state == "已核实"
    assert done.inner["verified"] == str(DAY)


def test_two_blue_quarters_give_yellow_which_opens_a_rectification_and_wants_a_plan(court: Scoring) -> None:
    first_quarter(court)
    for number in (3, 4, 5, 6):
        month(court, f"2024-{number:02}", date(2024, number + 1, 5), **LAST)
    yellow = cards(data__colour="黄牌")
    assert [one.title for one in yellow] == [
        f"{court.units[name].name} 黄牌（2024年6月）" for name in "甲乙丙"
    ]
    on = date(2024, 7, 8)
    do(acting(court.secretary, on), yellow[0].pk, "确认发牌", {})
    task = Record.objects.get(register="ledger.rectification")
    assert (task.state, task.unit) == ("待认领", court.units["甲"])
    with pytest.raises(NotFilled, match="整改方案"):
        do(acting(court.heads["甲"], on), yellow[0].pk, "说明情况", {"说明": "原因如下。"})


def test_a_blue_card_not_renewed_ends_by_itself_with_the_next_quarter(court: Scoring) -> None:
    first_quarter(court)
    better = {"甲": 99, "乙": 98, "丙": 80, "丁": 70, "戊": 75}
    for number in (3, 4, 5, 6):
        month(court, f"2024-{number:02}", date(2024, number + 1, 5), **better)
    first = cards()[0]
    assert (first.state, first.data["ended_on"]) == ("已结束", "2024-06-30")
    assert "没有再发蓝牌" in first.data["ended_why"]


def test_a_declined_card_counts_for_nothing_and_is_not_proposed_again(court: Scoring) -> None:
    first_quarter(court)
    for card in cards():
        do(
            acting(court.secretary, date(2024, 3, 7)),
            card.pk,
            "不予发牌",
            {"不予发牌理由": "首次排名，试行。"},
        )
    month(court, "2024-03", date(2024, 4, 5), 甲=99, 乙=98, 丙=80, 丁=70, 戊=75)
    assert {one.state for one in cards(data__on="2024-02-29")} == {"不予发牌"}
    assert len(cards(data__on="2024-02-29")) == 3
    assert [one.unit for one in cards(state="待确认")] == [court.units["丙"]]


def test_a_department_cannot_be_scored_by_its_own_people(court: Scoring) -> None:
    values = {
        "被评部门": court.units["甲"].pk,
        "考核期": "2024-01",
        "评分人": [court.chief.pk, court.heads["甲"].pk],
    }

    with pytest.raises(WrongPerson, match="周岚在“被评部门”任职"):
        open_record(acting(court.chief), MONTH_SHEET, "开评", values)


def test_a_month_confirmed_late_gives_and_ends_the_cards_of_every_department(court: Scoring) -> None:
    month(court, "2024-01", date(2024, 2, 5), **LAST)
    for name in "甲乙丙丁":
        confirmed(court, name, "2024-02", LAST[name], date(2024, 3, 5))
    month(court, "2024-06", date(2024, 7, 3), 甲=99, 乙=98, 丙=97, 丁=70, 戊=60)
    assert cards() == []
    confirmed(court, "戊", "2024-02", LAST["戊"], date(2024, 7, 4))
    ended = [(one.data["on"], one.data.get("ended_on"), one.over) for one in cards()]
    assert ended == [("2024-02-29", "2024-06-30", True)] * 3
