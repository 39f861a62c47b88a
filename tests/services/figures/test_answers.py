"""What is left of a count, written as Python, answers what its questions answer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product

import pytest

from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import read_expression, read_quantity
from mingjing.domain.indicators.counts import MOMENT, Count, Measure, MeasureKind, Population
from mingjing.domain.indicators.grains import Grain
from mingjing.domain.indicators.tallying import Tally, answered
from mingjing.services.figures.answers import Found, answer_of, is_typed
from mingjing.services.figures.wordings import asked_of

CASES = Population(
    "案件",
    {"案件类型": Kind.TEXT, "立案日期": Kind.DAY, "结案日期": Kind.DAY, "标的额": Kind.MONEY},
    "立案日期",
    "结案日期",
)
KINDS = {**CASES.kinds, MOMENT: Kind.DAY}
DAYS = read_quantity("结案日期 - 立案日期")
CLOSED = Count("结案", on="结案日期", where=read_expression("案件类型 == 民事一审"), needs=("标的额",))
SWIFT = Count("快", among="结案", where=read_expression("结案日期 - 立案日期 <= 30"))
WHOLE = Count("总", among="结案", measure=Measure(MeasureKind.SUM, DAYS))
RANK = Count("中位", among="结案", measure=Measure(MeasureKind.RANK, DAYS, 50))
AGE = Count("案龄", measure=Measure(MeasureKind.RANK, read_quantity("时点 - 立案日期"), 90))
EVEN = Count("均衡", measure=Measure(MeasureKind.EVEN, read_quantity("结案日期"), each=Grain.MONTH))
LINEAGES = ((CLOSED,), (CLOSED, SWIFT), (CLOSED, WHOLE), (CLOSED, RANK), (RANK, SWIFT), (AGE,), (EVEN,))
NOW = date(2024, 3, 9)


def rows() -> list[dict[str, object]]:
    """Every mixture of what is there and what is not."""
    days = (date(2024, 1, 2), date(2024, 3, 4), None)
    mixed = product(("民事一审", "刑事一审", None), days, days, (Decimal("3.5"), None))
    return [
        {name: value for name, value in zip(KINDS, (*values, NOW), strict=True) if value is not None}
        for values in mixed
    ]


def told(found: Found | None, *, ages: bool) -> Tally:
    """An answer as a tally; an age is told from the day on which it is looked at."""
    n, missing, total, value = found or (0, 0, 0, "")
    spread = {Decimal(value) + (NOW.toordinal() if ages else 0): 1} if value else {}
    return Tally(n, missing, Decimal(total) / 10**6, spread)


@pytest.mark.parametrize("lineage", LINEAGES)
def test_an_answer_is_what_the_lineage_makes_of_a_row(lineage: tuple[Count, ...]) -> None:
    asked = [asked_of(count, CASES, frozenset(KINDS)) for count in lineage]
    lines = [one.lines for one in asked if one.lines is not None]
    assert len(lines) == len(lineage)
    answer = answer_of(lines, None)
    for row in rows():
        expected = answered([one.question for one in asked], row)
        assert told(answer(row), ages=lineage == (AGE,)) == expected, row  # type: ignore[arg-type]


def test_what_words_have_settled_counts_if_the_elders_do() -> None:
    elder = asked_of(CLOSED, CASES, frozenset(KINDS)).lines
    assert elder is not None
    answer = answer_of([elder], (0, 1))
    assert answer({"案件类型": "民事一审", "标的额": Decimal(1)}) == (0, 1, 0, "")
    assert answer({"案件类型": "刑事一审", "标的额": Decimal(1)}) is None
    assert answer({"案件类型": "民事一审"}) is None


def test_a_sum_of_money_is_left_to_its_closures() -> None:
    money = Count("标的", on="立案日期", measure=Measure(MeasureKind.SUM, read_quantity("标的额")))
    assert asked_of(money, CASES, frozenset(KINDS)).lines is None


def test_what_an_empty_field_stands_for_is_of_its_kind() -> None:
    assert is_typed({"标的额": Decimal(0), "立案日期": NOW}, KINDS)
    assert not is_typed({"标的额": "0"}, KINDS)
    assert not is_typed({"案件类型": ""}, KINDS)
    assert not is_typed({"案由": "甲"}, KINDS)
