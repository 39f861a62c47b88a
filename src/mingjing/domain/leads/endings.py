"""What must hold before a lead ends: signatures, four sights, one archive, both checks concluded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mingjing.domain.reasons import Refusal

UNFOUNDED = "查否"
FOUR_SIGHTS = ("见人", "见面", "见底", "见血")
"""Met the person, met the masses, got to the bottom, punished what was found (R-043)."""


class NotEndorsed(Refusal):
    """Signatures, a sight or a check are missing."""

    code = "not-endorsed"


def unsigned(team: Iterable[int], approver: int, signed: Iterable[int]) -> tuple[int, ...]:
    """Who has not signed yet that a lead is unfounded: every verifier and the approver must (R-042)."""
    given = set(signed)
    return tuple(one for one in dict.fromkeys((*team, approver)) if one not in given)


def sights_missing(ending: str, ticks: Mapping[str, bool]) -> tuple[str, ...]:
    """The sights not reached. 见血 does not apply where nothing was found (R-043)."""
    asked = FOUR_SIGHTS[:3] if ending == UNFOUNDED else FOUR_SIGHTS
    return tuple(sight for sight in asked if not ticks.get(sight))
