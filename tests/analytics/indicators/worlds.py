"""Random tables and random indicators that every engine must answer alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from mingjing.analytics.indicators.compiling import Cut
from mingjing.domain.dates.periods import Period
from mingjing.domain.expressions.kinds import Kind, check_condition, quantity_of
from mingjing.domain.expressions.reading import ExpressionError, Value, read_expression, read_quantity
from mingjing.domain.indicators.counts import (
    MOMENT,
    At,
    Count,
    Direction,
    Indicator,
    Measure,
    MeasureKind,
    Population,
)
from mingjing.domain.indicators.evenness import PARTS
from mingjing.domain.indicators.formula import read_formula
from mingjing.domain.indicators.grains import Grain

KINDS = {
    "法院": Kind.TEXT,
    "承办人": Kind.TEXT,
    "案件类型": Kind.TEXT,
    "立案日期": Kind.DAY,
    "结案日期": Kind.DAY,
    "审限届满日": Kind.DAY,
    "延长次数": Kind.NUMBER,
    "占比": Kind.NUMBER,
    "标的额": Kind.MONEY,
    "到位金额": Kind.MONEY,
    "涉外": Kind.FLAG,
    "再审": Kind.FLAG,
}
CASES = Population("案件", KINDS, "立案日期", "结案日期")
WORDS = ("民事一审", "刑事一审", "a'b", "反\\斜", '引"号', "是")
FIRST = date(2023, 12, 20)
DAYS = st.integers(0, 420).map(lambda days: FIRST + timedelta(days=days))
TEXTS = st.sampled_from(WORDS)
NUMBERS = st.one_of(
    st.integers(-3, 12).map(Decimal),
    st.sampled_from([Decimal("0.5"), Decimal("0.1"), Decimal("999999999999.999999"), Decimal("-0.000001")]),
)
MONEY = st.one_of(
    st.integers(-100, 500).map(Decimal),
    st.sampled_from([Decimal("0.10"), Decimal("9999999999999999.99"), Decimal("50000000.01")]),
)
OF_KIND = {
    Kind.TEXT: TEXTS,
    Kind.DAY: DAYS,
    Kind.NUMBER: NUMBERS,
    Kind.MONEY: MONEY,
    Kind.FLAG: st.booleans(),
}
FILLED: list[dict[str, Value]] = [{}, {"延长次数": Decimal(0)}, {"涉外": False, "案件类型": "a'b"}]


def rows(most: int = 25) -> st.SearchStrategy[list[dict[str, object]]]:
    """Cases of which anything may be empty, many of them alike."""
    cells = {name: st.one_of(st.none(), OF_KIND[kind], OF_KIND[kind]) for name, kind in KINDS.items()}
    return st.lists(st.fixed_dictionaries(cells), max_size=most)


def _names(kind: Kind) -> st.SearchStrategy[str]:
    return st.sampled_from([name for name, one in KINDS.items() if one is kind])


def _quantities(stock: bool) -> st.SearchStrategy[str]:
    days = st.sampled_from([*(n for n, k in KINDS.items() if k is Kind.DAY), *([MOMENT] if stock else [])])
    between = st.tuples(days, days).map(lambda two: f"{two[0]} - {two[1]}")
    plain = st.one_of(_names(Kind.NUMBER), _names(Kind.MONEY), between)
    literal = st.sampled_from(["1", "2.5", "1000000", "0.000001"])
    summed = st.tuples(plain, st.sampled_from("+-*"), literal).map(lambda it: f"({it[0]}) {it[1]} {it[2]}")
    both = st.tuples(_names(Kind.NUMBER), st.sampled_from("+-*"), _names(Kind.NUMBER)).map(" ".join)
    return st.one_of(plain, plain, summed, both, plain.map(lambda one: f"-({one})"))


def conditions(*, stock: bool = False) -> st.SearchStrategy[str]:
    """Conditions the domain accepts, over the fields above."""
    signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    numbers = st.tuples(
        _quantities(stock), signs, st.one_of(_quantities(stock), st.sampled_from(["0", "1", "0.1", "500"]))
    )
    words = st.sampled_from([repr(word) for word in WORDS])
    texts = st.tuples(_names(Kind.TEXT), st.sampled_from(["==", "!="]), st.one_of(words, _names(Kind.TEXT)))
    flags = st.tuples(_names(Kind.FLAG), st.sampled_from(["==", "!="]), st.sampled_from(["是", "否", "再审"]))
    listed = st.tuples(
        _names(Kind.TEXT), st.sampled_from(["in", "not in"]), st.lists(words, min_size=1, max_size=3)
    ).map(lambda it: f"{it[0]} {it[1]} ({', '.join(it[2])},)")
    days = st.tuples(_names(Kind.DAY), signs, _names(Kind.DAY))
    dated = st.tuples(_names(Kind.DAY), st.sampled_from(["<", ">="]), DAYS.map(lambda day: f"'{day}'"))
    chain = st.tuples(_names(Kind.DAY), _names(Kind.DAY), _names(Kind.DAY)).map(" <= ".join)
    numbered = st.tuples(_names(Kind.NUMBER), st.sampled_from(["0, 1", "2, 0.5, -1"])).map(
        lambda it: f"{it[0]} in ({it[1]},)"
    )
    compared = st.one_of(numbers, texts, flags, days, dated).map(" ".join)
    leaf = st.one_of(compared, compared, listed, chain, numbered, _names(Kind.FLAG))
    whole = st.recursive(
        leaf,
        lambda inner: st.one_of(
            inner.map(lambda one: f"not ({one})"),
            st.tuples(inner, st.sampled_from(["and", "or"]), inner).map(
                lambda it: f"({it[0]}) {it[1]} ({it[2]})"
            ),
        ),
        max_leaves=5,
    )
    return whole.filter(lambda text: _fits(text, stock))


def _fits(text: str, stock: bool) -> bool:
    kinds = {**KINDS, **({MOMENT: Kind.DAY} if stock else {})}
    try:
        check_condition(read_expression(text), kinds)
    except ExpressionError:
        return False
    return True


@st.composite
def measures(draw: st.DrawFn, on: str) -> Measure:
    """Measures of a count by the day ``on``, or of a stock where there is none."""
    stock = not on
    kind = draw(st.sampled_from([MeasureKind.ROWS, *MeasureKind]))
    if kind is MeasureKind.EVEN and on:
        return Measure(kind, read_quantity(on), each=draw(st.sampled_from(PARTS)))
    if kind in (MeasureKind.ROWS, MeasureKind.EVEN):
        return Measure()
    kinds = {**KINDS, **({MOMENT: Kind.DAY} if stock else {})}
    of = read_quantity(draw(_quantities(stock)))
    try:
        quantity_of(of, kinds)
    except ExpressionError:
        of = read_quantity("标的额")
    return Measure(kind, of, draw(st.sampled_from([50, 90])) if kind is MeasureKind.RANK else 0)


@st.composite
def roots(draw: st.DrawFn, label: str) -> Count:
    at = draw(st.sampled_from([None, None, At.BEGIN, At.END]))
    where = draw(st.one_of(st.none(), conditions(stock=at is not None)))
    filled: dict[str, Value] = draw(st.sampled_from(FILLED))
    on = "" if at else draw(_names(Kind.DAY))
    return Count(
        label,
        on=on,
        at=at,
        where=read_expression(where) if where else None,
        needs=tuple(draw(st.lists(st.sampled_from(list(KINDS)), max_size=2, unique=True))),
        measure=draw(measures(on)),
        absent=filled,
    )


@st.composite
def parts(draw: st.DrawFn, label: str, parent: Count) -> Count:
    where = draw(st.one_of(st.none(), conditions(stock=parent.at is not None)))
    measure = draw(measures(parent.on))
    return Count(label, where=read_expression(where) if where else None, among=parent.label, measure=measure)


@st.composite
def indicators(draw: st.DrawFn, number: int) -> Indicator:
    """An indicator of a count, a part of it, a part of that, and a count of its own."""
    first, other = draw(roots("甲")), draw(roots("丁"))
    second = draw(parts("乙", first))
    third = Count("丙", where=None, among="乙", measure=draw(measures(first.on)))
    return Indicator(
        f"indicator.made{number}",
        "随机",
        "审判管理办公室",
        date(2024, 1, 1),
        "综合",
        Direction.NEITHER,
        "",
        2,
        (first, second, third, other),
        read_formula("甲 / (乙 + 丙 + 丁)"),
    )


@dataclass(frozen=True)
class World:
    """Cases, indicators, and how to cut."""

    rows: list[dict[str, object]]
    indicators: tuple[Indicator, ...]
    cut: Cut


@st.composite
def worlds(draw: st.DrawFn, most: int = 25) -> World:
    first = draw(DAYS)
    last = first + timedelta(days=draw(st.integers(0, 120)))
    by = draw(st.sampled_from([(), ("法院",), ("法院", "承办人")]))
    cut = Cut(Period(first, last, "期", "期"), by, draw(st.sampled_from(Grain)))
    made = tuple(draw(indicators(number)) for number in range(draw(st.integers(1, 3))))
    return World(draw(rows(most)), made, cut)
