"""Where the SQL of DuckDB and of Spark differs, and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from mingjing.domain.expressions.kinds import SCALE, Kind
from mingjing.domain.indicators.grains import Grain

ZONE = "Asia/Shanghai"
"""Where a moment's day is told."""
_TYPES = {
    Kind.TEXT: ("VARCHAR", "STRING"),
    Kind.NUMBER: (f"DECIMAL(18,{SCALE})", f"DECIMAL(18,{SCALE})"),
    Kind.MONEY: ("DECIMAL(18,2)", "DECIMAL(18,2)"),
    Kind.DAY: ("DATE", "DATE"),
    Kind.FLAG: ("BOOLEAN", "BOOLEAN"),
}
_UNITS = {Grain.DAY: "day", Grain.WEEK: "week", Grain.MONTH: "month", Grain.QUARTER: "quarter"}
_UNITS[Grain.YEAR] = "year"


@dataclass(frozen=True)
class Dialect:
    """One engine's way of writing."""

    name: str
    spark: bool

    def type_of(self, kind: Kind) -> str:
        """The column type of a kind of field."""
        return _TYPES[kind][self.spark]

    def read_as(self, kind: Kind) -> Callable[[str], str]:
        """How a column of a file becomes one of a kind: a moment its day, an empty text nothing."""
        type_ = self.type_of(kind)
        return lambda column: (
            f"nullif(CAST({column} AS {type_}), '')" if kind is Kind.TEXT else (f"CAST({column} AS {type_})")
        )

    def named(self, name: str) -> str:
        """A column or table."""
        return f"`{name.replace('`', '``')}`" if self.spark else '"' + name.replace('"', '""') + '"'

    def text(self, value: str) -> str:
        """A text; Spark reads backslashes."""
        if self.spark:
            return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'"
        return "'" + value.replace("'", "''") + "'"

    def day(self, value: date) -> str:
        """A day."""
        return f"DATE '{value.isoformat()}'"

    def days_between(self, later: str, earlier: str) -> str:
        """Days from one day to another, negative backwards, as BIGINT."""
        if self.spark:
            return f"CAST(datediff({later}, {earlier}) AS BIGINT)"
        return f"({later} - {earlier})"

    def begins(self, grain: Grain, day: str, first: date) -> str:
        """The first day of the period of a grain in which a day lies; all of it is one for 合计."""
        if grain is Grain.WHOLE:
            return self.day(first)
        if grain is Grain.DAY:
            return day
        if grain is Grain.HALF:
            return f"make_date(year({day}), CASE WHEN month({day}) <= 6 THEN 1 ELSE 7 END, 1)"
        if grain is Grain.MONTH and not self.spark:
            # A third of the time of date_trunc, which goes by way of years and months.
            return f"({day} - CAST(day({day}) - 1 AS INTEGER))"
        unit = _UNITS[grain]
        cut = f"trunc({day}, '{unit}')" if self.spark else f"date_trunc('{unit}', {day})"
        return f"CAST({cut} AS DATE)"

    def place_of(self, each: Grain, day: str) -> str:
        """The number of the month or quarter of a day, counted from the year 0."""
        unit, number = ("month", 12) if each is Grain.MONTH else ("quarter", 4)
        return f"(year({day}) * {number} + {unit}({day}) - 1)"

    def total(self, quantity: str, digits: int, scale: int) -> str:
        """The sum of a quantity, which Spark would add up in 64 bits."""
        if self.spark and scale == 0 and digits > 9:
            return f"sum(CAST({quantity} AS DECIMAL({digits},0)))"
        return f"sum({quantity})"


DUCKDB = Dialect("duckdb", spark=False)
SPARK = Dialect("spark", spark=True)
