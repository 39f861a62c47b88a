"""What conditions over words answer, worked out once for each wording in which a court's rows come.

Most conditions read words and flags only (a kind, a procedure, an outcome), and of some fields only whether
they are there. Rows that agree in all of these get the same answers, so few conditions are left to be asked
of each row itself. Nothing is said here that ``domain.indicators.tallying.answered`` would not say.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from mingjing.domain.expressions.kinds import Kind
from mingjing.domain.indicators.counts import MOMENT, Count, Population
from mingjing.domain.indicators.tallying import NOTHING, Question, Tally, question
from mingjing.services.figures.answers import Lines, lines_of

MOST = 20_000
"""Wordings kept at once."""
WORDS = (Kind.TEXT, Kind.FLAG)
Arranged = TypeVar("Arranged")


@dataclass(frozen=True, slots=True)
class Asked:
    """A count as a question to a row. ``words`` are the fields it reads and ``present`` those it wants to be
    there, where these alone decide its answer; None where it reads numbers or days. ``lines``: the question
    as Python, None where only ``question`` can ask it."""

    question: Question
    words: tuple[str, ...] | None
    present: tuple[str, ...] = ()
    lines: Lines | None = None


def asked_of(count: Count, population: Population, names: Collection[str]) -> Asked:
    """The question of a count; ``names`` are the fields of its population and the day."""
    ask, lines = question(count, names), lines_of(count, {**population.kinds, MOMENT: Kind.DAY})
    read = (
        {node.id for node in ast.walk(count.where.tree) if isinstance(node, ast.Name)}
        if count.where
        else set()
    )
    fields = sorted(read & set(names))
    if count.measure.of is not None or any(population.kinds.get(name) not in WORDS for name in fields):
        return Asked(ask, None, lines=lines)
    return Asked(ask, tuple(fields), count.needs, lines)


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of one lineage for rows of one wording: the questions that words do not answer, and the
    last count's answer where they do."""

    place: int
    rest: tuple[Asked, ...]
    sure: Tally | None

    def found(self, given: Mapping[str, object]) -> Tally:
        """What the row makes of the lineage's last count."""
        found = self.sure
        for place, asked in enumerate(self.rest, 1):
            answer = asked.question(given)
            if self.sure is None:
                found = answer
            if not answer.rows:
                return answer if self.sure is None and place == len(self.rest) else NOTHING
        return found or NOTHING


class Wordings(Generic[Arranged]):
    """Lineages of counts, asked of row after row; what is left of them comes as ``arranged`` makes it."""

    def __init__(
        self, lineages: Sequence[tuple[Asked, ...]], arranged: Callable[[Iterator[Left]], Arranged]
    ) -> None:
        self._lineages, self._arranged = lineages, arranged
        asked = [one for lineage in lineages for one in lineage if one.words is not None]
        self._words = sorted({name for one in asked for name in one.words or ()})
        self._present = sorted({name for one in asked for name in one.present} - set(self._words))
        self._known: dict[tuple[object, ...], Arranged] = {}

    def left(self, given: Mapping[str, object]) -> Arranged:
        """What is left to be asked of a row; a lineage that it gives nothing to is left out."""
        wording = (*map(given.get, self._words), *[name in given for name in self._present])
        found = self._known.get(wording)
        if found is None:
            if len(self._known) >= MOST:
                self._known.clear()
            found = self._known[wording] = self._arranged(self._screened(given))
        return found

    def _screened(self, given: Mapping[str, object]) -> Iterator[Left]:
        for place, lineage in enumerate(self._lineages):
            rest: list[Asked] = []
            sure: Tally | None = None
            for asked in lineage:
                if asked.words is None:
                    rest.append(asked)
                    sure = None
                    continue
                sure = asked.question(given)
                if not sure.rows and (asked is not lineage[-1] or not sure):
                    break
            else:
                yield Left(place, tuple(rest), sure)
