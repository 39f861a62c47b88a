"""“Why did I get fifteen and not eleven?”: what chance would give, and how far a count lies from it."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from mingjing.domain.assignment.pools import Pool
from mingjing.domain.reasons import Answer, Step


@dataclass(frozen=True, slots=True)
class Share:
    """One judge over many draws: drawn how often, expected how often, and the spread of chance around that.

    ``spread`` is the standard deviation of a sum of independent draws; ``distance`` the difference in
    spreads, 0 where chance had no say.
    """

    id: str
    draws: int
    drawn: int
    expected: float
    spread: float

    @property
    def distance(self) -> float:
        """How many spreads the count lies above (positive) or below what was expected."""
        return (self.drawn - self.expected) / self.spread if self.spread else 0.0


def chance(pool: Pool, id: str) -> float:
    """The probability that ``id`` is drawn from ``pool``; exact for one seat, and for equal weights.

    With several seats and unequal weights it is summed over the orders in which the others can be drawn.
    """
    weights = {one.id: one.weight for one in pool.candidates}
    if id not in weights:
        return 0.0
    if len(set(weights.values())) == 1:
        return pool.seats / len(weights)
    return _chance(weights, id, pool.seats)


def _chance(weights: dict[str, int], id: str, seats: int) -> float:
    total = sum(weights.values())
    found = weights[id] / total
    if seats == 1:
        return found
    for other, weight in weights.items():
        if other != id:
            rest = {name: value for name, value in weights.items() if name != other}
            found += weight / total * _chance(rest, id, seats - 1)
    return found


def share_of(id: str, draws: Iterable[tuple[Pool, Iterable[str]]]) -> Answer[Share]:
    """What ``id`` got over these draws, with the working: pools it stood in, sum of chances, spread."""
    stood = drawn = 0
    expected = variance = 0.0
    for pool, people in draws:
        probability = chance(pool, id)
        if not probability:
            continue
        stood += 1
        drawn += id in people
        expected += probability
        variance += probability * (1 - probability)
    share = Share(id, stood, drawn, expected, math.sqrt(variance))
    steps = (
        Step(str(stood), "次抽取的名单里有他"),
        Step(f"{expected:.2f}", "各次中签机会相加，就是平均会抽到的件数"),
        Step(f"± {share.spread:.2f}", "机会本身的波动（标准差）；三次里约有两次落在这个范围内"),
        Step(str(drawn), f"实际抽到；离平均 {share.distance:+.1f} 个波动"),
    )
    return Answer(share, steps)
