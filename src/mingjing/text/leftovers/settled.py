"""What the checks before have settled, and what the checks of leftovers ask of a text again and again."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from mingjing.text.checks.bases import is_prior
from mingjing.text.checks.dividing import agrees
from mingjing.text.checks.parts import additive
from mingjing.text.figures import Figure
from mingjing.text.findings import Finding, Verdict
from mingjing.text.reading import Reading

SHARE = re.compile(
    r"完成[^,。;:\d]{0,12}$|占(?:比|全|总|其|了|到|[^,。;:\d]{0,12})?(?:达到|达|为|约)?$|(?:比例|比重)(?:达到|达|为)?$"
)
"""The end of the words before a share."""


@dataclass(frozen=True)
class Settled:
    """``right`` where figures begin that agree with others, ``wrong`` where one is accused.

    ``wholes`` tells of each part a share was confirmed for where its whole begins.
    """

    right: frozenset[int]
    wrong: frozenset[int]
    wholes: dict[int, int]

    def knows(self, figure: Figure) -> bool:
        """Whether a check has already said of it that it is right or wrong."""
        return figure.start in self.right or figure.start in self.wrong


def settled_by(found: Iterable[Finding]) -> Settled:
    """The figures that were confirmed, and those that were accused or stood beside an accusation."""
    found = list(found)
    right = {one.start for one in found if one.verdict is Verdict.OK}
    wrong = {one.start for one in found if one.verdict.accuses}
    wrong |= {start for one in found if one.verdict.accuses for start, _ in one.beside}
    shares = [one for one in found if one.verdict is Verdict.OK and one.code in ("share", "rate")]
    wholes = {one.beside[0][0]: one.beside[1][0] for one in shares if len(one.beside) == 2}
    return Settled(frozenset(right), frozenset(wrong), wholes)


def is_level(reading: Reading, one: Figure) -> bool:
    """An exact count or amount that can be divided and added, of no movement."""
    return (
        one.exact and not one.is_rate and one.unit != "位" and one.value > 0
        and reading.movement(one) is None and additive(one)
    )  # fmt: skip


def levels_before(reading: Reading, figure: Figure, prior: bool = False) -> list[Figure]:
    """The levels of its paragraph before a figure; those of an earlier time only where asked for."""
    return [
        one for one in reading.by_paragraph[reading.paragraph(figure).start]
        if one.end <= figure.start and is_level(reading, one) and (prior or not is_prior(reading, one))
    ]  # fmt: skip


def clause_of(reading: Reading, figure: Figure) -> str:
    """The words of its clause before it."""
    return re.split(r"[,。;:]", reading.folded[figure.sentence[0] : figure.start])[-1]


def one_value(pairs: list[tuple[Figure, Figure]]) -> tuple[Figure, Figure] | None:
    """The only pair, as far as values go."""
    return pairs[0] if len({(one.value, other.value) for one, other in pairs}) == 1 else None


def digits(figure: Figure, value: Fraction) -> tuple[int, int]:
    """The figure and another value in units of its last printed place."""
    return int(figure.value / figure.step), int(value / figure.step + Fraction(1, 2))


def unsettled(reading: Reading, settled: Settled) -> Iterator[tuple[list[Figure], int]]:
    """Every exact figure nothing was said of, with its sentence and its place there."""
    for sentence in reading.sentences.values():
        for place, one in enumerate(sentence):
            if one.exact and not settled.knows(one):
                yield sentence, place


def established(reading: Reading) -> dict[int, list[int]]:
    """（一）3684件，占39.8%。（二）1537件，占16.6%: what two shares or more are of, and where those stand."""
    found: dict[int, list[int]] = {}
    for sentence in reading.sentences.values():
        for part, rate in itertools.pairwise(sentence):
            if (
                rate.unit != "%"
                or not rate.decimals
                or not SHARE.search(rate.subject)
                or not is_level(reading, part)
            ):
                continue
            for one in reading.levels_near(part.unit, part.start):
                if one.start != part.start and one.value > part.value and agrees(rate, part, one):
                    found.setdefault(one.start, []).append(part.start)
    return {start: parts for start, parts in found.items() if len(parts) > 1}
