"""What is kept day by day comes to what the plain reference counts at once, whatever rows and period."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.expressions.reading import read_expression, read_quantity
from mingjing.domain.indicators.counts import (
    At,
    Count,
    Direction,
    Indicator,
    Measure,
    MeasureKind,
    Population,
)
from mingjing.domain.indicators.formula import read_formula
from mingjing.domain.indicators.grains import Grain
from mingjing.domain.indicators.tallying import Table, tally
from mingjing.services.figures.cells import Amount, Amounts, Given, Part
from mingjing.services.figures.counting import Counting, keepable, tallied

CASES = Population(
    "案件",
    {
        "案件类型": Kind.TEXT,
        "立案日期": Kind.DAY,
        "结案日期": Kind.DAY,
        "审限届满日": Kind.DAY,
        "标的额": Kind.MONEY,
        "在押": Kind.FLAG,
    },
    "立案日期",
    "结案日期",
)
PARTS = (
    Count(
        "结案",
        on="结案日期",
        where=read_expression("案件类型 in (民事一审, 刑事一审)"),
        needs=("审限届满日",),
    ),
    Count("限内", among="结案", where=read_expression("结案日期 <= 审限届满日")),
    Count("标的", on="立案日期", measure=Measure(MeasureKind.SUM, read_quantity("标的额"))),
    Count(
        "中位",
        among="结案",
        measure=Measure(MeasureKind.RANK, read_quantity("结案日期 - 立案日期"), 50),
    ),
    Count(
        "均衡", among="结案", measure=Measure(MeasureKind.EVEN, read_quantity("结案日期"), each=Grain.MONTH)
    ),
    Count("旧存", at=At.BEGIN, where=read_expression("在押 == 否"), absent={"在押": False}),
    Count("未结", at=At.END),
    Count("超期", among="未结", where=read_expression("时点 > 审限届满日")),
    Count("中等", among="未结", where=read_expression("30 < 时点 - 立案日期 <= 90")),
    Count("满月", among="未结", where=read_expression("时点 - 立案日期 == 30")),
    Count("案龄", among="未结", measure=Measure(MeasureKind.RANK, read_quantity("时点 - 立案日期"), 90)),
    Count("总龄", among="未结", measure=Measure(MeasureKind.SUM, read_quantity("时点 - 立案日期"))),
)
INDICATOR = Indicator(
    "indicator.all", "全部", "审管办", date(2024, 1, 1), "综合", Direction.NEITHER, "件", 0, PARTS,
    read_formula("结案"),
)  # fmt: skip
FIRST = date(2024, 1, 1)
days = st.integers(0, 200).map(lambda n: FIRST + timedelta(days=n))
rows = st.fixed_dictionaries(
    {},
    optional={
        "案件类型": st.sampled_from(["民事一审", "刑事一审", "首次执行", ""]),
        "立案日期": days,
        "结案日期": days,
        "审限届满日": days,
        "标的额": st.integers(0, 10**9) | st.decimals(0, 10**6, places=2),
        "在押": st.booleans(),
    },
)


def kept(found: Mapping[int, tuple[Part, ...]], period: Period) -> tuple[Amounts, Amounts, Amounts]:
    """The parts of many rows, added as cells add them."""
    flows: Amounts = {}
    opening: Amounts = {}
    closing: Amounts = {}
    for parts in found.values():
        for part in Given.load(Given(("",), parts).dump()).parts:
            into = [flows] if not part.stock and part.day in period else []
            into += [opening] if part.stock and part.day < period.first else []
            into += [closing] if part.stock and part.day <= period.last else []
            for amounts in into:
                amounts.setdefault(part.key, Amount()).add(part)
    return flows, opening, closing


@settings(max_examples=150)
@given(st.lists(rows, max_size=12), days, st.integers(0, 120))
def test_any_rows_any_period(table: list[dict[str, object]], first: date, length: int) -> None:
    period = Period(first, first + timedelta(days=length), "x", "x")
    counting = Counting([INDICATOR.lineage(one.label) for one in PARTS], CASES)
    found = {place: counting.parts(row) for place, row in enumerate(table)}
    expected = tally(INDICATOR, {"案件": Table(CASES, table)}, period)
    assert tallied(INDICATOR, period, *kept(found, period)) == expected


def test_a_count_whose_condition_turns_more_than_once_is_not_kept() -> None:
    twice = Count("x", at=At.END, where=read_expression("(时点 - 立案日期) * (时点 - 结案日期) > 3"))
    once = Count("x", at=At.END, where=read_expression("时点 - 立案日期 > 365"))
    spread = Count(
        "x", at=At.END, measure=Measure(MeasureKind.RANK, read_quantity("(时点 - 立案日期) * 2"), 50)
    )
    assert not keepable((twice,))
    assert not keepable((spread,))
    assert keepable((once,))
