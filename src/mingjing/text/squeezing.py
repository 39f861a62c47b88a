"""Spaces and line ends that say nothing taken out: 受理 5 316 件, and a sentence broken at the paper's edge.

Texts copied from PDF or read by OCR have them. Every character left keeps the place it had.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from mingjing.text.folding import fold
from mingjing.text.outline import heading_level
from mingjing.text.tables import reads_as_row

_SIGN = r"[一-鿿,。;:!?、%()“”《》‰·~—-]"
_SPACE = re.compile(
    rf"(?<={_SIGN}) +(?=[\d一-鿿,。;:!?、%()“”《》‰])|(?<=\d) +(?=[一-鿿,。;:!?、%()“”《》‰])"
)
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+(?= ?[件人元万亿名次起份户条宗个通])")
_POINT = re.compile(r"\d ?\. ?\d+(?= ?(?:%|个百分点|[万亿]?元|件|天|小时))")
_ENDS = "。;:!?…”"
EDGE = 36
"""A line narrower than this, a Chinese character counted as two, was not broken by the edge of the paper."""
SLACK = 4


@dataclass(frozen=True, slots=True)
class Squeezed:
    """``text`` with nothing idle in it; ``places`` where each of its characters stood, and the end."""

    text: str
    places: tuple[int, ...]


def squeeze(text: str) -> Squeezed:
    """The text without idle spaces and line ends; rows of tables stay as they are."""
    folded = fold(text)
    idle: set[int] = set()
    start = 0
    lines = folded.split("\n")
    edge = _edge(lines)
    for index, line in enumerate(lines):
        if not reads_as_row(line):
            idle.update(start + place for place in _idle(line))
        end = start + len(line)
        if edge and index + 1 < len(lines) and _broken(line, lines[index + 1], edge):
            idle.add(end)
            rest = lines[index + 1]
            idle.update(range(end + 1, end + 1 + len(rest) - len(rest.lstrip())))
        start = end + 1
    kept = [place for place in range(len(text)) if place not in idle]
    return Squeezed("".join(text[place] for place in kept), (*kept, len(text)))


def _idle(line: str) -> set[int]:
    indent = len(line) - len(line.lstrip())
    found = {place for match in _SPACE.finditer(line) for place in range(*match.span()) if place >= indent}
    for pattern in (_THOUSANDS, _POINT):
        for match in pattern.finditer(line):
            found.update(place for place in range(*match.span()) if line[place] == " ")
    return found


def _edge(lines: list[str]) -> int:
    """The width of the paper in characters, where most long lines end at it in the middle of a sentence."""
    long = [line.rstrip() for line in lines if _width(line.strip()) >= EDGE]
    if len(long) < 4:
        return 0
    width = sorted(_width(line) for line in long)[len(long) // 2]
    at_edge = [line for line in long if abs(_width(line) - width) <= SLACK]
    open_ = [line for line in at_edge if line[-1] not in _ENDS]
    return width if len(at_edge) * 2 >= len(long) and len(open_) * 2 >= len(at_edge) and width < 120 else 0


def _width(line: str) -> int:
    return sum(1 if sign.isascii() else 2 for sign in line)


def _broken(line: str, following: str, edge: int) -> bool:
    """Whether a line was broken by the edge: full, in mid-sentence, and no heading or row behind it."""
    end = line.rstrip()
    return (
        _width(end) >= edge - SLACK
        and bool(following.strip())
        and end[-1] not in _ENDS
        and not following.startswith(("  ", "\t"))
        and not heading_level(following)
        and not reads_as_row(line)
        and not reads_as_row(following)
    )
