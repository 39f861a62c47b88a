"""A target and a warning line: with a document, on the worse side only, never on a neutral figure (S-218)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mingjing.domain.dates.periods import read_period
from mingjing.services.figures.asked import indicator_on
from mingjing.services.figures.following import settle
from mingjing.services.figures.ranges import WrongRange, enter_range, warns
from mingjing.services.figures.reading import board
from mingjing.services.figures.sight import whole
from mingjing.storage.indicators.models import ReferenceRange
from tests.services.builders import DAY, House, acting, file_case

WITHIN, DAYS = "indicator.within_limit", "indicator.average_days"
LONG, APPEALS = "indicator.long_pending", "indicator.appeal_rate"


def entered(house: House, indicator: str, target: int | None, warning: int | None) -> ReferenceRange:
    """Lines as the office enters them."""
    lines = [None if one is None else Decimal(one) for one in (target, warning)]
    return enter_range(
        acting(house.manager), indicator=indicator, low=None, high=None, document="云法〔2024〕3号",
        since=DAY, target=lines[0], warning=lines[1],
    )  # fmt: skip


def test_the_worse_side_follows_the_direction(house: House) -> None:
    up, down = (indicator_on(house.court, id_, DAY) for id_ in (WITHIN, DAYS))
    assert [warns(up, Decimal(one), Decimal(90)) for one in (89, 90, 91)] == [True, False, False]
    assert [warns(down, Decimal(one), Decimal(60)) for one in (59, 60, 61)] == [False, False, True]


def test_a_figure_without_a_better_side_takes_no_line(house: House) -> None:
    with pytest.raises(WrongRange, match="不分好坏"):
        entered(house, APPEALS, None, 10)


def test_a_target_worse_than_the_warning_is_refused_and_so_is_nothing_at_all(house: House) -> None:
    with pytest.raises(WrongRange, match="对调"):
        entered(house, WITHIN, 80, 90)
    with pytest.raises(WrongRange, match="至少写一个"):
        entered(house, WITHIN, None, None)
    assert entered(house, DAYS, 50, 60).target == 50


def test_the_board_says_which_figure_is_past_its_line(house: House) -> None:
    file_case(house, filed_on=date(2020, 3, 2))
    settle()
    entered(house, LONG, 0, 0)
    office = acting(house.manager)
    lines = {one.indicator.id: one for one in board(office, whole(office), read_period("2024-03"))}
    answer = lines[LONG].answer
    assert answer is not None
    assert answer.value.value == 1
    assert not lines[LONG].warned, "the line holds from April"
    lines = {one.indicator.id: one for one in board(office, whole(office), read_period("2024-04"))}
    assert lines[LONG].warned
    assert not lines[LONG].outside
    assert not lines["indicator.filed"].warned
