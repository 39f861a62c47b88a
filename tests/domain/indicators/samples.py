"""A small population and indicators made of text."""

from __future__ import annotations

from datetime import date

from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import Count, Direction, Indicator, Population
from mingjing.domain.indicators.formula import read_formula

CASES = Population(
    "案件",
    {
        "法院": Kind.TEXT,
        "立案日期": Kind.DAY,
        "结案日期": Kind.DAY,
        "审限届满日": Kind.DAY,
        "标的额": Kind.MONEY,
        "延长次数": Kind.NUMBER,
        "涉外": Kind.FLAG,
    },
    "立案日期",
    "结案日期",
)
YEAR = Period(date(2024, 1, 1), date(2024, 12, 31), "2024", "2024年")


def indicator(value: str, *parts: Count, unit: str = "%", decimals: int = 2) -> Indicator:
    return Indicator(
        "indicator.sample",
        "样本",
        "审判管理办公室",
        date(2024, 1, 1),
        "综合",
        Direction.NEITHER,
        unit,
        decimals,
        parts,
        read_formula(value),
    )
