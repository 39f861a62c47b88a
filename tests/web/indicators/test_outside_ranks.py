"""Announced ranks are drawn year by year for whoever may see them; part of a year stands alone."""

from __future__ import annotations

from django.urls import reverse

from mingjing.services.figures.outside_ranks import outside_ranks
from mingjing.services.records.acting import do
from mingjing.services.records.opening import open_record
from mingjing.web.indicators.drawings import ranks
from tests.services.builders import House, acting
from tests.web.signing_in import signed_in

REGISTER = "ledger.external_rank"


def announced(house: House, year: str, rank: int, *, whole: bool = True) -> int:
    values: dict[str, object] = {
        "考核年度": year, "名次": rank, "同类法院数": 35, "哪一类": "全省基层法院",
        "截至日期": f"{year}-12-31" if whole else f"{year}-06-30", "是否全年": whole,
        "通报文号": f"云高法〔{year}〕3号",
    }  # fmt: skip
    return open_record(acting(house.manager), REGISTER, "登记", values).pk


def test_the_office_sees_the_years_in_order_and_a_judge_sees_none(house: House) -> None:
    announced(house, "2022", 7)
    announced(house, "2021", 17)
    announced(house, "2023", 1, whole=False)
    wrong = announced(house, "2020", 30)
    do(acting(house.manager), wrong, "作废", {"错在哪里": "应为第三"})
    [(name, rows)] = outside_ranks(acting(house.manager))
    assert (name, [row.rank for row in rows]) == ("全省基层法院", [17, 7, 1])
    address = reverse("indicator-outside-ranks")
    told = signed_in(house.manager).get(address).content.decode()
    assert "17/35" in told
    assert "2023（部分）" in told
    assert "30/35" not in told
    kept_from = signed_in(house.judge).get(address).content.decode()
    assert "17/35" not in kept_from
    assert "没有您能看的通报名次" in kept_from


def test_the_first_rank_is_at_the_top_and_part_of_a_year_is_not_joined() -> None:
    drawn = ranks([("2021", 17, 35, True), ("2022", 7, 35, True), ("2023", 1, 35, False)])
    heights = [mark.y for mark in drawn.marks]
    assert heights == sorted(heights, reverse=True)
    assert drawn.marks[2].y == drawn.levels[0].y
    assert [len(piece.split()) for piece in drawn.pieces] == [2]
    assert [mark.outside for mark in drawn.marks] == [False, False, True]


def test_one_year_alone_is_a_point() -> None:
    drawn = ranks([("2021", 1, 1, True)])
    assert len(drawn.marks) == 1
    assert drawn.pieces == ()
