"""How like two documents are: the cosine of their pairs of characters, rare pairs counting more."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from mingjing.text.folding import fold

LONGEST = 12_000
"""Characters of a document that are compared; what follows in a longer one hardly changes the picture."""


def pairs_of(text: str) -> Counter[str]:
    """The pairs of neighbouring characters, marks and spaces apart; figures are left out: they say who owed
    how much, not what the suit was about."""
    plain = "".join(sign for sign in fold(text[:LONGEST]) if sign.isalpha())
    return Counter(plain[place : place + 2] for place in range(len(plain) - 1))


@dataclass(frozen=True)
class Corpus:
    """Documents that are compared with each other; a pair that all of them have says nothing."""

    texts: Sequence[str]

    @cached_property
    def _counted(self) -> list[Counter[str]]:
        return [pairs_of(text) for text in self.texts]

    @cached_property
    def _weights(self) -> Mapping[str, float]:
        many = len(self.texts)
        held = Counter(pair for counted in self._counted for pair in counted)
        return {pair: math.log((1 + many) / (1 + n)) + 0.05 for pair, n in held.items()}

    def similarity(self, one: int, two: int) -> float:
        """Between 0 and 1; 1 for a document and itself, 0 where nothing is shared or one is empty."""
        first, second = self._counted[one], self._counted[two]
        length = self._length(one) * self._length(two)
        if not length:
            return 0.0
        few, many = sorted((first, second), key=len)
        shared = sum(
            self._worth(pair, n) * self._worth(pair, many[pair]) for pair, n in few.items() if pair in many
        )
        return min(shared / length, 1.0)

    def _worth(self, pair: str, n: int) -> float:
        return (1 + math.log(n)) * self._weights[pair]

    def _length(self, place: int) -> float:
        return math.sqrt(sum(self._worth(pair, n) ** 2 for pair, n in self._counted[place].items()))
