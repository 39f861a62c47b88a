"""The chain of steps and articles behind an answer, and the refusals given instead of a guess."""

from mingjing.domain.reasons.answers import Answer, Step, reference
from mingjing.domain.reasons.refusals import (
    Ambiguous,
    CalendarMissing,
    MissingFact,
    NotInForce,
    Refusal,
    Unreadable,
)

__all__ = [
    "Ambiguous",
    "Answer",
    "CalendarMissing",
    "MissingFact",
    "NotInForce",
    "Refusal",
    "Step",
    "Unreadable",
    "reference",
]
