"""The text cut into runs for a page: what is marked, with the numbers of the notes that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from mingjing.text.checking import Checked
from mingjing.text.findings import Finding


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of one paragraph; ``notes`` are the places of its findings in the list, from 1."""

    text: str
    notes: tuple[int, ...] = ()
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph in runs, with the findings that begin in it and their numbers."""

    number: int
    runs: tuple[Run, ...]
    notes: tuple[tuple[int, Finding], ...]

    @property
    def tabled(self) -> bool:
        """Whether it is a row of a table, whose cells tabs part."""
        return any("\t" in run.text for run in self.runs)


def marked_lines(checked: Checked, findings: tuple[Finding, ...]) -> list[Line]:
    """Every paragraph that is not blank, with ``findings`` marked where they stand."""
    outline = checked.reading.outline
    numbered = list(enumerate(findings, start=1))
    lines = []
    for paragraph in outline.paragraphs:
        here = [(number, one) for number, one in numbered if paragraph.start <= one.start < paragraph.end]
        number, _ = outline.line_column(paragraph.start)
        lines.append(Line(number, _runs(outline.text, paragraph.start, paragraph.end, here), tuple(here)))
    return lines


def _runs(text: str, start: int, end: int, here: list[tuple[int, Finding]]) -> tuple[Run, ...]:
    edges = sorted({start, end, *(one.start for _, one in here), *(min(one.end, end) for _, one in here)})
    runs = []
    for left, right in pairwise(edges):
        over = [(number, one) for number, one in here if one.start <= left and right <= one.end]
        rank = min((one.verdict.rank for _, one in over), default=0)
        words = {1: "wrong", 2: "doubt"}.get(rank, "")
        notes = tuple(number for number, one in over if one.end == right or min(one.end, end) == right)
        runs.append(Run(text[left:right], notes, words))
    return tuple(runs)
