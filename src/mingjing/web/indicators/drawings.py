"""Drawings of figures: a spark, a history with its range, a funnel. Numbers in, coordinates out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

SPARK_WIDTH, SPARK_HEIGHT = 108, 24
WIDTH, HEIGHT = 720, 220
LEFT, RIGHT, TOP, BOTTOM = 44, 64, 20, 28


@dataclass(frozen=True, slots=True)
class Spark:
    """A line no bigger than a word; missing months break it. ``last`` is where the newest value stands."""

    pieces: tuple[str, ...]
    last: tuple[float, float] | None
    width: int = SPARK_WIDTH
    height: int = SPARK_HEIGHT


def spark(values: Sequence[float | None]) -> Spark:
    """Where to draw ``values``, oldest first, between their own lowest and highest."""
    known = [value for value in values if value is not None]
    if not known:
        return Spark((), None)
    low, high = min(known), max(known)
    step = (SPARK_WIDTH - 8) / max(1, len(values) - 1)
    spread = (high - low) or 1.0
    places = [
        None
        if value is None
        else (
            round(3 + step * place, 1),
            round(3 + (SPARK_HEIGHT - 6) * (1 - (value - low) / spread if high > low else 0.5), 1),
        )
        for place, value in enumerate(values)
    ]
    last = next((place for place in reversed(places) if place is not None), None)
    return Spark(tuple(_pieces(places)), last)


def _pieces(places: Sequence[tuple[float, float] | None]) -> list[str]:
    """The unbroken stretches of a line that have at least two points."""
    pieces: list[list[str]] = [[]]
    for place in places:
        if place is None:
            pieces.append([])
        else:
            pieces[-1].append(f"{place[0]},{place[1]}")
    return [" ".join(piece) for piece in pieces if len(piece) > 1]


@dataclass(frozen=True, slots=True)
class Mark:
    """A point of a drawing: where, what it is called, what is written at it, whether it stands outside."""

    x: float
    y: float
    label: str
    said: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Level:
    """A line or label at one height."""

    y: float
    said: str


@dataclass(frozen=True, slots=True)
class History:
    """A figure over time, its range where the court entered one, and the heights written at the left."""

    pieces: tuple[str, ...]
    marks: tuple[Mark, ...]
    labels: tuple[Mark, ...]
    levels: tuple[Level, ...]
    band: tuple[float, float] | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT - BOTTOM

    @property
    def across(self) -> int:
        """How wide the plot is."""
        return self.right - self.left


def history(
    values: Sequence[tuple[str, float | None]],
    *,
    low: float | None = None,
    high: float | None = None,
    said: Sequence[str] = (),
) -> History:
    """Where to draw ``values`` (label and number, oldest first), with a range from ``low`` to ``high``.

    ``said`` are the numbers as written, in the same order.
    """
    known = [value for _, value in values if value is not None]
    known += [one for one in (low, high) if one is not None]
    bottom, top = _axis(known)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values) - 1)
    peak = max((value for _, value in values if value is not None), default=None)
    marks: list[Mark] = []
    places: list[tuple[float, float] | None] = []
    spoken = False
    for place, (label, value) in enumerate(values):
        if value is None:
            places.append(None)
            continue
        x, y = round(LEFT + step * place, 1), _height(value, bottom, top)
        outside = (low is not None and value < low) or (high is not None and value > high)
        tell = place == len(values) - 1 or (value == peak and not spoken)
        spoken = spoken or value == peak
        text = said[place] if place < len(said) else _told(value)
        marks.append(Mark(x, y, f"{label} {text}", text if tell else "", outside))
        places.append((x, y))
    every = max(1, -(-len(values) // 8))
    labels = tuple(
        Mark(round(LEFT + step * place, 1), HEIGHT - 8, label)
        for place, (label, _) in enumerate(values)
        if place == len(values) - 1 or (place % every == 0 and len(values) - 1 - place >= every)
    )
    band = None
    if low is not None or high is not None:
        upper = _height(top if high is None else high, bottom, top)
        band = (upper, round(_height(bottom if low is None else low, bottom, top) - upper, 1))
    return History(tuple(_pieces(places)), tuple(marks), labels, _levels(bottom, top), band)


def ranks(values: Sequence[tuple[str, int, int, bool]]) -> History:
    """Where to draw announced ranks (year, rank, of how many, of a whole year), oldest first; the first rank
    is at the top. Part of a year stands alone and hollow: no line leads to it."""
    last = max([2, *(peers for _, _, peers, _ in values)])
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values) - 1)
    marks, labels = [], []
    places: list[tuple[float, float] | None] = []
    for place, (year, rank, peers, whole) in enumerate(values):
        x, y = round(LEFT + step * place, 1), _height(last - rank, 0, last - 1)
        part = "" if whole else "，不满一年"
        marks.append(Mark(x, y, f"{year} 第 {rank} 名，共 {peers} 家{part}", f"{rank}/{peers}", not whole))
        labels.append(Mark(x, HEIGHT - 8, year if whole else f"{year}（部分）"))
        places.append((x, y) if whole else None)
    levels = tuple(Level(_height(last - rank, 0, last - 1), str(rank)) for rank in (1, last))
    return History(tuple(_pieces(places)), tuple(marks), tuple(labels), levels, None)


@dataclass(frozen=True, slots=True)
class Funnel:
    """Rates against the number of cases they rest on, between the limits chance alone would draw."""

    marks: tuple[Mark, ...]
    upper: str
    lower: str
    middle: float
    levels: tuple[Level, ...]
    labels: tuple[Mark, ...]
    width: int = WIDTH
    height: int = HEIGHT + 60
    left: int = LEFT
    right: int = WIDTH - RIGHT
    base: int = HEIGHT + 60 - BOTTOM


def funnel(
    points: Sequence[tuple[str, int, float, bool]],
    centre: float,
    limits: Sequence[tuple[int, float, float]],
) -> Funnel:
    """Where to draw ``points`` (name, cases, rate in percent, whether outside) around ``centre``.

    ``limits`` are, for growing numbers of cases, the lowest and highest rate that chance explains.
    """
    tall = HEIGHT + 60
    most = max([n for _, n, _, _ in points] + [n for n, _, _ in limits] + [1])
    rates = [rate for _, _, rate, _ in points] + [centre]
    rates += [rate for n, low, high in limits for rate in (low, high) if n * 6 >= most]
    bottom, top = _axis(rates)

    def x(n: int) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * n / most, 1)

    def y(rate: float) -> float:
        return _height(min(top, max(bottom, rate)), bottom, top, tall)

    marks = tuple(
        Mark(x(n), y(rate), f"{name}：{rate:.2f}%，{n} 件", name if outside else "", outside)
        for name, n, rate, outside in points
    )
    upper = " ".join(f"{x(n)},{y(high)}" for n, _, high in limits)
    lower = " ".join(f"{x(n)},{y(low)}" for n, low, _ in limits)
    labels = tuple(Mark(x(n), tall - 8, f"{n} 件") for n in dict.fromkeys((0, most // 2, most)))
    return Funnel(marks, upper, lower, y(centre), _levels(bottom, top, tall, "%"), labels)


def _axis(known: Sequence[float]) -> tuple[float, float]:
    """The lowest and the highest height of a drawing: it begins at nought unless something is below."""
    top, bottom = max([*known, 0.0]), min([*known, 0.0])
    return bottom, top if top > bottom else bottom + 1.0


def _height(value: float, bottom: float, top: float, tall: int = HEIGHT) -> float:
    return round(TOP + (tall - TOP - BOTTOM) * (1 - (value - bottom) / (top - bottom)), 1)


def _levels(bottom: float, top: float, tall: int = HEIGHT, unit: str = "") -> tuple[Level, ...]:
    middle = (bottom + top) / 2
    return tuple(
        Level(_height(value, bottom, top, tall), _told(value) + unit) for value in (bottom, middle, top)
    )


def _told(value: float) -> str:
    """Four digits and more before the point without decimals, fewer with four digits in all; never 1e+04."""
    return f"{value:,.0f}" if abs(value) >= 1000 else format(Decimal(f"{value:.4g}"), "f")
