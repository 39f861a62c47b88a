"""Counts add up, what is missing stands apart, and a rate is computed after adding, never averaged."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingjing.domain.dates.periods import Every, Period, period_of
from mingjing.domain.expressions.reading import read_expression, read_quantity
from mingjing.domain.indicators.counts import At, Count, Measure, MeasureKind, read_row
from mingjing.domain.indicators.figures import figure, rounded
from mingjing.domain.indicators.grains import Grain, buckets
from mingjing.domain.indicators.tallying import Table, Tallied, Tally, add, in_turn, tally, tally_all
from tests.domain.indicators.samples import CASES, YEAR, indicator

CLOSED = Count("结案", on="结案日期", needs=("审限届满日",))
WITHIN = Count("审限内", among="结案", where=read_expression("结案日期 <= 审限届满日"))
RATE = indicator("审限内 / 结案", CLOSED, WITHIN)
DAY = date(2024, 3, 1)


def case(**fields: object) -> dict[str, object]:
    return {"结案日期": DAY, "审限届满日": DAY, **fields}


def counted(rows: list[dict[str, object]]) -> Tallied:
    return tally(RATE, {"案件": Table(CASES, rows)}, YEAR)


def test_a_denominator_of_zero_is_no_data_and_never_a_hundred_percent() -> None:
    found = figure(RATE, counted([])).value
    assert (found.value, found.text) == (None, "无数据")


def test_a_case_that_lacks_the_due_day_is_counted_apart() -> None:
    found = figure(RATE, counted([case(), case(审限届满日=None)])).value
    assert (found.text, found.missing) == ("100.00%", 1)


def test_the_working_ends_with_the_figure_and_names_what_is_missing() -> None:
    steps = figure(
        RATE, counted([case(), case(), case(审限届满日=DAY - timedelta(days=1)), case(审限届满日=None)])
    ).steps
    assert [(step.amount, step.text) for step in steps] == [
        ("3 件", "结案"),
        ("2 件", "审限内"),
        ("1 件", "结案：缺数据，未计入（要有：审限届满日）"),
        ("= 66.67%", "审限内 ÷ 结案 = 2 ÷ 3"),
    ]


def test_a_rate_of_two_courts_is_that_of_all_their_cases() -> None:
    rows: list[dict[str, object]] = [case(法院="甲") for _ in range(9)] + [
        case(法院="乙", 审限届满日=DAY - timedelta(days=1))
    ]
    found = tally_all((RATE,), {"案件": Table(CASES, rows)}, within=YEAR, by=("法院",))
    whole = add(by_id["indicator.sample"] for by_id in found.values())
    assert figure(RATE, whole).value.text == "90.00%", "两院各自是 100% 和 0%，平均是 50%"


def test_twelve_months_in_turn_are_the_year() -> None:
    standing = Count("未结", at=At.END)
    before = Count("旧存", at=At.BEGIN)
    both = indicator("结案 / (旧存 + 未结)", Count("结案", on="结案日期"), before, standing)
    rows: list[dict[str, object]] = [
        {"立案日期": date(2023, 11, 5), "结案日期": date(2024, 2, 1)},
        {"立案日期": date(2024, 1, 5), "结案日期": None},
        {"立案日期": date(2024, 6, 30), "结案日期": date(2024, 12, 31)},
        {"立案日期": date(2024, 12, 31), "结案日期": date(2025, 1, 1)},
    ]
    tables = {"案件": Table(CASES, rows)}
    months = tally_all((both,), tables, within=YEAR, every=Grain.MONTH)
    filled = {slot.period: by_id["indicator.sample"] for slot, by_id in months.items()}
    nothing = {one.label: Tally() for one in both.parts}
    each = [filled.get(month, Tallied(nothing, month)) for month in buckets(Grain.MONTH, YEAR)]
    assert in_turn(both, each, YEAR) == tally(both, tables, YEAR)
    assert {label: one.rows for label, one in in_turn(both, each, YEAR).counts.items()} == {
        "结案": 2,
        "旧存": 1,
        "未结": 2,
    }


def test_periods_with_a_gap_do_not_make_a_whole() -> None:
    months = [period_of(Every.MONTH, date(2024, at, 1)) for at in (1, 3)]
    quarter = period_of(Every.QUARTER, date(2024, 1, 1))
    with pytest.raises(ValueError, match="fill"):
        in_turn(RATE, [Tallied({"结案": Tally(), "审限内": Tally()}, month) for month in months], quarter)
    with pytest.raises(ValueError, match="same period"):
        add([Tallied({}, month) for month in months])


@pytest.mark.parametrize(
    ("days", "rank", "expected"),
    [
        ((3, 1, 2), 50, "2"),
        ((4, 1, 2, 3), 50, "2.5"),
        ((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 90, "9"),
        ((), 50, None),
    ],
)
def test_the_middle_is_of_all_the_rows_together(
    days: tuple[int, ...], rank: int, expected: str | None
) -> None:
    measure = Measure(MeasureKind.RANK, read_quantity("结案日期 - 立案日期"), rank)
    one = indicator("中间", Count("中间", on="结案日期", measure=measure), unit="天", decimals=1)
    rows = [{"立案日期": DAY, "结案日期": DAY + timedelta(days=number)} for number in days]
    halves = [tally(one, {"案件": Table(CASES, part)}, YEAR) for part in (rows[::2], rows[1::2])]
    found = figure(one, add(halves)).value.exact
    assert found == (None if expected is None else Fraction(expected))


def test_money_is_added_to_the_cent() -> None:
    total = Count("金额", on="结案日期", measure=Measure(MeasureKind.SUM, read_quantity("标的额")))
    one = indicator("金额", total, unit="万元", decimals=6)
    rows = [{"结案日期": DAY, "标的额": Decimal("0.10")} for _ in range(3)]
    assert figure(one, tally(one, {"案件": Table(CASES, rows)}, YEAR)).value.text == "0.000030 万元"


def test_what_is_not_entered_counts_as_what_the_definition_says() -> None:
    where = read_expression("延长次数 == 0")
    plain = indicator("件", Count("件", on="结案日期", where=where), unit="件", decimals=0)
    filled = indicator(
        "件", Count("件", on="结案日期", where=where, absent={"延长次数": Decimal(0)}), unit="件"
    )
    rows: list[dict[str, object]] = [{"结案日期": DAY}, {"结案日期": DAY, "延长次数": 1}]
    tables = {"案件": Table(CASES, rows)}
    assert figure(plain, tally(plain, tables, YEAR)).value.missing == 1
    assert tally(filled, tables, YEAR).counts["件"] == Tally(rows=1)


@given(st.fractions(-1000, 1000), st.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half(exact: Fraction, decimals: int) -> None:
    found = Fraction(rounded(exact, decimals))
    assert abs(found - exact) <= Fraction(1, 2 * 10**decimals)
    assert abs(found) >= abs(exact) or abs(found - exact) < Fraction(1, 2 * 10**decimals), "halves go outward"


def test_periods_are_cut_to_the_span_asked_for() -> None:
    span = Period(date(2024, 1, 10), date(2024, 3, 5), "x", "x")
    found = buckets(Grain.MONTH, span)
    assert [(one.first.day, one.last.day, one.code) for one in found] == [
        (10, 31, "2024-01"),
        (1, 29, "2024-02"),
        (1, 5, "2024-03"),
    ]
    assert len(buckets(Grain.DAY, span)) == 56


def test_a_moment_is_read_as_its_day_in_beijing() -> None:
    late = datetime(2024, 3, 31, 20, 0, tzinfo=UTC)
    row = read_row({"立案日期": late, "结案日期": datetime(2024, 12, 31, 23, 59)}, CASES.kinds)  # noqa: DTZ001
    assert row == {"立案日期": date(2024, 4, 1), "结案日期": date(2024, 12, 31)}


def test_what_is_no_number_is_not_read() -> None:
    for none in (Decimal("NaN"), Decimal("sNaN"), float("nan"), float("inf"), Decimal("-Infinity"), 10**25):
        assert read_row({"标的额": none}, CASES.kinds) == {}
