"""A report as paragraphs under headings, sentences, segments and clauses, all as positions in the text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from mingjing.text.folding import fold

_HEADINGS = (
    re.compile(r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]+(?:部分|章)|\d{1,2} (?=\S))"),
    re.compile(r"\s*\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\s*\d{1,2}[.、](?!\d)"),
    re.compile(r"\s*\(\d{1,2}\)"),
)
_SENTENCE = re.compile(r"[。!?\n]")
_SEGMENT = re.compile(r"[;。!?\n]")
_LEAD = 36
"""A first sentence of at most this many characters without a figure stands as a heading of its paragraph."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One line: ``level`` 1-4 for a numbered heading, 0 for the rest; ``above`` the headings over it."""

    start: int
    end: int
    level: int
    above: tuple[int, ...] = field(default=())


@dataclass(frozen=True)
class Outline:
    """The text, the text folded, and where its pieces begin and end.

    ``source`` and ``places`` are the text as it was given and where each character stood in it; both empty
    where nothing was left out.
    """

    text: str
    source: str = ""
    places: tuple[int, ...] = ()

    @cached_property
    def folded(self) -> str:
        return fold(self.text)

    @cached_property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        found: list[Paragraph] = []
        open_: list[tuple[int, int]] = []
        start = 0
        for line in self.folded.split("\n"):
            end = start + len(line)
            if line.strip():
                level = heading_level(line)
                if level:
                    open_ = [one for one in open_ if one[0] < level]
                found.append(Paragraph(start, end, level, tuple(index for _, index in open_)))
                if level:
                    open_.append((level, len(found) - 1))
            start = end + 1
        return tuple(found)

    @cached_property
    def _lines(self) -> list[int]:
        return [0, *(place.end() for place in re.finditer("\n", self.source or self.text))]

    def given(self, position: int) -> int:
        """Where a character stood in the text as it was given."""
        return self.places[position] if self.places else position

    def line_column(self, position: int) -> tuple[int, int]:
        """The line and the column of a character, both from 1."""
        place = self.given(position)
        line = bisect_right(self._lines, place)
        return line, place - self._lines[line - 1] + 1

    def paragraph_at(self, position: int) -> Paragraph:
        """The paragraph a character stands in."""
        starts = self._starts
        return self.paragraphs[max(bisect_right(starts, position) - 1, 0)]

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def sentence_at(self, position: int) -> tuple[int, int]:
        """First and last (not counted) character of the sentence around a position."""
        return self._around(position, _SENTENCE)

    def segment_at(self, position: int) -> tuple[int, int]:
        """The part of the sentence between semicolons."""
        return self._around(position, _SEGMENT)

    def _around(self, position: int, mark: re.Pattern[str]) -> tuple[int, int]:
        paragraph = self.paragraph_at(position)
        start, end = paragraph.start, paragraph.end
        for sign in mark.finditer(self.folded, paragraph.start, paragraph.end):
            if sign.start() < position:
                start = sign.end()
            else:
                end = sign.start()
                break
        return start, end

    def heading(self, paragraph: Paragraph) -> str:
        """What the paragraph itself is called: the whole of a short line, or its first sentence if short."""
        line = self.folded[paragraph.start : paragraph.end].strip()
        first = re.split(r"[。:;\n]", line, maxsplit=1)[0]
        return first if len(first) <= _LEAD else ""

    def titles(self, paragraph: Paragraph) -> Iterator[tuple[str, int]]:
        """The headings a paragraph stands under, nearest first, each with where it begins."""
        own = self.heading(paragraph)
        if own:
            yield own, paragraph.start
        for index in reversed(paragraph.above):
            above = self.paragraphs[index]
            yield self.heading(above), above.start


def heading_level(line: str) -> int:
    """1 for 一、 2 for （一） 3 for 1. 4 for (1), 0 for a line without a number."""
    for level, pattern in enumerate(_HEADINGS, 1):
        if pattern.match(line):
            return level
    return 0
