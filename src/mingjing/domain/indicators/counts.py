"""What is counted: rows of a population on a date, and what is made of those counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from enum import Enum

from mingjing.domain.expressions.kinds import SCALE, Kind
from mingjing.domain.expressions.reading import Expression, Value
from mingjing.domain.indicators.formula import Formula
from mingjing.domain.indicators.grains import Grain
from mingjing.domain.indicators.lights import Lights

CASES = "案件"
MOMENT = "时点"
"""In the condition of a stock: the day on which it is looked at."""
DAYS = "期间天数"
"""In a formula: how many days the period has."""


BEIJING = timezone(timedelta(hours=8))
"""In which the day of a moment is told."""


class At(Enum):
    """When a stock is looked at: at the end of the last day, or at the end of the day before the first."""

    BEGIN = "期初"
    END = "期末"


class MeasureKind(Enum):
    """What is made of the rows that count."""

    ROWS = "count"
    SUM = "sum"
    RANK = "rank"
    EVEN = "even"


@dataclass(frozen=True, slots=True)
class Measure:
    """Rows, the sum of a quantity over them, the quantity at a rank (percent; 50 is the median), or how
    evenly rows fall upon the months or quarters (``each``) of the day ``of``, which is that of the count."""

    kind: MeasureKind = MeasureKind.ROWS
    of: Expression | None = None
    rank: int = 0
    each: Grain | None = None

    @property
    def spreads(self) -> bool:
        """Whether every value is wanted with how often it was, not only how many rows."""
        return self.kind in (MeasureKind.RANK, MeasureKind.EVEN)


@dataclass(frozen=True)
class Population:
    """The rows one can count. ``kinds``: field → what it holds; ``opened`` and ``ended`` are the dates from
    which and until which (that day not included) a row stands; a row without ``opened`` never stands."""

    over: str
    kinds: Mapping[str, Kind]
    opened: str
    ended: str


@dataclass(frozen=True)
class Count:
    """One count. With ``among`` it is a part of another count and has its population, date and needs.

    A row counts when its date ``on`` lies in the period (a flow), or when it stands ``at`` the moment (a
    stock), and ``where`` holds. A row that lacks a field which ``where`` comes to, one of ``needs``, or the
    measured quantity is *missing*: neither yes nor no. ``absent`` says what an empty field stands for.
    """

    label: str
    over: str = CASES
    on: str = ""
    at: At | None = None
    where: Expression | None = None
    needs: tuple[str, ...] = ()
    among: str = ""
    measure: Measure = Measure()
    absent: Mapping[str, Value] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """What it counts, whatever it is called; equal keys count the same rows of the same parent."""
        measure = self.measure
        measured = f"{measure.kind.value} {measure.rank} {measure.of and measure.of.text}"
        measured += f" {measure.each.value}" if measure.each else ""
        filled = sorted((name, str(value)) for name, value in self.absent.items())
        parts = (self.over, self.on, self.at and self.at.value, self.where and self.where.text)
        return repr((*parts, sorted(self.needs), measured, filled))


class Direction(Enum):
    """Which way is better; ◇ neither."""

    UP = "↑"
    DOWN = "↓"
    NEITHER = "◇"


@dataclass(frozen=True)
class Indicator:
    """A figure a court keeps. ``parts`` lists the counts, a parent before its parts."""

    id: str
    label: str
    owner: str
    since: date
    group: str
    direction: Direction
    unit: str
    decimals: int
    parts: tuple[Count, ...]
    value: Formula
    caveats: tuple[str, ...] = ()
    basis: str = ""
    questions: tuple[str, ...] = ()
    content_hash: str = ""
    lights: Lights | None = None

    def count(self, label: str) -> Count:
        """A count by its label. Raises KeyError."""
        return next(one for one in self.parts if one.label == label)

    def lineage(self, label: str) -> tuple[Count, ...]:
        """The count and those it is a part of, the outermost first."""
        found = [self.count(label)]
        while found[0].among:
            found.insert(0, self.count(found[0].among))
        return tuple(found)

    @property
    def proportion(self) -> tuple[str, str] | None:
        """(part, whole) where the value is the share of one count in another it is a part of, else None.

        Only such a value has funnel limits: it is so many out of so many.
        """
        names = self.value.quotient
        if names is None or self.count(names[0]).among != names[1]:
            return None
        rows = all(self.count(name).measure.kind is MeasureKind.ROWS for name in names)
        return names if rows else None


def read_row(row: Mapping[str, object], kinds: Mapping[str, Kind]) -> dict[str, Value]:
    """The fields of a row as conditions compare them; what is empty or cannot be what it should is left out.

    A moment becomes its day. Numbers become ``Decimal`` with at most 6 places, money with 2 (halves to even);
    more than 12 and 16 digits before the point are not read.
    """
    found: dict[str, Value] = {}
    for name, given in row.items():
        kind = kinds.get(name)
        value = None if kind is None else _READ[kind](given)
        if value is not None:
            found[name] = value
    return found


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value != "" else None


def _day(value: object) -> date | None:
    """A day, or the day of a moment: as it stands, or in Beijing where it names an offset."""
    if isinstance(value, datetime):
        return (value.astimezone(BEIJING) if value.tzinfo else value).date()
    return value if isinstance(value, date) else None


def _flag(value: object) -> bool | None:
    if value in ("是", "否"):
        return value == "是"
    return value if isinstance(value, bool) else None


def _decimal(value: object, places: int) -> Decimal | None:
    if isinstance(value, bool) or not isinstance(value, (int, float, Decimal)):
        return None
    try:
        exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
        rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_EVEN)
    except InvalidOperation:
        return None
    if not rounded.is_finite():
        return None
    return rounded if abs(rounded) < Decimal(10) ** (18 - places) else None


_READ: dict[Kind, Callable[[object], Value | None]] = {
    Kind.TEXT: _text,
    Kind.DAY: _day,
    Kind.FLAG: _flag,
    Kind.NUMBER: lambda value: _decimal(value, SCALE),
    Kind.MONEY: lambda value: _decimal(value, 2),
}
