"""Indicators worked out from raw rows by plain loops, as somebody would who never saw the product.

Nothing of the product is imported. A row is a dict; None is what nobody entered. Every function gives the
value as a fraction (None: there is nothing to divide by) and how many rows could not be told.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

Row = dict[str, Any]
Found = tuple[Fraction | None, int]


def divided(top: Fraction | int, bottom: Fraction | int, times: int = 1) -> Fraction | None:
    return None if bottom == 0 else Fraction(top) * times / Fraction(bottom)


def on(rows: Sequence[Row], day: str, first: date, last: date) -> list[Row]:
    return [row for row in rows if row[day] is not None and first <= row[day] <= last]


def standing(rows: Sequence[Row], moment: date) -> list[Row]:
    """Cases filed by the end of a day and not closed by then."""
    return [
        row
        for row in rows
        if row["立案日期"] is not None
        and row["立案日期"] <= moment
        and (row["结案日期"] is None or row["结案日期"] > moment)
    ]


def yes_and_unknown(rows: Sequence[Row], name: str, wanted: object) -> tuple[list[Row], int]:
    yes = [row for row in rows if row[name] == wanted and row[name] is not None]
    return yes, sum(row[name] is None for row in rows)


def having(rows: Sequence[Row], *names: str) -> tuple[list[Row], int]:
    whole = [row for row in rows if all(row[name] is not None for name in names)]
    return whole, len(rows) - len(whole)


def within_limit(rows: Sequence[Row], first: date, last: date) -> Found:
    limited, unknown = yes_and_unknown(on(rows, "结案日期", first, last), "有无审限", "有")
    dated, undated = having(limited, "审限届满日")
    good = sum(row["结案日期"] <= row["审限届满日"] for row in dated)
    return divided(good, len(dated), 100), unknown + undated


def closing_rate(rows: Sequence[Row], first: date, last: date) -> Found:
    old, a = yes_and_unknown(standing(rows, first - timedelta(days=1)), "计件", True)
    new, b = yes_and_unknown(on(rows, "立案日期", first, last), "计件", True)
    closed, c = yes_and_unknown(on(rows, "结案日期", first, last), "计件", True)
    return divided(len(closed), len(old) + len(new), 100), a + b + c


def clearance_rate(rows: Sequence[Row], first: date, last: date) -> Found:
    new, a = yes_and_unknown(on(rows, "立案日期", first, last), "计件", True)
    closed, b = yes_and_unknown(on(rows, "结案日期", first, last), "计件", True)
    return divided(len(closed), len(new), 100), a + b


def disposition_time(rows: Sequence[Row], first: date, last: date) -> Found:
    left, a = yes_and_unknown(standing(rows, last), "计件", True)
    closed, b = yes_and_unknown(on(rows, "结案日期", first, last), "计件", True)
    return divided(len(left), len(closed), (last - first).days + 1), a + b


def lengths(rows: Sequence[Row], first: date, last: date) -> tuple[list[int], int]:
    closed, a = yes_and_unknown(on(rows, "结案日期", first, last), "计件", True)
    dated, b = having(closed, "立案日期")
    return sorted((row["结案日期"] - row["立案日期"]).days for row in dated), a + b


def average_days(rows: Sequence[Row], first: date, last: date) -> Found:
    days, unknown = lengths(rows, first, last)
    return divided(sum(days), len(days)), unknown


def median_days(rows: Sequence[Row], first: date, last: date) -> Found:
    days, unknown = lengths(rows, first, last)
    if not days:
        return None, unknown
    half = len(days) // 2
    middle = Fraction(days[half]) if len(days) % 2 else Fraction(days[half - 1] + days[half], 2)
    return middle, unknown


def appeal_rate(rows: Sequence[Row], first: date, last: date) -> Found:
    closed, a = yes_and_unknown(on(rows, "结案日期", first, last), "审级", "一审")
    appealed, b = yes_and_unknown(on(rows, "上诉日期", first, last), "审级", "一审")
    return divided(len(appealed), len(closed), 100), a + b


def recovery_rate(rows: Sequence[Row], first: date, last: date) -> Found:
    closed, a = yes_and_unknown(on(rows, "结案日期", first, last), "案件类型", "首次执行")
    known, b = having(closed, "申请执行金额", "到位金额")
    asked = sum((Fraction(row["申请执行金额"]) for row in known), Fraction(0))
    got = sum((Fraction(row["到位金额"]) for row in known), Fraction(0))
    return divided(got, asked, 100), a + b


def part_of_kind(kind: str, field: str, wanted: object) -> Callable[[Sequence[Row], date, date], Found]:
    def rate(rows: Sequence[Row], first: date, last: date) -> Found:
        closed, a = yes_and_unknown(on(rows, "结案日期", first, last), "案件类型", kind)
        known, b = having(closed, field)
        return divided(sum(row[field] == wanted for row in known), len(known), 100), a + b

    return rate


def pending(rows: Sequence[Row], first: date, last: date) -> Found:
    left, unknown = yes_and_unknown(standing(rows, last), "计件", True)
    return Fraction(len(left)), unknown


def over_a_year(rows: Sequence[Row], first: date, last: date) -> Found:
    left, a = yes_and_unknown(standing(rows, last), "计件", True)
    dated, b = having(left, "原始立案日期")
    old = sum((last - row["原始立案日期"]).days > 365 for row in dated)
    return divided(old, len(dated), 100), a + b


def case_ratio(rows: Sequence[Row], first: date, last: date) -> Found:
    filed = on(rows, "立案日期", first, last)
    pieces, unknown = yes_and_unknown(filed, "计件", True)
    cases = 0
    for row in filed:
        if row["审级"] is None:
            unknown += 1
        elif row["审级"] == "一审":
            cases += 1
        elif row["案件类型"] is None:
            unknown += 1
        elif row["案件类型"] == "首次执行" and row["非诉执行"]:
            cases += 1
    return divided(len(pieces), cases), unknown


INDICATORS: dict[str, tuple[Callable[[Sequence[Row], date, date], Found], int]] = {
    "within_limit": (within_limit, 2),
    "closing_rate": (closing_rate, 2),
    "clearance_rate": (clearance_rate, 1),
    "disposition_time": (disposition_time, 1),
    "average_days": (average_days, 1),
    "median_days": (median_days, 1),
    "appeal_rate": (appeal_rate, 2),
    "recovery_rate": (recovery_rate, 2),
    "small_claims_rate": (part_of_kind("民事一审", "审理程序", "小额诉讼程序"), 2),
    "ended_for_now_rate": (part_of_kind("首次执行", "结案方式", "终结本次执行程序"), 2),
    "fully_executed_rate": (part_of_kind("首次执行", "结案方式", "执行完毕"), 2),
    "mediation_rate": (part_of_kind("民事一审", "调撤", True), 2),
    "pending": (pending, 0),
    "pending_over_12_months": (over_a_year, 2),
    "case_ratio": (case_ratio, 2),
}
"""Indicator → how it is worked out, and its decimals."""


def shown(value: Fraction | None, decimals: int) -> str:
    """Rounded half away from zero, empty where there is no value."""
    if value is None:
        return ""
    exact = Decimal(value.numerator) / Decimal(value.denominator)
    return str(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))
