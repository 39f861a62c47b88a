"""A signal is raised, somebody is asked, it is dealt with, and the figure itself says it is over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from mingjing.domain.dates.periods import read_period
from mingjing.services.figures.explaining import Wish, ask_explanation
from mingjing.services.figures.following import settle
from mingjing.services.figures.ranges import enter_range
from mingjing.services.figures.reading import board
from mingjing.services.figures.sight import part, whole
from mingjing.services.figures.signals import Stage, signals
from mingjing.services.marking import mark
from mingjing.services.records.acting import do
from mingjing.storage.cases.models import Case
from tests.services.builders import DAY, House, acting, file_case

LONG = "indicator.long_pending"


def stage(house: House, code: str, id_: str = LONG) -> Stage | None:
    """Where a signal of the court stands in a period."""
    manager, period = acting(house.manager), read_period(code)
    seen = whole(manager)
    found = signals(manager, seen, period, board(manager, seen, period, [id_])).get(id_)
    return found.stage if found else None


def warned(house: House) -> Case:
    """A case so old that the court's warning line is passed."""
    case = file_case(house, filed_on=date(2020, 3, 2))
    settle()
    enter_range(
        acting(house.manager), indicator=LONG, low=None, high=None, document="云法〔2024〕3号",
        since=date(2024, 1, 1), target=Decimal(0), warning=Decimal(0),
    )  # fmt: skip
    return case


def ask(house: House, code: str) -> int:
    president = acting(house.president)
    _, record = ask_explanation(
        president, indicator_id=LONG, period=read_period(code), seen=whole(president),
        wish=Wish(house.head.pk, DAY, "长期未结"),
    )  # fmt: skip
    return record.pk


def test_from_raised_to_recovered(house: House) -> None:
    case = warned(house)
    assert stage(house, "2024-01") is Stage.RAISED
    pk = ask(house, "2024-01")
    assert stage(house, "2024-01") is Stage.ASKED
    do(acting(house.head), pk, "说明情况", {"说明": "等待鉴定", "下一步": "二月底前开庭"})
    assert stage(house, "2024-01") is Stage.ASKED, "说明了还没有审看"
    do(acting(house.president), pk, "审看了结", {"审看意见": "属实"})
    assert stage(house, "2024-01") is Stage.HANDLED
    assert stage(house, "2024-02") is Stage.RAISED, "下个月又过线，是新的信号"
    Case.objects.filter(pk=case.pk).update(closed_on=date(2024, 2, 20), outcome="判决")
    mark([case.pk])
    settle()
    assert stage(house, "2024-02") is Stage.RECOVERED
    assert stage(house, "2024-01") is Stage.HANDLED, "一月的事一月说"


def test_what_never_raised_one_has_no_stage(house: House) -> None:
    file_case(house)
    settle()
    assert stage(house, "2024-04", "indicator.filed") is None


def test_an_explanation_of_another_place_or_period_does_not_count(house: House) -> None:
    warned(house)
    ask(house, "2024-01")
    assert stage(house, "2024-02") is Stage.RAISED
    manager, period = acting(house.manager), read_period("2024-01")
    for seen, told in (
        (whole(manager), Stage.ASKED),
        (part(manager, by="承办人", member=str(house.judge.pk)), Stage.RAISED),
    ):
        lines = board(manager, seen, period, [LONG])
        assert signals(manager, seen, period, lines)[LONG].stage is told
