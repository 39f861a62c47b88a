"""What chance alone would do to a court under a card scheme, for as many departments as it has."""

from __future__ import annotations

from functools import lru_cache
from random import Random

from mingjing.domain.assessments.cards import CardRules
from mingjing.domain.assessments.chance import Chance, chances

SEED, DRAWS = 20260101, 400


@lru_cache(maxsize=64)
def luck(rules: CardRules, units: int, months: int) -> tuple[Chance, ...]:
    """The chances of each colour; the same seed for the same question, so the page says the same tomorrow."""
    lots = Random(SEED)  # noqa: S311 - a lot that must repeat, not a secret
    return chances(rules, units, months, lambda of, places: lots.sample(range(of), places), DRAWS)
