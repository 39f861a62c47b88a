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
_THOUSANDS = re.compile(r"(?<![\d.])\d{1,3}(?: \d{3})+(?:\.\d+)?(?= ?[件人元万亿名次起份户条宗个通])")
_SPREAD = re.compile(r"(?<![\d.,] )(?<![\d.,])\d(?: \d){1,5}(?= ?[件人元万亿名次起份户条宗个通场天家])")
_POINT = re.compile(r"\d ?\. ?\d+(?= ?(?:%|个百分点|[万亿]?元|件|天|小时))")
_UNIT = re.compile(r"(?:个百分点|%|‰|[万亿]?元|[件人名起])[,。;、)]")
"""A line that begins so goes on where the number before it broke off."""
_ENDS = "。;:!?…”"
_OPEN_ENDED = "率为达约计占至到比较的和与及共超逾近"
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
        if not reads_as_row(line) and not _heads(line, lines[index + 1 : index + 2]):
            idle.update(start + place for place in _idle(line))
        end = start + len(line)
        rest = lines[index + 1] if index + 1 < len(lines) else ""
        if rest and (_goes_on(line, rest) or (edge and _broken(line, rest, edge))):
            idle.add(end)
            idle.update(range(end + 1, end + 1 + len(rest) - len(rest.lstrip())))
        start = end + 1
    kept = [place for place in range(len(text)) if place not in idle]
    return Squeezed("".join(text[place] for place in kept), (*kept, len(text)))


def _heads(line: str, following: list[str]) -> bool:
    """Whether a line holds the heads of a table whose first row is the next line."""
    words = line.split()
    return len(words) > 2 and bool(following) and reads_as_row(following[0]) and not re.search("[,。;]", line)


def _idle(line: str) -> set[int]:
    indent = len(line) - len(line.lstrip())
    found = {place for match in _SPACE.finditer(line) for place in range(*match.span()) if place >= indent}
    for pattern in (_THOUSANDS, _SPREAD, _POINT):
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


def _goes_on(line: str, following: str) -> bool:
    """Whether a line breaks off at a mark no sentence ends with, or the next begins with such a mark."""
    end, begin = line.rstrip(), following.lstrip()
    if not end or not begin or heading_level(following) or reads_as_row(line) or reads_as_row(following):
        return False
    if end[-1] in ",、(" or begin[0] in ",。;、)":
        return True
    if end[-1] in _OPEN_ENDED and begin[0].isdigit():
        return True
    if end[-1].isdigit() and _UNIT.match(begin):
        return True
    return begin[0] == "(" and _width(end) >= EDGE and end[-1] not in _ENDS


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
