"""Small drawings made on the server: numbers in, coordinates out; the template draws them without script."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 640, 160
LEFT, RIGHT, TOP, BOTTOM = 12, 56, 22, 24


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the drawing and what is written at it; ``said`` is empty where the label would crowd."""

    x: float
    y: float
    label: str
    said: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line over time. ``pieces`` are the points of unbroken stretches; a missing value breaks the line."""

    pieces: tuple[str, ...]
    points: tuple[Point, ...]
    labels: tuple[Point, ...]
    top: str
    width: int = WIDTH
    height: int = HEIGHT
    base: int = HEIGHT - BOTTOM
    right: int = WIDTH - RIGHT
    left: int = LEFT


def line(values: Sequence[tuple[str, float | None]], *, unit: str = "") -> Line:
    """Where to draw ``values`` (label and number, oldest first); the axis begins at nought."""
    known = [value for _, value in values if value is not None]
    highest = max(known, default=0.0) or 1.0
    peak = next((place for place, (_, value) in enumerate(values) if value == highest), None)
    step = (WIDTH - LEFT - RIGHT) / max(1, len(values) - 1)
    points: list[Point] = []
    pieces: list[list[str]] = [[]]
    for place, (label, value) in enumerate(values):
        if value is None:
            pieces.append([])
            continue
        x = round(LEFT + step * place, 1)
        y = round(TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / highest), 1)
        spoken = place in (peak, len(values) - 1)
        points.append(Point(x, y, label, f"{value:.1f}{unit}" if spoken else ""))
        pieces[-1].append(f"{x},{y}")
    every = max(1, -(-len(values) // 6))
    labels = tuple(
        Point(round(LEFT + step * place, 1), HEIGHT - 6, label, "")
        for place, (label, _) in enumerate(values)
        if place == len(values) - 1 or (place % every == 0 and place <= len(values) - 1 - every)
    )
    return Line(
        pieces=tuple(" ".join(piece) for piece in pieces if len(piece) > 1),
        points=tuple(points),
        labels=labels,
        top=f"{highest:.1f}{unit}",
    )
