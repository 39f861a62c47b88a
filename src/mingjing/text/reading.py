"""A report read once for all checks: its figures with their roles, by segment, sentence and paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cached_property

from mingjing.text.figures import Figure, find_figures
from mingjing.text.outline import Outline, Paragraph
from mingjing.text.roles import FILED, RECEIVED, Movement, Role, movement_against, movement_of, role_of
from mingjing.text.tables import Table, find_tables

NEAR = 150
"""Levels of one unit before a place, and behind it, that may have to do with it."""
_WITH_CARRIED = re.compile(r"\((?:含|包括|其中)[^()]{0,8}(?:旧存|结转|上年)")


@dataclass(frozen=True)
class Reading:
    """The outline and the figures, with what several checks ask of them."""

    outline: Outline

    @property
    def folded(self) -> str:
        return self.outline.folded

    @cached_property
    def figures(self) -> tuple[Figure, ...]:
        return tuple(find_figures(self.outline))

    @cached_property
    def tables(self) -> list[Table]:
        """The tables of the text, found once for all checks."""
        return find_tables(self.outline)

    @cached_property
    def memo(self) -> dict[tuple[str, int], object]:
        """What checks found out about a place and ask again."""
        return {}

    @cached_property
    def _roles(self) -> dict[int, Role]:
        return {figure.start: self._role(figure) for figure in self.figures}

    def _role(self, figure: Figure) -> Role:
        """收案13286件（含旧存1174件）: what was filed and what was carried over is what was received."""
        role = role_of(figure)
        if role.kind == FILED and _WITH_CARRIED.match(self.folded, figure.end):
            return replace(role, kind=RECEIVED)
        return role

    @cached_property
    def _movements(self) -> dict[int, Movement | None]:
        return {figure.start: self._moves(figure) for figure in self.figures}

    def _moves(self, figure: Figure) -> Movement | None:
        head = self.folded[max(figure.sentence[0], figure.start - 44) : figure.start]
        return movement_against(head) or movement_of(figure)

    @cached_property
    def _by_unit(self) -> dict[str, tuple[list[int], list[Figure]]]:
        found: dict[str, tuple[list[int], list[Figure]]] = defaultdict(lambda: ([], []))
        for figure in self.figures:
            if figure.exact and self.movement(figure) is None:
                starts, levels = found[figure.unit]
                starts.append(figure.start)
                levels.append(figure)
        return found

    def levels_near(self, unit: str, start: int) -> list[Figure]:
        """The exact levels of a unit on some pages before and behind a place, in the order of the text."""
        starts, levels = self._by_unit.get(unit, ([], []))
        place = bisect_left(starts, start)
        return levels[max(place - NEAR, 0) : place + NEAR]

    @cached_property
    def segments(self) -> dict[tuple[int, int], list[Figure]]:
        found: dict[tuple[int, int], list[Figure]] = defaultdict(list)
        for figure in self.figures:
            found[figure.segment].append(figure)
        return found

    @cached_property
    def sentences(self) -> dict[tuple[int, int], list[Figure]]:
        found: dict[tuple[int, int], list[Figure]] = defaultdict(list)
        for figure in self.figures:
            found[figure.sentence].append(figure)
        return found

    @cached_property
    def _order(self) -> list[tuple[int, int]]:
        return list(self.sentences)

    def sentences_before(self, sentence: tuple[int, int], most: int) -> list[tuple[int, int]]:
        """At most so many sentences with figures before one, in the order of the text."""
        place = bisect_left(self._order, sentence)
        return self._order[max(place - most, 0) : place]

    @cached_property
    def _starts(self) -> list[int]:
        return [figure.start for figure in self.figures]

    def figures_in(self, start: int, end: int) -> tuple[Figure, ...]:
        """The figures that begin in a stretch of the text."""
        return self.figures[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    @cached_property
    def by_paragraph(self) -> dict[int, list[Figure]]:
        found: dict[int, list[Figure]] = defaultdict(list)
        for figure in self.figures:
            found[self.outline.paragraph_at(figure.start).start].append(figure)
        return found

    def role(self, figure: Figure) -> Role:
        """What it counts."""
        return self._roles[figure.start]

    def movement(self, figure: Figure) -> Movement | None:
        """How it says something moved; None for a level."""
        return self._movements[figure.start]

    def depth(self, figure: Figure) -> int:
        """How many brackets of its sentence are open around it."""
        head = self.folded[figure.sentence[0] : figure.start]
        return max(head.count("(") - head.count(")"), 0)

    def paragraph(self, figure: Figure) -> Paragraph:
        """The paragraph it stands in."""
        return self.outline.paragraph_at(figure.start)

    def words(self, start: int, end: int) -> str:
        """The text as given, on one line, for a sentence that quotes it."""
        return self.outline.text[start:end].strip().replace("\n", " ")

    def clause(self, figure: Figure) -> str:
        """The words of its clause before it, other figures and all: 三家合计67个, before 占…."""
        head = self.folded[figure.sentence[0] : figure.start]
        return re.split(r"[,。;:!?、]", head)[-1]

    def between(self, one: Figure, other: Figure) -> str:
        """The folded text between two figures."""
        return self.folded[one.end : other.start]
