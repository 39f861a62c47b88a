"""A document cut into runs for a page: what is marked, with the numbers of the remarks that stand there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Mark:
    """A place with the number of its remark; ``tone`` is the class it is drawn in."""

    number: int
    start: int
    end: int
    tone: str


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one paragraph, the numbers of the marks that end with it, and their tone."""

    text: str
    notes: tuple[int, ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph in runs, with the numbers of the marks that begin in it."""

    runs: tuple[Run, ...]
    notes: tuple[int, ...]


def marked(text: str, marks: Sequence[Mark]) -> list[Line]:
    """Every paragraph that is not blank. The runs of all lines hold every character of them, in order."""
    lines, start = [], 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        if paragraph.strip():
            here = [one for one in marks if start <= one.start < end]
            lines.append(Line(_runs(text, start, end, here), tuple(one.number for one in here)))
        start = end + 1
    return lines


def _runs(text: str, start: int, end: int, here: list[Mark]) -> tuple[Run, ...]:
    edges = sorted({start, end, *(one.start for one in here), *(min(one.end, end) for one in here)})
    runs = []
    for left, right in pairwise(edges):
        over = [one for one in here if one.start <= left and right <= one.end]
        notes = tuple(one.number for one in over if min(one.end, end) == right)
        tone = min((one.tone for one in over), key=lambda tone: tone != "wrong", default="")
        runs.append(Run(text[left:right], notes, tone))
    return tuple(runs)
