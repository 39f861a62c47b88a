"""Conditions over words are asked once for each wording; what is left says what the whole lineage says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import product

from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import read_expression
from mingjing.domain.indicators.counts import MOMENT, Count, Population
from mingjing.domain.indicators.tallying import Tally, answered
from mingjing.services.figures.wordings import Asked, Wordings, asked_of

CASES = Population(
    "案件",
    {"案件类型": Kind.TEXT, "在押": Kind.FLAG, "结案日期": Kind.DAY, "审限届满日": Kind.DAY},
    "立案日期",
    "结案日期",
)
NAMES = frozenset((*CASES.kinds, MOMENT))
CLOSED = Count("结案", on="结案日期", where=read_expression("案件类型 == 民事一审"), needs=("审限届满日",))
IN_TIME = Count("限内", among="结案", where=read_expression("结案日期 <= 审限届满日"))
HELD = Count("在押", among="结案", where=read_expression("在押 == 是"))
LINEAGES = ((CLOSED,), (CLOSED, IN_TIME), (CLOSED, HELD), (CLOSED, IN_TIME, HELD), (HELD, CLOSED, IN_TIME))


def asked(count: Count) -> Asked:
    return asked_of(count, CASES, NAMES)


def rows() -> list[dict[str, object]]:
    """Every mixture of what is there and what is not."""
    kinds, held = ("民事一审", "刑事一审", None), (True, False, None)
    days = (date(2024, 1, 2), date(2024, 3, 4), None)
    mixed = product(kinds, held, days, days)
    return [
        {name: value for name, value in zip(CASES.kinds, values, strict=True) if value is not None}
        for values in mixed
    ]


def test_what_is_left_says_what_the_lineage_says() -> None:
    lineages = [tuple(asked(count) for count in lineage) for lineage in LINEAGES]
    wordings = Wordings(lineages, tuple)
    for given in rows():
        left = {one.place: one.found(given) for one in wordings.left(given)}
        for place, lineage in enumerate(lineages):
            whole = answered([one.question for one in lineage], given)
            assert left.get(place, Tally()) == whole, (LINEAGES[place], given)


def test_a_condition_over_words_is_asked_once_for_each_wording() -> None:
    times = 0
    plain = asked(CLOSED)

    def counted(given: Mapping[str, object]) -> Tally:
        nonlocal times
        times += 1
        return plain.question(given)

    wordings = Wordings([(replace(plain, question=counted), asked(IN_TIME))], tuple)
    for given in rows() * 20:
        for one in wordings.left(given):
            one.found(given)
    assert times == 6  # three kinds of case, with and without a limit


def test_a_condition_over_days_is_asked_of_every_row() -> None:
    assert asked(IN_TIME).words is None
    assert asked(HELD).words == ("在押",)
    assert asked(CLOSED).present == ("审限届满日",)
